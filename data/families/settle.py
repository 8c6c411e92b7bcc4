"""From an agency's client to the person: events, coverage, known cases and contacts of the snapshot."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from data.linkage.cleaning import count
from data.snapshot.tables import CONTACT, COVERAGE, EVENT, KNOWN_CASE

# One source may hold a person under two numbers, and tell of each the same. It is one event, known from the first time
# it was told. A telling is one number, day known then file then line (19, 16 and 28 bits), because DuckDB compares
# numbers several times faster than rows of three.
_DAYS, _FILES, _LINES = 44, 28, (1 << 28) - 1
_EVER = "DATE '9999-12-31'"
_TOLD = f"""
SELECT person, kind, occurred_on, e.source, value, detail, coalesce(ended_on, {_EVER}) AS ended_on, known_on,
       coalesce(corrected_on, {_EVER}) AS corrected_on,
       (greatest(known_on - DATE '1900-01-01', 0)::BIGINT << {_DAYS})
           + (coalesce(file, 0)::BIGINT << {_FILES}) + coalesce(line, 0) AS telling
FROM staged.event e JOIN person_link l USING (client)
"""
ONCE = f"""
CREATE OR REPLACE TEMP TABLE once AS
SELECT person, kind, occurred_on, source, value, detail, min(telling) AS telling, min(ended_on) AS ended_on,
       min(corrected_on) AS corrected_on,
       count(*) = 1 OR min(ended_on) = max(ended_on) AND min(corrected_on) = {_EVER} AS alike
FROM ({_TOLD}) GROUP BY person, kind, occurred_on, source, value, detail
"""

# Where the tellings differ, each counts while it was the last that was known. Those that end alike are one for as long
# as any of them stood.
DIFFERING = f"""
CREATE OR REPLACE TEMP TABLE differing AS
WITH thing AS (
    SELECT DISTINCT person, kind, occurred_on, source FROM once WHERE NOT alike
), told AS (
    FROM ({_TOLD}) SEMI JOIN thing USING (person, kind, occurred_on, source)
), marked AS (
    SELECT *, coalesce(known_on > max(corrected_on) OVER earlier, true)::INTEGER AS begins FROM told
    WINDOW earlier AS (PARTITION BY person, kind, occurred_on, source, value, detail, ended_on ORDER BY telling
                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), numbered AS (
    SELECT *, sum(begins) OVER (
        PARTITION BY person, kind, occurred_on, source, value, detail, ended_on
        ORDER BY telling ROWS UNBOUNDED PRECEDING
    ) AS spell FROM marked
), stood AS (
    SELECT person, kind, occurred_on, source, value, detail, ended_on, min(telling) AS telling,
           min(known_on) AS known_on, max(corrected_on) AS corrected_on
    FROM numbered GROUP BY person, kind, occurred_on, source, value, detail, ended_on, spell
)
SELECT * REPLACE (least(corrected_on, coalesce(lead(known_on) OVER later, corrected_on)) AS corrected_on) FROM stood
WINDOW later AS (PARTITION BY person, kind, occurred_on, source, value, detail ORDER BY telling)
"""
EVENT_ROWS = f"""
INSERT INTO event
WITH version AS (
    SELECT person, kind, occurred_on, source, value, detail, telling, ended_on, corrected_on
    FROM once ANTI JOIN differing USING (person, kind, occurred_on, source)
    UNION ALL BY NAME
    SELECT * EXCLUDE (known_on) FROM differing WHERE corrected_on > known_on
)
SELECT row_number() OVER (ORDER BY person, occurred_on, telling, kind, value, detail, ended_on) - 1, person, kind,
       occurred_on, nullif(ended_on, {_EVER}), DATE '1900-01-01' + (telling >> {_DAYS})::INTEGER,
       nullif(corrected_on, {_EVER}), value, detail, source,
       ((telling >> {_FILES}) & 65535)::INTEGER, telling & {_LINES}
FROM version
"""

# Spells that touch or overlap are one.
COVERAGE_ROWS = """
INSERT INTO coverage
WITH spell AS (
    SELECT person, c.source, "from", coalesce("to", DATE '9999-12-31') AS "to"
    FROM staged.coverage c JOIN person_link USING (client) WHERE "from" IS NOT NULL
), marked AS (
    SELECT *, CASE WHEN "from" - 1 <= max("to") OVER earlier THEN 0 ELSE 1 END AS begins FROM spell
    WINDOW earlier AS (PARTITION BY person, source ORDER BY "from", "to"
                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), numbered AS (
    SELECT *, sum(begins) OVER (PARTITION BY person, source ORDER BY "from", "to" ROWS UNBOUNDED PRECEDING) AS island
    FROM marked
)
SELECT person, source, min("from"), CASE WHEN max("to") < DATE '9999-12-31' THEN max("to") END
FROM numbered GROUP BY person, source, island ORDER BY ALL
"""

KNOWN_CASE_ROWS = """
INSERT INTO known_case
SELECT person, profile, arg_min(identified_on, (known_on, identified_on)), min(known_on),
       arg_min(k.source, (known_on, identified_on, k.source))
FROM staged.known_case k JOIN person_link USING (client) GROUP BY person, profile ORDER BY ALL
"""

CONTACT_ROWS = """
INSERT INTO contact
SELECT contact, person, min(received_at), min(agency), min(reason), min(narrative), max(outcome), max(worker),
       max(team), max(shared_with), max(checks_found), max(closed_at)
FROM staged.contact JOIN person_link USING (client) GROUP BY contact, person ORDER BY ALL
"""

# Each snapshot table with what fills it and the staged table it comes from.
SETTLED = ((EVENT, EVENT_ROWS), (COVERAGE, COVERAGE_ROWS), (KNOWN_CASE, KNOWN_CASE_ROWS), (CONTACT, CONTACT_ROWS))


@dataclass(frozen=True)
class Settled:
    """Rows of each snapshot table, and staged rows whose client no person record speaks of (they are left out)."""

    rows: dict[str, int]
    unlinked: dict[str, int]


def settle(con: duckdb.DuckDBPyConnection) -> Settled:
    """Write ``event``, ``coverage``, ``known_case`` and ``contact`` from the staged tables and ``person_link``."""
    rows, unlinked = {}, {}
    con.execute(ONCE)
    con.execute(DIFFERING)
    for table, fill in SETTLED:
        con.execute(f"DROP TABLE IF EXISTS {table.name}")
        con.execute(table.ddl())
        con.execute(fill)
        rows[table.name] = count(con, table.name)
        unlinked[table.name] = count(con, f"staged.{table.name} ANTI JOIN person_link USING (client)")
    for made in ("once", "differing"):
        con.execute(f"DROP TABLE temp.{made}")
    return Settled(rows, unlinked)

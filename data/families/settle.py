"""From an agency's client to the person: events, coverage, known cases and contacts of the snapshot."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from data.linkage.cleaning import count
from data.snapshot.tables import CONTACT, COVERAGE, EVENT, KNOWN_CASE

# Agencies repeat themselves: each school census tells the same enrolment again. It is one event, known from the first
# time it was told, over when the latest telling says so. A telling is one number, day known then file then line (19, 16
# and 28 bits), because DuckDB compares numbers several times faster than rows of three.
_DAYS, _FILES, _LINES = 44, 28, (1 << 28) - 1
EVENT_ROWS = f"""
INSERT INTO event
WITH told AS (
    SELECT person, kind, occurred_on, e.source, value, detail, ended_on,
           (greatest(known_on - DATE '1900-01-01', 0)::BIGINT << {_DAYS})
               + (coalesce(file, 0)::BIGINT << {_FILES}) + coalesce(line, 0) AS telling
    FROM staged.event e JOIN person_link l USING (client)
), once AS (
    SELECT person, kind, occurred_on, source, value, detail, min(telling) AS telling,
           arg_max(coalesce(ended_on, DATE '9999-12-31'), telling) AS ended_on
    FROM told GROUP BY person, kind, occurred_on, source, value, detail
)
SELECT row_number() OVER (ORDER BY person, occurred_on, telling, kind, value, detail) - 1, person, kind, occurred_on,
       CASE WHEN ended_on < DATE '9999-12-31' THEN ended_on END, DATE '1900-01-01' + (telling >> {_DAYS})::INTEGER,
       value, detail, source, ((telling >> {_FILES}) & 65535)::INTEGER, telling & {_LINES}
FROM once
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
SELECT person, profile, min(identified_on), arg_min(k.source, (identified_on, k.source))
FROM staged.known_case k JOIN person_link USING (client) GROUP BY person, profile ORDER BY ALL
"""

CONTACT_ROWS = """
INSERT INTO contact
SELECT contact, person, min(received_at), min(agency), min(reason), max(outcome), max(closed_at)
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
    for table, fill in SETTLED:
        con.execute(f"DROP TABLE IF EXISTS {table.name}")
        con.execute(table.ddl())
        con.execute(fill)
        rows[table.name] = count(con, table.name)
        unlinked[table.name] = count(con, f"staged.{table.name} ANTI JOIN person_link USING (client)")
    return Settled(rows, unlinked)


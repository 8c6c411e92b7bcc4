"""A day's new records linked against the people there are, who stay as they are.

Nobody is linked anew: of a snapshot's people only those come into question who share a name, birth date, home or number
with a new record (``linkage.neighbour``), and each of them stands as one. The new clients are weighed against them and
against each other with the frequencies of names and the chances of the whole snapshot, by the same rules as in a build.
What two of the snapshot's people have in common now is left to the next build.
"""

from __future__ import annotations

import duckdb
import pandas as pd

from data.linkage.cleaning import count
from data.linkage.link import Linkage, Progress, link
from data.linkage.names import pairs
from data.linkage.predict import Background
from data.snapshot.tables import PERSON_RECORD

# As names are compared, but for placeholders: what finds too many costs little.
FOLDED = "regexp_replace(lower(strip_accents({column})), '[^a-z]', '', 'g')"
ROUGH = f"""
CREATE OR REPLACE TEMP TABLE linkage_rough_{{side}} AS
SELECT client, {FOLDED.format(column="forename")} AS forename, {FOLDED.format(column="surname")} AS surname,
       birth_date, year(birth_date) AS born, postcode, uprn, nhs_number, upn, ni_number
FROM {{records}}
"""
# Both names in the order of the alphabet, so that swapped ones meet: made once, not by every rule.
EITHER_WAY = """
CREATE OR REPLACE TEMP TABLE {table} AS
SELECT *, least(forename, surname) AS name_1, greatest(forename, surname) AS name_2,
       least(forename[1], surname[1]) AS initial_1, greatest(forename[1], surname[1]) AS initial_2 FROM {table}
"""
# Every way in which a new client's forename may be written.
CALLED = """
CREATE OR REPLACE TEMP TABLE linkage_called AS
WITH nickname AS (SELECT unnest($names) AS name, unnest($groups) AS "group"),
spelt AS (SELECT DISTINCT a.name, b.name AS called FROM nickname a JOIN nickname b USING ("group"))
SELECT DISTINCT r.* REPLACE (coalesce(called, forename) AS forename)
FROM linkage_rough_new r LEFT JOIN spelt ON name = forename
UNION SELECT * FROM linkage_rough_new
"""
NAMES = "e.name_1 = n.name_1 AND e.name_2 = n.name_2"
INITIALS = "e.initial_1 = n.initial_1 AND e.initial_2 = n.initial_2"
TURNED = "(month(n.birth_date) = day(e.birth_date) AND day(n.birth_date) = month(e.birth_date))"
# The rules of ``blocking`` and the numbers of ``exact``, roughly.
RULES = (
    "e.nhs_number = n.nhs_number", "e.upn = n.upn", "e.ni_number = n.ni_number",
    "e.birth_date = n.birth_date AND e.surname = n.surname",
    "e.birth_date = n.birth_date AND e.forename = n.forename",
    f"e.birth_date = n.birth_date AND {INITIALS}",
    f"e.born = n.born AND {INITIALS} AND {TURNED}",
    f"e.born = n.born AND {NAMES}",
    "e.postcode = n.postcode AND e.forename = n.forename",
    "e.postcode = n.postcode AND e.birth_date = n.birth_date",
    # Whole families of a home, for the child who had no name yet: a limit on dates makes this join far slower.
    "e.postcode = n.postcode AND e.surname = n.surname",
    "e.uprn = n.uprn AND e.birth_date = n.birth_date",
)  # fmt: skip
NEIGHBOUR = """
CREATE OR REPLACE TEMP TABLE linkage_neighbour AS
SELECT DISTINCT person FROM {store}.person_link WHERE client IN (
    SELECT client FROM staged.person_record UNION {found})
"""
GATHER = f"""
INSERT INTO staged.person_record ({", ".join(PERSON_RECORD.names())})
SELECT {", ".join(PERSON_RECORD.names())} FROM {{store}}.person_record
WHERE client IN (SELECT client FROM {{store}}.person_link WHERE person IN (FROM linkage_neighbour))
"""
FREQUENCY = f"""
CREATE OR REPLACE TABLE linkage.background_{{column}} AS
WITH named AS (SELECT {FOLDED.format(column="{column}")} AS {{column}} FROM {{store}}.person)
SELECT {{column}}, count(*) / sum(count(*)) OVER () AS tf_{{column}} FROM named
WHERE {{column}} <> '' GROUP BY {{column}}
"""


def link_new(
    con: duckdb.DuckDBPyConnection,
    store: str = "snapshot",
    do_not_link: pd.DataFrame | None = None,
    reviews: pd.DataFrame | None = None,
    progress: Progress | None = None,
) -> Linkage:
    """Link the clients of ``staged.person_record``, new records alone, against the people of the schema ``store``.

    ``store`` is an attached snapshot (person, person_record, person_link), only read. Writes ``person_link`` and
    ``person`` for the new records' clients and their people alone; everybody else is as ``store`` has them. A client
    whom the store knows stays with their person. ``staged.person_record`` is afterwards as it was before.
    """
    con.execute("CREATE SCHEMA IF NOT EXISTS linkage")
    con.execute("CREATE OR REPLACE TABLE linkage.arrived AS SELECT DISTINCT client FROM staged.person_record")
    con.execute("CREATE OR REPLACE TABLE linkage.new_record AS FROM staged.person_record")
    settled = _gather(con, store)
    people = count(con, f"{store}.person")
    try:
        done = link(
            con, previous=settled, do_not_link=do_not_link, reviews=reviews, progress=progress,
            background=Background(people),
        )  # fmt: skip
    finally:
        con.execute("CREATE OR REPLACE TABLE staged.person_record AS FROM linkage.new_record")
    con.execute("DELETE FROM person_link WHERE client NOT IN (FROM linkage.arrived)")
    con.execute("DELETE FROM person WHERE person NOT IN (SELECT person FROM person_link)")
    return done


def _gather(con: duckdb.DuckDBPyConnection, store: str) -> pd.DataFrame:
    """Add the neighbours' records to the new ones; who is who among them (client, person)."""
    con.execute(ROUGH.format(side="new", records="staged.person_record"))
    con.execute(ROUGH.format(side="old", records=f"{store}.person_record"))
    con.execute(CALLED, {"names": [name for name, _ in pairs()], "groups": [group for _, group in pairs()]})
    for table in ("linkage_rough_old", "linkage_called"):
        con.execute(EITHER_WAY.format(table=table))
    found = " UNION ALL ".join(
        f"SELECT client FROM linkage_rough_old e SEMI JOIN linkage_called n ON {rule}" for rule in RULES
    )
    con.execute(NEIGHBOUR.format(store=store, found=found))
    con.execute(GATHER.format(store=store))
    for column in ("forename", "surname"):
        con.execute(FREQUENCY.format(column=column, store=store))
    sql = f"SELECT client, person FROM {store}.person_link WHERE person IN (FROM linkage_neighbour) ORDER BY client"
    return con.execute(sql).df()

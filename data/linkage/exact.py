"""Links that need no weighing: the same official number, or the same name and birth date at the same address.

A number alone does not make two clients one person. Numbers are mistyped into a valid other one, or copied from a
twin's or sibling's form. So each number has a *holder*: the forename, surname and birth date that most of its clients
agree on. A client with that number is linked when its identity fits the holder's.
"""

from __future__ import annotations

import duckdb

NUMBERS = {"nhs": "NHS number", "upn": "UPN", "ni": "NI number"}
SAME_RECORD = "same record"
NUMBER_PROBABILITY = 0.9999
SAME_RECORD_PROBABILITY = 0.999

# The most frequent value of each field, ties to the smallest, so that the same rows give the same holder.
HOLDER = """
CREATE OR REPLACE TABLE linkage.holder AS
WITH counted AS (
    SELECT number, field, value, count(DISTINCT client) AS clients FROM (
        UNPIVOT (SELECT DISTINCT number, client, forename, surname, birth_date::VARCHAR AS birth_date FROM linkage.numbered)
        ON forename, surname, birth_date INTO NAME field VALUE value)
    GROUP BY ALL
), best AS (
    SELECT number, field, value FROM counted
    QUALIFY row_number() OVER (PARTITION BY number, field ORDER BY clients DESC, value) = 1
)
SELECT number, max(value) FILTER (field = 'forename') AS forename, max(value) FILTER (field = 'surname') AS surname,
       max(value) FILTER (field = 'birth_date')::DATE AS birth_date
FROM best GROUP BY number
"""

# Only numbers that several clients share can link anyone.
NUMBERED = """
CREATE OR REPLACE TABLE linkage.numbered AS
SELECT DISTINCT {column} AS number, client, forename, middle, surname, former_surname, birth_date FROM linkage.identity
WHERE {column} IN (SELECT {column} FROM linkage.identity GROUP BY {column} HAVING count(DISTINCT client) > 1)
"""

# ``fits`` counts a missing field as no contradiction, but something must agree: a bare number links nobody.
FITTING = """
CREATE OR REPLACE TABLE linkage.fitting AS
WITH compared AS (
    SELECT n.number, n.client,
           CASE WHEN n.forename = n.surname THEN NULL
                ELSE linkage.names_alike(n.forename, h.forename) OR coalesce(linkage.names_alike(n.middle, h.forename), false)
                     OR coalesce(list_has_any(f.groups, g.groups), false)
                     OR coalesce(linkage.names_alike(n.surname, h.forename) AND linkage.names_alike(n.forename, h.surname), false)
           END AS forename,
           linkage.names_alike(n.surname, h.surname) OR coalesce(n.former_surname = h.surname, false) AS surname,
           linkage.dates_alike(n.birth_date, h.birth_date) AS birth_date
    FROM linkage.numbered n JOIN linkage.holder h USING (number)
    LEFT JOIN linkage.nickname f ON f.name = n.forename LEFT JOIN linkage.nickname g ON g.name = h.forename
)
SELECT number, client, bool_or(CASE
    WHEN forename AND birth_date THEN true
    WHEN forename AND birth_date IS NULL THEN coalesce(surname, true)
    WHEN birth_date AND forename IS NULL THEN true
    WHEN forename AND surname THEN true
    ELSE false END) AS fits
FROM compared GROUP BY number, client
"""

LINKS = """
INSERT INTO linkage.link
SELECT first.i, c.i, $probability, $how
FROM (SELECT number, client, min(client) OVER (PARTITION BY number) AS first_client FROM linkage.fitting WHERE fits) f
JOIN linkage.client c USING (client) JOIN linkage.client first ON first.client = f.first_client
WHERE f.client <> f.first_client
"""

# Identical name and birth date at one home. Where the group holds two NHS numbers it proves nothing.
SAME = """
INSERT INTO linkage.link
WITH homes AS (
    SELECT client, forename, surname, birth_date, nhs, unnest([postcode, uprn::VARCHAR]) AS home FROM linkage.identity
    WHERE forename IS NOT NULL AND surname IS NOT NULL AND birth_date IS NOT NULL
), grouped AS (
    SELECT min(client) AS first_client, list(DISTINCT client) AS clients FROM homes WHERE home IS NOT NULL
    GROUP BY forename, surname, birth_date, home HAVING count(DISTINCT client) > 1 AND count(DISTINCT nhs) <= 1
), pairs AS (SELECT DISTINCT first_client, unnest(clients) AS client FROM grouped)
SELECT first.i, c.i, $probability, $how
FROM pairs p JOIN linkage.client first ON first.client = p.first_client JOIN linkage.client c ON c.client = p.client
WHERE p.client <> p.first_client
"""


def link_exactly(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Write ``linkage.link`` (l, r, probability, how: client positions); links by how they were decided."""
    con.execute("CREATE OR REPLACE TABLE linkage.link (l INTEGER, r INTEGER, probability DOUBLE, how VARCHAR)")
    for column, how in NUMBERS.items():
        _link_by_number(con, column, how)
    con.execute(SAME, {"probability": SAME_RECORD_PROBABILITY, "how": SAME_RECORD})
    return dict(con.execute("SELECT how, count(*) FROM linkage.link GROUP BY how ORDER BY how").fetchall())


def _link_by_number(con: duckdb.DuckDBPyConnection, column: str, how: str) -> None:
    con.execute(NUMBERED.format(column=column))
    con.execute(HOLDER)
    con.execute(FITTING)
    con.execute(LINKS, {"probability": NUMBER_PROBABILITY, "how": how})

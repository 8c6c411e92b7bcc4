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

# Only numbers that several clients share can link anyone.
NUMBERED = """
CREATE OR REPLACE TABLE linkage.numbered AS
SELECT DISTINCT {column} AS number, client, forename, middle, surname, former_surname, birth_date FROM linkage.identity
WHERE {column} IN (SELECT {column} FROM linkage.identity GROUP BY {column} HAVING count(DISTINCT client) > 1)
"""

# The most frequent value of each field, ties to the smallest, so that the same rows give the same holder.
HOLDER = """
CREATE OR REPLACE TABLE linkage.holder AS
WITH counted AS (
    SELECT number, field, value, count(*) AS n FROM (
        UNPIVOT (SELECT DISTINCT number, client, forename, surname, birth_date::VARCHAR AS birth_date
                 FROM linkage.numbered)
        ON forename, surname, birth_date INTO NAME field VALUE value)
    GROUP BY number, field, value
), best AS (SELECT number, field, arg_min(value, (-n, value)) AS value FROM counted GROUP BY number, field)
SELECT number, max(value) FILTER (field = 'forename') AS forename, max(value) FILTER (field = 'surname') AS surname,
       max(value) FILTER (field = 'birth_date')::DATE AS birth_date
FROM best GROUP BY number
"""

# Most clients fit to the letter; only the others are compared.
COMPARED = """
CREATE OR REPLACE TABLE linkage.compared AS
SELECT n.*, h.forename AS held_forename, h.surname AS held_surname, h.birth_date AS held_birth_date,
       coalesce(n.forename = h.forename AND n.birth_date = h.birth_date, false) AS exactly
FROM linkage.numbered n JOIN linkage.holder h USING (number)
"""

# A missing field contradicts nothing, but something must agree: a bare number links nobody.
FITTING = """
CREATE OR REPLACE TABLE linkage.fitting AS
WITH agreeing AS (
    SELECT number, client,
           linkage.names_alike(c.forename, held_forename)
               OR coalesce(linkage.names_alike(c.middle, held_forename), false)
               OR coalesce(list_has_any(f.groups, g.groups), false)
               OR coalesce(linkage.names_alike(c.surname, held_forename)
                           AND linkage.names_alike(c.forename, held_surname), false) AS forename,
           linkage.names_alike(c.surname, held_surname) OR coalesce(c.former_surname = held_surname, false) AS surname,
           linkage.dates_alike(c.birth_date, held_birth_date) AS birth_date
    FROM linkage.compared c
    LEFT JOIN linkage.nickname f ON f.name = c.forename LEFT JOIN linkage.nickname g ON g.name = held_forename
    WHERE NOT exactly
)
SELECT number, client FROM linkage.compared WHERE exactly
UNION
SELECT number, client FROM agreeing
WHERE CASE WHEN forename AND birth_date THEN true
           WHEN forename AND birth_date IS NULL THEN coalesce(surname, true)
           WHEN birth_date AND forename IS NULL THEN true
           ELSE coalesce(forename AND surname, false) END
"""

LINKS = """
INSERT INTO linkage.link
SELECT first.i, c.i, $probability, $how
FROM (SELECT client, min(client) OVER (PARTITION BY number) AS first_client FROM linkage.fitting) f
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
    SELECT min(client) AS first_client, list(client) AS clients FROM homes WHERE home IS NOT NULL
    GROUP BY forename, surname, birth_date, home
    HAVING min(client) <> max(client) AND coalesce(min(nhs) = max(nhs), true)
), pairs AS (SELECT DISTINCT first_client, unnest(clients) AS client FROM grouped)
SELECT first.i, c.i, $probability, $how
FROM pairs p JOIN linkage.client first ON first.client = p.first_client JOIN linkage.client c ON c.client = p.client
WHERE p.client <> p.first_client
"""


def link_exactly(con: duckdb.DuckDBPyConnection) -> None:
    """Write ``linkage.link`` (l, r, probability, how): links between positions of ``linkage.client``."""
    con.execute("CREATE OR REPLACE TABLE linkage.link (l INTEGER, r INTEGER, probability DOUBLE, how VARCHAR)")
    for column, how in NUMBERS.items():
        for sql in (NUMBERED.format(column=column), HOLDER, COMPARED, FITTING):
            con.execute(sql)
        con.execute(LINKS, {"probability": NUMBER_PROBABILITY, "how": how})
    con.execute(SAME, {"probability": SAME_RECORD_PROBABILITY, "how": SAME_RECORD})

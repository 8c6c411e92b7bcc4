"""Entities (clients linked so far) and nodes (the distinct names and birth dates of each, with all its addresses)."""

from __future__ import annotations

import duckdb

from data.linkage.cleaning import count

# Addresses where very many people are known are schools, homes and hostels, and tell nobody apart.
CROWDED = 60

KNOWN = """
CREATE OR REPLACE TABLE linkage.known AS
SELECT entity, client, forename, middle, surname, former_surname, parts, birth_date, sex, postcode, uprn
FROM linkage.identity JOIN linkage.client USING (client) JOIN linkage.entity USING (i)
"""

HOME = f"""
CREATE OR REPLACE TABLE linkage.home AS
WITH seen AS (SELECT DISTINCT entity, postcode, uprn FROM linkage.known),
crowded AS (SELECT uprn FROM seen WHERE uprn IS NOT NULL GROUP BY uprn HAVING count(DISTINCT entity) > {CROWDED})
SELECT entity, list_sort(list(DISTINCT postcode) FILTER (postcode IS NOT NULL)) AS postcodes,
       list_sort(list(DISTINCT uprn) FILTER (uprn IS NOT NULL AND uprn NOT IN (FROM crowded))) AS uprns
FROM seen GROUP BY entity
"""

NODE = """
CREATE OR REPLACE TABLE linkage.node AS
WITH named AS (
    SELECT entity, forename, surname, birth_date,
           CASE WHEN count(*) FILTER (sex = 'M') > count(*) FILTER (sex = 'F') THEN 'M'
                WHEN count(sex) > 0 THEN 'F' END AS sex,
           max(middle) AS middle, max(former_surname) AS former_surname, max(parts) AS parts,
           count(DISTINCT client)::INTEGER AS clients, min(client) AS client
    FROM linkage.known WHERE forename IS NOT NULL OR surname IS NOT NULL
    GROUP BY entity, forename, surname, birth_date
)
SELECT (row_number() OVER (ORDER BY entity, forename, surname, birth_date) - 1)::INTEGER AS node, entity, client,
       clients, forename, coalesce(groups, CASE WHEN forename IS NOT NULL THEN [forename] END) AS groups, middle,
       surname, former_surname, parts, birth_date, strftime(birth_date, '%Y%m%d') AS birth_text, sex, postcodes, uprns
FROM named LEFT JOIN linkage.nickname ON name = forename LEFT JOIN linkage.home USING (entity)
"""

# What most of an entity's clients say of it: an entity of ten clients is not a twin because one of them erred.
PROFILE = """
CREATE OR REPLACE TABLE linkage.profile AS
WITH counted AS (
    SELECT entity, field, value, sum(clients) AS n FROM (
        UNPIVOT (SELECT entity, clients, forename, surname, birth_date::VARCHAR AS birth_date FROM linkage.node)
        ON forename, surname, birth_date INTO NAME field VALUE value)
    GROUP BY entity, field, value
), best AS (SELECT entity, field, arg_min(value, (-n, value)) AS value FROM counted GROUP BY entity, field)
SELECT entity, max(value) FILTER (field = 'forename') AS forename, max(value) FILTER (field = 'surname') AS surname,
       max(value) FILTER (field = 'birth_date')::DATE AS birth_date
FROM best GROUP BY entity
"""


def write_nodes(con: duckdb.DuckDBPyConnection) -> int:
    """From ``linkage.entity`` (i, entity) write ``known``, ``home``, ``node`` and ``profile``; the number of nodes."""
    for sql in (KNOWN, HOME, NODE, PROFILE):
        con.execute(sql)
    return count(con, "linkage.node")

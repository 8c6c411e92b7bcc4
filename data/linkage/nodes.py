"""Entities (clients linked so far) and nodes (the distinct names and birth dates of each, with all its addresses)."""

from __future__ import annotations

import duckdb

# Addresses where very many differently named people are known are schools, homes and hostels, and tell nobody apart.
CROWDED = 60

HOME = f"""
CREATE OR REPLACE TABLE linkage.home AS
WITH seen AS (SELECT DISTINCT entity, surname, postcode, uprn FROM linkage.identity JOIN linkage.client USING (client) JOIN linkage.entity USING (i)),
crowded AS (SELECT uprn FROM seen WHERE uprn IS NOT NULL GROUP BY uprn HAVING count(DISTINCT entity) > {CROWDED})
SELECT entity, list(DISTINCT postcode ORDER BY postcode) FILTER (postcode IS NOT NULL) AS postcodes,
       list(DISTINCT uprn ORDER BY uprn) FILTER (uprn IS NOT NULL AND uprn NOT IN (FROM crowded)) AS uprns
FROM seen GROUP BY entity
"""

NODE = """
CREATE OR REPLACE TABLE linkage.node AS
WITH known AS (SELECT entity, id.* FROM linkage.identity id JOIN linkage.client USING (client) JOIN linkage.entity USING (i)),
named AS (
    SELECT entity, forename, surname, birth_date, mode(sex ORDER BY sex) AS sex, max(middle) AS middle,
           max(former_surname) AS former_surname, list_distinct(flatten(list(parts ORDER BY client))) AS parts,
           count(DISTINCT client)::INTEGER AS clients, min(client) AS client
    FROM known WHERE forename IS NOT NULL OR surname IS NOT NULL
    GROUP BY entity, forename, surname, birth_date
)
SELECT (row_number() OVER (ORDER BY entity, forename, surname, birth_date) - 1)::INTEGER AS node, entity, client, clients,
       forename, coalesce(groups, CASE WHEN forename IS NOT NULL THEN [forename] END) AS groups, middle,
       surname, former_surname, parts, birth_date, strftime(birth_date, '%Y%m%d') AS birth_text, sex, postcodes, uprns
FROM named LEFT JOIN linkage.nickname ON name = forename LEFT JOIN linkage.home USING (entity)
"""

# What most of an entity's clients say of it: an entity of ten clients is not a twin because one of them erred.
PROFILE = """
CREATE OR REPLACE TABLE linkage.profile AS
WITH counted AS (
    SELECT entity, field, value, sum(clients) AS clients FROM (
        UNPIVOT (SELECT entity, clients, forename, surname, birth_date::VARCHAR AS birth_date, sex FROM linkage.node)
        ON forename, surname, birth_date, sex INTO NAME field VALUE value)
    GROUP BY ALL
), best AS (
    SELECT entity, field, value FROM counted
    QUALIFY row_number() OVER (PARTITION BY entity, field ORDER BY clients DESC, value) = 1
)
SELECT entity, max(value) FILTER (field = 'forename') AS forename, max(value) FILTER (field = 'surname') AS surname,
       max(value) FILTER (field = 'birth_date')::DATE AS birth_date, max(value) FILTER (field = 'sex') AS sex
FROM best GROUP BY entity
"""


def write_nodes(con: duckdb.DuckDBPyConnection) -> int:
    """From ``linkage.entity`` (i, entity) write ``home``, ``node`` and ``profile``; the number of nodes."""
    for sql in (HOME, NODE, PROFILE):
        con.execute(sql)
    return con.execute("SELECT count(*) FROM linkage.node").fetchall()[0][0]

"""What linkage leaves in the snapshot: ``person_link`` and ``link_pair``."""

from __future__ import annotations

import duckdb

from data.linkage.cleaning import count
from data.linkage.predict import parts_sql
from data.snapshot.tables import LINK_PAIR, PERSON_LINK

# A client is held in by its number or identical record; an entity of few clients by its best link to the person's
# largest one.
LINK_ROWS = """
INSERT INTO person_link
WITH ends AS (SELECT l AS i, how, probability FROM linkage.link UNION ALL SELECT r, how, probability FROM linkage.link),
decided AS (SELECT i, arg_max(how, (probability, how)) AS how, max(probability) AS probability FROM ends GROUP BY i),
entity_size AS (
    SELECT entity, label, count(*) AS clients FROM linkage.entity JOIN linkage.cluster USING (i) GROUP BY ALL
), person_size AS (
    SELECT label, sum(clients) AS clients, arg_max(entity, (clients, -entity)) AS main FROM entity_size GROUP BY label
), linked AS (
    SELECT entity_l AS entity, entity_r AS other, probability FROM linkage.entity_pair
    UNION ALL SELECT entity_r, entity_l, probability FROM linkage.entity_pair
), best AS (
    SELECT l.entity, max(probability) AS probability FROM linked l JOIN linkage.joined a ON a.i = l.entity
    JOIN linkage.joined b ON b.i = l.other AND b.label = a.label GROUP BY l.entity
)
SELECT c.client, c.source, n.person,
       CASE WHEN p.clients = 1 THEN 1.0
            WHEN e.clients = 1 OR e.entity <> main
            THEN least(coalesce(b.probability, 1.0), coalesce(d.probability, 1.0))
            ELSE coalesce(d.probability, 1.0) END,
       CASE WHEN p.clients = 1 THEN 'alone' WHEN e.clients = 1 THEN 'name and details'
            ELSE coalesce(d.how, 'name and details') END
FROM linkage.entity m JOIN entity_size e ON e.entity = m.entity JOIN person_size p USING (label)
JOIN linkage.client c ON c.i = m.i JOIN linkage.numbered_cluster n USING (label)
LEFT JOIN decided d ON d.i = m.i LEFT JOIN best b ON b.entity = m.entity
ORDER BY c.client
"""

# The clients of a pair stand for their entities. What people have decided is not asked again; and of two people who
# must never be linked (an adopted child's two names) no record is ever laid beside a record of the other.
PAIR_ROWS = """
INSERT INTO link_pair
WITH labelled AS (
    SELECT client, label FROM linkage.client JOIN linkage.cluster USING (i)
), secret AS (
    SELECT l.label AS label_l, r.label AS label_r
    FROM linkage.never JOIN labelled l ON l.client = client_l JOIN labelled r ON r.client = client_r
), uncertain AS (
    SELECT least(client_l, client_r) AS client_l, greatest(client_l, client_r) AS client_r, match_probability,
           match_weight, {parts} AS parts
    FROM linkage.predicted WHERE match_probability >= $doubtful AND match_probability < $certain
), askable AS (
    SELECT u.*, l.label AS label_l, r.label AS label_r
    FROM uncertain u JOIN labelled l ON l.client = client_l JOIN labelled r ON r.client = client_r
    ANTI JOIN linkage.decided_pair d ON d.client_l = u.client_l AND d.client_r = u.client_r
)
SELECT client_l, client_r, max(match_probability), max(match_weight), arg_max(parts, (match_probability, parts))
FROM askable a
WHERE NOT EXISTS (SELECT 1 FROM secret s WHERE (s.label_l = a.label_l AND s.label_r = a.label_r)
                                            OR (s.label_l = a.label_r AND s.label_r = a.label_l))
GROUP BY client_l, client_r ORDER BY client_l, client_r
"""


def write_links(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Write ``person_link``; clients by how they were decided."""
    con.execute("DROP TABLE IF EXISTS person_link")
    con.execute(PERSON_LINK.ddl())
    con.execute(LINK_ROWS)
    return dict(con.execute("SELECT how, count(*) FROM person_link GROUP BY how ORDER BY how").fetchall())


def write_pairs(con: duckdb.DuckDBPyConnection, doubtful: float, certain: float) -> int:
    """Write ``link_pair``: pairs whose probability is from ``doubtful`` to under ``certain``; their number."""
    con.execute("DROP TABLE IF EXISTS link_pair")
    con.execute(LINK_PAIR.ddl())
    con.execute(PAIR_ROWS.format(parts=parts_sql()), {"doubtful": doubtful, "certain": certain})
    return count(con, "link_pair")

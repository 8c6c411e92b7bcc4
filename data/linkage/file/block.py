"""Which rows of a file are worth comparing: those that share the key of a rule, rules chosen by the fields there are.

Rows that say the same in every field are told by the first of them (``linkage.node``); the others are compared with
that one alone. The narrow rules always hold; a wide one only where the file is small or varied enough to bear it.
"""

from __future__ import annotations

import duckdb

from data.linkage.cleaning import count
from data.linkage.file.compare import COLUMNS

# A key that many rows share says little and costs its square.
LARGEST_BLOCK = 400
# Pairs that one rule may add: for each row, and besides for small files.
PAIRS_A_ROW, PAIRS_BESIDES = 20, 100_000

NAME = "n.forename || '|' || n.surname"
EITHER_WAY = "least(n.forename, n.surname) || '|' || greatest(n.forename, n.surname)"
INITIALS = "least(n.forename[1], n.surname[1]) || greatest(n.forename[1], n.surname[1])"
DAY_OR_MONTH = "least(n.birth_text[5:6], n.birth_text[7:8]) || greatest(n.birth_text[5:6], n.birth_text[7:8])"

RULES = (
    "n.national_id", "n.nhs_number", "n.upn", "n.email", "n.phone",
    "split_part(n.email, '@', 1)",
    "n.surname || '|' || n.birth_text",
    "called || '|' || n.birth_text",
    f"{EITHER_WAY} || '|' || n.birth_text[1:4]",
    f"{INITIALS} || n.birth_text[1:4] || {DAY_OR_MONTH}",
    "n.uprn || '|' || called",
    "n.uprn || '|' || n.birth_text",
    "n.postcode || '|' || called",
    "n.postcode || '|' || n.surname",
    "n.postcode || '|' || n.birth_text",
    f"n.postcode || '|' || {INITIALS}",
    "n.address || '|' || n.forename[1]",
    "n.address || '|' || n.surname[1]",
    "n.town || '|' || n.birth_text",
    "n.town || '|' || called",
    "n.town || '|' || n.surname",
    EITHER_WAY,
    "n.forename[1:3] || '|' || n.surname[1:3] || '|' || n.birth_text[1:4]",
    "n.forename[1:3] || '|' || n.surname[1:3] || '|' || n.birth_text[5:8]",
    "n.birth_text",
    f"n.town || '|' || {INITIALS}",
    "n.forename[1:3] || '|' || n.surname[1:3]",
    "n.postcode", "n.surname", "called",
)  # fmt: skip

SAME = (*COLUMNS.values(), "middle")

NODE = f"""
CREATE OR REPLACE TABLE linkage.node AS
SELECT *, (min(row) OVER (PARTITION BY {", ".join(SAME)}))::INTEGER AS first, row::INTEGER AS node FROM linkage.tidy
"""
KEY = """
CREATE OR REPLACE TABLE linkage.key AS
SELECT node, hash(shared) AS key
FROM (SELECT DISTINCT node, {expression} AS shared FROM linkage.node n{called} WHERE node = first)
WHERE shared IS NOT NULL
QUALIFY count(*) OVER (PARTITION BY shared) BETWEEN 2 AND $largest
"""
COST = "SELECT coalesce(sum(n * (n - 1) // 2), 0)::BIGINT FROM (SELECT count(*) AS n FROM linkage.key GROUP BY key)"
PAIR = """
INSERT INTO linkage.proposed
SELECT l.node, r.node FROM linkage.key l JOIN linkage.key r ON l.key = r.key AND l.node < r.node
"""
BLOCKED = """
CREATE OR REPLACE TABLE linkage.blocked AS
SELECT '0' AS match_key, * FROM (
    SELECT DISTINCT join_key_l, join_key_r FROM linkage.proposed
    UNION ALL SELECT first, node FROM linkage.node WHERE node <> first)
"""


def block(con: duckdb.DuckDBPyConnection) -> int:
    """From ``linkage.tidy`` write ``linkage.node`` and ``linkage.blocked`` as Splink takes pairs; their number."""
    con.execute(NODE)
    con.execute("CREATE OR REPLACE TABLE linkage.proposed (join_key_l INTEGER, join_key_r INTEGER)")
    most = PAIRS_A_ROW * count(con, "linkage.node") + PAIRS_BESIDES
    for rule in RULES:
        called = ", (SELECT unnest(n.groups) AS called)" if "called" in rule else ""
        con.execute(KEY.format(expression=rule, called=called), {"largest": LARGEST_BLOCK})
        if con.execute(COST).fetchall()[0][0] <= most:
            con.execute(PAIR)
    con.execute(BLOCKED)
    return count(con, "linkage.blocked")

"""Which pairs of nodes are worth weighing: those that share a key of at least one rule."""

from __future__ import annotations

import duckdb

from data.linkage.cleaning import count

# A key that many nodes share says little and costs its square.
LARGEST_BLOCK = 400

# Each rule gives a key from the node ``n``; ``home`` is one of its postcodes, ``called`` one of its forename's
# spellings and ``due`` its month of birth or the next.
RULES: dict[str, str] = {
    "surname and birth date": "n.surname || '|' || n.birth_text",
    "forename and birth date": "called || '|' || n.birth_text",
    "both names, either way round, and birth year": (
        "least(n.forename, n.surname) || '|' || greatest(n.forename, n.surname) || '|' || n.birth_text[1:4]"
    ),
    "initials and birth date, both either way round": (
        "least(n.forename[1], n.surname[1]) || greatest(n.forename[1], n.surname[1]) || n.birth_text[1:4]"
        " || least(n.birth_text[5:6], n.birth_text[7:8]) || greatest(n.birth_text[5:6], n.birth_text[7:8])"
    ),
    "home and forename": "home || '|' || called",
    "home and birth date": "home || '|' || n.birth_text",
    "home, surname and initial": "home || '|' || n.surname || '|' || n.forename[1]",
    # An unborn child has no name yet, and the day it was expected.
    "home of a nameless one, surname and a month of birth": (
        "CASE WHEN home IN (SELECT unnest(postcodes) FROM linkage.node WHERE forename IS NULL)"
        " THEN home || '|' || n.surname || '|' || due END"
    ),
}
LISTS = {
    "home": "n.postcodes",
    "called": "n.groups",
    "due": "[strftime(n.birth_date, '%Y%m'), strftime(n.birth_date + INTERVAL 1 MONTH, '%Y%m')]",
}

KEYS = """
CREATE OR REPLACE TABLE linkage.key AS
WITH keyed AS ({rules}) SELECT key, node, entity FROM keyed
"""

PAIRS = f"""
CREATE OR REPLACE TABLE linkage.blocked AS
WITH usable AS (
    SELECT key FROM linkage.key GROUP BY key
    HAVING count(*) BETWEEN 2 AND {LARGEST_BLOCK} AND min(entity) <> max(entity)
), k AS (SELECT * FROM linkage.key SEMI JOIN usable USING (key))
SELECT DISTINCT '0' AS match_key, l.node AS join_key_l, r.node AS join_key_r
FROM k l JOIN k r ON l.key = r.key AND l.node < r.node AND l.entity <> r.entity
"""


def key_sql(rule: str) -> str:
    """The SELECT that gives the keys of one rule: one row a node and key, numbered apart from the other rules'."""
    expression, number = RULES[rule], list(RULES).index(rule)
    lists = [f", (SELECT unnest({column}) AS {name})" for name, column in LISTS.items() if name in expression]
    found = f"SELECT node, entity, {expression} AS shared FROM linkage.node n{''.join(lists)}"
    return f"SELECT hash({number}, shared) AS key, node, entity FROM ({found}) WHERE shared IS NOT NULL"


# Pairs of two people who stay as they are (``decisions.keep_people``).
BOTH_KEPT = """
DELETE FROM linkage.blocked USING linkage.node l, linkage.node r
WHERE l.node = join_key_l AND r.node = join_key_r
  AND l.entity IN (SELECT entity FROM linkage.settled JOIN linkage.entity USING (i))
  AND r.entity IN (SELECT entity FROM linkage.settled JOIN linkage.entity USING (i))
"""


def block(con: duckdb.DuckDBPyConnection, fresh_only: bool = False) -> int:
    """Write ``linkage.blocked`` in the form in which Splink takes pairs; their number.

    ``fresh_only`` leaves out pairs of people who stay as they are.
    """
    con.execute(KEYS.format(rules=" UNION ALL ".join(key_sql(rule) for rule in RULES)))
    con.execute(PAIRS)
    if fresh_only:
        con.execute(BOTH_KEPT)
    return count(con, "linkage.blocked")

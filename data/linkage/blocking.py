"""Which pairs of nodes are worth weighing: those that share a key of at least one rule."""

from __future__ import annotations

import duckdb

# A key that many nodes share says little and costs its square.
LARGEST_BLOCK = 400

# Each rule gives a key from the node ``n``; ``home`` and ``called`` are its addresses and its forename's spellings.
RULES: dict[str, str] = {
    "surname and birth date": "n.surname || '|' || n.birth_text",
    "forename and birth date": "called || '|' || n.birth_text",
    "both names, either way round, and birth year": (
        "least(n.forename, n.surname) || '|' || greatest(n.forename, n.surname) || '|' || n.birth_text[1:4]"
    ),
    "initials and birth date, day and month either way round": (
        "least(n.forename[1], n.surname[1]) || greatest(n.forename[1], n.surname[1]) || n.birth_text[1:4]"
        " || least(n.birth_text[5:6], n.birth_text[7:8]) || greatest(n.birth_text[5:6], n.birth_text[7:8])"
    ),
    "home and forename": "home || '|' || called",
    "home and birth date": "home || '|' || n.birth_text",
    "home, surname and initial": "home || '|' || n.surname || '|' || n.forename[1]",
}

KEYS = """
CREATE OR REPLACE TABLE linkage.key AS
WITH keyed AS ({rules})
SELECT key, node, entity FROM keyed WHERE key IS NOT NULL
"""

PAIRS = f"""
CREATE OR REPLACE TABLE linkage.blocked AS
WITH usable AS (SELECT key FROM linkage.key GROUP BY key HAVING count(*) BETWEEN 2 AND {LARGEST_BLOCK}),
k AS (SELECT * FROM linkage.key SEMI JOIN usable USING (key))
SELECT DISTINCT '0' AS match_key, l.node AS join_key_l, r.node AS join_key_r
FROM k l JOIN k r ON l.key = r.key AND l.node < r.node AND l.entity <> r.entity
"""


def key_sql(rule: str) -> str:
    """The SELECT that gives the keys of one rule: one row a node and key."""
    lists = {"home": "n.postcodes", "called": "n.groups"}
    joins = "".join(f", (SELECT unnest({column}) AS {name}) AS {name}s" for name, column in lists.items() if name in RULES[rule])
    number = list(RULES).index(rule)
    return f"SELECT DISTINCT hash({number}, {RULES[rule]}) AS key, n.node, n.entity FROM linkage.node n{joins} WHERE ({RULES[rule]}) IS NOT NULL"


def block(con: duckdb.DuckDBPyConnection) -> int:
    """Write ``linkage.blocked`` in the form that Splink takes pairs in; their number."""
    con.execute(KEYS.format(rules=" UNION ALL ".join(key_sql(rule) for rule in RULES)))
    con.execute(PAIRS)
    return con.execute("SELECT count(*) FROM linkage.blocked").fetchall()[0][0]

"""What earlier builds and people decided: previous person numbers, pairs never to be linked, clerical reviews."""

from __future__ import annotations

import duckdb
import pandas as pd

TABLES = {
    "previous": {"client": "BIGINT", "person": "BIGINT"},
    "never": {"client_l": "BIGINT", "client_r": "BIGINT"},
    "review": {"client_l": "BIGINT", "client_r": "BIGINT", "verdict": "VARCHAR"},
}

APART = """
CREATE OR REPLACE TABLE linkage.decreed_apart AS
SELECT client_l, client_r FROM linkage.never
UNION SELECT client_l, client_r FROM linkage.review WHERE verdict = 'different'
"""

DECIDED = """
CREATE OR REPLACE TABLE linkage.decided_pair AS
SELECT DISTINCT least(client_l, client_r) AS client_l, greatest(client_l, client_r) AS client_r
FROM (FROM linkage.decreed_apart UNION SELECT client_l, client_r FROM linkage.review WHERE verdict = 'same')
"""

# Links by number or record make a star, which falls apart when its centre is split off: there, link all its points.
WHOLE = """
INSERT INTO linkage.link
WITH split AS (
    SELECT i AS l FROM linkage.client
    WHERE client IN (SELECT client_l FROM linkage.decreed_apart UNION SELECT client_r FROM linkage.decreed_apart)
), star AS (SELECT * FROM linkage.link SEMI JOIN split USING (l))
SELECT a.r, b.r, least(a.probability, b.probability), a.how FROM star a JOIN star b USING (l, how) WHERE a.r < b.r
"""

SAME = """
INSERT INTO linkage.link
SELECT l.i, r.i, 1.0, 'review' FROM linkage.review v
JOIN linkage.client l ON l.client = client_l JOIN linkage.client r ON r.client = client_r WHERE verdict = 'same'
"""

KEPT = "people kept"
# People who stay as they are: each one's clients are joined before all else, and no two people are (``apart``).
CHAIN = """
INSERT INTO linkage.link
SELECT first.i, c.i, 1.0, $how
FROM (SELECT client, min(client) OVER (PARTITION BY person) AS first_client FROM linkage.previous) p
JOIN linkage.client c USING (client) JOIN linkage.client first ON first.client = p.first_client
WHERE p.client <> p.first_client
"""
SETTLED = """
CREATE OR REPLACE TABLE linkage.settled AS
SELECT i, person FROM linkage.previous JOIN linkage.client USING (client)
"""


def take_in(con: duckdb.DuckDBPyConnection, **given: pd.DataFrame | None) -> None:
    """Write ``linkage.previous``, ``never``, ``review``, ``decreed_apart`` and ``decided_pair``; missing ones empty."""
    for name, columns in TABLES.items():
        con.execute(f"CREATE OR REPLACE TABLE linkage.{name} ({', '.join(map(' '.join, columns.items()))})")
        if (rows := given.get(name)) is not None and len(rows):
            con.register("linkage_given", rows)
            con.execute(f"INSERT INTO linkage.{name} SELECT {', '.join(columns)} FROM linkage_given")
            con.unregister("linkage_given")
    con.execute(APART)
    con.execute(DECIDED)
    con.execute("CREATE OR REPLACE TABLE linkage.settled (i INTEGER, person BIGINT)")


def link_reviewed(con: duckdb.DuckDBPyConnection) -> None:
    """Add to ``linkage.link`` the pairs that a reviewer found to be the same person, and what a split leaves whole."""
    con.execute(WHOLE)
    con.execute(SAME)


def keep_people(con: duckdb.DuckDBPyConnection) -> None:
    """The people of ``linkage.previous`` stay as they are: write ``linkage.settled`` and link each one's clients."""
    con.execute(SETTLED)
    con.execute(CHAIN, {"how": KEPT})

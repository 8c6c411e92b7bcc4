"""Pairs that must not become one person, looked for only among those that the links would put together."""

from __future__ import annotations

import duckdb
import numpy as np

from data.linkage.cluster import Ints

# ``linkage.unit`` (i, label): what is being clustered, and the component that its links would put it in;
# ``linkage.member`` (client_i, i): which unit each client is in.
NUMBERS_DIFFER = """
WITH numbered AS (
    SELECT u.i, u.label, min(nhs) AS nhs FROM linkage.identity JOIN linkage.client c USING (client)
    JOIN linkage.member m ON m.client_i = c.i JOIN linkage.unit u ON u.i = m.i
    WHERE nhs IS NOT NULL GROUP BY u.i, u.label
), mixed AS (SELECT label FROM numbered GROUP BY label HAVING min(nhs) <> max(nhs))
SELECT l.i, r.i FROM numbered l JOIN numbered r ON l.label = r.label AND l.i < r.i AND l.nhs <> r.nhs
WHERE l.label IN (FROM mixed)
"""

# Entities whose own majority contradicts the other's: a chain of small errors must not walk from one to the other.
PROFILES_CLASH = """
WITH p AS (
    SELECT u.i, u.label, p.*, groups FROM linkage.unit u JOIN linkage.profile p ON p.entity = u.i
    LEFT JOIN linkage.nickname ON name = forename
)
SELECT l.i, r.i FROM p l JOIN p r ON l.label = r.label AND l.i < r.i
WHERE NOT linkage.dates_alike(l.birth_date, r.birth_date)
   OR NOT (linkage.names_alike(l.forename, r.forename) OR coalesce(list_has_any(l.groups, r.groups), false)
           OR coalesce(l.forename = r.surname OR l.surname = r.forename, false))
"""

DECREED = """
SELECT DISTINCT least(l.i, r.i), greatest(l.i, r.i)
FROM linkage.decreed_apart d
JOIN linkage.client cl ON cl.client = d.client_l JOIN linkage.client cr ON cr.client = d.client_r
JOIN linkage.member l ON l.client_i = cl.i JOIN linkage.member r ON r.client_i = cr.i
WHERE l.i <> r.i
"""

TWO_PEOPLE = """
WITH kept AS (
    SELECT DISTINCT u.i, u.label, person FROM linkage.settled s JOIN linkage.member m ON m.client_i = s.i
    JOIN linkage.unit u ON u.i = m.i
)
SELECT l.i, r.i FROM kept l JOIN kept r ON l.label = r.label AND l.i < r.i AND l.person <> r.person
"""


def apart(con: duckdb.DuckDBPyConnection, profiles: bool) -> tuple[Ints, Ints]:
    """Pairs of units to keep apart; ``profiles`` adds those whose majority identities contradict each other."""
    always = (NUMBERS_DIFFER, DECREED, TWO_PEOPLE)
    rules = (*always, PROFILES_CLASH) if profiles else always
    found = [pair for sql in rules for pair in con.execute(sql).fetchall()]
    pairs = np.array(sorted(found), dtype=np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]

"""When two ways of writing a name or a birth date agree: the one meaning of it, as SQL macros."""

from __future__ import annotations

import duckdb

# Jaro-Winkler 0.88 keeps spelling errors of five-letter names together and most different names apart.
MACROS = (
    """
    CREATE OR REPLACE MACRO linkage.names_alike(a, b) AS
        a = b OR jaro_winkler_similarity(a, b) >= 0.88
        OR (least(length(a), length(b)) >= 4 AND damerau_levenshtein(a, b) <= 1)
        OR (least(length(a), length(b)) >= 4 AND (starts_with(a, b) OR starts_with(b, a)))
        OR (least(length(a), length(b)) = 1 AND a[1] = b[1])
    """,
    """
    CREATE OR REPLACE MACRO linkage.years_apart(a, b) AS
        least(abs(abs(datediff('day', a, b)) - 365.25), abs(abs(datediff('day', a, b)) - 730.5)) < 2
    """,
    """
    CREATE OR REPLACE MACRO linkage.dates_alike(a, b) AS
        a = b OR damerau_levenshtein(strftime(a, '%Y%m%d'), strftime(b, '%Y%m%d')) <= 1
        OR (year(a) = year(b) AND month(a) = day(b) AND day(a) = month(b))
        OR abs(datediff('day', a, b)) <= 31 OR linkage.years_apart(a, b)
        OR (year(a) = year(b) AND (dayofyear(a) = 1 OR dayofyear(b) = 1))
    """,
)


def define(con: duckdb.DuckDBPyConnection) -> None:
    """Define the macros ``linkage.names_alike`` and ``linkage.dates_alike``; both are null when a side is null."""
    for macro in MACROS:
        con.execute(macro)

"""Who somebody is now: numbers of people are followed through every later split and merger of their records."""

from __future__ import annotations

from collections.abc import Collection

import duckdb

from data.snapshot.engine import plain_errors

#: A select of ``was, person`` for the numbers bound as ``$numbers``: each itself, and whoever its clients became.
FOLLOWED = """
WITH RECURSIVE followed AS (
    SELECT unnest($numbers::BIGINT[]) AS was, unnest($numbers::BIGINT[]) AS person, 0 AS build
    UNION
    SELECT f.was, m.became, m.build FROM followed f JOIN person_moved m ON m.person = f.person AND m.build > f.build
)
SELECT DISTINCT f.was, p.person FROM followed f JOIN person p USING (person)
"""
#: A select of ``number``: every number under which the clients of ``$person`` were known before, and the present one.
EARLIER = """
WITH RECURSIVE earlier AS (
    SELECT $person::BIGINT AS number, 2147483647 AS build
    UNION
    SELECT m.person, m.build FROM earlier e JOIN person_moved m ON m.became = e.number AND m.build < e.build
)
SELECT DISTINCT $person::BIGINT AS person, number FROM earlier ORDER BY number
"""


def followed(cursor: duckdb.DuckDBPyConnection, numbers: Collection[int]) -> set[int]:
    """Whom ``numbers`` are in the snapshot of ``cursor``."""
    with plain_errors():
        rows = cursor.execute(FOLLOWED, {"numbers": sorted(numbers)}).fetchall()
    return {int(row[1]) for row in rows}


def present(cursor: duckdb.DuckDBPyConnection, numbers: Collection[int]) -> dict[int, int]:
    """The number that each of ``numbers`` goes by now: itself while it is there, else whom it became; or itself."""
    found = {number: number for number in numbers}
    if numbers:
        with plain_errors():
            rows = cursor.execute(FOLLOWED + " ORDER BY was, person", {"numbers": sorted(numbers)}).fetchall()
        became: dict[int, list[int]] = {}
        for was, person in rows:
            became.setdefault(int(was), []).append(int(person))
        found |= {was: was if was in people else people[-1] for was, people in became.items()}
    return found

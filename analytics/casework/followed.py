"""People under the number that they have now: what the journal wrote of somebody is about them after a merger too."""

from __future__ import annotations

from collections.abc import Iterable

from data.access.gate import Session, serve
from data.access.roles import Permission
from data.snapshot.tables import PERSON_MOVED

# Whoever is still there under the number is whom it means; records that left it for somebody else's do not count.
_FOLLOWED = f"""
WITH RECURSIVE followed AS (
    SELECT was, was AS number, 0 AS build FROM (SELECT unnest($numbers::BIGINT[]) AS was)
    WHERE was NOT IN (SELECT person FROM person)
    UNION
    SELECT f.was, m.became, m.build FROM followed f
    JOIN {PERSON_MOVED.name} m ON m.person = f.number AND m.build > f.build
    WHERE f.number NOT IN (SELECT person FROM person)
)
SELECT was, max(number) AS number FROM followed WHERE number IN (SELECT person FROM person) GROUP BY was ORDER BY was
"""
# Nearly always everybody is there still, and following nobody takes as long as following many.
_THERE = "SELECT count(*) AS there FROM person WHERE person IN (SELECT unnest($numbers::BIGINT[]))"


def now_of(session: Session, numbers: Iterable[int], permission: Permission = Permission.COUNT_LIST) -> dict[int, int]:
    """The number that each of ``numbers`` goes by now; itself, unless it became another. It says nothing of anybody."""
    asked = sorted(set(numbers))
    now = dict(zip(asked, asked, strict=True))
    if asked and PERSON_MOVED.name in session.snapshot.tables and not _all_there(session, asked, permission):
        rows = serve(session, permission, _FOLLOWED, {"numbers": asked}, what="numbers that moved")
        now |= {int(was): int(number) for was, number in zip(rows["was"], rows["number"], strict=True)}
    return now


def _all_there(session: Session, asked: list[int], permission: Permission) -> bool:
    rows = serve(session, permission, _THERE, {"numbers": asked}, what="numbers that moved")
    return int(rows.iloc[0]["there"]) == len(asked)

"""Wrong links taken apart: find a person, see which agencies' clients make them up, split off what does not belong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from analytics.casework.rows import each, full_name
from analytics.casework.search import matching
from analytics.casework.tell import as_date
from analytics.governance.review import record
from data.access.gate import Session
from data.access.reader import AccessRefused
from data.access.roles import Permission
from data.journal.link_reviews import Verdict

SHORTEST_REASON = 5


@dataclass(frozen=True)
class Match:
    """Somebody found: no more than is needed to tell them from the others."""

    person: int
    name: str
    birth_date: date | None


def find(session: Session, text: str, limit: int = 8) -> list[Match]:
    """People who match ``text``: a name, a date of birth, a postcode or a number; recorded for each."""
    rows = matching(session, text, Permission.REVIEW_LINKS, limit)
    return [Match(int(row.person), full_name(row.forename, row.surname), as_date(row.birth_date)) for row in each(rows)]


def split(session: Session, off: Iterable[int], rest: Iterable[int], reason: str) -> None:
    """Say that the clients ``off`` are of somebody else than the clients ``rest``: each of the one from each other.

    All of one act. Every pair is named, or a third record could tie together what one pair parts. Raises
    `AccessRefused` without a reason, or where either side is empty.
    """
    left, right = sorted(set(off)), sorted(set(rest))
    if not left or not right:
        raise AccessRefused("Choose at least one record that does not belong, and leave at least one that does.")
    if len(reason.strip()) < SHORTEST_REASON:
        raise AccessRefused("Say in a few words how you know: others will have to understand it.")
    record(session, [(one, other) for one in left for other in right], Verdict.DIFFERENT, reason)

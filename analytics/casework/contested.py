"""What of a person is contested, and whether their data may be used at all now: for the page of whoever works there."""

from __future__ import annotations

from dataclasses import dataclass

from data.access.gate import Session, consult
from data.access.roles import Permission
from data.journal.contests import OPEN, Contest, contests


@dataclass(frozen=True)
class Standing:
    """``contests`` of a person, oldest first, and whether processing is ``restricted``."""

    contests: tuple[Contest, ...] = ()
    restricted: bool = False

    @property
    def open(self) -> tuple[Contest, ...]:
        """Those that nobody has decided yet."""
        return tuple(each for each in self.contests if each.status == OPEN)


def standing(session: Session, person: int) -> Standing:
    """How it stands with ``person`` now. Raises `AccessRefused`."""
    found = consult(
        session, Permission.SEE_PERSON, lambda journal: contests(journal, [person]), people=[person], what="page"
    )
    return Standing(found, person in session.restricted())

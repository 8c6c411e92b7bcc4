"""Contests of what is held of one person, and restriction of its use: written, answered and lifted by named people."""

from __future__ import annotations

from dataclasses import dataclass

from data.access.gate import Session, act, checked_entry, consult
from data.access.reader import AccessRefused
from data.access.roles import Permission
from data.journal import contests as stored
from data.journal.accounts import reader_names
from data.journal.contests import ABOUT, NOT_UPHELD, SHORTEST_REASON, UPHELD, Contest
from data.journal.tables import RESTRICTION

__all__ = ["ABOUT", "NOT_UPHELD", "UPHELD", "Case", "answer", "case", "contest", "restrict"]

WHAT = "contests"


@dataclass(frozen=True)
class Case:
    """How it stands with one person: ``contests`` oldest first, whether use is ``restricted``, and readers' names."""

    contests: tuple[Contest, ...]
    restricted: bool
    names: dict[str, str]


def case(session: Session, person: int) -> Case:
    """What ``person`` has contested. Raises `AccessRefused`."""
    found = consult(
        session, Permission.CONTEST, lambda journal: stored.contests(journal, [person]), people=[person], what=WHAT
    )
    return Case(found, person in session.restricted(), reader_names(session.journal))


def contest(session: Session, person: int, about: str, which: str, said: str, event: int | None = None) -> int:
    """Write down what ``person`` says is wrong. Returns its number. Raises `AccessRefused` with what is missing."""
    entry = checked_entry(session, Permission.CONTEST, [person])
    try:
        return stored.contest(session.journal, person, about, which, said, entry, event)
    except ValueError as error:
        raise AccessRefused(f"Nothing was written down: {error}.") from None


def answer(session: Session, one: Contest, status: str, words: str) -> None:
    """Decide a contest, under the reader's own name. Raises `AccessRefused` with what is missing."""
    entry = checked_entry(session, Permission.CONTEST, [one.person])
    try:
        stored.answer(session.journal, one.number, status, words, entry)
    except ValueError as error:
        raise AccessRefused(f"Nothing was written down: {error}.") from None


def restrict(session: Session, person: int, on: bool, reason: str) -> None:
    """Restrict use of ``person``'s data, or lift that. Raises `AccessRefused` without a reason in words."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise AccessRefused("Say why, in a few words.")
    values = {"person": person, "on": on, "reason": reason.strip()}
    act(session, Permission.RESTRICT, RESTRICTION, values, people=[person])

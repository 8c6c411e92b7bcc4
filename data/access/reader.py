"""Who is looking, and which rows are theirs to see."""

from __future__ import annotations

from dataclasses import dataclass

from data.access.roles import ROLES
from data.journal.accounts import account
from data.journal.casework import allocated_people, broken_glass
from data.journal.journal import Journal


class AccessRefused(Exception):
    """The reader may not have this; the message is fit to show."""


@dataclass(frozen=True)
class Reader:
    """Identity, role, purpose and row scope, as the journal has them at this moment.

    ``wards`` None is the whole city. ``people`` are theirs beside the wards: allocated to them, or opened by breaking
    the glass.
    """

    id: str
    name: str
    role: str
    team: str | None
    wards: frozenset[str] | None
    people: frozenset[int]
    purpose: str

    @property
    def scope(self) -> tuple[tuple[str, ...] | None, tuple[int, ...]]:
        """The row scope as plain sorted values: part of every cache key."""
        return (None if self.wards is None else tuple(sorted(self.wards)), tuple(sorted(self.people)))


def reader(journal: Journal, reader_id: str, purpose: str = "") -> Reader:
    """Look ``reader_id`` up. Raises `AccessRefused` where there is no open account, or one with an unknown role."""
    found = account(journal, reader_id)
    if found is None or found.role not in ROLES:
        raise AccessRefused("This account is closed or unknown. Ask your manager.")
    wards = None if ROLES[found.role].whole_city else (found.wards or frozenset())
    people, opened = broken_glass(journal, reader_id)
    if wards is not None:
        wards, people = wards | opened, people | allocated_people(journal, reader_id)
    return Reader(found.id, found.name, found.role, found.team, wards, people, purpose)

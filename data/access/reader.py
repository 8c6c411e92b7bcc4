"""Who is looking, and which rows are theirs to see."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from data.access.roles import ROLES
from data.journal.accounts import Account, account
from data.journal.casework import Glass, allocated_people, glass
from data.journal.journal import Journal
from data.journal.tables import ALLOCATION, BREAK_GLASS, READER_ACCOUNT


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


@dataclass(frozen=True)
class _Rights:
    """What the journal said of one account when the last rows of what gives rights were ``last``."""

    last: tuple[int | None, ...]
    account: Account | None
    glass: tuple[Glass, ...]
    allocated: frozenset[int]


_GIVE_RIGHTS = (READER_ACCOUNT, BREAK_GLASS, ALLOCATION)
_LAST = sa.select(*(sa.select(sa.func.max(table.c.row)).scalar_subquery() for table in _GIVE_RIGHTS))
_KNOWN: WeakKeyDictionary[Journal, dict[str, _Rights]] = WeakKeyDictionary()


def reader(journal: Journal, reader_id: str, purpose: str = "") -> Reader:
    """Look ``reader_id`` up. Raises `AccessRefused` where there is no open account, or one with an unknown role."""
    known = _rights(journal, reader_id)
    found = known.account
    if found is None or found.role not in ROLES:
        raise AccessRefused("This account is closed or unknown. Ask your manager.")
    wards = None if ROLES[found.role].whole_city else (found.wards or frozenset())
    now = journal.now()
    opened = [one for one in known.glass if one.until > now]
    people = frozenset(one.person for one in opened if one.person is not None)
    if wards is not None:
        wards |= frozenset(one.ward for one in opened if one.ward is not None)
        people |= known.allocated
    return Reader(found.id, found.name, found.role, found.team, wards, people, purpose)


def _rights(journal: Journal, reader_id: str) -> _Rights:
    """Kept until any row that gives or takes a right is written, by whomever: a change takes effect at the next call.

    Rows are only ever added, one writer at a time, so the last number tells. It is read before the rights are.
    """
    row = journal.rows(_LAST)[0]
    last = tuple(row[name] for name in row)
    kept = _KNOWN.setdefault(journal, {})
    found = kept.get(reader_id)
    if found is None or found.last != last:
        glasses, mine = glass(journal, reader_id, since=""), allocated_people(journal, reader_id)
        found = kept[reader_id] = _Rights(last, account(journal, reader_id), glasses, mine)
    return found

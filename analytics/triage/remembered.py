"""What `history` reads, in memory: looked up by person in a moment for the contact that came a second ago.

Loaded once a snapshot, about 80 MB for a city of 300,000. It says of a contact what the query of `history` says, and is
held to that by tests: a query of so many parts takes longer to plan than one contact's records to read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from analytics.matrix.guard import EPOCH, OPEN, day_number
from analytics.triage import history
from analytics.triage.declared import HISTORIES, LONGEST, TOLD
from data.contacts import LOW_OUTCOMES, TAKEN_OUTCOMES
from data.home import Home
from data.snapshot.engine import plain_errors
from data.snapshot.reading import Snapshot, current

_NEVER = np.iinfo(np.int64).max
_DAY = 86_400_000_000
_YEAR, _MONTH = 365, 30
_EPOCH = datetime.combine(EPOCH, time())
_WHOSE = ("parent", "sibling")


def _days(**columns: str) -> str:
    """Days since 1970 under new names; what has no day is never."""
    return ", ".join(
        f"coalesce({column} - DATE '1970-01-01', {OPEN})::INTEGER AS {name}" for name, column in columns.items()
    )


_BIRTHS = f"SELECT person, {_days(born='birth_date')} FROM person ORDER BY person"
_TIES = f"""
SELECT person, other, (list_position($whose, kind) - 1)::TINYINT AS whose,
       {_days(begun='"from"', ended='"to"', known="known_on", told="end_known_on")}
FROM relationship WHERE list_contains($whose, kind) ORDER BY person, other
"""
_EVENTS = f"""
SELECT person, (list_position($kinds, kind) - 1)::TINYINT AS kind,
       {_days(on="occurred_on", ended="ended_on", known="known_on", corrected="corrected_on")}
FROM event WHERE list_contains($kinds, kind) ORDER BY person, occurred_on
"""
_CONTACTS = f"""
SELECT person, contact, agency, coalesce(epoch_us(received_at), {_NEVER}) AS received,
       coalesce(epoch_us(closed_at), {_NEVER}) AS closed,
       coalesce(outcome IN {LOW_OUTCOMES}, false) AS low, coalesce(outcome IN {TAKEN_OUTCOMES}, false) AS high
FROM contact ORDER BY person, contact
"""


@dataclass(frozen=True)
class _Table:
    """Columns of rows in order of ``person``."""

    person: NDArray[np.int64]
    columns: Mapping[str, NDArray[Any]]

    def of(self, people: Iterable[int]) -> dict[str, list[Any]]:
        """The rows of ``people``: a list a column, ``person`` among them."""
        asked = np.array(sorted(set(people)), np.int64)
        first, after = (np.searchsorted(self.person, asked, side) for side in ("left", "right"))
        at = np.concatenate([np.arange(a, b) for a, b in zip(first, after, strict=True)] or [np.arange(0)])
        return {"person": self.person[at].tolist()} | {name: held[at].tolist() for name, held in self.columns.items()}


@dataclass(frozen=True)
class Earlier:
    """A contact that came here and not by the feed: about ``person``, when, and what it came to until now."""

    number: str
    person: int
    received: datetime
    agency: str
    outcome: str | None
    closed: datetime | None


@dataclass(frozen=True)
class Memory:
    """Everything that is looked up."""

    births: _Table
    ties: _Table
    events: _Table
    contacts: _Table

    def known(self, number: str, people: Sequence[int], moment: datetime, came: Sequence[Earlier]) -> dict[str, float]:
        """What was known of ``people`` at ``moment``, by indicator, as `history.wide` has it; ``came``: see there."""
        day = day_number(moment.date())
        values = dict.fromkeys(history.names(), 0.0)
        for whose, persons in self._around(people, day).items():
            self._happened(values, whose, persons, day)
        told = self._subject(people, day) | self._before(number, people, moment, came)
        return values | {one.name: float(told[one.sql]) for one in TOLD}

    def _around(self, people: Sequence[int], day: int) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {"subject": set(people)}
        rows = self.ties.of(people)
        for other, whose, begun, ended, known, told in zip(
            *(rows[name] for name in ("other", "whose", "begun", "ended", "known", "told")), strict=True
        ):
            stands = ended >= day or day <= told < OPEN
            if known < day and begun < day and stands and other not in found["subject"]:
                found.setdefault(_WHOSE[whose], set()).add(other)
        return found

    def _happened(self, values: dict[str, float], whose: str, people: Iterable[int], day: int) -> None:
        rows = self.events.of(people)
        for kind, on, ended, known, corrected in zip(
            *(rows[name] for name in ("kind", "on", "ended", "known", "corrected")), strict=True
        ):
            if on < day and known < day <= corrected:
                for one in _READ.get((whose, kind), ()):
                    if one.way == "count":
                        values[one.name] += day - on <= one.window_days
                    elif one.way == "ever" or ended >= day:
                        values[one.name] = 1.0

    def _subject(self, people: Sequence[int], day: int) -> dict[str, float]:
        born = dict(zip(*self.births.of(people).values(), strict=True))
        ages = [(day - born[person]) / 365.25 for person in people if born.get(person, OPEN) < OPEN]
        return {
            "subject.people": sum(person in born for person in people),
            "subject.youngest": max(0.0, min(ages, default=0.0)),
            "subject.adult": max((age >= 18 for age in ages), default=False),
        }

    def _before(
        self, number: str, people: Sequence[int], moment: datetime, came: Sequence[Earlier]
    ) -> dict[str, float]:
        now = _micros(moment)
        rows = self.contacts.of(people)
        of = ("contact", "agency", "received", "closed", "low", "high")
        every = [*zip(*(rows[name] for name in of), strict=True), *(_row(one) for one in came if one.person in people)]
        year, two, low, high, agencies, month = set(), set(), set(), set(), set(), set()
        for contact, agency, received, closed, is_low, is_high in every:
            if contact == number or not now - LONGEST * _DAY <= received < now:
                continue
            ago = now // _DAY - received // _DAY
            two.add(contact)
            if is_high and closed < now:
                high.add(contact)
            if ago <= _MONTH:
                month.add(contact)
            if ago <= _YEAR:
                year.add(contact)
                agencies.add(agency)
                if is_low and closed < now:
                    low.add(contact)
        names = ("year", "two", "low", "high", "agencies", "month")
        counted = (year, two, low, high, agencies - {None}, month)
        return {f"before.{name}": len(one) for name, one in zip(names, counted, strict=True)}


_KINDS = history.kinds()
#: What reads events of one kind (its place in `history.kinds`) and relation.
_READ = {
    (whose, at): tuple(one for one in HISTORIES if one.whose == whose and kind in one.kinds)
    for at, kind in enumerate(_KINDS)
    for whose in ("subject", *_WHOSE)
}


def memory(snapshot: Snapshot) -> Memory:
    """What is remembered of ``snapshot``, loaded when it is first asked for. Raises `StoreError`."""
    return snapshot.once("history", lambda: _loaded(snapshot))


def warm(home: Home) -> None:
    """Load it before the first contact comes. Raises `StoreError`."""
    with current(home) as snapshot:
        memory(snapshot)


def _loaded(snapshot: Snapshot) -> Memory:
    with snapshot.cursor() as cursor, plain_errors():
        return read(cursor)


def read(cursor: duckdb.DuckDBPyConnection) -> Memory:
    """All of it from a store's own tables."""
    asked: tuple[tuple[str, dict[str, Any]], ...]
    asked = ((_BIRTHS, {}), (_TIES, {"whose": list(_WHOSE)}), (_EVENTS, {"kinds": _KINDS}), (_CONTACTS, {}))
    tables = []
    for query, bound in asked:
        held = {name: np.asarray(values) for name, values in cursor.execute(query, bound).fetchnumpy().items()}
        tables.append(_Table(held.pop("person"), held))
    return Memory(*tables)


def _row(one: Earlier) -> tuple[Any, ...]:
    closed = _NEVER if one.closed is None else _micros(one.closed)
    low, high = one.outcome in LOW_OUTCOMES, one.outcome in TAKEN_OUTCOMES
    return one.number, one.agency, _micros(one.received), closed, low, high


def _micros(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)

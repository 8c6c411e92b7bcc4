"""One version's recall: whose score was shown, to whom, when, what it said, and what people judged and decided then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from analytics.casework.rows import each, full_name, word
from analytics.casework.tell import as_date
from analytics.recall.versions import ACTIONS
from data.access.gate import Session, act, consult, serve
from data.access.reader import AccessRefused
from data.access.roles import Permission
from data.journal.accounts import reader_names
from data.journal.casework import allocations
from data.journal.erasures import erasures
from data.journal.journal import Journal
from data.journal.recalls import decisions_on, judgements_on, told
from data.journal.showings import Showing, showings
from data.journal.tables import RECALL_TOLD

#: Who can be told.
WHOM = ("the family", "the professional who saw it", "the team manager", "the person concerned")

# Whoever was shown under a number is followed through every later split and merger, to whoever that is now.
_WHO = """
WITH RECURSIVE asked AS (
    SELECT unnest($recalled::BIGINT[]) AS was, unnest($builds::INTEGER[]) AS build
), followed AS (
    SELECT was, was AS person, build FROM asked
    UNION
    SELECT f.was, m.became, m.build FROM followed f JOIN person_moved m ON m.person = f.person AND m.build > f.build
)
SELECT DISTINCT f.was, p.person, p.forename, p.surname, p.birth_date, w.name AS ward_name
FROM followed f JOIN visible USING (person) JOIN person p USING (person) LEFT JOIN ward w USING (ward)
ORDER BY f.was, f.was <> p.person, p.person
"""


@dataclass(frozen=True)
class Now:
    """Who somebody is now: the number, name, date of birth and ward that the served snapshot has."""

    person: int
    name: str
    birth_date: date | None
    ward: str | None


@dataclass(frozen=True)
class Shown:
    """One showing, with what its reader judged before it and decided after it."""

    showing: Showing
    reader: str
    judgement: Any = None
    decision: Any = None


@dataclass(frozen=True)
class Recalled:
    """One person whose score was shown, under the number of that time. ``now``: who that is today, nobody or several.

    ``allocations`` are those made after the first showing, as they stand; ``told`` is who was told, oldest first.
    """

    person: int
    now: tuple[Now, ...]
    shown: tuple[Shown, ...]
    allocations: tuple[Any, ...] = ()
    told: tuple[Any, ...] = ()
    erased_on: str | None = None

    @property
    def name(self) -> str:
        return " / ".join(one.name for one in self.now) or f"No longer held (number {self.person})"

    @property
    def note(self) -> str:
        """What has become of the number, where it is not simply the same person still."""
        if not self.now:
            if self.erased_on:
                return f"Erased at request of {self.erased_on[:10]}: nobody can be named here."
            return "No record of this person is held any more: past retention, or withdrawn by every agency."
        if len(self.now) > 1:
            return "The records shown then are several people's now: each may have to be told."
        return "" if self.now[0].person == self.person else "Joined with another person's records since."

    @property
    def readers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.reader for one in self.shown))

    @property
    def views(self) -> tuple[str, ...]:
        """What its readers said of the score, one view a decision."""
        found = {one.decision["row"]: str(one.decision["view"]) for one in self.shown if one.decision is not None}
        return tuple(found.values())


@dataclass(frozen=True)
class Recall:
    """Everybody recalled, in the order of their first showing."""

    model: str
    version: str
    people: tuple[Recalled, ...]

    @property
    def readers(self) -> frozenset[str]:
        return frozenset(reader for one in self.people for reader in one.readers)

    @property
    def times(self) -> int:
        return sum(len(one.shown) for one in self.people)


@dataclass(frozen=True)
class _Written:
    """What the journal has of one version in a period."""

    showings: Sequence[Showing]
    judgements: dict[tuple[str, int, str], Any]
    decisions: dict[tuple[str, int], list[Any]]
    allocations: dict[int, list[Any]]
    told: dict[int, list[Any]]
    erased: dict[int, str]
    names: dict[str, str] = field(default_factory=dict)


def recall(session: Session, model: str, version: str, since: str, until: str) -> Recall:
    """Everybody of whom the score of ``version`` was shown from ``since`` and before ``until`` (ISO days or times).

    Raises `AccessRefused`. Reading it is an entry, and names everybody it names.
    """
    return _recall(session, Permission.RECALL, model, version, since, until)


def exported(session: Session, model: str, version: str, since: str, until: str) -> Recall:
    """The same, to be taken away: another entry. Raises `AccessRefused`."""
    return _recall(session, Permission.EXPORT_RECALL, model, version, since, until)


def _recall(session: Session, permission: Permission, model: str, version: str, since: str, until: str) -> Recall:
    what = f"recall of {model} {version}"
    written = consult(session, permission, lambda journal: _written(journal, model, version, since, until), what=what)
    by_person: dict[int, list[Showing]] = {}
    for one in written.showings:
        by_person.setdefault(one.person, []).append(one)
    now = _now(session, permission, by_person, what)
    people = (_recalled(person, mine, now.get(person, ()), written) for person, mine in by_person.items())
    return Recall(model, version, tuple(people))


def _written(journal: Journal, model: str, version: str, since: str, until: str) -> _Written:
    decisions: dict[tuple[str, int], list[Any]] = {}
    for row in decisions_on(journal, model, version):
        decisions.setdefault((row["by"], row["person"]), []).append(row)
    return _Written(
        showings(journal, model, version, ACTIONS, since, until),
        {(row["by"], row["person"], row["snapshot"]): row for row in judgements_on(journal, model)},
        decisions,
        _by_person(allocations(journal)),
        _by_person(told(journal, model, version)),
        {one.person: one.at for one in erasures(journal) if one.agency is None},
        reader_names(journal),
    )


def _by_person(rows: Sequence[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row["person"], []).append(row)
    return found


def _now(
    session: Session, permission: Permission, shown: dict[int, list[Showing]], what: str
) -> dict[int, tuple[Now, ...]]:
    """Who each number is now, by the number under which they were shown."""
    builds = [min(one.build for one in mine) for mine in shown.values()]
    rows = serve(session, permission, _WHO, {"recalled": list(shown), "builds": builds}, what=what)
    found: dict[int, list[Now]] = {}
    for row in each(rows):
        one = Now(int(row.person), full_name(row.forename, row.surname), as_date(row.birth_date), word(row.ward_name))
        found.setdefault(int(row.was), []).append(one)
    return {person: tuple(mine) for person, mine in found.items()}


def _recalled(person: int, shown: list[Showing], now: tuple[Now, ...], written: _Written) -> Recalled:
    numbers = {person, *(one.person for one in now)}
    given = [row for number in sorted(numbers) for row in written.allocations.get(number, ())]
    names = written.names
    return Recalled(
        person,
        now,
        tuple(_shown(one, written) for one in shown),
        tuple(
            dict(row) | {"who": names.get(row["key_worker"], row["key_worker"])}
            for row in given
            if row["at"] >= shown[0].at
        ),
        tuple(dict(row) | {"who": names.get(row["by"], row["by"])} for row in written.told.get(person, ())),
        written.erased.get(person),
    )


def _shown(showing: Showing, written: _Written) -> Shown:
    """With the judgement on the same snapshot, and the first decision of the same reader since."""
    mine = written.decisions.get((showing.reader, showing.person), ())
    after = next((row for row in mine if row["at"] >= showing.at), None)
    judged = written.judgements.get((showing.reader, showing.person, showing.snapshot))
    return Shown(showing, written.names.get(showing.reader, showing.reader), judged, after)


def tell(session: Session, version: tuple[str, str], people: Sequence[int], whom: str, on: date) -> None:
    """Write that ``whom`` was told about each of ``people``. Raises `AccessRefused` with what is missing."""
    if whom not in WHOM or not people:
        raise AccessRefused("Say about whom somebody was told, and who was.")
    model, number = version
    for person in people:
        values = {"person": person, "model": model, "version": number, "whom": whom, "told_on": on.isoformat()}
        act(session, Permission.TELL_RECALL, RECALL_TOLD, values, people=[person], model=model)


def table(found: Recall) -> pd.DataFrame:
    """One row a person, for the page: who, how often, to how many, how high, what was said, given and told."""
    return pd.DataFrame(
        [
            {
                "name": one.name,
                "birth_date": one.now[0].birth_date if one.now else None,
                "first": pd.Timestamp(one.shown[0].showing.at),
                "last": pd.Timestamp(one.shown[-1].showing.at),
                "times": len(one.shown),
                "readers": ", ".join(one.readers),
                "band": one.shown[-1].showing.band or "",
                "views": ", ".join(one.views),
                "allocated": ", ".join(f"{row['who']}: {row['outcome'] or row['status']}" for row in one.allocations),
                "told": ", ".join(dict.fromkeys(row["whom"] for row in one.told)),
                "note": one.note,
            }
            for one in found.people
        ],
        columns=[
            "name",
            "birth_date",
            "first",
            "last",
            "times",
            "readers",
            "band",
            "views",
            "allocated",
            "told",
            "note",
        ],
    )

"""Watching a person: why, until when, and what has come in about them since the reader last looked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from analytics.casework.allocations import LONGEST_TEXT, today
from analytics.casework.followed import now_of
from analytics.casework.last_seen import Look, last_seen
from analytics.casework.rows import each, who_is
from analytics.casework.tell import changes, told
from analytics.matrix.guard import STANDS_TODAY
from analytics.models.specs import SPECS
from data.access.gate import Session, act, checked_entry, serve
from data.access.reader import AccessRefused
from data.access.roles import Permission
from data.access.standing import shown_models
from data.events import KINDS
from data.journal.casework import Watch, watches
from data.journal.casework import watch as write_watch
from data.journal.tables import WATCH
from data.snapshot.tables import LIST_BEFORE

#: A watch lasts so many days unless another day is chosen, and a year at most: who is looked at for ever is forgotten.
USUAL, LONGEST = 90, 366
SHORTEST_REASON = 5
_LOOKS = (Permission.SEE_PERSON.value, Permission.WATCH.value)
_SHARES = sorted(kind.name for kind in KINDS.values() if kind.unit == "%")

_PEOPLE = """
SELECT p.person, p.forename, p.surname, p.birth_date, p.sex, w.name AS ward_name
FROM visible JOIN person p USING (person) LEFT JOIN ward w USING (ward)
WHERE list_contains($watched::BIGINT[], p.person) ORDER BY p.person
"""
# Of figures that go up and down, such as attendance, what stood before is told too.
_NEW = f"""
WITH asked AS (SELECT unnest($watched::BIGINT[]) AS person, unnest($since::DATE[]) AS since)
SELECT e.person, event, kind, occurred_on, ended_on, known_on, value, detail, source, known_on >= since AS new
FROM event e JOIN asked USING (person) JOIN visible USING (person)
WHERE {STANDS_TODAY} AND (known_on >= since OR list_contains($shares::VARCHAR[], kind))
  AND e.person IN (SELECT person FROM asked)
ORDER BY e.person, occurred_on DESC, event DESC
"""
# Where a person stood in the list of a build: below the line where that list is kept and has no row of them.
_MOVED = """
WITH asked AS (
    SELECT unnest($watched::BIGINT[]) AS person, unnest($builds::INTEGER[]) AS build
), kept AS (
    SELECT DISTINCT build FROM list_before WHERE model = $model
), moved AS (
    SELECT a.person, s.band, coalesce(b.band, 'lower') AS band_before
    FROM asked a JOIN visible USING (person) JOIN kept USING (build)
    JOIN score s ON s.person = a.person AND s.model = $model
                 AND s.as_of = (SELECT max(as_of) FROM score WHERE model = $model)
    LEFT JOIN list_before b ON b.person = a.person AND b.build = a.build AND b.model = $model
)
"""
_MOVES = f"{_MOVED} SELECT person, band, band_before FROM moved WHERE band <> band_before ORDER BY person"
_COUNT = f"{_MOVED} SELECT count(DISTINCT person) FILTER (band <> band_before) AS people FROM moved"


@dataclass(frozen=True)
class Move:
    """A level that is another than when the reader last looked."""

    model: str
    label: str
    before: str
    now: str


@dataclass(frozen=True)
class Watched:
    """Somebody whom the reader watches. ``looked``: when they last did; ``news``: what came in since, in phrases."""

    person: int
    name: str
    birth_date: date | None
    sex: str | None
    ward: str | None
    reason: str | None
    since: date
    until: date | None
    looked: datetime | None
    news: tuple[str, ...]
    moves: tuple[Move, ...] = ()


def watch(session: Session, person: int, reason: str, until: date) -> None:
    """Watch ``person`` up to and with ``until``. Raises `AccessRefused` with what is missing."""
    words, day = reason.strip(), today(session)
    if not SHORTEST_REASON <= len(words) <= LONGEST_TEXT:
        raise AccessRefused("Say in a few words why you watch.")
    if not 0 <= (until - day).days <= LONGEST:
        raise AccessRefused("A watch ends between today and a year from now.")
    entry = checked_entry(session, Permission.WATCH, [person])
    write_watch(session.journal, person, words, until.isoformat(), entry)


def stop(session: Session, person: int) -> None:
    """Watch ``person`` no longer. Raises `AccessRefused`."""
    act(session, Permission.WATCH, WATCH, {"person": person, "on": False}, people=[person])


def watching(session: Session, person: int) -> Watch | None:
    """The reader's own watch of ``person``, if it stands."""
    mine = {one.person: one for one in watches(session.journal, session.reader_id)}
    found = mine.get(person)
    return found if found and found.stands(today(session).isoformat()) else None


def watched(session: Session, *, levels: bool = True) -> tuple[Watched, ...]:
    """Whom the reader watches, those with news first. ``levels``: with how levels moved, which is written down as
    scores seen. Nobody outside the scope is in it."""
    day = today(session).isoformat()
    return _told(session, [one for one in watches(session.journal, session.reader_id) if one.stands(day)], levels)


def run_out(session: Session) -> tuple[Watched, ...]:
    """Whom the reader watched until the end that was set, and did not stop: they may want to go on."""
    day = today(session).isoformat()
    return _told(session, [o for o in watches(session.journal, session.reader_id) if o.on and not o.stands(day)], False)


def moved_levels(session: Session) -> int:
    """How many of those watched stand at another level than when the reader last looked; it says not who."""
    day = today(session).isoformat()
    kept = [one for one in watches(session.journal, session.reader_id) if one.stands(day)]
    asked = _asked(session, list(_current(session, kept)))
    if not kept or LIST_BEFORE.name not in session.snapshot.tables:
        return 0
    found = [
        serve(session, Permission.COUNT_LIST, _COUNT, asked | {"model": model}, what="levels of watched people")
        for model in _models(session)
    ]
    return max((int(rows.iloc[0]["people"]) for rows in found), default=0)


def _models(session: Session) -> list[str]:
    shown = shown_models(session.journal, session.snapshot)
    return [name for name, spec in SPECS.items() if name in shown and session.reader.role in spec.roles]


def _current(session: Session, kept: Collection[Watch]) -> dict[int, Watch]:
    now = now_of(session, (one.person for one in kept))
    return {now[one.person]: one for one in kept}


def _told(session: Session, kept: Collection[Watch], levels: bool) -> tuple[Watched, ...]:
    if not kept:
        return ()
    mine = _current(session, kept)
    rows = serve(session, Permission.SEE_WATCHED, _PEOPLE, {"watched": list(mine)})
    there = [int(person) for person in rows["person"]]
    asked = _asked(session, there)
    news, moves = _news(session, asked), _moves(session, asked) if levels else {}
    looks = last_seen(session, there, _LOOKS[:1])
    found = [_one(row, mine[int(row.person)], looks, news, moves) for row in each(rows)]
    return tuple(sorted(found, key=lambda one: (not one.moves, not one.news, one.name, one.person)))


def _one(
    row: Any,
    kept: Watch,
    looks: Mapping[int, Look],
    news: Mapping[int, tuple[str, ...]],
    moves: Mapping[int, tuple[Move, ...]],
) -> Watched:
    person = int(row.person)
    return Watched(
        person,
        *who_is(row),
        kept.reason,
        date.fromisoformat(kept.since[:10]),
        date.fromisoformat(kept.until) if kept.until else None,
        looks[person].at if person in looks else None,
        news.get(person, ()),
        moves.get(person, ()),
    )


def _asked(session: Session, people: list[int]) -> dict[str, Any]:
    """People with the build on which the reader last looked at them or began to watch, and the day it spoke of."""
    looks = last_seen(session, people, _LOOKS)
    builds = [looks[person].build if person in looks else 0 for person in people]
    since = [looks[person].known_to if person in looks else session.snapshot.today for person in people]
    return {"watched": people, "builds": builds, "since": since, "today": session.snapshot.today, "shares": _SHARES}


def _news(session: Session, asked: dict[str, Any]) -> dict[int, tuple[str, ...]]:
    rows = serve(session, Permission.SEE_WATCHED, _NEW, asked)
    for column in ("occurred_on", "ended_on", "known_on"):
        rows[column] = pd.to_datetime(rows[column])
    found = told(rows)
    new = found["new"].astype(bool)
    return {
        person: tuple(changes(found[new & (found["person"] == person)], found[~new & (found["person"] == person)]))
        for person in found.loc[new, "person"].unique().tolist()
    }


def _moves(session: Session, asked: dict[str, Any]) -> dict[int, tuple[Move, ...]]:
    """How levels of those watched moved, by person: scores, which go with an entry of the log."""
    found: dict[int, tuple[Move, ...]] = {}
    if LIST_BEFORE.name not in session.snapshot.tables:
        return found
    for model in _models(session):
        for row in each(serve(session, Permission.SEE_LIST, _MOVES, asked | {"model": model}, model=model)):
            move = Move(model, SPECS[model].label, str(row.band_before), str(row.band))
            found[int(row.person)] = (*found.get(int(row.person), ()), move)
    return found

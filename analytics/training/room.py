"""A trainer's side of a room: open it, put cases before it, take it through the steps, see what it says."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, replace
from typing import Any

import sqlalchemy as sa

from analytics.training.case import Case
from analytics.training.file import lines
from analytics.training.reading import Reading
from analytics.training.room_steps import ASKED, CHANGE, SCALE, Sheet, Told
from analytics.training.seats import sheet_of
from analytics.training.tally import Given, Tally, tally
from data.access.gate import Session, checked_entry
from data.access.reader import AccessRefused
from data.access.roles import Permission, may
from data.home import home
from data.journal.accounts import reader_names
from data.rooms.codes import new_code
from data.rooms.store import Rooms, rooms_of
from data.rooms.tables import ANSWER, ROUND, SEAT

#: A room that nobody closes ends by itself.
HOURS = 8.0


@dataclass(frozen=True)
class Room:
    """A room as it stands; times as the store writes them."""

    number: int
    code: str
    opened_at: str
    closed_at: str | None
    round: int
    step: str


@dataclass(frozen=True)
class Round:
    """A case in a room: the file, what the model said, what happened, and what the room said."""

    number: int
    case: str
    sheet: Sheet
    told: Told | None
    after: str
    lesson: str
    outcome: str
    said: Tally


@dataclass(frozen=True)
class Sat:
    """Somebody who was in the room: the name they typed and their account, where there is one."""

    seat: str
    joined_at: str
    name: str | None
    account: str | None


@dataclass(frozen=True)
class Feedback:
    """What the room thought of the session: answers of `SCALE` counted by question, and everybody's own words."""

    counts: dict[str, tuple[int, ...]]
    words: tuple[str, ...]


def open_room(session: Session) -> None:
    """Open a room of the reader's own; only one is open at a time. Raises `AccessRefused`."""
    if current_room(session) is None:
        number = _store().open(new_code(), session.reader.id, HOURS)
        _log(session, "room opened", number)


def current_room(session: Session) -> Room | None:
    """The reader's room that is open now."""
    found = _store().of(_trainer(session), still_open=True)
    return _room(found[0]) if found else None


def past_rooms(session: Session) -> tuple[Room, ...]:
    """The reader's rooms that are over, newest first."""
    now, mine = _store().now(), _store().of(_trainer(session))
    return tuple(_room(row) for row in mine if row["closed_at"] is not None or row["ends_at"] <= now)


def begin(session: Session, room: Room, case: Case, reading: Reading | None) -> None:
    """Put ``case`` before the room, with what the model in use says of it. Raises `RoomShut`."""
    told = None if reading is None else asdict(_told(reading))
    _own(session, room).begin(
        room.number,
        {
            "case": case.name, "sheet": json.dumps(_sheet(session, case)), "told": told and json.dumps(told),
            "after": case.after, "lesson": case.lesson, "outcome": case.outcome,
        },
    )  # fmt: skip


def move(session: Session, room: Room, step: str) -> None:
    """Take the room to a step. Raises `RoomShut`."""
    _own(session, room).move(room.number, step)


def close(session: Session, room: Room) -> None:
    """End the session."""
    _own(session, room).close(room.number)
    _log(session, "room closed", room.number, sat=len(sat(session, room)))


def rounds(session: Session, room: Room) -> tuple[Round, ...]:
    """Every case of the room with what was said, the first one first."""
    store = _own(session, room)
    rows = store.rows(sa.select(ROUND).where(ROUND.c.room == room.number).order_by(ROUND.c.round))
    given = _answers(store, room.number)
    return tuple(_round(row, given.get(row["round"], [])) for row in rows)


def present(session: Session, room: Room) -> Round:
    """The case that the room is at, with what was said of it so far."""
    store = _own(session, room)
    row = store.rows(sa.select(ROUND).where(ROUND.c.room == room.number, ROUND.c.round == room.round))[0]
    return _round(row, _answers(store, room.number, room.round).get(room.round, []))


def sat(session: Session, room: Room) -> tuple[Sat, ...]:
    """Who is in the room, in the order in which they came."""
    found = sa.select(SEAT).where(SEAT.c.room == room.number).order_by(SEAT.c.joined_at, SEAT.c.seat)
    rows = _own(session, room).rows(found)
    return tuple(Sat(row["seat"], row["joined_at"], row["name"], row["account"]) for row in rows)


def feedback(session: Session, room: Room) -> Feedback:
    """What the room thought of the session."""
    rows = _answers(_own(session, room), room.number, 0).get(0, [])
    by = {question: Counter(one.answer for one in rows if one.question == question) for question in ASKED}
    counts = {name: tuple(by[name][one] for one in SCALE) for name in ASKED if name != CHANGE}
    return Feedback(counts, tuple(one.answer for one in rows if one.question == CHANGE and one.answer))


def vouch(session: Session, room: Room, one: Sat, account: str) -> bool:
    """Write that ``account`` was in this seat; False where there is no such account."""
    account = account.strip().lower()
    if account not in reader_names(session.journal):
        return False
    _own(session, room).vouch(room.number, one.seat, account)
    _log(session, "attendance vouched for", room.number, account=account)
    return True


def taken(session: Session, room: Room) -> None:
    """Write down that the reader took the room's summary."""
    _own(session, room)
    _log(session, "summary of a room taken", room.number)


def _store() -> Rooms:
    return rooms_of(home())


def _trainer(session: Session) -> str:
    """The reader's account, checked. Nothing here is about a person, so only what a trainer does is logged."""
    who = session.reader
    if not may(who.role, Permission.TRAIN):
        raise AccessRefused("Your role does not include this.")
    return who.id


def _own(session: Session, room: Room) -> Rooms:
    """The store, for a room that is the reader's own."""
    row = _store().room(room.number)
    if row is None or row["trainer"] != _trainer(session):
        raise AccessRefused("This room is another trainer's.")
    return _store()


def _log(session: Session, what: str, room: int, **detail: Any) -> None:
    entry = checked_entry(session, Permission.TRAIN)
    session.journal.record(replace(entry, detail={**entry.detail, "what": what, "room": room} | detail))


def _room(row: sa.RowMapping) -> Room:
    return Room(*(row[name] for name in ("room", "code", "opened_at", "closed_at", "round", "step")))


def _round(row: sa.RowMapping, given: list[Given]) -> Round:
    told = Told(**json.loads(row["told"])) if row["told"] else None
    happened = (row["after"], row["lesson"], row["outcome"])
    return Round(row["round"], row["case"], sheet_of(row["sheet"]), told, *happened, tally(given))


def _answers(store: Rooms, room: int, number: int | None = None) -> dict[int, list[Given]]:
    """Answers by round, in the order of their seats: who was quick is nobody's business."""
    asked = [ANSWER.c.room == room, *([] if number is None else [ANSWER.c.round == number])]
    found: dict[int, list[Given]] = {}
    for row in store.rows(sa.select(ANSWER).where(*asked).order_by(ANSWER.c.seat, ANSWER.c.question)):
        one = Given(row["seat"], row["question"], row["answer"], row["why"] or "")
        found.setdefault(row["round"], []).append(one)
    return found


def _sheet(session: Session, case: Case) -> dict[str, Any]:
    told = [
        {"on": line.on.isoformat(), "lane": line.lane, "whose": line.whose or case.child, "said": line.said}
        for line in lines(case, session.snapshot.today)
    ]
    return {"child": case.child, "age": case.age, "before": case.before, "lines": told}


def _told(reading: Reading) -> Told:
    return Told(reading.band, min(99, round(100 * reading.percentile)), reading.probability)

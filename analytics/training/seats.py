"""A participant's side of a room: without an account, and without anything but the training store.

What a browser is told follows from the room's step: no score before it is revealed, no outcome before the end.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from analytics.casework.score import WORRY
from analytics.training.room_steps import (
    AFTER,
    ASKED,
    CHANGE,
    DISCUSS,
    FEEDBACK,
    LONGEST_NAME,
    LONGEST_WHY,
    OPEN_AT,
    SCALE,
    SCORE,
    Line,
    Sheet,
    Told,
)
from data.home import home
from data.rooms.codes import Tries, typed
from data.rooms.store import Rooms, RoomShut, rooms_of
from data.rooms.tables import ANSWER, ROUND, SEAT

_TRIES = Tries()


@dataclass(frozen=True)
class Seat:
    """A place in a room; the secret of it is in the participant's browser alone."""

    room: int
    seat: str


@dataclass(frozen=True)
class Stamp:
    """Where a room stands: a browser draws anew when this changes."""

    round: int
    step: str
    open: bool


@dataclass(frozen=True)
class Shown:
    """What a seat is shown now. ``mine``: its own answers of this round, or to the questions at the end."""

    stamp: Stamp
    sheet: Sheet | None
    told: Told | None
    after: str
    lesson: str
    outcome: str
    mine: Mapping[str, str]


def new_secret() -> str:
    """What a browser keeps to come back to its seat."""
    return secrets.token_hex(12)


def enter(code: str, secret: str, name: str, account: str | None, address: str) -> Seat:
    """Take a seat in the open room with ``code``. Raises `RoomShut` and `TooManyTries`."""
    room = _found(code, address)
    seat = Seat(room, _digest(secret))
    _store().join(room, seat.seat, cleaned(name, LONGEST_NAME) or None, account)
    return seat


def again(code: str, secret: str, address: str) -> Seat | None:
    """The seat that this secret has, for a browser that comes back; None where it has none. Raises `TooManyTries`."""
    try:
        room = _found(code, address)
    except RoomShut:
        return None
    seat = Seat(room, _digest(secret))
    sits = sa.select(SEAT.c.seat).where(SEAT.c.room == room, SEAT.c.seat == seat.seat)
    return seat if _store().rows(sits) else None


def stamp(seat: Seat) -> Stamp:
    """Where the room stands now."""
    held, now = _store().room(seat.room), _store().now()
    if held is None:
        return Stamp(0, "", False)
    return Stamp(held["round"], held["step"], held["closed_at"] is None and held["ends_at"] > now)


def shown(seat: Seat) -> Shown:
    """What this seat may see at the room's step."""
    now = stamp(seat)
    found = sa.select(ROUND).where(ROUND.c.room == seat.room, ROUND.c.round == now.round)
    row = next(iter(_store().rows(found)), None)
    if row is None or not now.open or now.step == FEEDBACK:
        return Shown(now, None, None, "", "", "", _mine(seat, 0))
    over = now.step == AFTER
    told = json.loads(row["told"]) if row["told"] and now.step in (SCORE, DISCUSS, AFTER) else None
    after, lesson, outcome = (str(row[name]) if over else "" for name in ("after", "lesson", "outcome"))
    return Shown(
        now,
        sheet_of(row["sheet"]),
        None if told is None else Told(**told),
        after,
        lesson,
        outcome,
        _mine(seat, now.round),
    )


def answer(seat: Seat, number: int, question: str, said: str, why: str = "") -> None:
    """Answer a question of round ``number``. Raises `RoomShut` where it is over, `ValueError` for no such answer."""
    asked = {opened: step for step, opened in OPEN_AT.items()}
    if question in asked and said in WORRY and number > 0:
        steps = {asked[question]}
    elif question in ASKED and number == 0 and (question == CHANGE or said in SCALE):
        steps = {FEEDBACK}
    else:
        raise ValueError("no such question or answer")
    told = cleaned(said, LONGEST_WHY)
    _store().answer(seat.room, number, seat.seat, question, told, cleaned(why, LONGEST_WHY), steps)


def cleaned(given: str, longest: int) -> str:
    """What somebody typed as one line without unseen characters, cut to so many letters."""
    line = "".join(each if each.isprintable() else " " for each in given[: 4 * longest])
    return " ".join(line.split())[:longest]


def sheet_of(told: str) -> Sheet:
    """A file as the store keeps it."""
    found = json.loads(told)
    return Sheet(found["child"], found["age"], found["before"], tuple(Line(**line) for line in found["lines"]))


def _found(code: str, address: str) -> int:
    _TRIES.check(address)
    meant = typed(code)
    held = _store().by_code(meant) if meant else None
    if held is None:
        _TRIES.wrong(address)
        raise RoomShut("No open room has this code. Look at the wall again, or ask your trainer.")
    return int(held["room"])


def _mine(seat: Seat, number: int) -> dict[str, str]:
    same = (ANSWER.c.room == seat.room, ANSWER.c.round == number, ANSWER.c.seat == seat.seat)
    return {row["question"]: row["answer"] for row in _store().rows(sa.select(ANSWER).where(*same))}


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _store() -> Rooms:
    return rooms_of(home())

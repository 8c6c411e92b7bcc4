"""The training store's engine room: SQLite in WAL mode beside the journal, or wherever ``KINSIGHT_TRAINING`` says.

Whoever writes waits for their turn, up to half a minute; an answer is on disk when `Rooms.answer` returns.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from data.home import Home
from data.journal.engine import engine_for, usable, writing
from data.journal.journal import url_of as journal_url
from data.rooms.tables import ANSWER, METADATA, ROOM, ROUND, SEAT

Clock = Callable[[], datetime]
SETTING = "KINSIGHT_TRAINING"
#: Nobody teaches more at one time, and nobody else fills the store.
MOST_SEATS = 120
#: Where a room stands before the first case and after the last.
LOBBY = "wait"


class RoomShut(Exception):
    """The room is closed, full, or somewhere else by now; the message is fit to show."""


class Rooms:
    """The training store at ``url``; safe to share between threads."""

    def __init__(self, url: str, clock: Clock = lambda: datetime.now(UTC)) -> None:
        self.engine = engine_for(url)
        self.clock = clock
        with usable(), writing(self.engine) as connection:
            METADATA.create_all(connection)

    def now(self) -> str:
        """The time as the store writes it."""
        return self.clock().astimezone(UTC).isoformat(timespec="milliseconds")

    def rows(self, query: sa.Select[Any]) -> Sequence[sa.RowMapping]:
        """Every row of ``query``."""
        with usable(), self.engine.connect() as connection:
            return connection.execute(query).mappings().all()

    def open(self, code: str, trainer: str, hours: float) -> int:
        """Open a room for so many hours; its number."""
        ends = (self.clock().astimezone(UTC) + timedelta(hours=hours)).isoformat(timespec="milliseconds")
        values = {"code": code, "trainer": trainer, "opened_at": self.now(), "ends_at": ends, "round": 0, "step": LOBBY}
        with usable(), writing(self.engine) as connection:
            return int(connection.execute(ROOM.insert().values(values).returning(ROOM.c.room)).scalar_one())

    def room(self, room: int) -> sa.RowMapping | None:
        """The room by its number, open or not."""
        return next(iter(self.rows(sa.select(ROOM).where(ROOM.c.room == room))), None)

    def by_code(self, code: str) -> sa.RowMapping | None:
        """The open room with this code."""
        return next(iter(self.rows(sa.select(ROOM).where(ROOM.c.code == code, *self._open()))), None)

    def of(self, trainer: str, *, still_open: bool = False) -> Sequence[sa.RowMapping]:
        """The trainer's rooms, newest first."""
        mine = [ROOM.c.trainer == trainer, *(self._open() if still_open else ())]
        return self.rows(sa.select(ROOM).where(*mine).order_by(ROOM.c.room.desc()))

    def begin(self, room: int, values: Mapping[str, Any]) -> None:
        """Put a case before the room: ``values`` are those of a round. Raises `RoomShut`."""
        with usable(), writing(self.engine) as connection:
            number = self._held(connection, room)["round"] + 1
            connection.execute(ROUND.insert().values({"room": room, "round": number} | dict(values)))
            connection.execute(ROOM.update().where(ROOM.c.room == room).values(round=number, step="read"))

    def move(self, room: int, step: str) -> None:
        """Take the room to ``step``. Raises `RoomShut`."""
        with usable(), writing(self.engine) as connection:
            self._held(connection, room)
            connection.execute(ROOM.update().where(ROOM.c.room == room).values(step=step))

    def close(self, room: int) -> None:
        """Close the room: nobody comes in and nothing is answered any more."""
        with usable(), writing(self.engine) as connection:
            shut = ROOM.update().where(ROOM.c.room == room, ROOM.c.closed_at.is_(None))
            connection.execute(shut.values(closed_at=self.now()))

    def join(self, room: int, seat: str, name: str | None, account: str | None) -> None:
        """Take a seat; a second time changes nothing. Raises `RoomShut` where it is closed or full."""
        with usable(), writing(self.engine) as connection:
            self._held(connection, room)
            taken = connection.execute(sa.select(SEAT.c.seat).where(SEAT.c.room == room)).scalars().all()
            if seat in taken:
                return
            if len(taken) >= MOST_SEATS:
                raise RoomShut("This room is full.")
            row = {"room": room, "seat": seat, "joined_at": self.now(), "name": name, "account": account}
            connection.execute(SEAT.insert().values(row))

    def vouch(self, room: int, seat: str, account: str) -> None:
        """Write whose seat it was."""
        with usable(), writing(self.engine) as connection:
            connection.execute(SEAT.update().where(SEAT.c.room == room, SEAT.c.seat == seat).values(account=account))

    def answer(self, room: int, number: int, seat: str, question: str, answer: str, why: str, steps: set[str]) -> None:
        """Write a seat's answer in round ``number``, in place of an earlier one, while the room is at one of ``steps``.

        Round 0 is the session itself. Raises `RoomShut` where the room has gone on, or nobody has that seat.
        """
        values = {"room": room, "round": number, "seat": seat, "question": question}
        said = {"answer": answer, "why": why or None, "at": self.now()}
        with usable(), writing(self.engine) as connection:
            held = self._held(connection, room)
            sits = connection.execute(sa.select(SEAT.c.seat).where(SEAT.c.room == room, SEAT.c.seat == seat)).first()
            if sits is None or held["step"] not in steps or number not in (0, held["round"]):
                raise RoomShut("The room has gone on: this question is over.")
            same = [ANSWER.c[name] == value for name, value in values.items()]
            if connection.execute(ANSWER.update().where(*same).values(said)).rowcount == 0:
                connection.execute(ANSWER.insert().values(values | said))

    def _held(self, connection: sa.Connection, room: int) -> sa.RowMapping:
        held = connection.execute(sa.select(ROOM).where(ROOM.c.room == room, *self._open())).mappings().first()
        if held is None:
            raise RoomShut("This room is closed.")
        return held

    def _open(self) -> tuple[sa.ColumnElement[bool], ...]:
        return ROOM.c.closed_at.is_(None), ROOM.c.ends_at > self.now()


_OPEN: dict[str, Rooms] = {}
_OPENING = threading.Lock()


def url_of(home: Home) -> str:
    """``KINSIGHT_TRAINING`` if it is set, else a SQLite file beside the journal's, else one in the home."""
    if given := os.environ.get(SETTING):
        return given
    journal = sa.make_url(journal_url(home))
    beside = journal.database if journal.drivername.startswith("sqlite") else None
    return f"sqlite:///{(Path(beside).parent if beside else home.path) / 'training.sqlite'}"


def rooms_of(home: Home) -> Rooms:
    """The training store of ``home``, opened once a process."""
    url = url_of(home)
    with _OPENING:
        if url not in _OPEN:
            _OPEN[url] = Rooms(url)
        return _OPEN[url]

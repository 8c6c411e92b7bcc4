"""Attendance as a training record, and whether somebody must have one before they first see what a model says."""

from __future__ import annotations

import os
from collections.abc import Sequence

import sqlalchemy as sa

from data.rooms.store import Rooms
from data.rooms.tables import ANSWER, ROOM, SEAT

#: Off unless it says so.
SETTING = "KINSIGHT_TRAINING_FIRST"


def training_first() -> bool:
    """Whether the council has people take part in a room session before their first score."""
    return os.environ.get(SETTING, "").strip().lower() in ("1", "true", "yes", "on")


def owed(rooms: Rooms, account: str) -> bool:
    """Whether ``account`` has yet to take part in a room session before their first score."""
    return training_first() and not attended(rooms, account)


def attended(rooms: Rooms, account: str) -> bool:
    """Whether ``account`` sat in a room and answered something there."""
    sat = sa.and_(ANSWER.c.room == SEAT.c.room, ANSWER.c.seat == SEAT.c.seat)
    found = sa.select(SEAT.c.room).join(ANSWER, sat).where(SEAT.c.account == account).limit(1)
    return bool(rooms.rows(found))


def record(rooms: Rooms, account: str) -> Sequence[sa.RowMapping]:
    """The rooms that ``account`` sat in, oldest first: ``room``, ``trainer``, ``opened_at``."""
    joined = sa.select(ROOM.c.room, ROOM.c.trainer, ROOM.c.opened_at).join(SEAT, SEAT.c.room == ROOM.c.room)
    return rooms.rows(joined.where(SEAT.c.account == account).order_by(ROOM.c.room))

"""What is new for one reader, in short: those they watch, allocations to follow up, children new above the line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analytics.casework.allocations import Allocation, to_follow_up, today
from analytics.casework.heightened import counts
from analytics.casework.lists import Since, since
from analytics.casework.watching import Watched, moved_levels, watched
from analytics.models.specs import SPECS
from data.access.gate import Session
from data.access.roles import Permission, may
from data.access.standing import shown_models


@dataclass(frozen=True)
class NewList:
    """One list in figures: how many of those ``heightened`` are ``new`` there, and since when."""

    model: str
    label: str
    heightened: int
    new: int
    waiting: int
    since: Since


@dataclass(frozen=True)
class New:
    """``watched``: with news; ``watching``: how many are watched in all; ``moved``: how many of them at another level.

    ``due``: allocations to follow up by today that are the reader's own, or for a manager anybody's.
    """

    watching: int
    watched: tuple[Watched, ...]
    moved: int
    due: tuple[Allocation, ...]
    day: date
    lists: tuple[NewList, ...]


def whats_new(session: Session) -> New:
    """All of it for the reader, as far as their role goes. Of scores only figures: nobody's is written down as seen."""
    role = session.reader.role
    mine = watched(session, levels=False) if may(role, Permission.WATCH) else ()
    return New(
        len(mine),
        tuple(one for one in mine if one.news),
        moved_levels(session) if mine else 0,
        _due(session) if may(role, Permission.SEE_ALLOCATIONS) else (),
        today(session),
        _lists(session) if may(role, Permission.COUNT_LIST) else (),
    )


def _due(session: Session) -> tuple[Allocation, ...]:
    """A manager is told of everybody's."""
    everybody = may(session.reader.role, Permission.SET_CAPACITY)
    return to_follow_up(session, None if everybody else session.reader_id)


def _lists(session: Session) -> tuple[NewList, ...]:
    shown = shown_models(session.journal, session.snapshot)
    names = [name for name, spec in SPECS.items() if name in shown and session.reader.role in spec.roles]
    return tuple(_list(session, name) for name in names)


def _list(session: Session, model: str) -> NewList:
    compared = since(session, model)
    told = counts(session, model, compared=compared)
    return NewList(model, SPECS[model].label, told.heightened, told.new_heightened, told.waiting, compared)

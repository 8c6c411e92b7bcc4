"""Saved views of the management pages: written by a reader, for themselves or for colleagues of the same role."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from data.access.gate import Session, act
from data.access.reader import AccessRefused
from data.access.roles import Permission
from data.journal.chain import canonical
from data.journal.tables import SAVED_VIEW
from data.journal.views import SavedView, saved_views

LONGEST_NAME, LONGEST_CHOICE, MOST = 60, 4_000, 40


def views(session: Session, page: str) -> tuple[SavedView, ...]:
    """What the reader can choose from on ``page``: their own, then what colleagues of the same role share."""
    return saved_views(session.journal, page, session.reader_id, session.reader.role)


def save(session: Session, page: str, name: str, chosen: Mapping[str, Any], shared: bool = False) -> str:
    """Keep ``chosen`` under ``name``; a view of the reader's own with this name is replaced. Returns its number.

    Raises `AccessRefused` with what is wrong.
    """
    own = [one for one in views(session, page) if one.by == session.reader_id]
    same = next((one.number for one in own if one.name.casefold() == _name(name).casefold()), None)
    if same is None and len(own) >= MOST:
        raise AccessRefused(f"You have {MOST} views of this page: delete one first.")
    number = same or secrets.token_hex(8)
    _write(session, SavedView(number, page, name, chosen, shared, session.reader_id))
    return number


def rename(session: Session, view: SavedView, name: str, shared: bool) -> None:
    """Call one's own view ``name`` from now on, and share it or not. Raises `AccessRefused`."""
    others = [one for one in views(session, view.page) if one.by == session.reader_id and one.number != view.number]
    if any(one.name.casefold() == _name(name).casefold() for one in others):
        raise AccessRefused("Another of your views has this name.")
    _write(session, SavedView(view.number, view.page, name, view.chosen, shared, view.by))


def delete(session: Session, view: SavedView) -> None:
    """Take one's own view away. Raises `AccessRefused`."""
    _write(session, view, active=False)


def _write(session: Session, view: SavedView, active: bool = True) -> None:
    if view.by != session.reader_id:
        raise AccessRefused("This view is a colleague's: save it under a name of your own.")
    chosen = canonical(dict(view.chosen))
    if len(chosen) > LONGEST_CHOICE:
        raise AccessRefused("Too many filters are set to be kept as one view.")
    values = {
        "view": view.number, "page": view.page, "name": _name(view.name), "role": session.reader.role,
        "chosen": chosen, "shared": view.shared, "active": active,
    }  # fmt: skip
    act(session, Permission.SAVE_VIEW, SAVED_VIEW, values)


def _name(name: str) -> str:
    """The name as it is kept. Raises `AccessRefused`."""
    kept = " ".join(name.split())
    if not 0 < len(kept) <= LONGEST_NAME:
        raise AccessRefused(f"Give the view a name of up to {LONGEST_NAME} letters.")
    return kept

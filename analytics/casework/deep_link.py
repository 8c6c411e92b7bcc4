"""Whom a link from another system means now: the number in it may be of before records were joined or parted."""

from __future__ import annotations

from data.access.gate import Session, serve
from data.access.roles import Permission
from data.access.successors import FOLLOWED

_NOW = f"SELECT person FROM ({FOLLOWED}) JOIN visible USING (person) ORDER BY person"


def whom(session: Session, number: int) -> tuple[int, ...]:
    """Those within the reader's scope whom ``number`` is now: one, several where its records were parted, or nobody."""
    rows = serve(session, Permission.SEARCH, _NOW, {"numbers": [number]}, what="link to a person")
    return tuple(int(person) for person in rows["person"])

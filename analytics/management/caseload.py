"""What a child can be open to, and the wards: for every page that counts by them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics.matrix.guard import STANDS_TODAY
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.snapshot.reading import derived


@dataclass(frozen=True)
class Service:
    """One kind of help a child can be open to: the event kind whose spells say so, and its name on screen."""

    kind: str
    label: str


SERVICES: tuple[Service, ...] = (
    Service("early_help", "Early help"),
    Service("in_need", "In need"),
    Service("protection_plan", "Protection plan"),
    Service("placement", "Looked after"),
)
#: Their spells as they stand today: one event in a hundred, and each view asks for all of them.
SPELL = derived(
    "service_spell",
    f"""
SELECT person, kind, occurred_on, ended_on, known_on, corrected_on, detail FROM event
WHERE kind IN {tuple(one.kind for one in SERVICES)} AND {STANDS_TODAY} ORDER BY ALL
""",
    needs=("event",),
)
_WARDS = "SELECT ward AS code, name, area, imd_decile, geometry FROM ward ORDER BY area, name"


def wards(session: Session) -> pd.DataFrame:
    """The wards: ``code``, ``name``, ``area``, ``imd_decile``, ``geometry`` (GeoJSON text)."""
    return serve(session, Permission.SEE_FIGURES, _WARDS, what="wards")

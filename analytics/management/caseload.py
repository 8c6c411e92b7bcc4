"""What a child can be open to, and the wards: for every page that counts by them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.access.gate import Session, serve
from data.access.roles import Permission


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
_WARDS = "SELECT ward AS code, name, area, imd_decile, geometry FROM ward ORDER BY area, name"


def wards(session: Session) -> pd.DataFrame:
    """The wards: ``code``, ``name``, ``area``, ``imd_decile``, ``geometry`` (GeoJSON text)."""
    return serve(session, Permission.SEE_FIGURES, _WARDS, what="wards")

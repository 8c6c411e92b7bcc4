"""What a child can be open to, ages and wards: for every page that counts by them."""

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


#: From the lightest to the most serious.
SERVICES: tuple[Service, ...] = (
    Service("early_help", "Early help"),
    Service("in_need", "In need"),
    Service("protection_plan", "Protection plan"),
    Service("placement", "Looked after"),
)
KINDS = tuple(one.kind for one in SERVICES)
#: Their spells as they stand today: one event in a hundred, and each view asks for all of them.
SPELL = derived(
    "service_spell",
    f"""
SELECT person, kind, occurred_on, ended_on, known_on, corrected_on, detail FROM event
WHERE kind IN {KINDS} AND {STANDS_TODAY} ORDER BY ALL
""",
    needs=("event",),
)
#: Ages, as every count of children has them, each from its first year to its last.
BANDS = {"0 to 4": (0, 4), "5 to 9": (5, 9), "10 to 15": (10, 15), "16 and 17": (16, 17)}
AGES = tuple(BANDS)
#: The place in `AGES` of a column ``years``, in SQL.
_UP_TO = [f"WHEN years <= {last} THEN {at}" for at, (_, last) in enumerate(BANDS.values())]
AGE = f"CASE {' '.join(_UP_TO[:-1])} ELSE {len(BANDS) - 1} END"
WARDS = "SELECT ward AS code, name, area, imd_decile, geometry FROM ward ORDER BY area, name"


def wards(session: Session) -> pd.DataFrame:
    """The wards: ``code``, ``name``, ``area``, ``imd_decile``, ``geometry`` (GeoJSON text)."""
    return serve(session, Permission.SEE_FIGURES, WARDS, what="wards")

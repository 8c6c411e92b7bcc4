"""Which family is open, and from whose page."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Opened:
    """A family as opened from one of its members, by numbers that name nobody, and who is in it."""

    person: int
    family: int
    members: pd.DataFrame

"""What every view of a page of figures is handed, and how it tells an interval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import pandas as pd

from pages.components.words import number

Found = TypeVar("Found")


@dataclass(frozen=True)
class View(Generic[Found]):
    """One run of the page: what was ``found``, ``chosen`` by filter, and ``words`` by label of those that narrow."""

    found: Found
    chosen: dict[str, str]
    words: Mapping[str, str]


def between(low: float, high: float, decimals: int = 1) -> str:
    """``3.1 to 4.2``; c where it is withheld."""
    return "c" if pd.isna(low) or pd.isna(high) else f"{number(low, decimals)} to {number(high, decimals)}"

"""Cells of the pack in words: days, times and codes as a person reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from analytics.casework.tell import as_date

#: The column of rows that somebody reads for exemptions before they leave the house: serious harm, crime, others.
CHECK = "to be checked before release"


@dataclass(frozen=True)
class Held:
    """One table of the pack: its file's ``name``, its title, what it is in a sentence, and ``rows`` in words."""

    name: str
    title: str
    about: str
    rows: pd.DataFrame


def held(name: str, title: str, about: str, rows: Iterable[Mapping[str, Any]], columns: Iterable[str]) -> Held:
    """A table whose cells are text; what is not known is empty."""
    frame = pd.DataFrame([dict(row) for row in rows], columns=list(columns))
    return Held(name, title, about, frame.map(words).astype(object))


def words(value: Any) -> str:
    """A cell as text."""
    return "" if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)) else str(value)


def day(value: Any) -> str:
    """``3 Mar 2026``; nothing where there is none."""
    found = as_date(value)
    return f"{found.day} {found:%b %Y}" if found else ""


def moment(at: str | None) -> str:
    """A time of the journal: ``3 Mar 2026, 09:12``, UTC."""
    if not at:
        return ""
    found = datetime.fromisoformat(at)
    return f"{found.day} {found:%b %Y, %H:%M}"


def whole(value: Any) -> str:
    """A whole number as text."""
    return "" if pd.isna(value) else str(int(value))

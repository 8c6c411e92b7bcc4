"""Rows of a frame, one at a time, as whoever asked for the columns knows them."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from analytics.casework.tell import as_date


def each(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows as named tuples. For a screenful: whole tables are worked on as columns.

    Column by column into lists first: strings cell by cell, as ``itertuples`` reads them, take ten times as long.
    """
    row = namedtuple("row", list(frame.columns), rename=True)  # type: ignore[misc]
    yield from map(row._make, zip(*(frame[name].tolist() for name in frame.columns), strict=True))


def items(value: Any) -> list[Any]:
    """A cell that holds a list; none for any of the ways in which a frame says that there is none."""
    return list(value) if isinstance(value, list | tuple | np.ndarray) else []


def word(value: Any) -> str | None:
    """A cell that holds text, or None."""
    return None if value is None or pd.isna(value) else str(value)


def full_name(forename: object, surname: object) -> str:
    """A name as it is shown; what isn't recorded is left out."""
    parts = [part.strip() for part in map(word, (forename, surname)) if part and part.strip()]
    return " ".join(parts) or "Name not recorded"


def who_is(row: Any) -> tuple[str, date | None, str | None, str | None]:
    """Name, date of birth, sex and ward of somebody in a list."""
    return full_name(row.forename, row.surname), as_date(row.birth_date), word(row.sex), word(row.ward_name)

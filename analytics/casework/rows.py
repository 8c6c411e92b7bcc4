"""Rows of a frame, one at a time, as whoever asked for the columns knows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd


def each(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows as named tuples. For a screenful: whole tables are worked on as columns."""
    yield from frame.itertuples(index=False)

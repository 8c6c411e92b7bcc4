"""Indicators of every as-of date that history allows; the last ones are kept in the snapshot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import duckdb
import numpy as np

from analytics.features.catalogue import CATALOGUE
from analytics.matrix import grid
from analytics.matrix.guard import EPOCH
from analytics.matrix.load import City, load
from analytics.matrix.matrix import Matrix
from analytics.matrix.scatter import matrix
from analytics.matrix.store import write

FEATURES = tuple(CATALOGUE.values())
#: As many as-of dates as scores are kept for: two years.
KEPT = 8


def as_of_dates(city: City, today: date) -> tuple[date, ...]:
    """Dates on the grid up to ``today`` at which most feeds reach back over the longest window; today in any case."""
    begins = sorted(feed.since for feed in city.feeds.values())
    if not begins:
        return (today,)
    middle = EPOCH + timedelta(days=begins[len(begins) // 2])
    return grid.dates(middle, today - timedelta(days=1)) or (today,)


def compute(con: duckdb.DuckDBPyConnection, today: date, tell: Callable[[float], None]) -> dict[date, Matrix]:
    """The matrix of every date, from the tables that ``con`` finds by their plain names; the last are written there."""
    city = load(con, FEATURES)
    dates = as_of_dates(city, today)
    found = {}
    for done, as_of in enumerate(dates):
        tell(done / len(dates))
        found[as_of] = matrix(city, FEATURES, as_of)
        if as_of in dates[-KEPT:]:
            write(con, found[as_of], FEATURES)
    return found


def known_share(matrices: dict[date, Matrix]) -> float:
    """Of today's cells, how many are known."""
    values = matrices[max(matrices)].values
    return round(float(1 - np.isnan(values).mean()), 4) if values.size else 0.0

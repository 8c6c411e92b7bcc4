"""Indicators of every as-of date that history allows; the last ones are kept in the snapshot."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import partial

import duckdb
import numpy as np

from analytics.features.catalogue import CATALOGUE
from analytics.matrix import grid
from analytics.matrix.guard import EPOCH
from analytics.matrix.load import City, load
from analytics.matrix.matrix import Matrix
from analytics.matrix.scatter import matrix
from analytics.matrix.store import write
from analytics.models.specs import SPECS, UPLIFTS

FEATURES = tuple(CATALOGUE.values())
#: Of whom some model asks.
AGES = tuple(sorted({spec.ages for spec in SPECS.values()} | {spec.ages for spec in UPLIFTS.values()}))
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
    found = every_date(con, today, tell)
    for as_of in list(found)[-KEPT:]:
        write(con, found[as_of], FEATURES)
    return found


def every_date(
    con: duckdb.DuckDBPyConnection, today: date, tell: Callable[[float], None] = lambda _: None,
    only: Collection[date] | None = None,
) -> dict[date, Matrix]:  # fmt: skip
    """The matrix of every date, or of those asked for alone, the earliest first; nothing is written."""
    city = load(con, FEATURES)
    dates = as_of_dates(city, today) if only is None else tuple(sorted(set(only)))
    found = {}
    # NumPy lets go of the interpreter while it counts, so that two dates can be computed at once.
    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as workers:
        for made in workers.map(partial(matrix, city, FEATURES, wanted=AGES), dates):
            found[made.as_of] = made
            tell(len(found) / len(dates))
    return found


def known_share(matrices: dict[date, Matrix]) -> float:
    """Of today's cells, how many are known."""
    values = matrices[max(matrices)].values
    return round(float(1 - np.isnan(values).mean()), 4) if values.size else 0.0

"""Behind every figure of a built city stand exactly the rows that make it up."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.casework import evidence
from analytics.features.catalogue import CATALOGUE
from analytics.features.feature import Feature
from data.access.session import session
from data.home import Home
from tests.journals import offered

CHECKED = ("count", "any", "open", "sum", "max", "days_since")
_SAMPLE = """
SELECT person, indicator, value FROM indicator_value v JOIN person p USING (person) JOIN ward w USING (ward)
WHERE as_of = $today AND value > 0 AND NOT isnan(value)
  AND w.area = 'North' AND indicator IN (SELECT unnest($names::VARCHAR[]))
ORDER BY hash(person), indicator LIMIT 150
"""


def test_the_records_shown_give_the_figure_told(small_home: Path, own_journal: str) -> None:
    home = Home(small_home)
    offered(home)
    with session(home, "demo.north", "Allocated case") as one:
        names = [feature.name for feature in CATALOGUE.values() if feature.aggregate in CHECKED]
        sample = one.cursor.execute(_SAMPLE, {"today": one.snapshot.today, "names": names}).fetchall()
        assert len(sample) == 150
        for person, name, value in sample:
            rows = evidence.rows(one, person, name, one.snapshot.today)
            if len(rows) < evidence.MOST:
                figure = _figure(CATALOGUE[name], rows, one.snapshot.today)
                assert figure == pytest.approx(value, abs=0.51), f"{name}: {value} told, {figure} shown"


def _figure(feature: Feature, rows: pd.DataFrame, today: object) -> float:
    """The indicator reckoned again, by hand, from the rows on the screen."""
    own = [_own(feature, mine, today) for _, mine in rows.groupby("other")]
    if feature.aggregate == "days_since":
        return min(own)
    most = feature.across == "most" or feature.aggregate == "max"
    return max(own, default=0) if most else sum(own)


def _own(feature: Feature, rows: pd.DataFrame, today: object) -> float:
    if feature.aggregate in ("any", "open"):
        return 1.0
    if feature.aggregate == "days_since":
        return float(
            (np.datetime64(today, "D") - rows["occurred_on"].max().to_datetime64().astype("datetime64[D]")).astype(int)
        )
    return {"count": float(len(rows)), "sum": float(rows["value"].sum()), "max": float(rows["value"].max())}[
        feature.aggregate
    ]

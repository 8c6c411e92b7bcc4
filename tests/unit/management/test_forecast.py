"""Forecasts of monthly counts: what they make of seasons, trends and noise, and that their record is an honest one."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.management.demand import CITY, SERIES, ahead_of, protected, year_of
from analytics.management.forecast import LEVEL, YEAR, backtest, forecast

MONTHS = 96


def drawn(mean: np.ndarray, series: int, seed: int = 5) -> np.ndarray:
    """So many series of counts around ``mean``, float[months, series]."""
    return np.random.default_rng(seed).poisson(np.repeat(mean[:, None], series, axis=1)).astype(float)


def seasonal() -> np.ndarray:
    at = np.arange(MONTHS)
    return 200 + 80 * np.sin(2 * np.pi * at / YEAR) + 0.4 * at


@pytest.mark.parametrize("mean", [np.full(MONTHS, 40.0), seasonal()], ids=["level", "seasons and a trend"])
def test_intervals_hold_what_they_say_and_last_years_month_is_beaten(mean: np.ndarray) -> None:
    tested = backtest(drawn(mean, 12))
    assert tested.origins == 18
    assert abs(tested.coverage - LEVEL) < 0.1
    assert tested.against_last_year < 0.95


def test_seasons_are_found_where_there_are_any_and_not_made_up_where_there_are_none() -> None:
    told = forecast(drawn(seasonal(), 4)).middle.mean(axis=1)
    level = forecast(drawn(np.full(MONTHS, 40.0), 4)).middle.mean(axis=1)
    assert told.max() - told.min() > 120
    assert level.max() - level.min() < 6


def test_the_interval_holds_its_middle_and_never_narrows_nor_falls_below_nought() -> None:
    told = forecast(drawn(np.full(MONTHS, 6.0), 6))
    assert (told.low >= 0).all()
    assert (told.low <= told.middle).all()
    assert (told.middle <= told.high).all()
    widths = np.sqrt(told.high) - np.sqrt(told.middle)
    assert widths[-1].mean() >= widths[0].mean()


def test_a_forecast_knows_nothing_of_what_comes_after_it() -> None:
    counts = drawn(seasonal(), 3)
    after = counts.copy()
    after[80:] *= 10
    assert (forecast(counts[:80]).middle == forecast(after[:80]).middle).all()
    # Of the trial, origins before the change tell the same; only what came differs.
    one, other = backtest(counts, origins=18), backtest(after, origins=18)
    assert (one.error[0, :12] == np.abs(counts[67:79] - forecast(counts[:67]).middle)).all()
    assert (other.error[0, :12] == one.error[0, :12]).all()


def test_last_years_month_and_the_scale_are_counted_as_the_book_says() -> None:
    counts = drawn(seasonal(), 2)
    tested = backtest(counts)
    start = MONTHS - YEAR - 17
    naive = np.abs(counts[start : start + YEAR] - counts[start - YEAR : start])
    assert (tested.of_last_year[0] == naive).all()
    assert tested.scale == pytest.approx(np.abs(counts[YEAR:start] - counts[: start - YEAR]).mean(axis=0))


def test_too_few_months_are_refused() -> None:
    with pytest.raises(ValueError, match="36 months"):
        forecast(np.ones((35, 1)))
    with pytest.raises(ValueError, match="48 months"):
        backtest(np.ones((47, 1)))


@pytest.fixture(scope="module")
def counts() -> pd.DataFrame:
    """Six kinds in three areas; hardly anybody comes into care in the West."""
    rng = np.random.default_rng(2)
    months = pd.date_range("2018-10-01", periods=MONTHS, freq="MS")
    columns = {(kind, area): rng.poisson(40, MONTHS) for kind in SERIES for area in ("East", "South", "West")}
    columns["looked_after", "West"] = rng.poisson(1.5, MONTHS)
    return pd.DataFrame(columns, index=months)


def test_what_is_withheld_is_neither_forecast_nor_judged_by(counts: pd.DataFrame) -> None:
    safe = protected(counts)
    found = ahead_of(safe)
    assert safe["looked_after", "West"].isna().mean() > 0.5
    assert ("looked_after", "West") not in found.of
    assert found.told(("looked_after", "West")) is None
    assert len(found.of) >= 20
    assert found.tested is not None
    judged = np.isfinite(found.tested.inside).sum(axis=(0, 1))
    assert judged.max() == 18 * YEAR


def test_no_small_count_of_an_area_is_worked_out_from_the_city(counts: pd.DataFrame) -> None:
    safe = protected(counts)
    small = (counts["looked_after", "West"] > 0) & (counts["looked_after", "West"] < 5)
    rest = safe["looked_after"][["East", "South"]].isna().any(axis=1) | safe["looked_after", CITY].isna()
    assert rest[small].all()


def test_a_year_lies_between_its_months_apart_and_its_months_at_one() -> None:
    told = pd.DataFrame({"middle": [10.0] * 12, "low": [7.0] * 12, "high": [14.0] * 12})
    middle, low, high = year_of(told)
    assert middle == 120
    assert 120 - 36 < low < 120 - 3 * 12**0.5
    assert 120 + 4 * 12**0.5 < high < 120 + 48

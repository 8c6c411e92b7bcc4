"""From raw scores to chances and bands."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.models.calibration import bands, calibrate, ranks

# Two places: two are heightened, the next four raised. Equal scores are never parted.
BANDS = """
raw                     bands
9 8 7 6 5 4 3 2         H H R R R R L L
9 8 8 6 5 4 3 2         H H H R R R L L
9 8 8 8 8 4 3 2         H R R R R R L L
5 5 5 5 5 5 5 5         R R R R R R R R
9 9 9 9 9 9 9 1         R R R R R R R L
"""


@pytest.mark.parametrize("line", BANDS.strip().splitlines()[1:])
def test_bands_follow_the_places_there_are(line: str) -> None:
    words = line.split()
    raw = np.array(words[:8], dtype=float)
    assert [band[0].upper() for band in bands(raw, 2)] == words[8:]


def test_equal_scores_share_the_better_rank() -> None:
    assert ranks(np.array([5.0, 9, 5, 1])).tolist() == [2, 1, 2, 4]


@given(st.lists(st.integers(0, 5), min_size=1, max_size=40), st.integers(1, 12))
def test_no_band_parts_equals_or_overtakes(raw: list[int], capacity: int) -> None:
    score = np.array(raw, float)
    height = np.array([{"lower": 0, "raised": 1, "heightened": 2}[band] for band in bands(score, capacity)])
    order = np.argsort(score)
    assert (np.diff(height[order]) >= 0).all()
    assert all(len(set(height[score == value])) == 1 for value in set(raw))


@pytest.mark.parametrize("rate", [0.005, 0.05])
def test_chances_are_honest_about_people_it_has_not_seen(rate: float) -> None:
    draw = np.random.default_rng(0)
    raw = draw.normal(size=80_000) + np.log(rate)
    y = draw.random(80_000) < 1 / (1 + np.exp(-raw))
    curve = calibrate(raw[:40_000] * 3 + 7, y[:40_000], (np.arange(40_000) % 5).astype(np.int8))
    told = curve.probability(raw[40_000:] * 3 + 7)
    top = np.argsort(-raw[40_000:])[:2000]
    assert told.mean() == pytest.approx(y[40_000:].mean(), rel=0.15)
    assert told[top].mean() == pytest.approx(y[40_000:][top].mean(), rel=0.2)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.floats(-9, 9), st.booleans()), min_size=30, max_size=200))
def test_a_higher_score_never_has_a_lower_chance(rows: list[tuple[float, bool]]) -> None:
    raw, y = (np.array(column) for column in zip(*rows, strict=True))
    if y.all() or not y.any():
        return
    told = calibrate(raw, y, (np.arange(len(raw)) % 5).astype(np.int8)).probability(np.linspace(-10, 10, 50))
    assert (np.diff(told) >= 0).all()
    assert (told > 0).all()
    assert (told < 1).all()


def test_without_outcomes_there_is_no_chance_to_tell() -> None:
    with pytest.raises(ValueError, match="identified"):
        calibrate(np.arange(10.0), np.zeros(10, bool), np.zeros(10, np.int8))

"""When a source is late, what counts as drift, and what may leave in a download."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from analytics.drift.stability import stability
from analytics.governance.sources import FRESH, LATE, NOTHING, STOPPED, _state, back, filled
from analytics.governance.sources_drift import MOVED, SHIFTED, STEADY, TOO_FEW, verdict
from analytics.governance.sources_rejected import safe


@pytest.mark.parametrize(
    ("behind", "due", "state"),
    [
        (7, 7, FRESH), (14, 7, FRESH), (15, 7, LATE), (45, 7, LATE), (46, 7, STOPPED),
        (139, 122, FRESH), (170, 122, LATE), (math.nan, 31, FRESH),
    ],
)  # fmt: skip
def test_a_source_is_late_against_its_own_rhythm(behind: float, due: float, state: str) -> None:
    assert _state(100, behind, due) == state


def test_a_source_that_sent_nothing_is_not_late_but_not_there() -> None:
    assert _state(math.nan, math.nan, 7) == NOTHING


def test_months_without_a_row_are_nought_not_left_out() -> None:
    rows = pd.DataFrame({"month": [date(2026, 2, 1)], "rows": [5]})
    assert filled(rows, date(2026, 1, 1), 3)["rows"].tolist() == [0, 5, 0]
    assert back(date(2026, 3, 1), 15) == date(2024, 12, 1)


def test_the_same_shares_are_steady_and_others_are_told() -> None:
    before = np.array([500.0, 300.0, 200.0])
    assert stability(2 * before, before) == 0
    assert verdict(stability(np.array([480.0, 310.0, 210.0]), before), 1000) == STEADY
    assert verdict(stability(np.array([300.0, 350.0, 350.0]), before), 1000) == MOVED
    assert verdict(stability(np.array([100.0, 300.0, 600.0]), before), 1000) == SHIFTED
    assert verdict(9.0, 12) == TOO_FEW


def test_a_small_source_is_not_unsteady_for_being_small() -> None:
    """Sixty rows a year of six codes, both years drawn alike: hardly ever told as shifted."""
    draws = np.random.default_rng(5).multinomial(60, np.full(6, 1 / 6), size=(400, 2)).astype(float)
    shifted = [stability(now, before) >= 0.25 for now, before in draws]
    assert np.mean(shifted) < 0.05


@given(some.text(max_size=20))
def test_no_cell_of_a_download_is_a_formula(cell: str) -> None:
    told = safe(cell)
    assert told.endswith(cell)
    assert not told.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+44 117", "-2", " =cmd|' /C calc'!A0", "\t=1", "＝1+1"])
def test_what_a_spreadsheet_would_run_is_made_text(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


def test_plain_values_and_blanks_stay_as_they_are() -> None:
    assert [safe("31/02/2014"), safe(None), safe(float("nan")), safe(12)] == ["31/02/2014", "", "", "12"]

"""What a run's drift says: of a city that stays as it was, of one that doesn't, of too few cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from analytics.drift.judge import judged
from analytics.drift.limits import ALERT, CALIBRATION, DRIFTED, FEW, INDICATOR, LIMITS, LIST, SCORE, STEADY, WATCH
from analytics.drift.measure import Drift, drift
from analytics.drift.verdict import verdict
from analytics.matrix.matrix import Matrix
from analytics.models.inputs import Inputs
from analytics.models.pipeline import run
from analytics.models.result import ModelResult
from analytics.models.specs.cse import CSE
from data.home import home
from data.snapshot.publish import Draft
from data.snapshot.reading import current
from data.snapshot.tables import DRIFT, MODEL_DRIFT
from tests.unit.models.conftest import QUARTERS, invent


@pytest.fixture(scope="session")
def history() -> Inputs:
    """Rates in it rise by a tenth a year, for everybody."""
    return invent(1500, share=0.06)


@pytest.fixture(scope="session")
def trained(history: Inputs) -> ModelResult:
    return run(CSE, history)


@pytest.fixture(scope="session")
def found(history: Inputs, trained: ModelResult) -> Drift:
    told = drift(CSE, history, trained)
    assert told is not None
    return told


def changed(history: Inputs, since: date, how) -> Inputs:
    """The same history, in which indicators are changed from a day on."""
    matrices = {
        day: Matrix(one.people, day, one.names, how(one.values.copy()) if day >= since else one.values)
        for day, one in history.matrices.items()
    }
    return replace(history, matrices=matrices)


def latest(told: Drift, what: str) -> pd.DataFrame:
    rows = told.rows[told.rows["what"] == what]
    return rows[rows["as_of"] == rows["as_of"].max()]


def test_every_kind_is_told_at_every_date_it_can_be(found: Drift, trained: ModelResult) -> None:
    rows = found.rows
    assert list(rows.columns) == list(DRIFT.names())
    dates = {what: len(mine["as_of"].unique()) for what, mine in rows.groupby("what")}
    assert dates == {INDICATOR: 8, SCORE: 8, ALERT: 8, CALIBRATION: 5, LIST: 7}
    assert set(rows.loc[rows["what"] == INDICATOR, "name"]) == set(trained.names)
    assert rows["value"].ge(0).all()


def test_scores_are_held_against_the_same_season_of_the_year_measured(found: Drift, trained: ModelResult) -> None:
    score = found.rows[found.rows["what"] == SCORE].set_index("as_of")
    assert trained.evaluated_at == date(2025, 7, 1)
    assert score.loc["2025-07-01", "value"] == 0
    assert score.loc["2026-10-01", "before"] == score.loc["2025-10-01", "before"]
    assert score.loc["2026-10-01", "before"] != score.loc["2026-07-01", "before"]


def test_an_indicator_that_nobody_sends_any_more_is_watched_and_told(history: Inputs, trained: ModelResult) -> None:
    def silent(values: np.ndarray) -> np.ndarray:
        values[:, 7] = np.nan
        return values

    told = drift(CSE, changed(history, QUARTERS[-1], silent), trained)
    assert told is not None
    row = latest(told, INDICATOR).set_index("name").loc["i07"]
    assert (row["verdict"], row["unknown_now"]) == (WATCH, 1.0)
    assert row["unknown_before"] < 0.2
    assert "spread differently than among those it learned from" in told.verdict.reason


def test_what_comes_with_the_season_has_not_moved(history: Inputs, trained: ModelResult) -> None:
    """Something that is high every October is held against earlier Octobers, and only a change of that is told."""

    def october(values: np.ndarray) -> np.ndarray:
        values[:, 7] += 50
        return values

    every = replace(history, matrices={
        day: Matrix(one.people, day, one.names, october(one.values.copy()) if day.month == 10 else one.values)
        for day, one in history.matrices.items()
    })  # fmt: skip
    assert trained.learned is not None
    learned = trained.learned.values.copy()
    learned[trained.learned.month == 10, 7] += 50
    seasonal = replace(trained, learned=replace(trained.learned, values=learned))
    verdicts = [
        latest(told, INDICATOR).set_index("name").loc["i07", "verdict"]
        for told in (drift(CSE, every, seasonal), drift(CSE, every, trained), drift(CSE, history, seasonal))
        if told is not None
    ]
    assert verdicts == [STEADY, WATCH, WATCH]


def test_a_city_unlike_the_one_it_learned_from_withholds_the_model(history: Inputs, trained: ModelResult) -> None:
    told = drift(CSE, changed(history, QUARTERS[-1], lambda values: values * 3 + 2), trained)
    assert told is not None
    assert told.verdict.drifted
    assert latest(told, SCORE)["verdict"].tolist() == [DRIFTED]
    assert told.verdict_table().loc[0, ["state", "drifted"]].tolist() == [DRIFTED, True]


def test_the_same_run_tells_the_same(history: Inputs, trained: ModelResult, found: Drift) -> None:
    again = drift(CSE, history, trained)
    assert again is not None
    pd.testing.assert_frame_equal(again.rows, found.rows)


def test_a_model_that_learned_nothing_has_no_drift(history: Inputs, trained: ModelResult) -> None:
    assert drift(CSE, history, replace(trained, model=None)) is None


def _row(what: str, verdict: str, name: str = "x", value: float = 0.0) -> tuple:
    return ("cse", "v1", what, name, "2026-10-01", value, 0.1, 0.25, verdict, 1.0, 0.4, 0.0, 0.0, 20)


def _judged(*rows: tuple):
    return judged(pd.DataFrame(list(rows), columns=list(DRIFT.names())))


def test_the_worst_of_what_moved_is_the_verdict_and_stands_first() -> None:
    told = _judged(_row(SCORE, WATCH), _row(CALIBRATION, DRIFTED, "all"), _row(LIST, STEADY))
    assert told.state == DRIFTED
    assert told.reason.startswith("Of 10 whom it leads to expect, 4 are identified now, and 10 were a year earlier.")


def test_one_indicator_in_ten_is_watched_and_a_fifth_of_them_is_another_city() -> None:
    tenth = [_row(INDICATOR, WATCH if n == 0 else STEADY, f"i{n}") for n in range(10)]
    assert _judged(*tenth).state == WATCH
    fifth = [_row(INDICATOR, WATCH if n < 2 else STEADY, f"i{n}") for n in range(10)]
    assert _judged(*fifth).state == DRIFTED


def test_too_few_to_tell_is_not_drift() -> None:
    assert _judged(_row(SCORE, FEW), _row(INDICATOR, FEW)).state == STEADY
    assert "Too few" in _judged(_row(SCORE, FEW)).reason


@pytest.mark.parametrize(
    ("what", "value", "n", "expected"),
    [(SCORE, 0.09, 500, STEADY), (SCORE, 0.1, 500, WATCH), (SCORE, 0.25, 500, DRIFTED), (SCORE, 0.9, 50, FEW),
     (INDICATOR, 9.0, 500, WATCH), (ALERT, 0.7, 30, DRIFTED), (LIST, 1.0, 30, WATCH)],
)  # fmt: skip
def test_limits_are_kept_to_the_letter(what: str, value: float, n: int, expected: str) -> None:
    assert LIMITS[what].verdict(value, n) == expected


def test_the_verdict_is_read_from_the_snapshot(tmp_path) -> None:
    place = home(tmp_path)
    with Draft(place) as draft:
        draft.connection.execute(MODEL_DRIFT.ddl())
        draft.connection.execute("INSERT INTO model_drift VALUES ('cse', 'v1', 'drifted', true, 'It moved.')")
        draft.manifest |= {"city": {"id": "x", "name": "X", "invented": True}, "today": "2026-10-01"}
    with current(place) as snapshot, snapshot.cursor() as cursor:
        told = verdict(cursor, "cse")
        assert told is not None
        assert (told.drifted, told.reason) == (True, "It moved.")
        assert verdict(cursor, "neet") is None

"""The training set: no investigation among the indicators, no calendar to learn, no family on both sides."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from analytics.evaluation.labels import KnownCases
from analytics.matrix.matrix import Matrix
from analytics.models import training
from analytics.models.folds import fit_folds, fold_of
from analytics.models.inputs import Inputs
from analytics.models.logistic import Logistic
from analytics.models.training import Families, training_set

QUARTERS = [date(2024, month, 1) for month in (1, 4, 7, 10)]
BEFORE = date(2025, 1, 1)

# A known case enters at the last as-of date at least 90 days before the identification.
ENTRY = """
identified  enters
2024-03-30  -
2024-03-31  2024-01-01
2024-06-29  2024-01-01
2024-06-30  2024-04-01
2024-12-29  2024-07-01
2024-12-30  2024-10-01
2025-01-01  -
"""


def plain(children: int = 40) -> tuple[dict[date, Matrix], Families]:
    people = np.arange(children, dtype=np.int64)
    values = np.zeros((children, 1), np.float32)
    return {day: Matrix(people, day, ("x",), values) for day in QUARTERS}, Families(people, people // 2)


@pytest.mark.parametrize(("identified", "enters"), [line.split() for line in ENTRY.strip().splitlines()[1:]])
def test_a_known_case_enters_before_the_investigation(identified: str, enters: str) -> None:
    matrices, families = plain()
    known = KnownCases.of([3], [date.fromisoformat(identified)])
    rows = training_set(matrices, known, families, BEFORE)
    assert [str(day) for day in rows.as_of[rows.positive]] == ([] if enters == "-" else [enters])


def test_the_unlabelled_come_at_the_same_dates_in_the_same_proportions() -> None:
    matrices, families = plain(400)
    known = KnownCases.of([1, 2, 3, 4, 5], [date(2024, 7, 15)] * 2 + [date(2024, 10, 15)] * 3)
    rows = training_set(matrices, known, families, BEFORE, unlabelled_per_case=10)
    for day, cases in ((date(2024, 4, 1), 2), (date(2024, 7, 1), 3)):
        here = rows.as_of == np.datetime64(day)
        assert (rows.positive[here].sum(), (~rows.positive[here]).sum()) == (cases, 10 * cases)
    assert len(rows.people) == 55


def test_a_date_with_too_few_unlabelled_lowers_the_proportion_everywhere() -> None:
    matrices, families = plain(26)
    known = KnownCases.of([1, 2, 3, 4, 5, 6], [date(2024, 7, 15)] * 2 + [date(2024, 10, 15)] * 4)
    rows = training_set(matrices, known, families, BEFORE, unlabelled_per_case=10)
    shares = {str(day): (~rows.positive[rows.as_of == day]).sum() for day in np.unique(rows.as_of)}
    assert shares == {"2024-04-01": 10, "2024-07-01": 20}


def test_somebody_known_is_never_among_the_unlabelled_and_somebody_found_later_is_like_anyone() -> None:
    matrices, families = plain(12)
    known = KnownCases.of([1, 2, 3], [date(2024, 8, 1), date(2024, 2, 1), date(2025, 3, 1)])
    rows = training_set(matrices, known, families, BEFORE)
    unlabelled = set(rows.people[~rows.positive])
    assert not unlabelled & {1, 2}
    assert 3 in unlabelled


def test_what_is_identified_later_changes_nothing_in_an_earlier_training_set(history: Inputs) -> None:
    earlier = date(2024, 1, 1)
    then = history.known.identified_on < np.datetime64(earlier)
    short = KnownCases(history.known.people[then], history.known.identified_on[then])
    one, other = (training_set(history.matrices, k, history.families, earlier) for k in (history.known, short))
    assert one.values.tobytes() == other.values.tobytes()
    assert (one.positive == other.positive).all()


@given(st.lists(st.integers(-(2**62), 2**62), min_size=1, max_size=50))
def test_a_family_is_wholly_in_one_fold_whoever_else_is_there(families: list[int]) -> None:
    numbers = np.array(families)
    together, alone = fold_of(numbers), np.concatenate([fold_of(numbers[i : i + 1]) for i in range(len(numbers))])
    assert (together == alone).all()
    assert set(together) <= set(range(5))


def test_folds_are_about_equal() -> None:
    assert np.bincount(fold_of(np.arange(50_000)), minlength=5).min() > 9_700


def test_nobody_is_scored_by_a_model_that_saw_their_family(history: Inputs) -> None:
    class Witness:
        def fit(self, X: np.ndarray, y: np.ndarray) -> Witness:
            self.seen = set(X[:, 0])
            return self

        def raw(self, X: np.ndarray) -> np.ndarray:
            return np.isin(X[:, 0], list(self.seen)).astype(float)

    rows = training_set(history.matrices, history.known, history.families, date(2025, 7, 1))
    families = history.families.of(rows.people)[:, None]
    (model,) = fit_folds([Witness], families, rows.positive, rows.fold)  # type: ignore[list-item]
    assert model.raw(families, rows.fold).max() == 0
    assert model.raw(families, (rows.fold + 1) % 5).min() == 1


def test_placebo_random_identification_dates_teach_nothing(history: Inputs) -> None:
    """The indicators rise with the years; a model that learned the calendar would find these cases."""
    aucs = []
    for seed in range(6):
        draw = np.random.default_rng(seed)
        everyone = history.matrices[min(history.matrices)].people
        chosen = draw.choice(everyone, 400, replace=False)
        days = np.datetime64("2021-04-01") + (1600 * draw.beta(3, 1, 400)).astype(int)
        rows = training_set(history.matrices, KnownCases.of(chosen, days.tolist()), history.families, date(2025, 7, 1))
        (model,) = fit_folds([Logistic], rows.values, rows.positive, rows.fold)
        aucs.append(roc_auc_score(rows.positive, model.raw(rows.values, rows.fold)))
    assert np.mean(aucs) == pytest.approx(0.5, abs=0.03)


def test_the_placebo_would_notice_a_calendar(history: Inputs) -> None:
    """The same check must fail for a training set whose unlabelled are drawn evenly over the dates."""
    draw = np.random.default_rng(0)
    everyone = history.matrices[min(history.matrices)].people
    chosen = draw.choice(everyone, 400, replace=False)
    days = np.datetime64("2021-04-01") + (1600 * draw.beta(3, 1, 400)).astype(int)
    rows = training_set(history.matrices, KnownCases.of(chosen, days.tolist()), history.families, date(2025, 7, 1))
    cases = rows.values[rows.positive]
    even = np.concatenate([m.values[draw.choice(len(m.people), 200)] for m in history.matrices.values()])
    X = np.concatenate([cases, even])
    y = np.arange(len(X)) < len(cases)
    (model,) = fit_folds([Logistic], X, y, draw.integers(0, 5, len(X)).astype(np.int8))
    half = draw.integers(0, 5, len(X)).astype(np.int8)
    assert roc_auc_score(y, model.raw(X, half)) > 0.55


def test_of_very_many_cases_a_part_is_drawn_by_lot_and_the_others_are_no_unlabelled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    matrices, families = plain(400)
    known = KnownCases.of(range(10), [date(2024, 7, 15)] * 10)
    monkeypatch.setattr(training, "MOST_CASES", 4)
    rows = training_set(matrices, known, families, BEFORE)
    assert rows.cases == 4
    assert not set(rows.people[~rows.positive].tolist()) & set(range(10))

"""Every estimator keeps the same promises: what it adds up to, what it may not contradict, the same twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from analytics.models.boosting import Boosting
from analytics.models.estimator import Estimator
from analytics.models.inputs import estimators
from analytics.models.points import Points, lasso

NAMES = ("points", "logistic", "boosting", "forest")
SIGNS = [1, 1, -1, 0, 0, 0]


def city(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Two counts raise risk, attendance lowers it, three indicators say nothing; a tenth is not known."""
    draw = np.random.default_rng(seed)
    X = draw.poisson(0.7, (n, 6)).astype(np.float32)
    X[:, 2] = draw.uniform(50, 100, n)
    risk = X[:, 0] + 0.7 * X[:, 1] - 0.06 * (X[:, 2] - 75) - 3
    X[draw.random(X.shape) < 0.1] = np.nan
    return X, draw.random(n) < 1 / (1 + np.exp(-risk))


@pytest.fixture(scope="module", params=NAMES)
def make(request: pytest.FixtureRequest) -> Callable[[], Estimator]:
    return estimators(SIGNS)[request.param]


def test_base_and_contributions_add_up_to_the_raw_score(make: Callable[[], Estimator]) -> None:
    model = make().fit(*city(3000, 0))
    X, _ = city(1000, 1)
    base, parts = model.contributions(X)
    assert parts.shape == X.shape
    np.testing.assert_allclose(base + parts.sum(axis=1), model.raw(X), atol=1e-5)


def test_it_finds_those_at_risk(make: Callable[[], Estimator]) -> None:
    X, y = city(3000, 1)
    assert roc_auc_score(y, make().fit(*city(3000, 0)).raw(X)) > 0.72


def test_the_same_rows_give_the_same_scores_to_the_last_bit(make: Callable[[], Estimator]) -> None:
    X, _ = city(500, 1)
    one, other = (make().fit(*city(2000, 0)).raw(X).tobytes() for _ in range(2))
    assert one == other


def test_a_score_does_not_depend_on_who_is_scored_beside(make: Callable[[], Estimator]) -> None:
    model, (X, _) = make().fit(*city(1000, 0)), city(203, 1)
    alone = np.concatenate([model.raw(X[row : row + 1]) for row in range(len(X))])
    assert alone.tobytes() == model.raw(X).tobytes()


def test_somebody_of_whom_nothing_is_known_has_a_score(make: Callable[[], Estimator]) -> None:
    model = make().fit(*city(1000, 0))
    nothing = np.full((1, 6), np.nan, np.float32)
    assert np.isfinite(model.raw(nothing)).all()
    assert np.isfinite(model.contributions(nothing)[1]).all()


def test_an_indicator_nobody_has_changes_nothing(make: Callable[[], Estimator]) -> None:
    X, y = city(1000, 0)
    X[:, 5] = np.nan
    _, parts = make().fit(X, y).contributions(X)
    assert (parts[:, 5] == 0).all()


def test_boosting_never_falls_where_the_catalogue_says_more_is_worse() -> None:
    draw = np.random.default_rng(0)
    X, y = city(3000, 0)
    model = Boosting(SIGNS).fit(X, y ^ (draw.random(3000) < 0.2))
    child = np.repeat(X[:50], 11, axis=0)
    child[:, 1] = np.tile(np.arange(11), 50)
    steps = np.diff(model.raw(child).reshape(50, 11), axis=1)
    assert steps.min() >= 0
    assert steps.max() > 0


def test_the_points_fit_on_a_card() -> None:
    card = Points(SIGNS).fit(*city(5000, 0)).card_
    assert 3 <= len(card) <= 10
    assert len({line.indicator for line in card}) == len(card)
    assert all(isinstance(line.points, int) and 1 <= line.points <= 6 for line in card)
    attendance = next(line for line in card if line.indicator == 2)
    assert not attendance.at_least
    assert 60 < attendance.cut < 95


def test_a_card_of_indicators_that_say_nothing_has_no_lines_and_one_score() -> None:
    X = np.ones((300, 3), np.float32)
    raw = Points().fit(X, np.arange(300) < 30).raw(X)
    assert len(set(raw)) == 1


def test_the_lasso_chooses_the_same_beside_others_as_alone() -> None:
    """Two models and several folds are fitted at once, in threads."""
    draw = np.random.default_rng(0)
    answers = (draw.random((1500, 30)) < 0.3).astype(float)
    y = draw.random(1500) < 1 / (1 + np.exp(4 - answers[:, :15] @ draw.random(15)))
    parts = [draw.permutation(1500)[:1100] for _ in range(24)]
    alone = [lasso(answers[part], y[part], 0.05).tobytes() for part in parts]
    with ThreadPoolExecutor(4) as workers:
        together = workers.map(lambda part: lasso(answers[part], y[part], 0.05).tobytes(), parts)
    assert list(together) == alone

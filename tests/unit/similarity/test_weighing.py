"""A reader's own weights: equal ones are the plain order, leaving out is a weight of nought and lets nothing matter."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.similarity.known_cases import KnownCaseSimilarity
from analytics.similarity.weighing import Weights, nearness, placed

M = 8


@pytest.fixture(scope="module")
def people() -> np.ndarray:
    draw = np.random.default_rng(0)
    X = draw.poisson(1.0, (400, M)).astype(np.float32)
    X[draw.random(X.shape) < 0.15] = np.nan
    return X


@pytest.fixture(scope="module")
def search(people: np.ndarray) -> KnownCaseSimilarity:
    known = np.arange(400) % 10 == 0
    risky = people.copy()
    risky[known, :3] += 2
    people[:] = risky
    return KnownCaseSimilarity(trees=60).fit(people, known)


def _near(search: KnownCaseSimilarity, people: np.ndarray, of: list[float], one: int = 3) -> np.ndarray:
    weights = Weights(np.array(of, float))
    return nearness(search, placed(search, people[one : one + 1], weights), placed(search, people, weights), weights)


@pytest.mark.parametrize("all_of_them", [1.0, 0.25, 7.0])
def test_equal_weights_are_the_plain_order_bit_for_bit(search, people, all_of_them: float) -> None:
    plain = search.nearness(search.place(people[3:4]), search.place(people))[0]
    assert _near(search, people, [all_of_them] * M).tobytes() == plain.tobytes()


def test_weights_that_differ_by_a_hair_are_the_plain_order_nearly(search, people) -> None:
    plain = search.nearness(search.place(people[3:4]), search.place(people))[0]
    np.testing.assert_allclose(_near(search, people, [1.0] * (M - 1) + [1 - 1e-7]), plain, atol=1e-5)


@pytest.mark.parametrize("left", [0, 2, 5])
def test_of_what_is_left_out_no_value_matters(search, people, left: int) -> None:
    weights = [0.0 if j == left else 1.0 for j in range(M)]
    other = people.copy()
    other[:, left] = np.random.default_rng(1).poisson(5, len(people))
    assert _near(search, people, weights).tobytes() == _near(search, other, weights).tobytes()


def test_what_is_left_out_is_as_though_nobody_knew_it(search, people) -> None:
    unknown = people.copy()
    unknown[:, 1] = np.nan
    plain = search.nearness(search.place(unknown[3:4]), search.place(unknown))[0]
    np.testing.assert_allclose(_near(search, people, [1, 0, *[1] * (M - 2)]), plain, atol=1e-6)


def test_somebody_is_nearest_to_themselves_however_one_weighs(search, people) -> None:
    near = _near(search, people, [2, 0.5, 0, 1, 1, 2, 0, 1])
    assert near[3] == pytest.approx(1.0)
    assert near.max() == pytest.approx(near[3])
    assert near.min() >= 0


def test_with_everything_left_out_nobody_is_near(search, people) -> None:
    assert (_near(search, people, [0.0] * M) == 0).all()


def test_a_weight_below_nought_is_refused() -> None:
    with pytest.raises(ValueError, match="nought or more"):
        Weights(np.array([1.0, -0.1]))

"""Similar-case search: learned likeness, the same object for the ranking and for the neighbours."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.metrics import roc_auc_score

from analytics.similarity.known_cases import KnownCaseSimilarity


def city(n: int = 1500, seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Hidden cases are high in the first three of ten indicators; a fifth of them is known. X, known, case."""
    draw = np.random.default_rng(seed)
    case = draw.random(n) < 0.08
    X = draw.poisson(1.0, (n, 10)).astype(np.float32)
    X[:, :3] += draw.poisson(1.5 * case[:, None], (n, 3))
    X[draw.random(X.shape) < 0.1] = np.nan
    return X, case & (draw.random(n) < 0.2), case


@pytest.fixture(scope="module")
def search() -> KnownCaseSimilarity:
    X, known, _ = city()
    return KnownCaseSimilarity(trees=100).fit(X, known)


def test_hidden_cases_are_found_among_people_it_has_not_seen(search: KnownCaseSimilarity) -> None:
    X, _, case = city(seed=1)
    assert roc_auc_score(case, search.score_samples(X)) > 0.8


def test_scores_lie_between_nought_and_one_and_are_the_same_twice(search: KnownCaseSimilarity) -> None:
    X, known, _ = city()
    score = search.score_samples(X)
    assert 0 <= score.min() < score.max() <= 1
    assert KnownCaseSimilarity(trees=100).fit(X, known).score_samples(X).tobytes() == score.tobytes()


def test_a_known_case_is_its_own_nearest(search: KnownCaseSimilarity) -> None:
    X, known, _ = city()
    distance, row = search.kneighbors(X[known], 3)
    assert (row[:, 0] == np.flatnonzero(known)).all()
    np.testing.assert_allclose(distance[:, 0], 0, atol=1e-6)
    assert (np.diff(distance, axis=1) >= 0).all()


def test_neighbours_are_known_cases_and_no_more_than_there_are(search: KnownCaseSimilarity) -> None:
    X, known, _ = city()
    distance, row = search.kneighbors(X[:7], 10_000)
    assert distance.shape == row.shape == (7, known.sum())
    assert set(row[0]) == set(np.flatnonzero(known))


def test_nearness_is_the_same_both_ways(search: KnownCaseSimilarity) -> None:
    X, _, _ = city(seed=2)
    place = search.place(X[:30])
    near = search.nearness(place, place)
    np.testing.assert_allclose(near, near.T, atol=1e-6)
    np.testing.assert_allclose(np.diag(near), 1, atol=1e-6)
    assert near.min() >= 0
    assert near.max() <= 1 + 1e-6


def test_what_is_not_known_shrinks_the_denominator(search: KnownCaseSimilarity) -> None:
    """A tree whose questions can't be answered for somebody counts for nothing, rather than as a difference."""
    X, known, _ = city()
    whole = np.nan_to_num(X[np.flatnonzero(known)[:1]], nan=1.0)
    gaps = whole.copy()
    gaps[0, 5:] = np.nan
    place = search.place(np.vstack([whole, gaps]))
    assert (place.known[0] == 1).all()
    assert place.known[1].min() < 1
    nothing = search.place(np.full((1, 10), np.nan, np.float32))
    np.testing.assert_allclose(nothing.known, 0, atol=1e-6)
    assert search.nearness(nothing, place).max() == 0


def test_irrelevant_differences_part_people_less_than_relevant_ones(search: KnownCaseSimilarity) -> None:
    case = np.array([[4, 4, 4, 1, 1, 1, 1, 1, 1, 1]], np.float32)
    elsewhere, within = case.copy(), case.copy()
    elsewhere[0, 3:6], within[0, :3] = 4, 1
    near = search.nearness(search.place(case), search.place(np.vstack([elsewhere, within])))[0]
    assert near[0] > near[1]


def test_it_keeps_scikit_learns_contract(search: KnownCaseSimilarity) -> None:
    copy = clone(search)
    assert copy.get_params() == search.get_params()
    assert not hasattr(copy, "known_")
    X, known, _ = city(300)
    assert copy.set_params(trees=5).fit(X, known) is copy
    assert copy.n_features_in_ == 10


@pytest.mark.parametrize("cases", [0, 1])
def test_one_case_is_no_profile(cases: int) -> None:
    X = np.zeros((20, 3), np.float32)
    with pytest.raises(ValueError, match="two known cases"):
        KnownCaseSimilarity().fit(X, np.arange(20) < cases)


@pytest.mark.parametrize("name", ["6_cardio", "38_thyroid"])
def test_the_few_like_the_known_few_are_found_in_published_data(shared_data: Path, name: str) -> None:
    """Two of ADBench's eight sets; ``make bench`` runs them all, with five seeds."""
    data = np.load(shared_data / "rank" / f"{name}.npz")
    X, case = data["X"], data["y"].astype(bool)
    positives = np.flatnonzero(case)
    known = np.zeros(len(X), bool)
    known[np.random.default_rng(0).choice(positives, max(3, len(positives) // 10), replace=False)] = True
    score = KnownCaseSimilarity().fit(X, known).score_samples(X[~known])
    assert roc_auc_score(case[~known], score) > 0.98

"""The grader puts contacts in order of what followed, says why, and suggests as many of each level as the hub does."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.triage import sharing
from analytics.triage.facts import Contacts
from analytics.triage.grading import Grader, Levels, folded
from analytics.triage.sharing import Cut

SIZE = 3000


@pytest.fixture(scope="module")
def made() -> tuple[np.ndarray, np.ndarray]:
    """Contacts whose first indicator drives what follows; the second is noise."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(SIZE, 2))
    return X, np.searchsorted([0.5, 1.5, 2.2], X[:, 0] + rng.normal(0, 0.8, SIZE)).astype(np.int64)


def test_chances_never_rise_from_a_lesser_to_a_graver_outcome(made: tuple[np.ndarray, np.ndarray]) -> None:
    X, followed = made
    chances = Grader.fit(X, followed).chances(X)
    assert (np.diff(chances, axis=1) <= 0).all()
    assert chances[:, 2].mean() == pytest.approx((followed == 3).mean(), abs=0.01)


def test_parts_and_base_add_up_to_the_log_odds_of_harm(made: tuple[np.ndarray, np.ndarray]) -> None:
    X, followed = made
    grader = Grader.fit(X, followed)
    assert grader.harm.parts(X).sum(axis=1) + grader.harm.base == pytest.approx(grader.raw(X)[:, -1])
    assert abs(grader.harm.weight[0]) > 5 * abs(grader.harm.weight[1])


def test_as_many_of_each_level_as_the_hub_grades_itself(made: tuple[np.ndarray, np.ndarray]) -> None:
    X, followed = made
    grade = np.random.default_rng(1).choice(5, SIZE, p=[0.45, 0.2, 0.15, 0.18, 0.02])
    harm = Grader.fit(X, followed).chances(X)[:, 2]
    level = Levels.as_many(harm, grade).of(harm)
    assert np.bincount(level, minlength=5) / SIZE == pytest.approx(np.bincount(grade, minlength=5) / SIZE, abs=0.002)
    assert (np.diff(level[np.argsort(harm)]) >= 0).all()


def test_nobody_is_graded_by_what_was_learned_from_their_family(made: tuple[np.ndarray, np.ndarray]) -> None:
    X, followed = made
    fold = np.arange(SIZE) % 5
    changed = followed.copy()
    changed[fold == 2] = 3 - changed[fold == 2]
    same = folded(X, followed, fold, X, fold)[fold == 2]
    assert np.array_equal(same, folded(X, changed, fold, X, fold)[fold == 2])


def asked_contacts(size: int = 2000) -> Contacts:
    """With a high indicator asking tells of something, and harm follows; workers ask by chance."""
    rng = np.random.default_rng(2)
    X = rng.normal(size=(size, 1))
    asked, found = rng.random(size) < 0.6, X[:, 0] + rng.normal(0, 0.7, size) > 0.8
    told = pd.DataFrame(
        {
            "shared_with": np.where(asked, "school", None),
            "checks_found": np.where(asked, np.where(found, "concern", "nothing"), None),
            "outcome": np.where(found, "EH", "NFA"),
        }
    )
    followed = np.where(X[:, 0] + rng.normal(0, 1, size) > 1.8, 3, 0)
    return Contacts(told, ("x",), X, followed)


def test_asking_is_suggested_where_it_told_of_something_and_spares_what_led_nowhere() -> None:
    contacts = asked_contacts()
    chance = sharing.learn(contacts).chance(contacts.X)
    told = Cut.cautious(chance, contacts).suggests(chance)
    harm = sharing.harmed(contacts)
    assert (harm & ~told).sum() <= 0.6 * (harm & ~sharing.asked(contacts)).sum() + 1
    assert (sharing.nowhere(contacts) & ~told).sum() > 0.2 * sharing.nowhere(contacts).sum()

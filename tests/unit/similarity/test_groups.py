"""Groups among the known cases: found again when some are left out, named by what sets them apart, or not at all."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import homogeneity_score

from analytics.similarity.groups import LEAST_IN_GROUP, NONE_STEADY, TOO_FEW, groups_of
from analytics.similarity.known_cases import KnownCaseSimilarity
from analytics.similarity.naming import LITTLE, propose, said, told_apart, traits
from analytics.similarity.profile import narrowed, profile_card

NAMES = ("missing_12m", "co_missing", "suspect_12m", "suspect_drugs_24m", "schools_24m", "age")
THEMES = dict(
    zip(
        NAMES,
        ("Going missing", "Friends and associates", "Crime and harm", "Crime and harm", "School", "Background"),
        strict=True,
    )
)
DIRECTIONS = dict.fromkeys(NAMES, 1)


def cases(kinds: int, each: int = 40, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """``kinds`` sorts of known cases, each with four things on record that the others seldom have; sort of each."""
    draw = np.random.default_rng(seed)
    sort = np.repeat(np.arange(kinds), each)
    on_record = draw.random((len(sort), 4 * kinds)) < 0.05
    for kind in range(kinds):
        on_record[sort == kind, 4 * kind : 4 * kind + 4] |= draw.random((each, 4)) < 0.8
    return on_record.astype(float), sort


@pytest.mark.parametrize("kinds", [2, 3, 4])
def test_groups_that_are_there_are_found(kinds: int) -> None:
    traits_of, sort = cases(kinds)
    found = groups_of(traits_of)
    assert found.count >= kinds
    assert homogeneity_score(sort, found.group) > 0.85


def test_where_there_are_no_groups_none_are_told() -> None:
    found = groups_of((np.random.default_rng(0).random((200, 20)) < 0.3).astype(float))
    assert (found.count, found.reason) == (0, NONE_STEADY)


@pytest.mark.parametrize("count", [0, 1, 2 * LEAST_IN_GROUP - 1])
def test_too_few_cases_have_no_groups(count: int) -> None:
    found = groups_of(cases(2)[0][:count])
    assert (found.count, found.reason) == (0, TOO_FEW)


def test_no_group_is_so_small_that_it_is_those_few_children() -> None:
    traits_of, _ = cases(2, each=60)
    rare = np.zeros((LEAST_IN_GROUP - 1, traits_of.shape[1] + 4))
    rare[:, -4:] = 1
    whole = np.vstack([np.pad(traits_of, ((0, 0), (0, 4))), rare])
    found = groups_of(whole)
    assert found.count >= 2
    assert np.bincount(found.group).min() >= LEAST_IN_GROUP


def test_the_same_cases_give_the_same_groups_the_largest_first() -> None:
    traits_of, _ = cases(3)
    one, other = groups_of(traits_of[:110]), groups_of(traits_of[:110])
    assert one.group.tobytes() == other.group.tobytes()
    assert (np.diff(np.bincount(one.group)) <= 0).all()


def test_how_much_is_on_record_makes_no_group() -> None:
    traits_of, _ = cases(2)
    louder = traits_of * np.random.default_rng(1).uniform(0.5, 9, (len(traits_of), 1))
    assert groups_of(louder).group.tolist() == groups_of(traits_of).group.tolist()


def city() -> tuple[np.ndarray, np.ndarray]:
    """Twenty known cases who go missing with friends, twenty suspected of crimes, and a cohort of whom few are."""
    rows = np.zeros((440, 6), np.float32)
    rows[:20, :2] = [3, 2]
    rows[20:40, 2:4] = [4, 1]
    rows[40:60, 4] = 1
    rows[:, 5] = 14
    return rows[:40], rows


CARD = profile_card(*city(), NAMES, DIRECTIONS)


def test_a_name_says_what_sets_a_group_apart() -> None:
    known, _ = city()
    name = propose(CARD, known[:20], known[20:], NAMES, THEMES).name
    assert set(name.lower().split(", ")) == {"often missing", "with friends who are missing too"}
    assert propose(CARD, known[20:], known[:20], NAMES, THEMES).name == "Suspected of crimes"


def test_a_group_of_whom_little_is_known_is_called_so() -> None:
    known, _ = city()
    quiet = np.zeros((20, 6), np.float32)
    assert propose(CARD, quiet, known, NAMES, THEMES).name.lower() == LITTLE


def test_what_is_on_record_counts_by_how_much_commoner_it_is() -> None:
    known, cohort = city()
    table = traits(CARD, known, cohort, NAMES, THEMES)
    assert table.shape == (40, 4), "two indicators of crime are one word, and age is no word"
    assert set(np.count_nonzero(table[:20], axis=1)) == {2}
    assert set(np.count_nonzero(table[20:], axis=1)) == {1}


def test_the_longest_first_letters_fit() -> None:
    assert said("emergency_self_harm_24m", "Health") == "self-harm"
    assert said("emergency_12m", "Health") == "often in the emergency department"
    assert said("our_own_indicator", "Parents") == "parents in difficulty"


def test_names_are_told_apart() -> None:
    assert told_apart(["A", "B", "A"]) == ["A (1)", "B", "A (2)"]


def test_the_card_of_some_has_the_cuts_of_all() -> None:
    known, cohort = city()
    whole = profile_card(known, cohort, NAMES)
    some = narrowed(whole, known[:20], NAMES)
    assert some.n == 20
    assert {one.indicator: one.cut for one in some.rates} == {one.indicator: one.cut for one in whole.rates}
    assert some.rate("missing_12m").cases == 1.0
    assert narrowed(whole, known, NAMES) == whole


def test_people_are_nearer_to_their_own_group() -> None:
    draw = np.random.default_rng(0)
    X = draw.poisson(0.5, (600, 8)).astype(np.float32)
    X[:60, :3] += 3
    X[60:120, 4:7] += 3
    known = np.zeros(600, bool)
    known[:40], known[60:100] = True, True
    search = KnownCaseSimilarity(trees=80).fit(X, known)
    place = search.known_place_
    near = search.nearness_to_group(place.rows(slice(40)), search.place(X))
    assert 0 <= near.min() <= near.max() <= 1
    assert near[40:60].mean() > 3 * near[100:120].mean()
    assert near[40:60].mean() > 3 * near[120:].mean()

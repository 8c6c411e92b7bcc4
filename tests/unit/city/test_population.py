"""Families and names look like a city's."""

import numpy as np
import pytest

from data.city.clock import TODAY_DAY
from data.city.identity import Habits, register, true_identities
from data.city.names import SURNAMES
from data.city.noise import quality
from data.city.population import CHILD, FATHER, MOTHER, found, in_city
from data.city.simulation import Run


@pytest.mark.parametrize("families", [50, 300])
def test_as_many_families_have_a_child_today_as_were_asked_for(families: int) -> None:
    _, people = found(families, 3)
    child = np.flatnonzero((people.role == CHILD) & in_city(people, TODAY_DAY))
    young = child[(TODAY_DAY - people.birth[child]) < 18 * 365.25]
    assert 0.94 * families <= len(np.unique(people.family[young])) <= families


def test_parents_are_of_an_age_to_be_parents() -> None:
    _, people = found(2000, 1)
    first = np.full(int(people.family.max()) + 1, 10**6)
    np.minimum.at(first, people.family[people.role == CHILD], people.birth[people.role == CHILD])
    for role in (MOTHER, FATHER):
        parent = np.flatnonzero(people.role == role)
        assert ((first[people.family[parent]] - people.birth[parent]) / 365.25).min() > 15


def test_surnames_are_steep_with_a_long_tail() -> None:
    _, people = found(6000, 1)
    _, counts = np.unique(people.surname, return_counts=True)
    commonest = np.argmax(np.bincount(people.surname))
    assert SURNAMES[commonest] == "smith"
    assert 0.010 < counts.max() / len(people) < 0.018
    assert len(counts) > 2000


def test_brothers_and_sisters_have_different_forenames() -> None:
    _, people = found(3000, 2)
    size = people.children
    pair = people.family[:size].astype(np.int64) * 10_000 + people.forename[:size]
    assert (np.unique(pair, return_counts=True)[1] > 1).mean() < 0.004


def test_everybody_has_a_home_on_every_day_and_it_follows_their_moves(run: Run) -> None:
    homes, people = run.lives.homes, run.lives.people
    household, day = homes.moves()
    mother = np.flatnonzero(people.role == MOTHER)
    movers = household < homes.families
    who, when = mother[household[movers]], day[movers]
    before, after = homes.at(who, when - 1), homes.at(who, when)
    assert (before != after).mean() > 0.95
    assert (homes.former(who, when) == before).mean() > 0.99


def test_an_agency_makes_the_mistakes_of_its_habits(run: Run) -> None:
    true = true_identities(run.lives.people, run.lives.homes, 1)
    careful, careless = (register(true, name, Habits(forename=share)) for name, share in (("a", 0.01), ("b", 0.3)))
    for each in (careful, careless):
        each.locals(np.arange(len(true.people)))
    assert quality({"a": careful})["forename errors"] < 0.05 < 0.2 < quality({"b": careless})["forename errors"]

"""An adopted child is two people on paper, and nothing but the council's list leads from one to the other."""

import numpy as np
import pytest

from data.city.adoption import adopt
from data.city.clock import STARTS
from data.city.population import NEVER
from data.city.simulation import Run, simulate


@pytest.fixture(scope="module")
def adopted() -> tuple[Run, np.ndarray, np.ndarray]:
    """A run in which forty young children are adopted by order, all at once; those whose second life is in the city."""
    run = simulate(800, 5)
    lives = run.lives
    young = np.flatnonzero(lives.present() & (lives.age() < 5))[:40]
    lives.log.turn()
    adopt(lives, young, np.full(len(young), STARTS[lives.month] + 9, np.int32))
    table = lives.log.this_month("adopted")
    return run, table["child"], table["second"]


def test_the_first_life_ends_on_the_day_on_which_the_second_begins(adopted: tuple[Run, np.ndarray, np.ndarray]) -> None:
    run, child, second = adopted
    people = run.lives.people
    assert 0 < len(second) <= 40
    assert (people.left[child] == people.arrived[second]).all()
    assert not np.isin(second, child).any()


def test_it_is_the_same_child_in_another_family(adopted: tuple[Run, np.ndarray, np.ndarray]) -> None:
    run, child, second = adopted
    people, lives = run.lives.people, run.lives
    assert (people.birth[child] == people.birth[second]).all()
    assert (people.female[child] == people.female[second]).all()
    assert (people.family[child] != people.family[second]).all()
    assert (lives.traits["learning"][child] == lives.traits["learning"][second]).all()
    on = np.full(len(second), STARTS[lives.month + 1])
    assert (lives.homes.at(child, on) != lives.homes.at(second, on)).mean() > 0.9


def test_no_second_life_has_the_forename_of_a_brother_or_sister(adopted: tuple[Run, np.ndarray, np.ndarray]) -> None:
    run, _, second = adopted
    people, size = run.lives.people, run.lives.children
    for one in second:
        others = np.flatnonzero((people.family[:size] == people.family[one]) & (np.arange(size) != one))
        assert people.forename[one] not in people.forename[others]


def test_second_lives_that_never_began_are_in_nobodys_city(run: Run) -> None:
    people, size = run.lives.people, run.lives.children
    waiting = np.flatnonzero(people.birth[:size] == NEVER)
    assert len(waiting) > 0
    assert (people.arrived[waiting] >= NEVER).all()

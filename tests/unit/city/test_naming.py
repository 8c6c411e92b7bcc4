"""How agencies write children down: unborn, newborn, by other names than their own."""

import numpy as np
import pytest

from data.city.identity import Habits, Register, register, true_identities
from data.city.misspelling import KINDS, names_as_written, other_forename, other_surname
from data.city.names.forenames import NICKNAMES, TRANSLITERATIONS
from data.city.population import NEVER
from data.city.simulation import Run

FIELDS = ("forename", "surname", "birth_date", "sex", "nhs_number", "postcode")
CAREFUL = Habits(nhs=1.0, forename=0.0, surname=0.0, birth=0.0, no_home=0.0, named_after=8)


@pytest.fixture(scope="module")
def book(run: Run) -> Register:
    """An agency that makes no slips but writes children down before they are named."""
    return register(true_identities(run.lives.people, run.lives.homes, 1), "careful", CAREFUL)


@pytest.fixture(scope="module")
def child(run: Run) -> np.ndarray:
    """Two hundred children born in the city."""
    people, size = run.lives.people, run.lives.children
    birth = people.birth[:size]
    return np.flatnonzero((birth < NEVER) & (people.arrived[:size] <= birth))[:200]


def test_a_child_not_yet_born_has_its_mothers_surname_and_a_foretold_birth_day(
    book: Register, child: np.ndarray
) -> None:
    birth = book.true.people.birth[child]
    told = book.fields(FIELDS, child, birth - 60)
    assert {*told["forename"].to_pylist()} <= {"Unborn", "Unborn Baby", "Baby", None}
    assert told["surname"].to_pylist() == book.true.surname[book.true.mother[child]].tolist()
    assert told["sex"].null_count == told["nhs_number"].null_count == len(child)
    off = told["birth_date"].cast("int32").to_numpy() - birth
    assert 0 < np.abs(off).mean() < 20
    assert told["postcode"].null_count == 0


def test_a_newborn_is_baby_with_a_true_birth_day_and_number(book: Register, child: np.ndarray) -> None:
    birth = book.true.people.birth[child]
    told = book.fields(FIELDS, child, birth)
    assert {*told["forename"].to_pylist()} <= {"Baby", "Baby Girl", "Baby Boy", "Infant", None}
    assert (told["birth_date"].cast("int32").to_numpy() == birth).all()
    assert told["nhs_number"].null_count == 0


def test_soon_it_has_its_name(book: Register, child: np.ndarray) -> None:
    told = book.fields(FIELDS, child, book.true.people.birth[child] + 365)
    same = [a == b for a, b in zip(told["forename"].to_pylist(), book.true.forename[child], strict=True)]
    assert np.mean(same) > 0.97


def test_young_children_have_no_pupil_number(run: Run) -> None:
    true = true_identities(run.lives.people, run.lives.homes, 1)
    numbers = register(true, "school", Habits(upn=1.0)).numbers["upn"]
    young = np.flatnonzero(run.lives.age() < 4)
    assert numbers.take(young).null_count == len(young)


@pytest.mark.parametrize("name", ["William", "Mohammed", "Elizabeth"])
def test_other_forms_of_a_forename_are_those_in_use(name: str) -> None:
    low = name.lower()
    known = {*NICKNAMES.get(low, "").split(), *TRANSLITERATIONS.get(low, "").split()}
    told = {other_forename(name, draw / 1000) for draw in range(1000)}
    assert {form.lower() for form, kind in told if kind} == known


def test_a_double_barrelled_surname_is_halved_or_turned_round() -> None:
    told = {other_surname("Smith-Owusu", "Jones", draw / 1000) for draw in range(800)}
    assert {"Smith", "Owusu", "Owusu-Smith", "Smith Owusu"} == told


def test_slips_are_counted_by_kind(run: Run) -> None:
    true = true_identities(run.lives.people, run.lives.homes, 1)
    names = (true.forename, true.surname, true.new_surname, true.middle)
    first, _, _, slips = names_as_written(names, (0.3, 0.3), np.random.default_rng(1))
    assert all(slips[kind].any() for kind in KINDS)
    swapped = slips["swapped names"]
    assert (slips["forename"] == (first != true.forename)).all()
    assert (first[swapped] != true.forename[swapped]).all()
    assert 0.2 < slips["surname"].mean() < 0.35

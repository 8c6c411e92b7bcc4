"""How agencies write people down: each agency once for each person, with its own mistakes, gaps and old addresses.

Adopted children are two people here (adoption.py): the second has another name, other numbers and another home.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.city.clock import START_DAY, TODAY_DAY, YEAR, Ints, stream
from data.city.households import Homes
from data.city.misspelling import Slips, Strings, names_as_written, wrong_births
from data.city.names import FORENAMES, MIDDLE_NAMES, SURNAMES
from data.city.numbers import nhs_numbers, ni_numbers, upns
from data.city.population import CHILD, ETHNICITIES, MOTHER, NEVER, People

UPN_FROM = 1600  # days: schools give the number when a child first enrols
UNBORN = ("Unborn", "Unborn", "Unborn", "Unborn Baby", "Baby", None)
NEWBORN = {True: ("Baby", "Baby", "Baby Girl", "Infant", None), False: ("Baby", "Baby", "Baby Boy", "Infant", None)}


@dataclass(frozen=True)
class Habits:
    """How careful an agency is: shares of people with each number, and with each kind of mistake.

    ``named_after``: days after a birth until it has the child's name, on average; None if it writes down nobody before.
    """

    nhs: float = 0.0
    upn: float = 0.0
    ni: float = 0.0
    forename: float = 0.065
    surname: float = 0.055
    birth: float = 0.042
    stale: float = 0.175
    no_home: float = 0.03
    named_after: float | None = None
    prefix: str = "A"


@dataclass
class True_:
    """Everybody's true identity as text, and the day a changed surname began to be used."""

    people: People
    homes: Homes
    forename: Strings
    surname: Strings
    new_surname: Strings
    middle: Strings
    changed: Ints
    mother: NDArray[np.int64]
    nhs: Strings
    upn: Strings
    ni: Strings
    seed: int


def true_identities(people: People, homes: Homes, seed: int) -> True_:
    """Names and numbers of everybody.

    One family in 25 gives its children both parents' surnames; one mother in ten and one child in twenty change
    surname at some time.
    """
    rng, size = stream(seed, "true identity"), len(people)
    names, surnames = np.array([n.title() for n in FORENAMES], object), np.array([n.title() for n in SURNAMES], object)
    own, other = surnames[people.surname], surnames[people.other_surname]
    middle = np.where(people.middle >= 0, np.array([n.title() for n in MIDDLE_NAMES], object)[people.middle], "")
    changes = rng.random(size) < np.select([people.role == CHILD, people.female], [0.05, 0.10], 0.004)
    when = np.where(changes, START_DAY + rng.random(size) * (TODAY_DAY - START_DAY), NEVER).astype(np.int32)
    both = (rng.random(int(people.family.max()) + 1) < 0.04)[people.family] & (people.role == CHILD) & (own != other)
    new = np.where((rng.random(size) < 0.4) & ~both, own + "-" + other, other)
    own = np.where(both, own + "-" + other, own)
    born = people.birth.astype("int64").astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970
    order = np.argsort(np.argsort(people.birth + 5 * 365, kind="stable"))
    upn = upns(order % 37, born + 4, order % 37_000)
    return True_(
        people,
        homes,
        names[people.forename],
        own,
        new,
        middle,
        when,
        _mothers(people),
        nhs_numbers(size, rng).astype(object),
        np.where(people.role == CHILD, upn, "").astype(object),
        ni_numbers(size, rng).astype(object),
        seed,
    )


def _mothers(people: People) -> NDArray[np.int64]:
    """The mother of each person's family; for a mother herself."""
    mother = np.flatnonzero(people.role == MOTHER)
    of = np.zeros(int(people.family.max()) + 1, np.int64)
    of[people.family[mother]] = mother
    return of[people.family]


@dataclass
class Nameless:
    """Children whom an agency writes down before they are named.

    ``until``: day from which it has the name; ``expected``: the birth day foretold; ``unborn`` and ``newborn``: whom it
    did write down before birth, and before the name.
    """

    until: Ints
    expected: Ints
    unborn: NDArray[np.bool_]
    newborn: NDArray[np.bool_]


@dataclass
class Register:
    """One agency's people: its own number for each, and each one's identity as this agency has it."""

    true: True_
    name: str
    used: NDArray[np.bool_]
    local: Strings
    forename: pa.Array
    surname: pa.Array
    birth: pa.Array
    sex: pa.Array
    ethnicity: pa.Array
    numbers: dict[str, pa.Array]
    renamed: Ints
    stale: NDArray[np.bool_]
    homeless: NDArray[np.bool_]
    mistakes: Slips
    nameless: Nameless | None

    def locals(self, person: NDArray[np.integer]) -> pa.Array:
        """The agency's own numbers of people; they count as written from now on."""
        self.used[person] = True
        return pa.array(self.local[person], pa.string())

    def fields(
        self, names: tuple[str, ...], person: NDArray[np.integer], on: NDArray[np.integer]
    ) -> dict[str, pa.Array]:
        """Identity columns of rows about ``person`` written on day ``on``."""
        self.used[person] = True
        made: dict[str, pa.Array] = {}
        where = pa.array(person)
        if {"postcode", "uprn", "address"} & set(names):
            made |= self._home(person, on)
        late = np.asarray(on) >= self.renamed[person]
        for name in names:
            if name == "surname":
                made[name] = self.surname.take(pa.array(person + len(self.used) * late))
            elif name == "former_surname":
                former = self.surname.take(where)
                made[name] = pa.compute.if_else(pa.array(late), former, pa.nulls(len(former), pa.string()))
            elif name not in made:
                made[name] = self._plain(name).take(where)
        if self.nameless:
            self._unnamed(self.nameless, made, person, np.asarray(on))
        return {name: made[name] for name in names}

    def _unnamed(
        self, known: Nameless, made: dict[str, pa.Array], person: NDArray[np.integer], on: NDArray[np.integer]
    ) -> None:
        """Before they are named children are ``Baby`` with the mother's surname; before birth little else is known."""
        unborn, nameless = on < self.true.people.birth[person], on < known.until[person]
        known.unborn[person[unborn]], known.newborn[person[nameless & ~unborn]] = True, True
        if not nameless.any():
            return
        mothers = self.surname.take(pa.array(self.true.mother[person]))
        words = {"forename": self._baby(person, unborn), "surname": mothers}
        foretold = {"birth_date": pa.array(known.expected[person], pa.int32()).cast(pa.date32())}
        for name, column in made.items():
            nothing = pa.nulls(len(person), column.type)
            if name in words or name in ("middle_names", "former_surname"):
                made[name] = pa.compute.if_else(pa.array(nameless), words.get(name, nothing), column)
            elif name not in ("postcode", "uprn", "address"):
                made[name] = pa.compute.if_else(pa.array(unborn), foretold.get(name, nothing), column)

    def _baby(self, person: NDArray[np.integer], unborn: NDArray[np.bool_]) -> pa.Array:
        """What stands where the forename would."""
        girl, turn = self.true.people.female[person], (person * 31 + len(self.name)) % 30
        words = np.array([[*UNBORN] * 5, [*NEWBORN[False]] * 6, [*NEWBORN[True]] * 6], object)
        return pa.array(words[np.where(unborn, 0, np.where(girl, 2, 1)), turn], pa.string())

    def _plain(self, name: str) -> pa.Array:
        if name in self.numbers:
            return self.numbers[name]
        if name == "middle_names":
            return pa.array([m or None for m in self.true.middle], pa.string())
        plain: pa.Array = {
            "forename": self.forename,
            "birth_date": self.birth,
            "sex": self.sex,
            "ethnicity": self.ethnicity,
        }[name]
        return plain

    def home(self, person: NDArray[np.integer], on: NDArray[np.integer]) -> NDArray[np.int64]:
        """The home that the agency has on its books that day: the present one, or for some the one before."""
        homes = self.true.homes
        day = np.clip(on, START_DAY + 1, TODAY_DAY)
        here, before = homes.at(person, day), homes.former(person, day)
        # Who has not moved since START had an earlier home all the same: one nearby.
        before = np.where(
            before == here, (here + 101 + self.true.people.family[person] % 997) % homes.places.homes, before
        )
        return np.where(self.stale[person], before, here)

    def _home(self, person: NDArray[np.integer], on: NDArray[np.integer]) -> dict[str, pa.Array]:
        home, places = self.home(person, on), self.true.homes.places
        blank = self.homeless[person]
        return {
            "postcode": pa.array(places.postcode(home), pa.string(), mask=blank),
            "uprn": pa.array(places.uprn(home), pa.int64(), mask=blank),
            "address": pa.array(places.address(home), pa.string(), mask=blank),
        }


def register(true: True_, name: str, habits: Habits) -> Register:
    """Let an agency write everybody down (it will use those it meets)."""
    people = true.people
    rng, size = stream(true.seed, f"register {name}"), len(people)
    first, last, later, slips = names_as_written(
        (true.forename, true.surname, true.new_surname, true.middle), (habits.forename, habits.surname), rng
    )
    birth, no_birth = wrong_births(people.birth, rng, habits.birth)
    local: Strings = np.array([f"{habits.prefix}{1_000_000 + n}" for n in rng.permutation(size).tolist()], object)
    sexes = np.where(people.female ^ (rng.random(size) < 0.002), "F", "M").astype(object)
    codes = np.array(ETHNICITIES, object)[people.ethnicity]
    codes = np.where(
        rng.random(size) < 0.04, np.array(ETHNICITIES, object)[rng.integers(0, len(ETHNICITIES), size)], codes
    )
    lag = np.where(rng.random(size) < 0.35, NEVER, rng.exponential(300, size))
    renamed = np.minimum(true.changed.astype(np.int64) + lag.astype(np.int64), NEVER).astype(np.int32)
    return Register(
        true,
        name,
        np.zeros(size, bool),
        local,
        pa.array(first, pa.string()),
        pa.array(np.concatenate([last, later]), pa.string()),
        pa.array(birth, pa.int32(), mask=no_birth).cast(pa.date32()),
        pa.array(sexes, pa.string(), mask=rng.random(size) < 0.008),
        pa.array(codes, pa.string(), mask=rng.random(size) < 0.07),
        _numbers(true, habits, rng),
        renamed,
        rng.random(size) < habits.stale,
        rng.random(size) < habits.no_home,
        slips | {"date of birth": no_birth | (birth != people.birth)},
        _nameless(people, habits, rng),
    )


def _nameless(people: People, habits: Habits, rng: np.random.Generator) -> Nameless | None:
    """When the agency learns children's names, and the birth days it was told to expect."""
    if habits.named_after is None:
        return None
    size = len(people)
    until = people.birth + 1 + rng.exponential(habits.named_after, size)
    expected = people.birth + np.round(rng.normal(0, 9, size))
    return Nameless(until.astype(np.int32), expected.astype(np.int32), np.zeros(size, bool), np.zeros(size, bool))


def _numbers(true: True_, habits: Habits, rng: np.random.Generator) -> dict[str, pa.Array]:
    """NHS, pupil and national insurance numbers, for the share of people for whom the agency has them."""
    size = len(true.people)
    child = true.people.role == CHILD
    pupil = child & (np.minimum(true.people.left, TODAY_DAY) - true.people.birth > UPN_FROM)
    shares = {
        "nhs_number": (true.nhs, habits.nhs, np.ones(size, bool)),
        "upn": (true.upn, habits.upn, pupil),
        "ni_number": (true.ni, habits.ni, ~child),
    }
    return {
        name: pa.array(number, pa.string(), mask=~bears | (rng.random(size) >= share))
        for name, (number, share, bears) in shares.items()
    }


def age_on(people: People, person: NDArray[np.integer], on: NDArray[np.integer]) -> NDArray[np.float64]:
    """Age in years of people on days."""
    return (np.asarray(on) - people.birth[person]) / YEAR

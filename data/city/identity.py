"""How agencies write people down: each agency once for each person, with its own mistakes, gaps and old addresses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.city.clock import START_DAY, TODAY_DAY, YEAR, Ints, stream
from data.city.households import Homes
from data.city.misspelling import misspelt, wrong_births
from data.city.names import FORENAMES, MIDDLE_NAMES, SURNAMES
from data.city.names.forenames import NICKNAMES, TRANSLITERATIONS
from data.city.numbers import nhs_numbers, ni_numbers, upns
from data.city.population import CHILD, ETHNICITIES, NEVER, People

Strings = NDArray[np.object_]


@dataclass(frozen=True)
class Habits:
    """How careful an agency is: shares of people with each number, and with each kind of mistake."""

    nhs: float = 0.0
    upn: float = 0.0
    ni: float = 0.0
    forename: float = 0.065
    surname: float = 0.055
    birth: float = 0.042
    stale: float = 0.175
    no_home: float = 0.03
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
    nhs: Strings
    upn: Strings
    ni: Strings
    seed: int


def true_identities(people: People, homes: Homes, seed: int) -> True_:
    """Names and numbers of everybody. One mother in ten and one child in twenty change surname at some time."""
    rng, size = stream(seed, "true identity"), len(people)
    names, surnames = np.array([n.title() for n in FORENAMES], object), np.array([n.title() for n in SURNAMES], object)
    own, other = surnames[people.surname], surnames[people.other_surname]
    middle = np.where(people.middle >= 0, np.array([n.title() for n in MIDDLE_NAMES], object)[people.middle], "")
    changes = rng.random(size) < np.select([people.role == CHILD, people.female], [0.05, 0.10], 0.004)
    when = np.where(changes, START_DAY + rng.random(size) * (TODAY_DAY - START_DAY), NEVER).astype(np.int32)
    double = rng.random(size) < 0.4
    new = np.where(double, own + "-" + other, other)
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
        nhs_numbers(size, rng).astype(object),
        np.where(people.role == CHILD, upn, "").astype(object),
        ni_numbers(size, rng).astype(object),
        seed,
    )


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
    mistakes: dict[str, NDArray[np.bool_]] = field(default_factory=dict)

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
        return {name: made[name] for name in names}

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
    first, wrong_first, surname, wrong_last = _names(true, habits, rng)
    birth, no_birth = wrong_births(people.birth, rng, habits.birth)
    local: Strings = np.array([f"{habits.prefix}{1_000_000 + n}" for n in rng.permutation(size).tolist()], object)
    sexes = np.where(people.female ^ (rng.random(size) < 0.002), "F", "M").astype(object)
    codes = np.array(ETHNICITIES, object)[people.ethnicity]
    codes = np.where(
        rng.random(size) < 0.04, np.array(ETHNICITIES, object)[rng.integers(0, len(ETHNICITIES), size)], codes
    )
    lag = np.where(rng.random(size) < 0.35, NEVER, rng.exponential(300, size))
    renamed = np.minimum(true.changed.astype(np.int64) + lag.astype(np.int64), NEVER).astype(np.int32)
    mistakes = {"forename": wrong_first, "surname": wrong_last, "birth": no_birth | (birth != people.birth)}
    return Register(
        true,
        name,
        np.zeros(size, bool),
        local,
        pa.array(first, pa.string()),
        pa.array(surname, pa.string()),
        pa.array(birth, pa.int32(), mask=no_birth).cast(pa.date32()),
        pa.array(sexes, pa.string(), mask=rng.random(size) < 0.008),
        pa.array(codes, pa.string(), mask=rng.random(size) < 0.07),
        _numbers(true, habits, rng),
        renamed,
        rng.random(size) < habits.stale,
        rng.random(size) < habits.no_home,
        mistakes,
    )


def _numbers(true: True_, habits: Habits, rng: np.random.Generator) -> dict[str, pa.Array]:
    """NHS, pupil and national insurance numbers, for the share of people for whom the agency has them."""
    size = len(true.people)
    child = true.people.role == CHILD
    shares = {
        "nhs_number": (true.nhs, habits.nhs, np.ones(size, bool)),
        "upn": (true.upn, habits.upn, child),
        "ni_number": (true.ni, habits.ni, ~child),
    }
    return {
        name: pa.array(number, pa.string(), mask=~bears | (rng.random(size) >= share))
        for name, (number, share, bears) in shares.items()
    }


def _names(
    true: True_, habits: Habits, rng: np.random.Generator
) -> tuple[Strings, NDArray[np.bool_], Strings, NDArray[np.bool_]]:
    """Forenames, and surnames before and after a change (one array after the other), and which are wrong."""
    size = len(true.people)
    first, last, later = true.forename.copy(), true.surname.copy(), true.new_surname.copy()
    wrong_first, wrong_last = rng.random(size) < habits.forename, rng.random(size) < habits.surname
    draw = rng.random(size)
    for i in np.flatnonzero(wrong_first):
        first[i] = _other_forename(first[i], draw[i])
    for i in np.flatnonzero(wrong_last):
        last[i], later[i] = (
            _other_surname(last[i], true.new_surname[i], draw[i]),
            _other_surname(later[i], last[i], draw[i]),
        )
    swapped = np.flatnonzero(rng.random(size) < 0.004)
    first[swapped], last[swapped] = last[swapped], first[swapped]
    wrong_first |= first != true.forename
    return first, wrong_first & (first != true.forename), np.concatenate([last, later]), last != true.surname


def _other_forename(name: str, draw: float) -> str:
    """A short form, another language's spelling, or a slip."""
    low = name.lower()
    if draw < 0.4 and low in NICKNAMES:
        return NICKNAMES[low].title()
    if low in TRANSLITERATIONS and draw < 0.8:
        return TRANSLITERATIONS[low].title()
    return misspelt(low, draw).title()


def _other_surname(name: str, other: str, draw: float) -> str:
    """The other surname, both, one half of two, or a slip."""
    if "-" in name and draw < 0.5:
        return name.split("-")[int(draw * 4)]
    if draw < 0.22:
        return other
    if draw < 0.4 and "-" not in name and "-" not in other and other != name:
        return f"{name}-{other}"
    return misspelt(name.lower(), draw).title()


def quality(registers: dict[str, Register]) -> dict[str, float]:
    """The floors of identity noise as they came out, over the people each agency wrote down."""
    used = [(register, register.used) for register in registers.values() if register.used.any()]
    total = sum(int(mask.sum()) for _, mask in used)

    def share(count: Any) -> float:
        return float(sum(count(register, mask) for register, mask in used) / max(total, 1))

    def without(register: Register, mask: NDArray[np.bool_]) -> int:
        nhs, upn = (np.array(register.numbers[name].is_null()) for name in ("nhs_number", "upn"))
        return int((nhs & upn & mask).sum())

    return {
        "without NHS number or UPN": share(without),
        "forename errors": share(lambda r, m: int((r.mistakes["forename"] & m).sum())),
        "surname errors": share(lambda r, m: int(((r.mistakes["surname"] | (r.true.changed < r.renamed)) & m).sum())),
        "date of birth errors": share(lambda r, m: int((r.mistakes["birth"] & m).sum())),
        "twins and namesakes": _alike(next(iter(registers.values())).true.people),
        "old address": share(lambda r, m: int((r.stale & ~r.homeless & m).sum())),
    }


def _alike(people: People) -> float:
    """Share of children with a twin, or with a namesake born within six weeks."""
    size = people.children
    birth, family = people.birth[:size], people.family[:size]
    alike = np.zeros(size, bool)
    for keys in ((birth, family), (birth, people.forename[:size], people.surname[:size])):
        order = np.lexsort(keys)
        near = np.abs(np.diff(birth[order])) <= (0 if len(keys) == 2 else 42)
        for key in keys[1:]:
            near &= key[order][1:] == key[order][:-1]
        alike[order[1:][near]] = True
        alike[order[:-1][near]] = True
    return float(alike.mean())


def age_on(people: People, person: NDArray[np.integer], on: NDArray[np.integer]) -> NDArray[np.float64]:
    """Age in years of people on days."""
    return (np.asarray(on) - people.birth[person]) / YEAR

"""Families and the people in them: children first, then mothers, fathers and later partners."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.city.clock import RECORDS_DAY, TODAY_DAY, YEAR, Ints, stream
from data.city.names import COMMUNITIES, forenames, surnames
from data.city.names.draw import feminine

NEVER = np.int32(2_000_000)  # a day that never comes
CHILD, MOTHER, FATHER, PARTNER = range(4)
UNBORN_DAYS = 200  # children born so soon after today are known of already
CHILDREN_IN_A_FAMILY = np.array(
    [0.37, 0.405, 0.145, 0.05, 0.02, 0.01]
)  # so that the city has about 1.7 a family at a time
ETHNICITIES = tuple(dict.fromkeys(code for group in COMMUNITIES for code in group.ethnicity))
DEPRIVED = {
    "Somali": 0.9,
    "African": 0.6,
    "Caribbean": 0.5,
    "Bangladeshi": 0.5,
    "Pakistani": 0.4,
    "mixed": 0.3,
    "Romanian": 0.5,
}


@dataclass
class Families:
    """One entry a family. Days are day numbers; ``adversity`` and ``watched`` are latent, about standard normal."""

    community: NDArray[np.int8]
    first_birth: Ints
    arrived: Ints
    left: Ints
    decile: NDArray[np.int8]
    adversity: NDArray[np.float64]
    watched: NDArray[np.float64]
    separated: Ints
    partnered: Ints
    fatherless: NDArray[np.bool_]
    surname: Ints
    kin: Ints = field(default_factory=lambda: np.empty(0, np.int32))  # a family of cousins that lives with it, or -1

    def __len__(self) -> int:
        return len(self.community)


@dataclass
class People:
    """One entry a person, the children first. ``mother_surname`` is what the mother bears, for double names.

    The last children have no birth day yet (NEVER): second lives, kept for those who are adopted (adoption.py).
    """

    family: Ints
    role: NDArray[np.int8]
    female: NDArray[np.bool_]
    birth: Ints
    ethnicity: NDArray[np.int8]
    forename: Ints
    middle: NDArray[np.int16]
    surname: Ints
    other_surname: Ints
    arrived: Ints
    left: Ints
    children: int

    def __len__(self) -> int:
        return len(self.family)


def found(families: int, seed: int) -> tuple[Families, People]:
    """A city in which ``families`` families have a child under 18 today, and those that had one since records began."""
    rng = stream(seed, "population")
    candidate, births = _candidates(rng, 3 * families + 60)
    keep = _enough(candidate, births, families)
    households, births = _pick(candidate, births, keep)
    return households, _people(rng, households, births)


def _candidates(rng: np.random.Generator, count: int) -> tuple[Families, NDArray[np.int32]]:
    """More families than needed, with their children's birth days (NEVER where there are fewer children)."""
    first = rng.integers(RECORDS_DAY - 31 * 365, TODAY_DAY, count, dtype=np.int32)
    births = _births(rng, first)
    last = np.where(births < NEVER, births, 0).max(axis=1)
    arrived, left = _stay(rng, first, last)
    community = rng.choice(len(COMMUNITIES), count, p=_shares()).astype(np.int8)
    lean = np.array([DEPRIVED.get(group.name, 0.0) for group in COMMUNITIES])[community]
    poverty = rng.normal(0, 1, count) + lean
    decile = 1 + np.minimum(9, np.argsort(np.argsort(-poverty)) * 10 // count).astype(np.int8)
    adversity = 0.45 * poverty + 0.87 * rng.normal(0, 1, count)
    watched = _watched(rng, adversity, community)
    separated, partnered, fatherless = _partings(rng, first, adversity)
    return Families(
        community,
        first,
        arrived,
        left,
        decile,
        adversity,
        watched,
        separated,
        partnered,
        fatherless,
        surnames(rng, community),
    ), births


def _shares() -> NDArray[np.float64]:
    share = np.array([group.share for group in COMMUNITIES])
    return share / share.sum()


def _watched(
    rng: np.random.Generator, adversity: NDArray[np.float64], community: NDArray[np.int8]
) -> NDArray[np.float64]:
    """How much agencies see of a family: more of the poor and of some communities, mostly of no good reason at all."""
    seen = {
        "Caribbean": 0.35,
        "mixed": 0.25,
        "Somali": 0.1,
        "Polish": -0.25,
        "Romanian": -0.1,
        "Pakistani": -0.3,
        "Bangladeshi": -0.4,
        "Indian": -0.45,
        "Chinese": -0.6,
    }
    lean = np.array([seen.get(group.name, 0.0) for group in COMMUNITIES])[community]
    raw = 0.3 * adversity + lean + 0.9 * rng.normal(0, 1, len(adversity))
    return (raw - raw.mean()) / raw.std()


def _births(rng: np.random.Generator, first: Ints) -> NDArray[np.int32]:
    """Birth days of up to six children; one birth in sixty is of twins."""
    number = rng.choice(6, len(first), p=CHILDREN_IN_A_FAMILY) + 1
    gaps = (YEAR * (0.95 + rng.gamma(2.2, 0.85, (len(first), 5)))).astype(np.int32)
    gaps[rng.random(gaps.shape) < 1 / 60] = 0
    births = np.column_stack([first, first[:, None] + np.cumsum(gaps, axis=1)]).astype(np.int32)
    births[(np.arange(6) >= number[:, None]) | (births >= TODAY_DAY + UNBORN_DAYS)] = NEVER
    return births


def _stay(rng: np.random.Generator, first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """When a family came and left: a fifth came with children, a sixth leave before these are grown."""
    span = last + 18 * 365 - first
    came, gone = rng.random(len(first)), rng.random(len(first))
    arrived = np.where(rng.random(len(first)) < 0.2, first + came * 0.8 * span, first - 700)
    grown = (
        last + 6575 + rng.integers(20, 200, len(first))
    )  # agencies lose sight of a family once its children are grown
    left = np.where(rng.random(len(first)) < 0.16, arrived + 90 + gone * (first + span - arrived), grown)
    return arrived.astype(np.int32), left.astype(np.int32)


def _partings(
    rng: np.random.Generator, first: Ints, adversity: NDArray[np.float64]
) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    """Day the parents part, day a new partner moves in, and whether the father was never there."""
    size = len(first)
    fatherless = rng.random(size) < np.clip(0.23 * np.exp(0.5 * adversity), 0, 0.7)
    wait = rng.exponential(34 * np.exp(-0.35 * adversity)) * YEAR
    separated = np.where(fatherless | (wait > 24 * YEAR), NEVER, first + wait)
    alone_from = np.where(fatherless, first, separated)
    partner = alone_from + 200 + rng.exponential(20, size) * YEAR
    return (
        separated.astype(np.int32),
        np.where(partner < first + 22 * YEAR, partner, NEVER).astype(np.int32),
        fatherless,
    )


def _enough(families: Families, births: NDArray[np.int32], wanted: int) -> NDArray[np.int64]:
    """Families with a child in the city since records began, as many as give ``wanted`` with one today."""
    known = births < NEVER
    last = np.where(known, births, 0).max(axis=1)
    until = np.minimum(last + 6575, families.left)
    ever = (until > RECORDS_DAY) & (np.maximum(families.first_birth, families.arrived) < TODAY_DAY)
    grown = births + 6575
    today = (
        ever & (families.arrived < TODAY_DAY) & (families.left >= TODAY_DAY) & (known & (grown > TODAY_DAY)).any(axis=1)
    )
    cut = np.searchsorted(np.cumsum(today), wanted) + 1
    return np.flatnonzero(ever[:cut])


def _pick(families: Families, births: NDArray[np.int32], keep: NDArray[np.int64]) -> tuple[Families, NDArray[np.int32]]:
    picked = {name: column[keep] for name, column in vars(families).items() if name != "kin"}
    return Families(**picked, kin=np.full(len(keep), -1, np.int32)), births[keep]


def _people(rng: np.random.Generator, families: Families, births: NDArray[np.int32]) -> People:
    """Everybody of the families; a child comes at birth or with the family, a partner when he moves in."""
    size = len(families)
    owner, order = np.nonzero(births < NEVER)
    born = len(owner)
    owner = np.concatenate([owner, _adopters(rng, families)])
    mother_birth = families.first_birth - (
        YEAR * np.clip(rng.normal(28.5 - 1.4 * families.adversity, 5.2), 15.5, 43)
    ).astype(np.int32)
    has_father, has_partner = np.flatnonzero(~families.fatherless), np.flatnonzero(families.partnered < TODAY_DAY)
    family = np.concatenate([owner, np.arange(size), has_father, has_partner]).astype(np.int32)
    counts = (len(owner), size, len(has_father), len(has_partner))
    role = np.repeat(np.arange(4, dtype=np.int8), counts)
    gap = (YEAR * rng.normal(2.2, 4, len(family))).astype(np.int32)
    birth = np.where(
        role == CHILD,
        0,
        np.minimum(mother_birth[family] - np.where(role > MOTHER, gap, 0), families.first_birth[family] - 5800),
    )
    birth[:born] = births[owner[:born], order]
    birth[born : len(owner)] = NEVER
    female = np.where(role == CHILD, rng.random(len(family)) < 0.488, role == MOTHER)
    came = np.where(
        role == PARTNER, np.maximum(families.partnered[family], families.arrived[family]), families.arrived[family]
    )
    arrived = np.maximum(came, birth).astype(np.int32)
    surname, other = _surnames(rng, families, family, role, female)
    community = _communities(rng, families, family, role)
    given = forenames(rng, community, female, role == CHILD)
    _siblings_differ(rng, given, family[:born], community, female)
    _namesakes(rng, families, family, birth, community, (given, surname, other, female), born)
    middle = np.where(rng.random(len(family)) < 0.55, rng.integers(0, 16, len(family)), -1).astype(np.int16)
    left = np.maximum(_leave(rng, families, family, role, birth), arrived + 30)
    return People(
        family,
        role,
        female,
        birth.astype(np.int32),
        _ethnicity(rng, community, family),
        given,
        middle,
        surname,
        other,
        arrived,
        left.astype(np.int32),
        len(owner),
    )


def _adopters(rng: np.random.Generator, families: Families) -> NDArray[np.int64]:
    """Families that may adopt: two parents who stay together, in a life not too hard."""
    fit = (~families.fatherless) & (families.separated > TODAY_DAY) & (families.adversity < 0.3)
    fit &= (families.arrived < RECORDS_DAY) & (families.left > RECORDS_DAY + 1000)
    wanted = 3 + len(families) // 250
    return np.sort(rng.permutation(np.flatnonzero(fit))[:wanted])


def _leave(
    rng: np.random.Generator, families: Families, family: Ints, role: NDArray[np.int8], birth: NDArray[np.integer]
) -> NDArray[np.int64]:
    """Day each person leaves the city: with the family, or alone when grown, or (most fathers) after parting."""
    left = families.left[family].astype(np.int64)
    own = np.where(role == CHILD, birth + 6600 + rng.exponential(260, len(family)), NEVER)
    gone = (role == FATHER) & (rng.random(len(family)) < 0.8)
    apart = np.where(gone, families.separated[family] + rng.integers(30, 900, len(family)), NEVER)
    return np.minimum(left, np.minimum(own, apart)).astype(np.int64)


def _communities(
    rng: np.random.Generator, families: Families, family: Ints, role: NDArray[np.int8]
) -> NDArray[np.int8]:
    """Most partners are of the family's community; one in six is of any."""
    own = families.community[family]
    strange = (role >= FATHER) & (rng.random(len(family)) < 1 / 6)
    return np.where(strange, rng.choice(len(COMMUNITIES), len(family), p=_shares()), own).astype(np.int8)


def _surnames(
    rng: np.random.Generator, families: Families, family: Ints, role: NDArray[np.int8], female: NDArray[np.bool_]
) -> tuple[Ints, Ints]:
    """What each person bears, and the surname of the other parent's side (for changed and double names)."""
    maiden = surnames(rng, families.community)
    hers = np.where(rng.random(len(families)) < 0.45, maiden, families.surname)
    childs = np.where(families.fatherless | (rng.random(len(families)) < 0.12), hers, families.surname)
    stranger = surnames(rng, families.community[family])
    own = np.select(
        [role == CHILD, role == MOTHER, role == FATHER],
        [childs[family], hers[family], families.surname[family]],
        stranger,
    )
    other = np.where(own == maiden[family], families.surname[family], maiden[family])
    return np.where(female, feminine(own), own).astype(np.int32), np.where(female, feminine(other), other).astype(
        np.int32
    )


def _ethnicity(rng: np.random.Generator, community: NDArray[np.int8], family: Ints) -> NDArray[np.int8]:
    """An ethnicity code each: brothers and sisters share one."""
    draw = rng.random(int(family.max()) + 1)[family]
    code = np.zeros(len(community), dtype=np.int8)
    for i, group in enumerate(COMMUNITIES):
        mine = community == i
        steps = np.cumsum(list(group.ethnicity.values()))
        place = np.minimum(np.searchsorted(steps, draw[mine]), len(steps) - 1)
        code[mine] = np.array([ETHNICITIES.index(word) for word in group.ethnicity], dtype=np.int8)[place]
    return code


def _siblings_differ(
    rng: np.random.Generator, given: Ints, family: Ints, community: NDArray[np.int8], female: NDArray[np.bool_]
) -> None:
    """Brothers and sisters never share a forename: the later one is called something else."""
    for _ in range(3):
        order = np.lexsort([given[: len(family)], family])
        later = order[1:][(np.diff(family[order]) == 0) & (np.diff(given[order]) == 0)]
        given[later] = forenames(rng, community[later], female[later], np.ones(len(later), bool))


def _namesakes(
    rng: np.random.Generator,
    families: Families,
    family: Ints,
    birth: NDArray[np.integer],
    community: NDArray[np.int8],
    shared: tuple[NDArray[Any], ...],
    children: int,
) -> None:
    """A few children in a thousand have a cousin of the same community, name and sex.

    Half of these are born about the same day and live elsewhere; the others are some months apart, and for a time the
    two families live at one address.
    """
    order = np.lexsort([birth[:children], community[:children]])
    first = np.flatnonzero(rng.random(children - 1) < 0.0036)
    together = rng.random(len(first)) < 0.5
    later = birth[order[first]] + rng.integers(20, 500, len(first))
    key = community[order].astype(np.int64) * 100_000 + birth[order]
    months_on = np.searchsorted(key, community[order[first]].astype(np.int64) * 100_000 + later)
    second = np.where(together, np.minimum(months_on, children - 1), first + 1)
    one, other = order[first], order[second]
    apart = (family[one] != family[other]) & (community[one] == community[other])
    one, other, together = one[apart], other[apart], together[apart]
    for column in shared:
        column[other] = column[one]
    families.kin[family[other[together]]] = family[one[together]]


def in_city(people: People, on: int) -> NDArray[np.bool_]:
    """Who lives in the city on a day."""
    return (people.arrived <= on) & (people.left > on)

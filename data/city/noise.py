"""How noisy the city's identities came out: shares to hold against the floors of DESIGN.md."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from data.city.clock import TODAY_DAY
from data.city.households import Homes
from data.city.identity import Register
from data.city.misspelling import KINDS, Slips
from data.city.population import CHILD, NEVER, People


def quality(registers: dict[str, Register]) -> dict[str, float]:
    """The floors of identity noise as they came out, then the finer kinds, over the people each agency wrote down."""
    used = [register for register in registers.values() if register.used.any()]
    counted: Counter[str] = Counter()
    for register in used:
        counted.update({kind: int((mask & register.used).sum()) for kind, mask in _noise(register).items()})
    total = sum(int(register.used.sum()) for register in used)
    shares = {kind: count / max(total, 1) for kind, count in counted.items()}
    return shares | alike(used[0].true.people, used[0].true.homes)


def _noise(register: Register) -> Slips:
    """Who is touched by each kind of noise in one agency's register."""
    slips, former = register.mistakes, register.true.changed < register.renamed
    known = register.nameless
    nobody = np.zeros(len(register.used), bool)
    return {
        "without NHS number or UPN": _without_number(register),
        "forename errors": slips["forename"],
        "surname errors": slips["surname"] | former,
        "date of birth errors": slips["date of birth"],
        "old address": register.stale & ~register.homeless,
        **{kind: slips[kind] for kind in KINDS},
        "former surname kept": former,
        "written down unborn": known.unborn if known else nobody,
        "written down before being named": known.newborn if known else nobody,
    }


def _without_number(register: Register) -> NDArray[np.bool_]:
    nhs, upn = (np.array(register.numbers[name].is_null()) for name in ("nhs_number", "upn"))
    return np.asarray(nhs & upn)


def alike(people: People, homes: Homes) -> dict[str, float]:
    """Shares of children with a twin, a namesake born within six weeks, and one within 18 months in the same home."""
    born = np.flatnonzero((people.role == CHILD) & (people.birth < NEVER))
    twins, names, home = (np.zeros(len(born), bool) for _ in range(3))
    birth, family = people.birth[born], people.family[born]
    order = np.lexsort([birth, family])
    _mark(twins, order, (np.diff(family[order]) == 0) & (np.diff(birth[order]) == 0))
    where = homes.at(born, np.clip(TODAY_DAY - 1, people.arrived[born], people.left[born]))
    order = np.lexsort([birth, people.forename[born], people.surname[born]])
    same = np.diff(people.forename[born][order]) == 0
    apart = np.diff(birth[order])
    same &= np.diff(people.surname[born][order]) == 0
    _mark(names, order, same & (apart < 42))
    _mark(home, order, same & (apart < 548) & (np.diff(where[order]) == 0))
    return {
        "twins and namesakes": float((twins | names).mean()),
        "twins": float(twins.mean()),
        "namesakes": float(names.mean()),
        "namesakes at one address": float(home.mean()),
    }


def _mark(found: NDArray[np.bool_], order: NDArray[np.int64], pairs: NDArray[np.bool_]) -> None:
    """Mark both of each pair of neighbours in the order."""
    found[order[1:][pairs]] = True
    found[order[:-1][pairs]] = True

"""Who in the whole city fits what was asked, best first: names however spelt, and the other facts beside them.

A name's words are averaged, and squared, so that a slip weighs beside a fact that is wrong as it should: people move,
and a year is misread, about as often as a name is misspelt. Each other fact adds to that, in part where it is nearly
right or was right once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import permutations

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from analytics.casework.asked import Asked, Born
from analytics.casework.search_alike import alike
from analytics.casework.search_memory import FORENAME, OTHER, SURNAME, Births, Facts, Memory, Names, Rows

Score = NDArray[np.float32]
#: What a fact adds that fits wholly, beside a name that fits wholly: 1.
WORTH = {"birth": 0.35, "postcode": 0.35, "place": 0.25, "school": 0.25}
#: A date of birth says more, the more of it is given.
_MORE = {1: 1.0, 2: 1.2, 3: 1.5}
#: How much less than the best one somebody may fit and still be called a match.
NEAR = 0.2
#: Where nobody fits wholly, so many are shown all the same who fit less, down to so much below the best.
AT_LEAST, LESS = 5, 0.7
#: A name that was recorded once, beside the one that somebody is told by; a middle name; a former address.
_ONCE, _MIDDLE, _FORMER = 0.985, 0.95, 0.85
#: A date of birth that was written once, beside the one that is held to be right.
_ONCE_BORN = 0.97
#: A third of the city, beside a ward; and a place that is only like what was typed, which may be a name gone wrong.
_AREA, _PLACE_LIKE = 0.5, 0.7
#: What is left of a name when a word of it fits nothing, and what the other facts must add to that.
_LACKING, _ENOUGH = 0.8, 0.41
#: Two words that both fit forenames only, or surnames only, are seldom a whole name.
_ONE_SIDED = 0.88
_MOST_PLACES = 4


@dataclass(frozen=True)
class Ranked:
    """Rows of `Memory`, best first, and how well each fits: in all, the name (0 to 1) and each fact (0 to 1).

    ``near`` is how many of them fit about as well as the best one; the rest fit less.
    """

    rows: Rows
    score: Score
    name: Score
    facts: dict[str, Score]
    near: int

    def words(self, at: int, asked: Asked) -> tuple[str, ...]:
        """On what number ``at`` of the list was matched."""
        part = {kind: float(fits[at]) for kind, fits in self.facts.items()}
        born = "age" if asked.age is not None else (asked.born or Born()).words
        said = (
            (self.name[at] > 0.97, "name"),
            (0 < self.name[at] <= 0.97, "a name much like it"),
            (part["birth"] > 0.9, born),
            (0 < part["birth"] <= 0.9, f"nearly the {born}"),
            (part["postcode"] > 0, "postcode"),
            (part["place"] > 0, "area"),
            (part["school"] > 0, "school"),
        )
        return tuple(words for holds, words in said if holds)


def rank(asked: Asked, memory: Memory, today: date) -> Ranked:
    """Everybody who fits ``asked`` (numbers of reference apart), wherever they live; nobody where nothing is asked."""
    facts = {
        "birth": _birth(asked, memory, today),
        "postcode": _postcode(asked, memory),
        "school": _school(asked, memory),
        "place": np.zeros(len(memory.people), np.float32),
    }
    beside = sum(WORTH[kind] * fits for kind, fits in facts.items())
    name = np.zeros(len(memory.people), np.float32)
    if asked.names:
        name, facts["place"] = _named(asked.names, memory, np.asarray(beside))
        score = np.where(name > 0, name**2 + beside + WORTH["place"] * facts["place"], 0)
    else:
        fits = ((facts["birth"] > 0) | (not _asks_born(asked))) & ((facts["postcode"] > 0) | (not asked.postcodes))
        score = np.where(fits, beside, 0)
    return _listed(asked, name, facts, np.asarray(score, np.float32), memory)


def _asks_born(asked: Asked) -> bool:
    return asked.born is not None or asked.age is not None


def _listed(asked: Asked, name: Score, facts: dict[str, Score], score: Score, memory: Memory) -> Ranked:
    found = np.flatnonzero(score > 0)
    best = float(score.max(initial=0))
    found = found[score[found] >= best - LESS]
    found = found[np.lexsort((memory.people[found], -memory.youngest[found], -score[found]))]
    near = int(np.count_nonzero(score[found] >= best - NEAR))
    whole = all(fits[found[:1]].max(initial=0) > 0.9 for kind, fits in facts.items() if _given(asked, kind, fits))
    shown = near if whole and name[found[:1]].max(initial=0) > 0.97 else min(max(near, AT_LEAST), len(found))
    rows = found[:shown].astype(np.int32)
    return Ranked(rows, score[rows], name[rows], {kind: fits[rows] for kind, fits in facts.items()}, near)


def _given(asked: Asked, kind: str, fits: Score) -> bool:
    """Whether such a fact was asked for: of a word one can't tell whether it is a place until it fits."""
    return {"birth": _asks_born(asked), "postcode": bool(asked.postcodes)}.get(kind, bool(fits.any()))


def _named(words: tuple[str, ...], memory: Memory, beside: Score) -> tuple[Score, Score]:
    """How well each row's name fits, and its place: as the words are read that fits it best."""
    sides = np.stack([_sides(word, memory.names, len(memory.people)) for word in words])
    _run_together(words, sides, memory.names)
    hit = np.flatnonzero(sides.any(axis=(0, 1)))
    sides, beside = sides[:, :, hit], beside[hit]
    name, place = _fits(sides, beside), np.zeros(len(hit), np.float32)
    for taken, everywhere in _places(words, memory):
        rest, there = [n for n in range(len(words)) if n not in taken], everywhere[hit]
        other = _fits(sides[rest], beside + WORTH["place"] * there)
        better = other**2 + WORTH["place"] * there * (other > 0) > name**2 + WORTH["place"] * place * (name > 0)
        name, place = np.where(better, other, name), np.where(better, there, place)
    return _spread(name, hit, len(memory.people)), _spread(place, hit, len(memory.people))


def _spread(found: Score, hit: NDArray[np.int64], people: int) -> Score:
    out = np.zeros(people, np.float32)
    out[hit] = found
    return out


def _sides(word: str, names: Names, people: int) -> Score:
    """How like ``word`` each row's forenames are, and its surnames: float32[2, people]."""
    numbers, likeness = alike(word, names)
    at, counts = _spans(names.first, numbers)
    worth = np.repeat(likeness, counts) * np.where(names.now[at], 1, _ONCE).astype(np.float32)
    kind, rows = names.kind[at], names.rows[at]
    worth = np.where(kind == OTHER, np.minimum(worth, _MIDDLE), worth)
    fore, sur = kind != SURNAME, kind != FORENAME
    return np.stack([_highest(rows[mine], worth[mine], people) for mine in (fore, sur)])


def _spans(first: NDArray[np.int64], numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The places of all that ``numbers`` have, one number's after the other's, and how many each has."""
    counts = first[numbers + 1] - first[numbers]
    return np.repeat(first[numbers] - np.cumsum(counts) + counts, counts) + np.arange(counts.sum()), counts


def _highest(rows: Rows, worth: Score, people: int) -> Score:
    """The highest worth of each row, float32[people]; nil where there is none."""
    out = np.zeros(people, np.float32)
    np.maximum.at(out, rows, worth.astype(np.float32))
    return out


def _run_together(words: tuple[str, ...], sides: Score, names: Names) -> None:
    """Two words that somebody's record writes as one, such as Abdi Rahman, fit both."""
    for n in range(len(words) - 1):
        number = names.number(words[n] + words[n + 1])
        if number is None or len(words) == 2:
            continue
        part = slice(names.first[number], names.first[number + 1])
        rows, kind = names.rows[part], names.kind[part]
        for side, mine in enumerate((rows[kind != SURNAME], rows[kind != FORENAME])):
            sides[n : n + 2, side, mine] = np.maximum(sides[n : n + 2, side, mine], np.float32(_ONCE))


def _fits(sides: Score, beside: Score) -> Score:
    """How well the name of each row fits all words, 0 to 1: their mean, with a forename and a surname among them.

    Of three words or more one may be missing, and one of two where the other facts say enough.
    """
    count, both = len(sides), sides.max(axis=1)
    if not count:
        return np.zeros(len(beside), np.float32)
    total, hits = both.sum(axis=0), (both > 0).sum(axis=0)
    if count > 1:
        total = np.where(hits > 1, np.maximum(_two_sided(sides, both), total * np.float32(_ONE_SIDED)), total)
    missing = count - hits
    allowed = (count > 2) + ((count > 1) & (beside >= _ENOUGH))
    fits = np.where(missing == 0, total / count, _LACKING * total / count)
    return np.where((missing <= allowed) & (hits > 0), fits, 0).astype(np.float32)


def _two_sided(sides: Score, both: Score) -> Score:
    """The most that the words fit in all, float32[n], when one is a forename and another a surname."""
    found, total = np.zeros(both.shape[1], np.float32), both.sum(axis=0)
    for first, second in permutations(range(len(sides)), 2):
        fore, sur = sides[first, 0], sides[second, 1]
        so = fore + sur + total - both[first] - both[second]
        found = np.where((fore > 0) & (sur > 0), np.maximum(found, so), found)
    return found


def _places(words: tuple[str, ...], memory: Memory) -> list[tuple[range, Score]]:
    """Which of the words may name a place, and who lives or lived there: 1 now, less before or in the wider area."""
    found: list[tuple[range, Score]] = []
    for count in range(min(len(words), _MOST_PLACES), 0, -1):
        for start in range(len(words) - count + 1):
            taken = range(start, start + count)
            there = _there(" ".join(words[start : start + count]), memory)
            if there is not None and not any(set(taken) <= set(longer) for longer, _ in found):
                found.append((taken, there))
    return found


def _there(phrase: str, memory: Memory) -> Score | None:
    """Who lives or lived at ``phrase``; None where it names no place. A slip is forgiven in longer names."""
    called = list(memory.places)
    slips = cdist([phrase], called, scorer=OSA.distance, score_cutoff=1, workers=1)[0]
    likes = np.flatnonzero(slips <= (1 if len(phrase) > 5 else 0)).tolist()
    likes += [n for n, words in enumerate(called) if len(phrase) > 4 and words.startswith(phrase + " ")]
    if not likes:
        return None
    out = np.zeros(len(memory.people), np.float32)
    for words in (called[n] for n in likes):
        for kind, number in memory.places[words]:
            facts = memory.streets if kind == "street" else memory.wards
            worth = (_AREA if kind == "area" else 1) * (1 if words == phrase else _PLACE_LIKE)
            _lay(out, facts, number, worth)
    return out


def _lay(out: Score, facts: Facts, number: int, worth: float) -> None:
    rows, now = facts.of(number)
    out[rows] = np.maximum(out[rows], np.where(now, worth, worth * _FORMER).astype(np.float32))


def _birth(asked: Asked, memory: Memory, today: date) -> Score:
    """How well each row's dates of birth fit: 0 to 1, and to 1.5 where the whole date was given."""
    births = memory.births
    if asked.born is not None:
        given = sum(part is not None for part in (asked.born.year, asked.born.month, asked.born.day))
        worth = _MORE[given] * _dates(asked.born, births)
    elif asked.age is not None:
        worth = _ages(asked.age, births, today)
    else:
        return np.zeros(len(memory.people), np.float32)
    dates = np.flatnonzero(worth)
    at, counts = _spans(births.of.first, dates)
    fits = np.repeat(worth[dates], counts) * np.where(births.of.now[at], 1, _ONCE_BORN).astype(np.float32)
    return _highest(births.of.rows[at], fits, len(memory.people))


def _dates(born: Born, births: Births) -> Score:
    """How well each date fits ``born``."""
    year, month, day = births.year == born.year, births.month == born.month, births.day == born.day
    swapped = (births.month == born.day) & (births.day == born.month)
    beside = np.zeros(len(year), bool) if born.year is None else np.abs(births.year - born.year) == 1
    if born.whole:
        parts = year.astype(np.int8) + month + day
        ways = [(parts == 3, 1.0), (year & swapped, 0.7), (parts == 2, 0.6)]
    elif born.year is None:
        ways = [(month & day, 1.0), (swapped, 0.6)]
    elif born.month is not None:
        ways = [(year & month, 1.0), (beside & month, 0.4), (year, 0.3)]
    else:
        ways = [(year, 1.0), (beside, 0.4)]
    return np.select([where for where, _ in ways], [np.float32(worth) for _, worth in ways], np.float32(0))


def _ages(age: int, births: Births, today: date) -> Score:
    """How well the age of somebody born on each date fits."""
    had = (births.month < today.month) | ((births.month == today.month) & (births.day <= today.day))
    off = np.abs(today.year - births.year - ~had - age)
    return np.select([off == 0, off == 1], [np.float32(1), np.float32(0.5)], np.float32(0))


def _postcode(asked: Asked, memory: Memory) -> Score:
    out = np.zeros(len(memory.people), np.float32)
    if not asked.postcodes:
        return out
    for code in asked.postcodes:
        whole = len(code) > 4
        for number, written in enumerate(memory.postcodes.values.tolist()):
            if written == code:
                _lay(out, memory.postcodes, number, 1)
            elif written[:-3] == (code[:-3] if whole else code):
                _lay(out, memory.postcodes, number, 0.4 if whole else 0.7)
    return out


def _school(asked: Asked, memory: Memory) -> Score:
    out = np.zeros(len(memory.people), np.float32)
    for number in asked.numbers:
        at = np.flatnonzero(memory.schools.values == number)
        if len(at):
            _lay(out, memory.schools, int(at[0]), 1)
    return out

"""How much a word that somebody typed is like a name that somebody was recorded under, from 0 to 1.

Judged against each different part of a name once (some tens of thousands), not against every person.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
from nicknames import NickNamer
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from analytics.casework.search_memory import Names, sound
from data.linkage.names import pairs

EXACT, NICKNAME, SOUNDS, BEGINS, INITIAL = 1.0, 0.95, 0.87, 0.86, 0.7
#: What a name is worth after so many slips (a letter wrong, missing, doubled or swapped), by the least length for it.
SLIPS = {1: ((4, 0.92), (3, 0.8), (2, 0.7)), 2: ((7, 0.85), (5, 0.8), (4, 0.68)), 3: ((9, 0.76), (7, 0.68))}
LEAST = 0.66
_NONE = np.empty(0, np.int64)
#: People seldom get the first letter wrong.
_OTHER_FIRST = 0.03


def alike(word: str, names: Names) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The names like ``word``, by number, and how like each is."""
    likeness = _initial(word, names) if len(word) == 1 else _spelt(word, names)
    for other, worth in _forms_of(word):
        n = names.number(other)
        if n is not None:
            likeness[n] = max(likeness[n], worth)
    found = np.flatnonzero(likeness >= LEAST)
    return found, likeness[found]


def _initial(letter: str, names: Names) -> NDArray[np.float32]:
    likeness = np.zeros(len(names.tokens), np.float32)
    likeness[names.beginning(letter)] = INITIAL
    return likeness


def _spelt(word: str, names: Names) -> NDArray[np.float32]:
    """Likeness float32[n] of spelling and sound."""
    most = max((count for count, worth in SLIPS.items() if len(word) >= worth[-1][0]), default=0)
    slips = cdist([word], names.tokens, scorer=OSA.distance, score_cutoff=most, workers=1)[0]
    likeness = np.zeros(len(slips), np.float32)
    for count, worth in SLIPS.items():
        value = next((value for length, value in worth if len(word) >= length), 0.0)
        _raise(likeness, slips == count, value)
    heard = names.sounds.get(sound(word), _NONE)
    likeness[heard] = np.maximum(likeness[heard], SOUNDS)
    same_first = np.zeros(len(likeness), bool)
    same_first[names.beginning(word[0])] = True
    likeness[~same_first] -= _OTHER_FIRST
    if len(word) >= 3:
        likeness[names.beginning(word)] = np.maximum(likeness[names.beginning(word)], BEGINS)
    likeness[slips == 0] = EXACT
    return likeness


def _raise(likeness: NDArray[np.float32], where: NDArray[np.bool_], value: float) -> None:
    likeness[where] = np.maximum(likeness[where], value)


def _forms_of(word: str) -> Iterator[tuple[str, float]]:
    """Other forms of the name ``word``; also where it is a short form that nobody has listed in this spelling."""
    same, heard = _other_forms()
    if word in same:
        yield from ((other, NICKNAME) for other in same[word])
        return
    for name in heard.get(sound(word), ()):
        if OSA.distance(word, name, score_cutoff=2) <= (1 if len(word) < 5 else 2):
            yield from ((other, NICKNAME * SOUNDS) for other in same[name])


def _english() -> Iterator[tuple[str, str]]:
    """Short and long forms in English that linkage doesn't trust but a search can: of the package `nicknames`."""
    for long, shorts in NickNamer().nickname_lookup.items():
        yield from ((short, long) for short in shorts)


@cache
def _other_forms() -> tuple[dict[str, frozenset[str]], dict[str, tuple[str, ...]]]:
    """Of each listed name its short and long forms and those of other languages; and the listed names by sound."""
    groups: dict[str, set[str]] = {}
    for name, group in pairs():
        groups.setdefault(group, set()).add(name)
    same: dict[str, set[str]] = {}
    for name, group in pairs():
        same.setdefault(name, set()).update(groups[group])
    for short, long in _english():
        same.setdefault(short, set()).add(long)
        same.setdefault(long, set()).add(short)
    heard: dict[str, list[str]] = {}
    for name in sorted(same):
        heard.setdefault(sound(name), []).append(name)
    forms = {name: frozenset(others - {name}) for name, others in same.items()}
    return forms, {key: tuple(named) for key, named in heard.items()}

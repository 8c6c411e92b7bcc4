"""The words of a contact, read by two short lists that anyone can check."""

from __future__ import annotations

import re
from functools import cache

import pandas as pd

from analytics.triage.declared import GRAVE_WORDS, MILD_WORDS

#: A column of so few texts is read one by one: the engine that reads thousands at once takes longer to start.
_FEW = 50


def count(said: pd.Series, words: tuple[str, ...]) -> pd.Series:
    """How many of the words occur in each text, each once, from a word's beginning: int64, index of ``said``."""
    text = said.fillna("").str.lower()
    if len(text) < _FEW:
        return pd.Series([len(_found(one, words)) for one in text], index=said.index, dtype="int64")
    found = [text.str.contains(rf"\b{re.escape(word)}", regex=True) for word in words]
    return sum((one.astype("int64") for one in found), pd.Series(0, index=said.index))


def found(said: str) -> list[str]:
    """The grave words of one text, in the order of the list."""
    return _found(said.lower(), GRAVE_WORDS)


def _found(text: str, words: tuple[str, ...]) -> list[str]:
    return [word for word in words if _pattern(word).search(text)]


@cache
def _pattern(word: str) -> re.Pattern[str]:
    # As Arrow's regular expressions have it: letters beyond ASCII are no part of a word.
    return re.compile(rf"\b{re.escape(word)}", re.ASCII)


def grave(said: pd.Series) -> pd.Series:
    return count(said, GRAVE_WORDS)


def mild(said: pd.Series) -> pd.Series:
    return count(said, MILD_WORDS)

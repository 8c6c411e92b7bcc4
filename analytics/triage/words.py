"""The words of a contact, read by two short lists that anyone can check."""

from __future__ import annotations

import re

import pandas as pd

from analytics.triage.declared import GRAVE_WORDS, MILD_WORDS


def count(said: pd.Series, words: tuple[str, ...]) -> pd.Series:
    """How many of the words occur in each text, each once, from a word's beginning: int64, index of ``said``."""
    text = said.fillna("").str.lower()
    found = [text.str.contains(rf"\b{re.escape(word)}", regex=True) for word in words]
    return sum((one.astype("int64") for one in found), pd.Series(0, index=said.index))


def found(said: str) -> list[str]:
    """The grave words of one text, in the order of the list."""
    return [word for word in GRAVE_WORDS if re.search(rf"\b{re.escape(word)}", said.lower())]


def grave(said: pd.Series) -> pd.Series:
    return count(said, GRAVE_WORDS)


def mild(said: pd.Series) -> pd.Series:
    return count(said, MILD_WORDS)

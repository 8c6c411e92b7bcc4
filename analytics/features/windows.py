"""Look-back windows, in days and in words."""

from __future__ import annotations

LONGEST = 730
_WORDS = {92: "3 months", 183: "6 months", 365: "12 months", 730: "24 months"}


def in_words(days: int) -> str:
    """``365`` as ``12 months``; any other number in days."""
    return _WORDS.get(days, f"{days} days")

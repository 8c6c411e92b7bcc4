"""Similar cases: to be drawn."""

from __future__ import annotations


def show(person: int) -> None:
    """Nothing yet."""

"""Text of SQL: identifiers and literals that come from declarations, quoted in one place."""

from __future__ import annotations

from collections.abc import Iterable

from data.snapshot.engine import quoted as literal

__all__ = ["comma", "literal", "literals", "name"]


def name(identifier: str) -> str:
    """An identifier, quoted."""
    return '"' + identifier.replace('"', '""') + '"'


def literals(values: Iterable[str]) -> str:
    """A list literal of texts."""
    return "[" + ", ".join(literal(value) for value in values) + "]"


def comma(parts: Iterable[str]) -> str:
    """A select list, one entry a line."""
    return ",\n    ".join(parts)

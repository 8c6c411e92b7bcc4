"""Columns and code sets: what a field holds, in plain English, and the rule that a value must keep."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a column's text must be readable as. ``ingest.rules`` turns each kind into one SQL expression."""

    TEXT = "text"
    INTEGER = "whole number"
    NUMBER = "number"
    DATE = "date"
    TIME = "date and time"
    FLAG = "yes or no"
    CODE = "code"
    NHS = "NHS number"
    UPN = "unique pupil number"
    NI = "national insurance number"
    POSTCODE = "postcode"
    UPRN = "property reference number"


@dataclass(frozen=True)
class Codes:
    """A code set with plain labels; ``also`` maps other spellings met in real files to the code."""

    name: str
    labels: dict[str, str]
    also: dict[str, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(self.name)


@dataclass(frozen=True)
class Column:
    """One column of a part.

    A ``required`` column that is empty or unreadable rejects the row; any other is set aside with a warning.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    codes: Codes | None = None
    required: bool = False
    also: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.kind is Kind.CODE) != (self.codes is not None):
            raise ValueError(f"column {self.name}: a code needs its code set, and only a code has one")


def text(name: str, label: str, *also: str, required: bool = False) -> Column:
    return Column(name, label, Kind.TEXT, None, required, also)


def number(name: str, label: str, *also: str, required: bool = False) -> Column:
    return Column(name, label, Kind.NUMBER, None, required, also)


def whole(name: str, label: str, *also: str, required: bool = False) -> Column:
    return Column(name, label, Kind.INTEGER, None, required, also)


def date(name: str, label: str, *also: str, required: bool = False) -> Column:
    return Column(name, label, Kind.DATE, None, required, also)


def time(name: str, label: str, *also: str, required: bool = False) -> Column:
    return Column(name, label, Kind.TIME, None, required, also)


def flag(name: str, label: str, *also: str, required: bool = False) -> Column:
    return Column(name, label, Kind.FLAG, None, required, also)


def code(name: str, label: str, codes: Codes, *also: str, required: bool = False) -> Column:
    return Column(name, label, Kind.CODE, codes, required, also)


def identifier(name: str, label: str, kind: Kind, *also: str) -> Column:
    return Column(name, label, kind, None, False, also)

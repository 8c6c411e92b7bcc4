"""A guided case: an invented child's file, declared event by event, with what happened and what it teaches."""

from __future__ import annotations

from dataclasses import dataclass

from data.events import KINDS


@dataclass(frozen=True)
class Entry:
    """One line of the file: an event kind, how many days ago it began and ended, its amount or detail, and of whom."""

    kind: str
    days_ago: int
    value: float | None = None
    detail: str | None = None
    ended: int | None = None
    of: str = "self"

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no such event kind: {self.kind}")


@dataclass(frozen=True)
class Relative:
    """Somebody in the child's life; ``known_case`` is how many days ago professionals identified them, if they did."""

    name: str
    relation: str
    age: int
    known_case: int | None = None


@dataclass(frozen=True)
class Case:
    """One case. ``unseen`` are the sources that do not cover the child: what they would say is not known, not nil."""

    name: str
    title: str
    child: str
    age: int
    sex: str
    before: str
    entries: tuple[Entry, ...]
    relatives: tuple[Relative, ...] = ()
    unseen: tuple[str, ...] = ()
    after: str = ""
    lesson: str = ""
    place: int = 50

    def __post_init__(self) -> None:
        strangers = {entry.of for entry in self.entries} - {"self"} - {relative.name for relative in self.relatives}
        if strangers:
            raise ValueError(f"case {self.name}: entries of people who are not in it: {sorted(strangers)}")

"""A guided case: an invented child's file, declared event by event, with what happened and what it teaches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from data.events import KINDS
from data.sources import SOURCES

#: What a case is there to teach; told only once it is over.
TOPICS = {
    "true alarm": "A high score that was right",
    "false alarm": "A high score that was wrong",
    "missed": "Harm that the score did not see",
    "missing data": "What nobody has recorded",
    "protective": "What protects a child",
    "linkage": "Records put together wrongly",
    "bias": "Some are watched more than others",
}
#: What became of the child, of that which the model speaks of.
OUTCOMES = {
    "identified": "Later identified as sexually exploited",
    "other harm": "Harmed in another way, which this model does not look for",
    "none": "Not being exploited",
}
#: The same within a sentence.
OUTCOME_WORDS = {name: words[:1].lower() + words[1:] for name, words in OUTCOMES.items()}
#: Lines of a file that were put there, or left out, because records were put together wrongly.
NOT_THEIRS, NOT_JOINED = "not theirs", "not joined"


@dataclass(frozen=True)
class Entry:
    """One line of the file: an event kind, how many days ago it began and ended, its amount or detail, and of whom.

    ``mark`` names a group of lines that one of the case's readings leaves out or brings in (see `Also`).
    """

    kind: str
    days_ago: int
    value: float | None = None
    detail: str | None = None
    ended: int | None = None
    of: str = "self"
    mark: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no such event kind: {self.kind}")
        if self.ended is not None and self.ended > self.days_ago:
            raise ValueError(f"{self.kind}: it ended before it began")


@dataclass(frozen=True)
class Relative:
    """Somebody in the child's life; ``known_case`` is how many days ago professionals identified them, if they did."""

    name: str
    relation: str
    age: int
    known_case: int | None = None


@dataclass(frozen=True)
class Question:
    """Something to ask the room, and what a trainer listens for in the answers."""

    asked: str
    listen: str = ""


@dataclass(frozen=True)
class Also:
    """The same file read otherwise: ``without`` and ``adding`` lines of these marks, ``seen`` by these sources too.

    Lines that a reading adds are not in the file as it is read first.
    """

    said: str
    without: tuple[str, ...] = ()
    adding: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()


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
    topic: str = "true alarm"
    outcome: str = "none"
    questions: tuple[Question, ...] = ()
    also: tuple[Also, ...] = ()
    place: int = 50

    def __post_init__(self) -> None:
        wrong = (
            (_beyond((entry.of for entry in self.entries), self._people()), "entries of people who are not in it"),
            (_beyond(self.unseen, SOURCES), "no such sources"),
            (_beyond([self.topic], TOPICS), "no such topic"),
            (_beyond([self.outcome], OUTCOMES), "no such outcome"),
            (_beyond(self._named(), {entry.mark for entry in self.entries}), "marks of no line"),
            (_beyond((one for also in self.also for one in also.seen), self.unseen), "sources that it has seen anyway"),
        )
        for strangers, why in wrong:
            if strangers:
                raise ValueError(f"case {self.name}: {why}: {strangers}")

    def _people(self) -> set[str]:
        return {"self", *(relative.name for relative in self.relatives)}

    def _named(self) -> set[str]:
        return {mark for also in self.also for mark in (*also.without, *also.adding)}

    @property
    def hidden(self) -> frozenset[str]:
        """Marks of lines that are not in the file as it is read first."""
        return frozenset(mark for also in self.also for mark in also.adding)

    @property
    def file(self) -> tuple[Entry, ...]:
        """The lines of the file as it is read first."""
        return tuple(entry for entry in self.entries if entry.mark not in self.hidden)

    @property
    def came_true(self) -> bool:
        """Whether what the model speaks of did happen."""
        return self.outcome == "identified"

    def read_as(self, also: Also) -> Case:
        """The case with its file as ``also`` has it."""
        shut = self.hidden - set(also.adding)
        kept = tuple(one for one in self.entries if one.mark not in also.without and one.mark not in shut)
        unseen = tuple(name for name in self.unseen if name not in also.seen)
        return replace(self, entries=kept, unseen=unseen, also=())

    def leaving_out(self, kinds: frozenset[str]) -> Case:
        """The case as if no line of these kinds had been written down of the child."""
        kept = tuple(one for one in self.file if one.of != "self" or one.kind not in kinds)
        return replace(self, entries=kept, also=())


def _beyond(names: Iterable[str], known: Iterable[str]) -> list[str]:
    return sorted(set(names) - set(known))

"""The way of a room through a case: its steps, what may be answered at each, and what it asks in the end."""

from __future__ import annotations

from dataclasses import dataclass

from data.rooms.store import LOBBY

READ, JUDGE, SCORE, DISCUSS, AFTER, FEEDBACK = "read", "judge", "score", "discuss", "after", "feedback"
#: A case's steps, in order, as the trainer's buttons and the wall call them.
STEPS = {
    READ: "Read the file",
    JUDGE: "Judge for yourself",
    SCORE: "See the score",
    DISCUSS: "Talk about it",
    AFTER: "What happened",
}
#: How worried one is before the score is shown, and once it was.
BEFORE, NOW = "before", "now"
#: The question that is open at a step.
OPEN_AT = {JUDGE: BEFORE, DISCUSS: NOW}
LONGEST_WHY, LONGEST_NAME = 200, 60
SCALE = ("not at all", "a little", "mostly", "very much")
USEFUL, CLEARER, CHANGE = "useful", "clearer", "change"
#: Asked of everybody at the end; the last in their own words.
ASKED = {
    USEFUL: "Was this useful for your work?",
    CLEARER: "Is it clearer what a score can tell, and what it can't?",
    CHANGE: "What will you do differently?",
}


@dataclass(frozen=True)
class Line:
    """A line of the file as a room sees it; ``on`` is an ISO day."""

    on: str
    lane: str
    whose: str
    said: str


@dataclass(frozen=True)
class Sheet:
    """An invented child's file, as it was put before a room."""

    child: str
    age: int
    before: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Told:
    """What the model said: a band, of 100 children how many score less, and the share identified at that level."""

    band: str
    below: int
    probability: float


__all__ = [
    "AFTER", "ASKED", "BEFORE", "CHANGE", "CLEARER", "DISCUSS", "FEEDBACK", "JUDGE", "LOBBY", "LONGEST_NAME",
    "LONGEST_WHY", "NOW", "OPEN_AT", "READ", "SCALE", "SCORE", "STEPS", "USEFUL", "Line", "Sheet", "Told",
]  # fmt: skip

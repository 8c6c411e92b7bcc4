"""The front door's words, declared once: who makes contact, who may be asked, how grave, what a contact may come to.

Everything that reads, counts, writes or shows contacts takes them from here, SQL too. A council with other agencies or
outcomes changes this file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Whose = Literal["child", "adult"]
AGENCIES = (
    "police", "school", "health", "housing", "family or public", "early help", "voluntary service", "council service",
)  # fmt: skip
#: The one of them that is no agency: who spoke is never told.
PRIVATE = "family or public"
#: Whom the hub may ask for what they know.
MAY_BE_ASKED = (
    "police", "school", "health", "GP", "housing", "early help", "voluntary service", "council service",
)  # fmt: skip


@dataclass(frozen=True)
class Level:
    """How much a contact asks for: what it is called of a child, of an adult, and where both are meant."""

    child: str
    adult: str
    either: str


@dataclass(frozen=True)
class Outcome:
    """What may be decided: its code in the feed, its words, its place in `LEVELS`, and of whom it is usual there."""

    code: str
    words: str
    level: int
    of: tuple[Whose, ...] = ("child", "adult")


#: From the least to the most: a grade or a suggestion is a place in this list.
LEVELS = (
    Level("none", "none", "no action"),
    Level("advice", "advice", "advice"),
    Level("early help", "support", "early help"),
    Level("assessment", "enquiry", "an assessment or enquiry"),
    Level("strategy", "strategy", "a strategy discussion"),
)
#: An enquiry about an adult stands beside an assessment.
OUTCOMES = (
    Outcome("NFA", "no further action", 0),
    Outcome("ADVICE", "information and advice", 1),
    Outcome("EH", "early help", 2),
    Outcome("ASSESS", "social care assessment", 3, ("child",)),
    Outcome("STRATEGY", "strategy discussion", 4),
    Outcome("ADULT", "adult safeguarding enquiry", 3, ("adult",)),
)
#: The level up to which a contact led nowhere, and that from which it was taken up.
LOW, TAKEN = 1, 3
GRADES = {one.code: one.level for one in OUTCOMES}
#: The codes of either, as SQL's IN reads them too.
LOW_OUTCOMES = tuple(one.code for one in OUTCOMES if one.level <= LOW)
TAKEN_OUTCOMES = tuple(one.code for one in OUTCOMES if one.level >= TAKEN)


def level_words(whose: Whose) -> tuple[str, ...]:
    """What each level is called of a child, or of an adult."""
    return tuple(one.child if whose == "child" else one.adult for one in LEVELS)


def usual(whose: Whose) -> tuple[str, ...]:
    """The code of what a grade of each level usually comes to."""
    return tuple(
        next(one.code for one in OUTCOMES if one.level == level and whose in one.of) for level in range(len(LEVELS))
    )

"""What the grader of contacts is for, by which mark it is held, and until when it may be used without a review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class GraderSpec:
    """``marks``: what was fixed before training; past ``review_on`` nothing is suggested until somebody reviewed it."""

    label: str
    question: str
    marks: tuple[str, ...]
    cannot_know: tuple[str, ...]
    review_on: date


SPEC = GraderSpec(
    label="Contacts with the hub",
    question=(
        "Of the people whom a contact is about, will somebody come to recorded harm (an enquiry, a protection plan, "
        "care) between six weeks and a year after it? And would asking other agencies tell of anything?"
    ),
    marks=(
        "At the hub's own workload it finds more later harm than the officers' own grading, surely",
        "At the hub's own workload it finds more later harm than counting earlier contacts, surely",
        "At least 400 contacts of the year tried were followed by harm",
    ),
    cannot_know=(
        "Harm that nobody recorded: it looks for what was recorded as harm",
        "What the officer hears in a voice, and everything that is not in the records",
        "Families who are watched more closely are recorded more often; it learned from those records",
        "Whether acting on a contact prevented the harm that did not follow",
        "The first six weeks: what an officer starts at once is not counted as a sign that they were right",
    ),
    review_on=date(2027, 4, 1),
)

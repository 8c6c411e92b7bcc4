"""What is wrong with a guided case that a trainer wrote, in words that say what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analytics.casework.tell import detail_choices
from analytics.features.sources import IDENTIFICATION, TOLD_BY
from analytics.training.case import Case, Entry, Relative
from analytics.training.file import RELATIONS, source_of
from data.events import KINDS, EventKind

AGES = (10, 17)
#: How far back a file may reach: no indicator looks further.
OLDEST = 3 * 365
LONGEST = 1500
#: Event kinds that may stand in a file: some source tells of them, and they are not what the model is asked for.
OFFERED: dict[str, EventKind] = {
    name: kind for name, kind in KINDS.items() if name in TOLD_BY and name not in IDENTIFICATION
}
#: The least and the most that a value of each unit can be.
BOUNDS: dict[str, tuple[int, int]] = {
    "%": (0, 100), "hours": (1, 2_000), "grade 1 to 3": (1, 3), "sessions": (1, 380), "times": (1, 200),
    "pounds": (1, 50_000), "points, 0 to 40": (0, 40),
}  # fmt: skip
GRADE = "grade 1 to 3"
_NAME = re.compile(r"[^\W\d_][^\W\d_'’-]*(?:['’-][^\W\d_]+)*")
_POSTCODE = r"\b[A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2}\b"
_DAY = r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b"
#: By what a real person could be told, and what to call it.
_IDENTIFYING = {
    "a postcode": re.compile(_POSTCODE),
    "an e-mail address": re.compile(r"\S+@\S+\.\S+"),
    "a date": re.compile(_DAY),
    "a National Insurance number": re.compile(r"\b[A-Za-z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-Da-d]\b"),
    "a phone, NHS or reference number": re.compile(r"(?:\d[\s-]?){6,}"),
}


def faults(case: Case) -> list[str]:
    """Everything that is wrong, in the order of the editor's page; empty for a case that can be taught."""
    return [*_about_the_child(case), *_people(case), *_file(case), *_teaching(case), *_real(case)]


def _about_the_child(case: Case) -> Iterator[str]:
    if not 3 <= len(case.title.strip()) <= 60:
        yield "Give the case a title of 3 to 60 letters."
    if not named(case.child):
        yield "Give the child a first name: one invented name, of letters alone."
    if not AGES[0] <= case.age <= AGES[1]:
        yield f"The model speaks of children aged {AGES[0]} to {AGES[1]}: choose an age between them."
    if len(case.before.strip()) < 20:
        yield "Say in a sentence or two who the child is and what brought you to the file."


def named(name: str) -> bool:
    """Whether this is one first name."""
    return 2 <= len(name) <= 20 and _NAME.fullmatch(name) is not None


def _people(case: Case) -> Iterator[str]:
    names = [case.child, *(one.name for one in case.relatives)]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"Two people are called {name}: give one another name."
    for one in case.relatives:
        yield from relative_faults(case.age, one)


def relative_faults(child_age: int, one: Relative) -> Iterator[str]:
    """What is wrong with somebody in the child's life."""
    if not named(one.name) or one.name == "self":
        yield "Give everybody a first name: one invented name, of letters alone."
    if one.relation not in RELATIONS:
        yield f"Say what {one.name} is to the child."
    if not 0 <= one.age <= 100:
        yield f"{one.name}'s age cannot be {one.age}."
    elif one.relation == "parent" and one.age < child_age + 12:
        yield f"{one.name} is too young to be the child's parent."
    if one.known_case is not None and not 1 <= one.known_case <= OLDEST:
        yield f"{one.name} can have been identified between yesterday and three years ago."


def _file(case: Case) -> Iterator[str]:
    if not case.file:
        yield "Put at least one line into the file."
    for number, entry in enumerate(case.entries, 1):
        for fault in entry_faults(entry, case.age):
            yield f"Line {number} ({KINDS[entry.kind].label.lower()}): {fault}"
    seen: set[tuple[object, ...]] = set()
    for number, entry in enumerate(case.entries, 1):
        same = (entry.kind, entry.days_ago, entry.of, entry.detail)
        if same in seen:
            yield f"Line {number} ({KINDS[entry.kind].label.lower()}) is there twice: take one away."
        seen.add(same)


def entry_faults(entry: Entry, age: int) -> Iterator[str]:
    """What is wrong with one line, in words."""
    kind = KINDS[entry.kind]
    if entry.kind not in OFFERED:
        yield "this cannot stand in a file, since it is what the model is asked for, or no source tells of it."
        return
    if not 1 <= entry.days_ago <= OLDEST:
        yield "it has to begin between yesterday and three years ago."
    elif entry.of == "self" and entry.days_ago > 365 * age + 180:
        yield "the child was not born then."
    if entry.ended is not None and not kind.lasts:
        yield "this happens on one day: leave its end out."
    if entry.ended is not None and entry.ended < 0:
        yield "it cannot end in the future."
    yield from _amount_faults(entry, kind)
    yield from _detail_faults(entry, kind)


def _amount_faults(entry: Entry, kind: EventKind) -> Iterator[str]:
    if kind.unit not in BOUNDS:
        if entry.value is not None:
            yield "this has no number to it."
        return
    low, high = BOUNDS[kind.unit]
    if entry.value is None:
        yield f"give its number ({kind.unit})."
    elif not low <= entry.value <= high:
        yield f"its number ({kind.unit}) has to be between {low} and {high:,}."


def wants_detail(kind: EventKind) -> bool:
    """Whether a line of this kind has a detail to be chosen or typed; a grade is told by its number."""
    return "{detail}" in kind.said and kind.unit != GRADE


def choices(kind: str) -> dict[str, str]:
    """Code and label of each detail that may be chosen; empty where it is typed."""
    return detail_choices(kind, source_of(kind))


def _detail_faults(entry: Entry, kind: EventKind) -> Iterator[str]:
    offered = choices(entry.kind)
    if entry.detail is None:
        if wants_detail(kind):
            yield "say what it was: choose or type a detail."
    elif offered and any(part not in offered for part in entry.detail.split()):
        yield "choose its detail from the list."
    elif len(entry.detail) > 60:
        yield "its detail is longer than 60 letters."


def _teaching(case: Case) -> Iterator[str]:
    if len(case.after.strip()) < 20:
        yield "Say what happened, in a sentence or two."
    if len(case.lesson.strip()) < 20:
        yield "Say what is to be learned from it, in a sentence or two."
    if not case.questions:
        yield "Write at least one question for the room."
    for number, question in enumerate(case.questions, 1):
        if len(question.asked.strip()) < 10:
            yield f"Question {number} is empty or too short to be understood."


def _real(case: Case) -> Iterator[str]:
    """Anything by which a real person could be told."""
    for where, words in _texts(case):
        if len(words) > LONGEST:
            yield f"{where}: shorten it to {LONGEST:,} letters."
        for what, pattern in _IDENTIFYING.items():
            if pattern.search(words):
                yield f"{where}: take out {what}. Nothing by which a real person could be told belongs in a case."
                break


def _texts(case: Case) -> Iterator[tuple[str, str]]:
    yield from (("The title", case.title), ("Who the child is", case.before))
    yield from ((f"Line {number}", one.detail or "") for number, one in enumerate(case.entries, 1))
    yield from (("What happened", case.after), ("What is to be learned", case.lesson))
    for number, question in enumerate(case.questions, 1):
        yield f"Question {number}", f"{question.asked} {question.listen}"

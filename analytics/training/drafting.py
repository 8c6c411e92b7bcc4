"""A guided case while it is being written: every step leaves one that fits together, if not yet one to be taught."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from analytics.training.case import NOT_JOINED, NOT_THEIRS, Also, Case, Entry, Question, Relative
from analytics.training.checks import GRADE, OFFERED, entry_faults, relative_faults
from analytics.training.written import new_name

#: How the record of a line came about.
RECORDS = {
    "": "The child's own, in the file",
    NOT_THEIRS: "Another child's, put into the file by mistake",
    NOT_JOINED: "The child's own, but never joined to the file",
}
_READINGS = {
    NOT_THEIRS: Also("Without the lines that are another child's", without=(NOT_THEIRS,)),
    NOT_JOINED: Also("With the lines that were never joined to the file", adding=(NOT_JOINED,)),
}


def blank() -> Case:
    """A case with nothing in it."""
    return Case(name=new_name(), title="", child="", age=14, sex="F", before="", entries=())


def copied(case: Case) -> Case:
    """A case of one's own that begins as this one."""
    return replace(case, name=new_name(), place=Case.place)


def entry(
    kind: str, of: str, began: date, ended: date | None, value: float | None, detail: str | None, mark: str, today: date
) -> Entry:
    """A line as the editor has it. Raises `ValueError`, in words, for one that ends before it begins."""
    if ended is not None and ended < began:
        raise ValueError("It ended before it began: check the two days.")
    if OFFERED[kind].unit == GRADE and value is not None:
        detail = str(int(value))
    until = None if ended is None else (today - ended).days
    said = (detail or "").strip() or None
    return Entry(kind, (today - began).days, value, said, until, of, mark)


def with_entry(case: Case, new: Entry) -> Case:
    """The case with one line more. Raises `ValueError`, in words, for a line that can't be or is there already."""
    for fault in entry_faults(new, case.age):
        raise ValueError(fault[:1].upper() + fault[1:])
    if new in case.entries:
        raise ValueError("This line is in the file already.")
    return _fitted(case, entries=(*case.entries, new))


def without_entry(case: Case, number: int) -> Case:
    """The case without its line of this number, counted from 0."""
    return _fitted(case, entries=case.entries[:number] + case.entries[number + 1 :])


def with_relative(case: Case, new: Relative) -> Case:
    """The case with somebody more in the child's life. Raises `ValueError`, in words."""
    for fault in relative_faults(case.age, new):
        raise ValueError(fault)
    if new.name in (case.child, *(one.name for one in case.relatives)):
        raise ValueError(f"Somebody in this case is called {new.name} already: choose another name.")
    return replace(case, relatives=(*case.relatives, new))


def without_relative(case: Case, name: str) -> Case:
    """The case without somebody, and without the lines about them."""
    kept = tuple(one for one in case.entries if one.of != name)
    return _fitted(case, relatives=tuple(one for one in case.relatives if one.name != name), entries=kept)


def with_unseen(case: Case, unseen: tuple[str, ...]) -> Case:
    """The case of a child whom these sources don't know."""
    return _fitted(case, unseen=unseen)


def with_question(case: Case, asked: str, listen: str) -> Case:
    """The case with one question more for the room. Raises `ValueError`, in words."""
    if len(asked.strip()) < 10:
        raise ValueError("Write the question out, so that a room can understand it.")
    return replace(case, questions=(*case.questions, Question(asked.strip(), listen.strip())))


def without_question(case: Case, number: int) -> Case:
    """The case without its question of this number, counted from 0."""
    return replace(case, questions=case.questions[:number] + case.questions[number + 1 :])


def _fitted(
    case: Case,
    *,
    relatives: tuple[Relative, ...] | None = None,
    entries: tuple[Entry, ...] | None = None,
    unseen: tuple[str, ...] | None = None,
) -> Case:
    """The case with these parts, and with those other readings of its file that they allow and ask for."""
    people = case.relatives if relatives is None else relatives
    lines = case.entries if entries is None else entries
    sources = case.unseen if unseen is None else unseen
    marks = {one.mark for one in lines}
    asked = {mark: also for mark, also in _READINGS.items() if mark in marks}
    told = {mark for also in case.also for mark in (*also.without, *also.adding)}
    kept = [also for also in case.also if _stands(also, marks, sources)]
    new = [also for mark, also in asked.items() if mark not in told]
    return replace(case, relatives=people, entries=lines, unseen=sources, also=(*kept, *new))


def _stands(also: Also, marks: set[str], unseen: tuple[str, ...]) -> bool:
    return {*also.without, *also.adding} <= marks and set(also.seen) <= set(unseen)

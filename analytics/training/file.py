"""A guided case's file, told as an agency's records would tell it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from analytics.casework.tell import sentence
from analytics.features.sources import TOLD_BY
from analytics.training.case import Case, Entry
from data.events import KINDS, LANES

RELATIONS = {
    "sibling": "brother or sister",
    "parent": "parent",
    "co_missing": "went missing with the child",
    "co_offending": "suspected together with the child",
    "household": "lives in the home",
    "associate": "friend",
}


@dataclass(frozen=True)
class Line:
    """One line: the day, the agencies' lane, of whom (empty: the child), the sentence, and its mark (see `Entry`)."""

    on: date
    lane: str
    whose: str
    said: str
    mark: str = ""


def lines(case: Case, today: date) -> list[Line]:
    """The file as it is read first, in the order of days."""
    return told_lines(case, case.file, today)


def told_lines(case: Case, entries: Iterable[Entry], today: date) -> list[Line]:
    """Lines of a case told, in the order of days."""
    told = [_line(case, entry, today) for entry in entries]
    return sorted(told, key=lambda line: (line.on, line.lane, line.said))


def _line(case: Case, entry: Entry, today: date) -> Line:
    relations = {relative.name: relative.relation for relative in case.relatives}
    whose = "" if entry.of == "self" else f"{entry.of} ({RELATIONS[relations[entry.of]]})"
    said = sentence(entry.kind, entry.value, entry.detail, source_of(entry.kind))
    return Line(today - timedelta(days=entry.days_ago), LANES[KINDS[entry.kind].lane], whose, said, entry.mark)


def source_of(kind: str) -> str:
    """The source that tells of a kind: the first declared."""
    return TOLD_BY[kind][0]

"""A guided case as a store of its own, so that its indicators come from the same declarations as everybody's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import duckdb

from analytics.features.windows import LONGEST
from analytics.training.case import Case, Entry
from analytics.training.file import source_of
from data.snapshot.tables import (
    COVERAGE,
    EVENT,
    KNOWN_CASE,
    PERSON,
    PERSON_LINK,
    PERSON_RECORD,
    RELATIONSHIP,
    SOURCE,
    Table,
)  # fmt: skip
from data.sources import SOURCES

CHILD = 1
# The feeds of a case reach back further than any indicator looks.
HISTORY = timedelta(days=3 * LONGEST)
#: Relationships are told in both directions; what the child is to a relative of a kind.
_BACK = {"parent": "child"}


def filled(case: Case, today: date) -> duckdb.DuckDBPyConnection:
    """An in-memory store with the snapshot's tables, holding the child (person 1) and the people of the file.

    It opens no file, so that nobody of the council's own can be in it.
    """
    con = duckdb.connect(config={"threads": 1, "enable_external_access": False})
    for table in (PERSON, PERSON_RECORD, PERSON_LINK, RELATIONSHIP, EVENT, KNOWN_CASE, SOURCE, COVERAGE):
        con.execute(table.ddl())
    numbers = {"self": CHILD} | {relative.name: CHILD + 1 + at for at, relative in enumerate(case.relatives)}
    _put(con, PERSON, _people(case, numbers, today))
    _put(con, RELATIONSHIP, _relationships(case, numbers, today))
    _put(con, KNOWN_CASE, _known_cases(case, numbers, today))
    _put(con, EVENT, (_event(at, entry, numbers[entry.of], today) for at, entry in enumerate(case.file)))
    seen = [name for name in SOURCES if name not in case.unseen]
    _put(con, SOURCE, ({"source": name, "period_from": today - HISTORY, "period_to": today} for name in seen))
    _put(con, COVERAGE, _coverage(seen, numbers, today))
    return con


def _put(con: duckdb.DuckDBPyConnection, table: Table, rows: Iterable[dict[str, object]]) -> None:
    """Insert rows that name some of the table's columns; the others stay null."""
    marks = ", ".join("?" for _ in table.names())
    values = [[row.get(name) for name in table.names()] for row in rows]
    if values:
        con.executemany(f"INSERT INTO {table.name} VALUES ({marks})", values)


def _people(case: Case, numbers: dict[str, int], today: date) -> list[dict[str, object]]:
    ages = {"self": case.age} | {relative.name: relative.age for relative in case.relatives}
    # Half a year past the birthday: no window or season turns on it.
    return [
        {"person": numbers[who], "birth_date": today - timedelta(days=365 * age + 183)} for who, age in ages.items()
    ]


def _relationships(case: Case, numbers: dict[str, int], today: date) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for relative in case.relatives:
        moment = relative.relation.startswith("co_") or relative.relation == "associate"
        since = today - timedelta(days=150 if moment else 365 * case.age)
        known = {"from": since, "to": since if moment else None, "known_on": since, "source": "derived"}
        other, back = numbers[relative.name], _BACK.get(relative.relation, relative.relation)
        rows.append({"person": CHILD, "other": other, "kind": relative.relation} | known)
        rows.append({"person": other, "other": CHILD, "kind": back} | known)
    return rows


def _known_cases(case: Case, numbers: dict[str, int], today: date) -> list[dict[str, object]]:
    return [
        {"person": numbers[r.name], "profile": "cse", "identified_on": today - timedelta(days=r.known_case)}
        for r in case.relatives
        if r.known_case is not None
    ]


def _event(number: int, entry: Entry, person: int, today: date) -> dict[str, object]:
    began = today - timedelta(days=entry.days_ago)
    ended = None if entry.ended is None else today - timedelta(days=entry.ended)
    known = min(today - timedelta(days=1), (ended or began) + timedelta(days=3))
    return {
        "event": number, "person": person, "kind": entry.kind, "occurred_on": began, "ended_on": ended,
        "known_on": known, "value": entry.value, "detail": entry.detail, "source": source_of(entry.kind),
    }  # fmt: skip


def _coverage(seen: list[str], numbers: dict[str, int], today: date) -> list[dict[str, object]]:
    """Sources that know only those on their books have everyone of the file there."""
    enrolled = [name for name in seen if SOURCES[name].coverage == "enrolled"]
    return [{"person": who, "source": name, "from": today - HISTORY} for name in enrolled for who in numbers.values()]

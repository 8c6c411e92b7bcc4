"""Missed cases as pages show them: each child within the reader's right, and what was known of them on the day.

All of it is about children who have been identified since: no score of anybody on a list of today is among it, so it
may be read of a model that is withheld too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from analytics.casework.rows import each, full_name, word
from analytics.casework.tell import as_date, sentence, source_label
from analytics.features.catalogue import CATALOGUE
from analytics.features.sources import data_words
from analytics.matrix.guard import STANDS_TODAY
from analytics.missed.publish import HEARD_DAYS
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.events import KINDS

_BUILT = "SELECT count(*) AS tables FROM duckdb_tables() WHERE table_name = 'looked_back'"
_CASES = """
SELECT l.person, l."case", l.phase, l.rank, l.ranked, l.places, l.listed, l.as_of, l.identified_on,
       p.forename, p.surname, p.sex, date_sub('year', p.birth_date, l.as_of) AS years
FROM looked_back l JOIN person p USING (person) WHERE l.model = $model ORDER BY l.rank DESC, l."case"
"""
_ONE = 'FROM looked_back l JOIN {table} WHERE l.model = $model AND l."case" = $case'
_VALUES = f"""
SELECT l.person, v.indicator, v.value, v.amount {_ONE.format(table='looked_back_value v USING (model, "case")')}
ORDER BY abs(v.amount) DESC, v.indicator
"""
# The guard is about the day of measurement here: that is what `$today` is bound to.
_HEARD = f"""
SELECT l.person, e.source, count(*) AS events, max(e.known_on) AS last {_ONE.format(table="event e USING (person)")}
AND {STANDS_TODAY} AND e.occurred_on >= $since GROUP BY ALL ORDER BY events DESC, e.source
"""
_BOOKS = f"""
SELECT DISTINCT l.person, c.source {_ONE.format(table="coverage c USING (person)")}
AND c."from" <= $today AND (c."to" IS NULL OR c."to" >= $today) ORDER BY c.source
"""
_BETWEEN = f"""
SELECT l.person, e.kind, e.value, e.detail, e.source, e.occurred_on, e.known_on
{_ONE.format(table="event e USING (person)")}
AND e.known_on >= l.as_of AND e.known_on <= l.identified_on ORDER BY e.known_on, e.occurred_on, e.kind
"""


@dataclass(frozen=True)
class Case:
    """A child identified since the day of measurement; ``person`` and ``name`` only where the reader may know them."""

    code: str
    person: int | None
    name: str | None
    years: int | None
    sex: str | None
    phase: str
    rank: int
    ranked: int
    places: int
    listed: bool
    as_of: date
    identified_on: date


@dataclass(frozen=True)
class Reading:
    """One indicator as it stood on the day: its sentence, and what it did to the ranking."""

    indicator: str
    said: str
    amount: float
    known: bool


@dataclass(frozen=True)
class Knew:
    """One source on the day: what it had told in two years, and whether the child was on its books."""

    label: str
    events: int
    last: date | None
    on_books: bool


@dataclass(frozen=True)
class Happened:
    """One event that came to be known between the day of measurement and the identification."""

    said: str
    label: str
    source: str
    occurred_on: date | None
    known_on: date


def built(session: Session) -> bool:
    """Whether the snapshot has looked back at all: those of an earlier version have not."""
    return bool(serve(session, Permission.SEE_MODELS, _BUILT, what="whether cases were looked back at")["tables"][0])


def cases(session: Session, model: str) -> list[Case]:
    """Everybody identified since the day of measurement, the lowest ranked first; on the list or not."""
    rows = serve(session, Permission.SEE_MISSED, _CASES, {"model": model}, what=f"missed cases of {model}")
    return [_case(row) for row in each(rows)]


def _case(row: Any) -> Case:
    return Case(
        code=row.case,
        person=int(row.person) if row.identified else None,
        name=full_name(row.forename, row.surname) if row.identified else None,
        years=None if pd.isna(row.years) else int(row.years),
        sex=word(row.sex),
        phase=row.phase,
        rank=int(row.rank),
        ranked=int(row.ranked),
        places=int(row.places),
        listed=bool(row.listed),
        as_of=pd.Timestamp(row.as_of).date(),
        identified_on=pd.Timestamp(row.identified_on).date(),
    )


def readings(session: Session, model: str, case: Case) -> list[Reading]:
    """What the model had of the child on the day, what moved the ranking most first."""
    rows = _asked(session, _VALUES, model, case, "indicators")
    return [
        Reading(
            row.indicator,
            CATALOGUE[row.indicator].said(float("nan") if pd.isna(row.value) else float(row.value)),
            float(row.amount),
            not pd.isna(row.value),
        )
        for row in each(rows)
        if row.indicator in CATALOGUE
    ]


def not_known(told: list[Reading]) -> list[str]:
    """What the model had nothing of, in words: ``any police data``, of which no indicator at all was known."""
    by_words: dict[str, list[bool]] = {}
    for one in told:
        if kinds := CATALOGUE[one.indicator].kinds:
            by_words.setdefault(data_words(kinds), []).append(one.known)
    return [words for words, known in by_words.items() if not any(known)]


def knew(session: Session, model: str, case: Case) -> list[Knew]:
    """Which sources knew the child on the day, those that had told most first."""
    heard = _asked(session, _HEARD, model, case, "sources").set_index("source")
    books = set(_asked(session, _BOOKS, model, case, "sources")["source"])
    names = [*heard.index, *sorted(books - set(heard.index))]
    return [
        Knew(
            source_label(name),
            int(heard["events"].get(name, 0)),
            as_date(heard["last"].get(name)) if name in heard.index else None,
            name in books,
        )
        for name in names
    ]


def between(session: Session, model: str, case: Case) -> list[Happened]:
    """What agencies came to know between the day of measurement and the identification, the earliest first.

    Of a child whom the reader may not know by name it is the kind of event alone, without its details.
    """
    rows = _asked(session, _BETWEEN, model, case, "what came between")
    return [_happened(row, named=case.name is not None) for row in each(rows) if row.kind in KINDS]


def _happened(row: Any, named: bool) -> Happened:
    label = KINDS[row.kind].label
    value = None if pd.isna(row.value) else float(row.value)
    said = sentence(row.kind, value, word(row.detail), row.source) if named else label
    return Happened(
        said=said,
        label=label,
        source=source_label(row.source),
        occurred_on=as_date(row.occurred_on),
        known_on=pd.Timestamp(row.known_on).date(),
    )


def _asked(session: Session, query: str, model: str, case: Case, what: str) -> pd.DataFrame:
    bound = {
        "model": model,
        "case": case.code,
        "today": case.as_of,
        "since": case.as_of - timedelta(days=HEARD_DAYS),
    }
    return serve(session, Permission.SEE_MISSED, query, bound, what=f"missed case {case.code}: {what}")

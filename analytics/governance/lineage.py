"""Lineage: from a figure of a person to the rows of the agencies' files that make it up, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from analytics.casework import evidence
from analytics.casework.rows import full_name
from analytics.features.catalogue import CATALOGUE
from analytics.features.dictionary import AGGREGATES
from analytics.features.feature import Feature
from analytics.features.scope import SCOPES
from analytics.matrix.guard import Guard
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.events import KINDS

#: More rows than this are too many to go through one by one.
MOST = 500

_NAME = "SELECT person, forename, surname FROM person WHERE person = $person"
_VALUES = "SELECT indicator, value FROM indicator_value WHERE person = $person AND as_of = $as_of ORDER BY indicator"

# Events of the kinds that the figure is of, which it does not count, by the first reason that holds.
_LEFT_OUT = """
SELECT CASE WHEN NOT ({known}) AND e.known_on >= $as_of THEN 'later'
            WHEN NOT ({known}) THEN 'corrected'
            WHEN e.occurred_on >= $as_of THEN 'later'
            WHEN len($details::VARCHAR[]) > 0
                 AND NOT coalesce(e.detail IN (SELECT unnest($details::VARCHAR[])), false) THEN 'detail'
            ELSE 'before' END AS why, count(*) AS rows
FROM event e
WHERE e.person = $person AND e.kind IN (SELECT unnest($kinds::VARCHAR[]))
  AND e.event NOT IN (SELECT unnest($counted::BIGINT[]))
GROUP BY why ORDER BY why
"""


@dataclass(frozen=True)
class Figure:
    """One figure of a person: ``value`` at ``as_of``, as a sentence, and what it is in words."""

    feature: Feature
    as_of: date
    value: float
    sentence: str


def name(session: Session, person: int) -> str:
    """Whom the figures are of."""
    row = serve(session, Permission.TRACE, _NAME, people=[person], what="figures").iloc[0]
    return full_name(row["forename"], row["surname"])


def figures(session: Session, person: int, as_of: date) -> list[Figure]:
    """Every indicator of ``person`` at ``as_of`` that is not nil and rests on events, by theme and name."""
    values = _values(session, person, as_of)
    told = [each for each in CATALOGUE.values() if each.name in values and evidence.told_by_events(each.name)]
    return [_figure(each, as_of, values[each.name]) for each in told if values[each.name] == values[each.name]]


def figure(session: Session, person: int, indicator: str, as_of: date) -> Figure:
    """One indicator of ``person``; what the snapshot doesn't hold is nil, or not known where absence says nothing."""
    feature = CATALOGUE[indicator]
    value = _values(session, person, as_of).get(indicator, 0.0 if feature.absent_is_nil else float("nan"))
    return _figure(feature, as_of, value)


def _values(session: Session, person: int, as_of: date) -> dict[str, float]:
    rows = serve(session, Permission.TRACE, _VALUES, {"as_of": as_of}, people=[person], what="figures")
    return dict(zip(rows["indicator"], rows["value"].astype(float), strict=True))


def _figure(feature: Feature, as_of: date, value: float) -> Figure:
    return Figure(feature, as_of, value, feature.said(value))


def counted(session: Session, person: int, told: Figure) -> pd.DataFrame:
    """The records that the figure counts, latest first: as `analytics.casework.evidence.rows` tells them."""
    return evidence.rows(session, person, told.feature.name, told.as_of, MOST)


def declared(told: Figure) -> list[tuple[str, str]]:
    """What the figure is, from its declaration: pairs of a question and its answer in words."""
    feature = told.feature
    kinds = [KINDS[kind].label if kind in KINDS else "Identified as exploited" for kind in feature.kinds]
    return [
        ("Counts", ", ".join(kinds)),
        ("Of whom", SCOPES[feature.scope].label),
        ("How", AGGREGATES[feature.aggregate]),
        ("If nothing is recorded", feature.missing),
    ]


def window(told: Figure) -> tuple[date, date] | None:
    """The first and the last day that it looks at; None where it looks at the day itself, or at all before it."""
    days = told.feature.window_days
    return (told.as_of - timedelta(days=days), told.as_of - timedelta(days=1)) if days else None


def left_out(session: Session, person: int, told: Figure, rows: pd.DataFrame) -> dict[str, int]:
    """How many of the person's own events of these kinds it leaves out: ``later, corrected, before, detail``.

    Nothing for figures about the people around.
    """
    if told.feature.scope != "self":
        return {}
    _, bound = evidence.sql(told.feature, told.as_of)
    known = Guard(told.as_of).stands_sql("e")[0].replace("?", "$as_of")
    params = bound | {"counted": [int(each) for each in rows["event"].dropna()]}
    found = serve(
        session, Permission.TRACE, _LEFT_OUT.format(known=known), params, people=[person], what=told.feature.label
    )
    return dict(zip(found["why"], found["rows"].astype(int), strict=True))

"""Drift: how a source's rows, codes and filled fields of the last year differ from those of the year before.

Codes are compared by the population stability index, less what chance gives: see `analytics.drift.stability`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from analytics.drift.stability import A_LITTLE, MUCH, stability
from analytics.governance.sources import MONTHS, back, part_label, window
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.schema import Column, Kind
from data.sources import SOURCES

STEADY, MOVED, SHIFTED, TOO_FEW = "steady", "moved a little", "shifted", "too few rows to tell"
#: Fewer rows in either year say nothing; a code in fewer than ten is not told, since it might be somebody.
FEWEST, TOLD = 50, 10
#: A part that comes once a year, half a year late, is not silent for as many months as this.
SILENT = 20
_POINTS = 0.02
_FLAGS = {"true": "yes", "false": "no"}

# Each part's year ends with the last month that it speaks of: a census tells of its term half a year later.
_YEARS = """
WITH latest AS (
    SELECT part, max(month) AS latest FROM source_month
    WHERE source = $source AND month >= $since AND month < $until GROUP BY part
), dated AS (
    SELECT t.*, t.month > latest - INTERVAL 1 YEAR AS this_year
    FROM {table} t JOIN latest USING (part)
    WHERE source = $source AND month <= latest AND month > latest - INTERVAL 2 YEAR
)
"""
_ROWS = (
    _YEARS.format(table="source_month")
    + """
SELECT part, latest, coalesce(sum(rows) FILTER (this_year), 0)::BIGINT AS now,
       coalesce(sum(rows) FILTER (NOT this_year), 0)::BIGINT AS before
FROM dated JOIN latest USING (part) GROUP BY part, latest ORDER BY part
"""
)
_CODES = (
    _YEARS.format(table="code_month")
    + """
SELECT part, field, code, coalesce(sum(rows) FILTER (this_year), 0)::BIGINT AS now,
       coalesce(sum(rows) FILTER (NOT this_year), 0)::BIGINT AS before
FROM dated GROUP BY part, field, code ORDER BY part, field, code
"""
)
_FILLED = (
    _YEARS.format(table="field_month")
    + """
SELECT part, field, coalesce(sum(rows) FILTER (this_year), 0)::BIGINT AS now,
       coalesce(sum(rows) FILTER (NOT this_year), 0)::BIGINT AS before,
       coalesce(sum(filled) FILTER (this_year), 0)::BIGINT AS filled_now,
       coalesce(sum(filled) FILTER (NOT this_year), 0)::BIGINT AS filled_before
FROM dated GROUP BY part, field ORDER BY part, field
"""
)


@dataclass(frozen=True)
class Finding:
    """What was compared (``about``, of ``part``), the verdict, its size, what moved in words, rows of both years."""

    part: str
    about: str
    verdict: str
    size: float
    said: str
    now: int
    before: int


def findings(session: Session, source: str) -> list[Finding]:
    """Everything compared of a source, what moved most first."""
    since, until = window(session, 2 * MONTHS)
    years = {"source": source, "until": until, "since": since}
    rows, codes, full = (
        serve(session, Permission.SEE_SOURCES, query, years, what=f"drift of {source}")
        for query in (_ROWS, _CODES, _FILLED)
    )
    found = [_counted(source, row, until) for row in rows.to_dict("records")]
    found += [_coded(source, str(part), str(field), mine) for (part, field), mine in codes.groupby(["part", "field"])]
    found += [each for row in full.to_dict("records") if (each := _fullness(source, row))]
    order = {SHIFTED: 0, MOVED: 1, STEADY: 2, TOO_FEW: 3}
    return sorted(found, key=lambda each: (order[each.verdict], -each.size, each.part, each.about))


def verdict(size: float, fewest: int) -> str:
    """In a word; ``fewest`` is the number of rows in the smaller year."""
    if fewest < FEWEST:
        return TOO_FEW
    return STEADY if size < A_LITTLE else MOVED if size < MUCH else SHIFTED


def _counted(source: str, row: dict[Any, Any], until: date) -> Finding:
    """Rows of a year against the year before: a sixth more or fewer is a little, a third is much."""
    now, before = int(row["now"]), int(row["before"])
    # Of counts as small as these, as large a difference comes by chance (two standard errors of a log ratio).
    chance = 2 * np.sqrt(1 / (now + 0.5) + 1 / (before + 0.5))
    size = max(0.0, float(abs(np.log((now + 0.5) / (before + 0.5))) - chance))
    said = f"{now:,} rows in its last 12 months, {before:,} in the 12 before{_percent(now, before)}"
    word = STEADY if size < np.log(7 / 6) else MOVED if size < np.log(4 / 3) else SHIFTED
    if max(now, before) < FEWEST:
        word = TOO_FEW
    elif row["latest"].date() < back(until, SILENT):
        word, said = SHIFTED, f"nothing for more than {SILENT} months: {said}"
    return Finding(part_label(source, row["part"]), "Number of rows", word, size, said, now, before)


def _percent(now: int, before: int) -> str:
    if not before:
        return ""
    change = round(100 * (now - before) / before)
    return f": {abs(change)} % {'more' if change > 0 else 'fewer'}" if change else ": the same"


def _coded(source: str, part: str, field: str, rows: pd.DataFrame) -> Finding:
    now, before = rows["now"].to_numpy(float), rows["before"].to_numpy(float)
    column = SOURCES[source].part(part).column(field)
    few = int(min(now.sum(), before.sum()))
    size = stability(now, before) if few else 0.0
    said = _moves(column, rows["code"].tolist(), now, before) if few >= FEWEST else ""
    return Finding(
        part_label(source, part), column.label, verdict(size, few), size, said, int(now.sum()), int(before.sum())
    )


def _moves(column: Column, codes: list[str], now: np.ndarray, before: np.ndarray) -> str:
    """The codes whose share moved most: ``neglect 24 % to 31 %``."""
    p, q = now / now.sum(), before / before.sum()
    order = np.argsort(-np.abs(p - q), kind="stable")
    told = [i for i in order if abs(p[i] - q[i]) >= _POINTS and max(now[i], before[i]) >= TOLD][:3]
    return "; ".join(f"{_label(column, codes[i])} {100 * q[i]:.0f} % to {100 * p[i]:.0f} %" for i in told)


def _label(column: Column, code: str) -> str:
    if column.kind is Kind.FLAG:
        return _FLAGS.get(code, code)
    return column.codes.labels.get(code, code) if column.codes else code


def _fullness(source: str, row: dict[Any, Any]) -> Finding | None:
    """A field that is filled less or more often than in the year before; None where it is as full as it was."""
    now, before = int(row["now"]), int(row["before"])
    if min(now, before) < FEWEST:
        return None
    share, was = row["filled_now"] / now, row["filled_before"] / before
    size = abs(share - was)
    if size < 0.05:
        return None
    label = SOURCES[source].part(row["part"]).column(row["field"]).label
    said = f"filled in {100 * share:.0f} % of rows, in {100 * was:.0f} % the year before"
    found = SHIFTED if size >= 0.15 else MOVED
    return Finding(
        part_label(source, row["part"]), f"{label}: how often it is filled", found, float(size), said, now, before
    )

"""From the snapshot's tables to a trial: who was drawn when, what followed, and who may be offered a place today."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.labels import Attribute, add_months, look_up
from analytics.matrix.guard import STANDS_TODAY
from analytics.matrix.matrix import Matrix
from analytics.models.training import Families
from analytics.models.uplift_spec import UpliftSpec
from analytics.uplift.trial import Trial

#: The first draw of each family, of whoever lived there; later ones follow from how the first ended.
DRAWS = f"""
WITH draw AS (
    SELECT person, occurred_on AS drawn_on, bool_or(list_contains($offered, kind)) AS offered FROM event
    WHERE list_contains($offered || $waiting, kind) AND {STANDS_TODAY} GROUP BY person, occurred_on
), home AS (
    SELECT d.person, d.drawn_on, d.offered, coalesce(max(f.family), -d.person - 1) AS family FROM draw d
    LEFT JOIN family_member f ON f.person = d.person AND coalesce(f."from", d.drawn_on) <= d.drawn_on
        AND coalesce(f."to", d.drawn_on + 1) > d.drawn_on
    GROUP BY d.person, d.drawn_on, d.offered
), first AS (
    SELECT * FROM home QUALIFY row_number() OVER (PARTITION BY family ORDER BY drawn_on, person) = 1
), one AS (
    SELECT * FROM first QUALIFY row_number() OVER (PARTITION BY person ORDER BY drawn_on, family) = 1
), kin AS (
    SELECT o.person, f.person AS kin FROM one o JOIN family_member f ON f.family = o.family
        AND coalesce(f."from", o.drawn_on) <= o.drawn_on AND coalesce(f."to", o.drawn_on + 1) > o.drawn_on
    UNION SELECT person, person FROM one
)
SELECT o.person, o.family, o.drawn_on, o.offered, count(DISTINCT c.contact)::DOUBLE AS outcome FROM one o
JOIN kin USING (person) LEFT JOIN contact c ON c.person = kin.kin AND list_contains($reasons, c.reason)
    AND c.received_at >= o.drawn_on + INTERVAL 1 DAY
    AND c.received_at < o.drawn_on + INTERVAL 1 DAY + to_months($months::INTEGER)
GROUP BY ALL ORDER BY o.person
"""
#: Whoever may be offered a place now, and was not offered one before.
OPEN = f"""
SELECT DISTINCT person FROM event
WHERE {STANDS_TODAY} AND person NOT IN (
    SELECT person FROM event WHERE list_contains($offered, kind) AND {STANDS_TODAY}
) AND (
    (list_contains($open_to, kind) AND occurred_on < $today AND (ended_on IS NULL OR ended_on >= $today))
    OR (list_contains($waiting, kind) AND occurred_on >= $today - to_months(15))
)
ORDER BY person
"""


@dataclass(frozen=True)
class Given:
    """What a run of a model of benefit reads.

    ``applied``: families drawn or left waiting in a year, whom the capacity is held against. ``spared`` is the truth.
    """

    trial: Trial
    today: Matrix
    families: Families
    applied: float
    family_count: int
    spared: NDArray[np.float64] | None = None


def given(
    con: duckdb.DuckDBPyConnection,
    spec: UpliftSpec,
    matrices: Mapping[date, Matrix],
    kinds: Mapping[str, Collection[str]],
    families: Families,
    family_count: int,
    spared: Attribute | None = None,
) -> Given:
    """Everything a run of ``spec`` reads, from the tables that ``con`` finds by their plain names.

    ``spared``: what an offer would truly spare each person, which an invented city alone knows; for measuring.
    """
    now = max(matrices)
    bound = {"reasons": list(spec.reasons), "months": spec.horizon_months}
    draws = con.execute(DRAWS, _arms(spec, now) | bound).df()
    names = tuple(name for name in matrices[now].names if spec.uses(name, kinds.get(name, ())))
    whole = draws[draws["drawn_on"] < pd.Timestamp(add_months(now, -spec.horizon_months))]
    trial = assemble(whole, {day: matrix.select(names) for day, matrix in matrices.items()})
    years = max((pd.Timestamp(now) - draws["drawn_on"].min()).days / 365.25, 1.0) if len(draws) else 1.0
    return Given(
        trial=trial,
        today=open_today(con, spec, matrices[now]).select(names),
        families=families,
        applied=len(draws) / years,
        family_count=family_count,
        spared=None if spared is None else spared.get(trial.people, np.nan).astype(float),
    )


def assemble(draws: pd.DataFrame, matrices: Mapping[date, Matrix]) -> Trial:
    """Each draw with the indicators of the last date at or before it; whoever has none then is left out.

    ``draws``: person, family, drawn_on, offered, outcome, a row a person.
    """
    dates = sorted(matrices)
    drawn = draws["drawn_on"].to_numpy().astype("datetime64[D]")
    place = np.searchsorted(np.array(dates, "datetime64[D]"), drawn, side="right") - 1
    person = draws["person"].to_numpy(np.int64)
    names = matrices[dates[0]].names
    values, kept = np.full((len(draws), len(names)), np.nan, np.float32), np.zeros(len(draws), bool)
    for number, day in enumerate(dates):
        mine = np.flatnonzero(place == number)
        at = look_up(matrices[day].people, np.arange(len(matrices[day].people)), person[mine], -1)
        values[mine[at >= 0]] = matrices[day].of(at[at >= 0])
        kept[mine[at >= 0]] = True
    order = np.flatnonzero(kept)[np.argsort(person[kept], kind="stable")]
    offered = draws["offered"].to_numpy(bool)[order]
    return Trial(
        people=person[order],
        family=draws["family"].to_numpy(np.int64)[order],
        offered=offered,
        outcome=draws["outcome"].to_numpy(np.float64)[order],
        values=values[order],
        names=names,
        chance=np.full(len(order), offered.mean() if len(order) else 0.5),
    )


def _arms(spec: UpliftSpec, today: date) -> dict[str, object]:
    return {"offered": list(spec.offered), "waiting": list(spec.waiting), "today": today}


def open_today(con: duckdb.DuckDBPyConnection, spec: UpliftSpec, matrix: Matrix) -> Matrix:
    """Those of a matrix who may be offered a place on its day."""
    rows = con.execute(OPEN, _arms(spec, matrix.as_of) | {"open_to": list(spec.open_to)}).fetchall()
    may, age = np.array([row[0] for row in rows], np.int64), matrix.column("age")
    return matrix.rows(np.isin(matrix.people, may) & (age >= spec.ages[0]) & (age <= spec.ages[1]))

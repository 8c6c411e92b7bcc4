"""From the snapshot's tables to a trial: who was drawn when, what followed, and who may be offered a place today.

Nothing here reads an invented city's truth but `spared`, which is for measuring alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.labels import add_months, look_up
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
# A true person is the linked person that most of their clients went to.
SPARED = """
WITH linked AS (
    SELECT t.true_person, l.person, count(DISTINCT r.client) AS clients
    FROM read_parquet($identity) t JOIN person_record r ON r.source = t.source AND r.local_id = t.local_id::VARCHAR
    JOIN person_link l ON l.client = r.client GROUP BY ALL
), best AS (
    SELECT true_person, person FROM linked
    QUALIFY row_number() OVER (PARTITION BY true_person ORDER BY clients DESC, person) = 1
)
SELECT person, arg_min(effect * worry * 12, drawn_on) FROM read_parquet($programme) JOIN best USING (true_person)
GROUP BY person ORDER BY person
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
    truth: Path | None,
) -> Given:
    """Everything a run of ``spec`` reads, from the tables that ``con`` finds by their plain names."""
    now = max(matrices)
    bound = {"offered": list(spec.offered), "waiting": list(spec.waiting), "today": now}
    draws = con.execute(DRAWS, bound | {"reasons": list(spec.reasons), "months": spec.horizon_months}).df()
    names = tuple(name for name in matrices[now].names if spec.uses(name, kinds.get(name, ())))
    whole = draws[draws["drawn_on"] < pd.Timestamp(add_months(now, -spec.horizon_months))]
    trial = assemble(whole, {day: matrix.select(names) for day, matrix in matrices.items()})
    years = max((pd.Timestamp(now) - draws["drawn_on"].min()).days / 365.25, 1.0) if len(draws) else 1.0
    may = [row[0] for row in con.execute(OPEN, bound | {"open_to": list(spec.open_to)}).fetchall()]
    return Given(
        trial=trial,
        today=_offered_today(spec, matrices[now], np.array(may, np.int64)).select(names),
        families=families,
        applied=len(draws) / years,
        family_count=family_count,
        spared=None if truth is None else _spared(con, truth, trial.people),
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
        values[mine[at >= 0]] = matrices[day].values[at[at >= 0]]
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


def _offered_today(spec: UpliftSpec, matrix: Matrix, may: NDArray[np.int64]) -> Matrix:
    age = matrix.column("age")
    return matrix.rows(np.isin(matrix.people, may) & (age >= spec.ages[0]) & (age <= spec.ages[1]))


def _spared(con: duckdb.DuckDBPyConnection, truth: Path, people: NDArray[np.int64]) -> NDArray[np.float64] | None:
    """Contacts of a year that attending would truly spare each family, NaN where not known."""
    file = truth / "programme.parquet"
    if not file.exists():
        return None
    rows = con.execute(SPARED, {"identity": str(truth / "identity.parquet"), "programme": str(file)}).fetchall()
    keys, values = np.array([row[0] for row in rows], np.int64), np.array([row[1] for row in rows], np.float64)
    return look_up(keys, values, people, np.nan)

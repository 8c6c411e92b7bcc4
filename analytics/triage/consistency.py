"""How evenly the hub decides: workers beside their own team, teams and months beside each other, agencies by what came
of what they sent; where people differ, and how far two readings of one contact agree.

Every comparison is at equal risk: with what colleagues decided of contacts that were alike in all that was known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.bootstrap import Figure, family_weights, figure
from analytics.triage.decided import Decided, dummies, whole_until
from analytics.triage.expected import by_others, clustered
from analytics.triage.funnel import LEVEL, Compared, between, compare, holm, limit
from data.contacts import LEVELS, LOW

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
WORKER, TEAM, MONTH, AGENCY = "worker", "team", "month", "agency"
FEWEST = {WORKER: 40, TEAM: 100, MONTH: 40, AGENCY: 100}  # contacts below which nothing is said of somebody
YEARS = 2
#: Agencies bring different people. Up to seven contacts in a hundred are taken for that: eight agencies do not tell how
#: far agencies naturally differ. Set on invented cities other than those of the trial; a council sets its own.
NATURAL = 0.07
SHARED = 0.25  # part of a reason's contacts that must come from others before an agency is compared on it
STEPS = {level: one.either for level, one in enumerate(LEVELS) if level}
LEAST_OF_A_PART = 200


@dataclass(frozen=True)
class Report:
    """``units``: one row a worker, team, month and agency looked at (kind, name, place, contacts, shift, low, high,
    limit, history, free, p, unusual; each 100 contacts). ``where``: (kind, part, contacts, spread).
    """

    contacts: int
    units: pd.DataFrame
    where: pd.DataFrame
    agreement: dict[str, Agreement]

    def of(self, kind: str) -> pd.DataFrame:
        return self.units[self.units["kind"] == kind].reset_index(drop=True)


@dataclass(frozen=True)
class Agreement:
    """Quadratic weighted kappa with its interval, of how many contacts, and the share of them graded the same."""

    kappa: Figure
    contacts: int
    same: float


def report(every: Decided, until: date, since: date | None = None) -> Report:
    """Workers, teams and months over ``[since, until)``, two years unless told; agencies over the years before
    ``until`` whose aftermath is whole. Of too few contacts nothing is said: the frame lacks the row."""
    begin = since or until - timedelta(days=round(365.25 * YEARS))
    lately, whole = every.since(begin), every.until(whole_until(until))
    parts: list[pd.DataFrame] = [part for part in (_workers(lately), _months(lately), _agencies(whole)) if len(part)]
    columns = ["kind", *_COLUMNS, "unusual"]
    units = pd.concat(parts, ignore_index=True).assign(unusual=False) if parts else pd.DataFrame(columns=columns)
    # Two questions, each corrected for all who were looked at: how the hub decides, and what agencies send.
    for sent in (False, True):
        asked = (units["kind"] == AGENCY) == sent
        p, scale, free = (units.loc[asked, name].to_numpy(np.float64) for name in ("p", "limit", "free"))
        units.loc[asked, "unusual"] = holm(p) < LEVEL
        if len(p):
            units.loc[asked, "limit"] = limit(scale, free, len(p), 1 if sent else 2) + 100 * NATURAL * sent
    return Report(len(lately), units, _where(lately), _agreements(lately))


_COLUMNS = ("name", "place", "contacts", "shift", "low", "high", "limit", "history", "free", "p")


def _frame(kind: str, name: list[str], place: list[str], n: Floats, found: Compared) -> pd.DataFrame:
    """``limit`` is filled when it is known how many were looked at."""
    rows = {
        "kind": kind, "name": name, "place": place, "contacts": n.astype(int), "shift": 100 * found.shift,
        "low": 100 * (found.shift - found.reach), "high": 100 * (found.shift + found.reach),
        "limit": 100 * found.scale, "history": np.nan, "free": found.free, "p": found.p,
    }  # fmt: skip
    return pd.DataFrame(rows)


def _workers(one: Decided) -> pd.DataFrame:
    """Workers beside the others of their team; teams by what their workers have in common, beside each other."""
    one = one.take(_often(one.told[WORKER], FEWEST[WORKER]))
    team = one.told.groupby(WORKER)[TEAM].agg(_usual)
    team = team[_often(team, 2)]
    one = one.take(one.told[WORKER].isin(team.index))
    place, teams = pd.factorize(team, sort=True)
    if len(place) < 2:
        return pd.DataFrame()
    group, names = pd.factorize(one.told[WORKER], sort=True)
    controls = [one.tells, one.past, one.when, dummies(one.told[AGENCY])]
    n, mean, error = _residuals(one, one.grade, group.astype(np.int64), controls)
    found = compare(mean, error, place.astype(np.int64))
    rows = _frame(WORKER, list(names), [str(team[name]) for name in names], n, found)
    if len(teams) < 3 or not np.bincount(place, found.kept).all():
        return rows
    weight = np.where(found.kept, 1 / (error**2 + found.spread**2), 0.0)
    total = np.bincount(place, weight)
    centre = np.bincount(place, weight * mean) / total
    beside = compare(centre, 1 / np.sqrt(total), np.zeros(len(teams), np.int64), found.spread, free=found.free)
    told = np.bincount(place, n).astype(np.float64)
    return pd.concat([rows, _frame(TEAM, list(teams), [""] * len(teams), told, beside)])


def _months(one: Decided) -> pd.DataFrame:
    month = one.told["received_at"].dt.to_period("M").astype(str)
    one = one.take(_often(month, FEWEST[MONTH]))
    group, names = pd.factorize(one.told["received_at"].dt.to_period("M").astype(str), sort=True)
    if len(names) < 6:
        return pd.DataFrame()
    controls = [one.tells, one.past, dummies(one.told[AGENCY])]
    n, mean, error = _residuals(one, one.grade, group.astype(np.int64), controls)
    return _frame(MONTH, list(names), [""] * len(names), n, compare(mean, error, np.zeros(len(names), np.int64)))


def empty_handed(one: Decided) -> Floats:
    """1 where a contact led nowhere and no other agency came with a worry a year before or after; float64[n]."""
    return ((one.grade <= LOW) & ~one.told["elsewhere"].to_numpy(bool)).astype(np.float64)


def _agencies(one: Decided) -> pd.DataFrame:
    """Agencies beside each other, on reasons that others bring as well.

    Not at equal history of the family: that nobody knew the family is just what is looked for. What is left beside the
    same history (``history``: led nowhere, at equal history) is told as well.
    """
    one = one.take(_comparable(one.told))
    one = one.take(_often(one.told[AGENCY], FEWEST[AGENCY]))
    group, names = pd.factorize(one.told[AGENCY], sort=True)
    if len(names) < 3:
        return pd.DataFrame()
    place = np.zeros(len(names), np.int64)
    n, mean, error = _residuals(one, empty_handed(one), group.astype(np.int64), [one.tells])
    found = compare(mean, error, place, spread=0.0, natural=NATURAL)
    rows = _frame(AGENCY, list(names), [""] * len(names), n, found)
    low = (one.grade <= LOW).astype(np.float64)
    _, nowhere, wide = _residuals(one, low, group.astype(np.int64), [one.tells, one.past])
    return rows.assign(history=100 * compare(nowhere, wide, place).shift)


def _comparable(told: pd.DataFrame) -> pd.Series:
    each = told.groupby(["reason", AGENCY])["contact"].transform("size")
    whole = told.groupby("reason")["contact"].transform("size")
    return (whole - each) / whole >= SHARED


def _often(values: pd.Series, fewest: int) -> pd.Series:
    return values.groupby(values).transform("size") >= fewest


def _usual(teams: pd.Series) -> str:
    return str(teams.mode().iloc[0])


def _residuals(one: Decided, y: Floats, group: Ints, controls: list[Floats]) -> tuple[Floats, Floats, Floats]:
    expected = by_others(np.hstack(controls), y, group)
    return clustered(y - expected, group, one.kin)


def _where(one: Decided) -> pd.DataFrame:
    """How far workers stand apart, a standard deviation for each 100 contacts: by reason, and by step of the ladder."""
    one = one.take(_often(one.told[WORKER], FEWEST[WORKER]))
    group, names = pd.factorize(one.told[WORKER], sort=True)
    if len(names) < 3:
        return pd.DataFrame(columns=["kind", "part", "contacts", "spread"])
    controls = np.hstack([one.tells, one.past, one.when, dummies(one.told[AGENCY])])
    grades = np.column_stack([one.grade, *(one.grade >= step for step in STEPS)]).astype(np.float64)
    off = grades - by_others(controls, grades, group.astype(np.int64))
    rows = [
        ("reason", str(reason), len(at), _apart(off[at, 0], group[at], one.kin[at]))
        for reason, at in one.told.groupby("reason").indices.items()
        if len(at) >= LEAST_OF_A_PART
    ]
    rows += [("step", str(step), len(one), _apart(off[:, at], group, one.kin)) for at, step in enumerate(STEPS, 1)]
    return pd.DataFrame(rows, columns=["kind", "part", "contacts", "spread"])


def _apart(residual: Floats, group: NDArray[np.intp], kin: Ints) -> float:
    """Natural and planted differences alike: the spread of all, whoever stands out."""
    own = np.unique(group, return_inverse=True)[1].astype(np.int64)
    n, mean, error = clustered(residual, own, kin)
    seen = (n >= 5) & (error > 0)
    return 100 * between(mean[seen], error[seen], np.zeros(int(seen.sum()), np.int64)) if seen.sum() > 2 else np.nan


def _agreements(one: Decided) -> dict[str, Agreement]:
    """Between workers' grades and the suggestion, where there is one; between two readings of a contact told twice."""
    found = {}
    told = one.told
    if told["level"].notna().any():
        seen = told[told["level"].notna()]
        found["suggestion"] = agreement(
            seen["grade"].to_numpy(int), seen["level"].to_numpy(int), seen["kin"].to_numpy(np.int64)
        )
    grades = told.set_index("contact")["grade"]
    pairs = told[told["again"].isin(grades.index)]
    if len(pairs) >= FEWEST[WORKER]:
        other = grades.reindex(pairs["again"]).to_numpy(int)
        kin = pairs["kin"].to_numpy(np.int64)
        found["twice"] = agreement(pairs["grade"].to_numpy(int), other, kin)
    return found


def agreement(one: NDArray[np.integer], other: NDArray[np.integer], kin: Ints) -> Agreement:
    """Cohen's kappa with quadratic weights (1968) of two gradings int[n], places in `LEVELS`; interval by families."""
    weights, levels = family_weights(kin), len(LEVELS)
    cell = (one * levels + other)[:, None] == np.arange(levels * levels)
    counts = weights.T.astype(np.float64) @ cell
    table = (counts / counts.sum(axis=1, keepdims=True)).reshape(-1, levels, levels)
    far = (np.arange(levels)[:, None] - np.arange(levels)) ** 2
    by_chance = table.sum(axis=2)[:, :, None] * table.sum(axis=1)[:, None, :]
    with np.errstate(invalid="ignore", divide="ignore"):
        kappa = 1 - (table * far).sum(axis=(1, 2)) / (by_chance * far).sum(axis=(1, 2))
    return Agreement(figure(kappa), len(one), float((one == other).mean()))

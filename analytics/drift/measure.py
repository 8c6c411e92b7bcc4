"""A model's today beside what it learned from and the date it was measured at: one row a figure and as-of date.

indicator    each indicator's spread, against those it learned from at the same time of year
score        the scores' spread, against the date its figures were measured at
alert        how many score as high as the list's last place did then
calibration  found against told, at the dates whose outcomes are known, against the earliest of them
list         how many of a list were not on the one before
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.drift import bins
from analytics.drift.judge import judged
from analytics.drift.limits import ALERT, CALIBRATION, INDICATOR, LIMITS, LIST, SCORE
from analytics.drift.stability import ratio_moved, stability
from analytics.drift.verdict import Verdict
from analytics.evaluation.labels import identified_label, window
from analytics.models.calibration import HEIGHTENED, ranks
from analytics.models.folds import fold_of
from analytics.models.inputs import Inputs, Job
from analytics.models.result import ModelResult
from analytics.models.scoring import DATES, cohort
from analytics.models.spec import ModelSpec
from data.snapshot.tables import DRIFT, MODEL_DRIFT

#: Dates whose outcomes are known that are looked at: a year and a quarter, so that first and last share no window.
CLOSED = 5
#: So many times the places: the list and the band below it.
TOP = 3

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Moved:
    """One figure at one date: how far it moved, and the two sides of it. ``n``: people or cases that it rests on."""

    what: str
    name: str
    as_of: date
    value: float
    n: float
    before: float = float("nan")
    now: float = float("nan")
    unknown_before: float = float("nan")
    unknown_now: float = float("nan")


@dataclass(frozen=True)
class Drift:
    """Everything compared of one model: rows of ``drift`` and the verdict on it."""

    model: str
    version: str
    rows: pd.DataFrame
    verdict: Verdict

    def verdict_table(self) -> pd.DataFrame:
        """The one row of the snapshot's ``model_drift``."""
        row = (self.model, self.version, self.verdict.state, self.verdict.drifted, self.verdict.reason)
        return pd.DataFrame([row], columns=list(MODEL_DRIFT.names()))


def drift(spec: ModelSpec, inputs: Inputs, result: ModelResult) -> Drift | None:
    """What moved of the model that ``result`` trained from ``inputs``; None where nothing was trained."""
    if result.model is None or result.calibration is None or result.evaluated_at is None:
        return None
    past = _Past.of(spec, inputs, result)
    found = [*_indicators(past), *_scores(past), *_alerts(past), *_calibration(past), *_lists(result.scores)]
    rows = _table(spec.name, result.version, found)
    return Drift(spec.name, result.version, rows, judged(rows))


@dataclass(frozen=True)
class _Past:
    """The run, narrowed to the dates that are looked at, with everybody's raw score at each."""

    job: Job
    result: ModelResult
    measured: date
    recent: tuple[date, ...]
    closed: tuple[date, ...]
    raw: dict[date, Floats]

    @classmethod
    def of(cls, spec: ModelSpec, inputs: Inputs, result: ModelResult) -> _Past:
        assert result.evaluated_at is not None
        dates = sorted(inputs.matrices)
        whole = [day for day in dates if window(day, spec.gap_days, spec.horizon_months)[1] <= dates[-1]]
        recent, closed = tuple(dates[-DATES:]), tuple(whole[-CLOSED:])
        wanted = sorted({*recent, *closed, result.evaluated_at})
        job = Job.of(spec, replace(inputs, matrices={day: inputs.matrices[day] for day in wanted}))
        raw = {day: _raw(job, result, day) for day in wanted}
        return cls(job, result, result.evaluated_at, recent, closed, raw)

    def season(self, day: date) -> date:
        """The date that ``day`` is held against: of the year that was measured, the one at the same time of year."""
        same = [ago for ago in self.closed if (ago.month, ago.day) == (day.month, day.day)]
        return max(same, default=self.measured)

    def told(self, day: date) -> Floats:
        assert self.result.calibration is not None
        return self.result.calibration.probability(self.raw[day])


def _raw(job: Job, result: ModelResult, day: date) -> Floats:
    assert result.model is not None
    matrix = cohort(job, day)
    return result.model.raw(matrix.values, fold_of(job.inputs.families.of(matrix.people)))


def _indicators(past: _Past) -> list[Moved]:
    learned, found = past.result.learned, []
    assert learned is not None
    for day in past.recent:
        values, then = cohort(past.job, day).values, learned.of_season(day, LIMITS[INDICATOR].fewest)
        few = min(len(values), len(then))
        for at, name in enumerate(past.job.names):
            moved = _spread(values[:, at], then[:, at])
            (mean, unknown), (now, unknown_now) = bins.told(then[:, at]), bins.told(values[:, at])
            found.append(Moved(INDICATOR, name, day, moved, few, mean, now, unknown, unknown_now))
    return found


def _spread(now: bins.Values, then: bins.Values, shares: Floats = bins.STEPS) -> float:
    """How far ``now`` is spread from ``then``, in bins drawn on that."""
    cut = bins.edges(then, shares)
    return stability(bins.counts(now, cut), bins.counts(then, cut))


def _scores(past: _Past) -> list[Moved]:
    """``before`` and ``now`` are the mean chance that it told."""
    found = []
    for day in past.recent:
        ago = past.season(day)
        then, now = past.raw[ago], past.raw[day]
        moved = _spread(now, then, bins.TOP)
        told, tells = float(past.told(ago).mean()), float(past.told(day).mean())
        found.append(Moved(SCORE, "raw", day, moved, min(len(then), len(now)), told, tells))
    return found


def _alerts(past: _Past) -> list[Moved]:
    """The share who score at least as high as the last place on the list did a year or two ago."""
    found = []
    for day in past.recent:
        then, now = past.raw[past.season(day)], past.raw[day]
        border = np.sort(then)[-min(past.job.capacity, len(then))]
        before, after = float((then >= border).sum()), float((now >= border).sum())
        moved = ratio_moved((after + 0.5) / len(now), (before + 0.5) / len(then), after, before)
        most = max(before, after)
        found.append(Moved(ALERT, HEIGHTENED, day, moved, most, before / len(then), after / len(now)))
    return found


def _calibration(past: _Past) -> list[Moved]:
    """``now`` is found over told at a date, ``before`` the same at the earliest date; of everybody, and of the top."""
    found = []
    for name in ("all", "top"):
        seen = [_found_and_told(past, day, name) for day in past.closed]
        for day, (cases, told) in zip(past.closed, seen, strict=True):
            before, now = (seen[0][0] + 0.5) / seen[0][1], (cases + 0.5) / told
            moved = ratio_moved(now, before, cases, seen[0][0]) if day != past.closed[0] else 0.0
            found.append(Moved(CALIBRATION, name, day, moved, max(cases, seen[0][0]), before, now))
    return found


def _found_and_told(past: _Past, day: date, name: str) -> tuple[float, float]:
    """How many were identified in the window of ``day``, and how many it told."""
    spec, people = past.job.spec, cohort(past.job, day).people
    label = identified_label(past.job.inputs.known, people, day, spec.gap_days, spec.horizon_months)
    keep = label.measured & (ranks(past.raw[day]) <= TOP * past.job.capacity if name == "top" else True)
    return float(label.positive[keep].sum()), max(float(past.told(day)[keep].sum()), 1e-9)


def _lists(scores: pd.DataFrame) -> list[Moved]:
    """The share of each list who were not on the one before."""
    on = scores[scores["band"] == HEIGHTENED]
    lists = {day: frozenset(on.loc[on["as_of"] == day, "person"]) for day in sorted(on["as_of"].unique())}
    return [
        Moved(LIST, "new", day.date(), len(lists[day] - lists[ago]) / len(lists[day]), len(lists[day]))
        for ago, day in pairwise(lists)
    ]


def _table(model: str, version: str, found: Sequence[Moved]) -> pd.DataFrame:
    rows = []
    for one in found:
        what, name, day, value, n, *sides = astuple(one)
        limit = LIMITS[what]
        verdict = limit.verdict(value, n)
        rows.append((model, version, what, name, day, value, limit.watch, limit.act, verdict, *sides, int(n)))
    frame = pd.DataFrame(rows, columns=list(DRIFT.names()))
    return frame.astype({"as_of": "datetime64[s]", "watch": float, "act": float})

"""Measure several rankings of one cohort against one or more labels, side by side on the same resamplings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from analytics.evaluation.bootstrap import family_weights, figure
from analytics.evaluation.groups import group_rows
from analytics.evaluation.labels import Labels
from analytics.evaluation.metrics import (
    Ranking,
    calibration_bins,
    calibration_error,
    found_in_top,
    list_figures,
    ranking_figures,
)
from analytics.evaluation.rows import EVERYONE, Row

Floats = NDArray[np.float64]
TOP_SHARES = (0.01, 0.02, 0.05)
CAPACITY_FACTORS = (0.5, 1.0, 2.0, 4.0)


@dataclass(frozen=True)
class Contest:
    """One cohort and everything that ranks it; arrays run along the cohort, n people.

    ``scores``: estimator -> float[n], higher first. ``probabilities``: estimator -> float[n], for those that tell one.
    ``rival`` names the ranking that every other one is compared with, on the same resamplings.
    """

    family: NDArray[np.int64]
    scores: Mapping[str, Floats]
    labels: Mapping[str, Labels]
    capacity: int
    rival: str
    probabilities: Mapping[str, Floats] = field(default_factory=dict)
    groups: Mapping[str, NDArray[np.object_]] = field(default_factory=dict)
    grouped: tuple[str, ...] = ()


def evaluate(contest: Contest) -> list[Row]:
    """Every figure as rows: overall, at several capacities, in the top shares, calibration bins, by group."""
    rows: list[Row] = []
    for name, label in contest.labels.items():
        measured = label.measured
        weights = family_weights(contest.family[measured])
        positive = label.positive[measured]
        rival = _list_precision(contest.scores[contest.rival][measured], positive, weights, contest.capacity)
        for estimator, score in contest.scores.items():
            told = contest.probabilities.get(estimator)
            one = _Entry(estimator, name, score[measured], None if told is None else told[measured])
            rows += _measure(one, positive, weights, contest.capacity, rival)
            if estimator in contest.grouped:
                groups = {grouping: member[measured] for grouping, member in contest.groups.items()}
                rows += group_rows(estimator, name, one.score, positive, weights, contest.capacity, groups)
    return rows


@dataclass(frozen=True)
class _Entry:
    estimator: str
    label: str
    score: Floats
    probability: Floats | None

    def row(
        self, metric: str, values: Floats, positive: NDArray[np.bool_], grouping: str, group: str, centred: bool = False
    ) -> Row:
        size, found = len(positive), int(positive.sum())
        return Row(self.estimator, self.label, grouping, group, metric, figure(values, centred), size, found)


def _list_precision(score: Floats, positive: NDArray[np.bool_], weights: NDArray[np.int16], capacity: int) -> Floats:
    ranking = Ranking.of(score)
    return list_figures(ranking, positive, weights, capacity)["precision_at_capacity"]


def _measure(
    one: _Entry, positive: NDArray[np.bool_], weights: NDArray[np.int16], capacity: int, rival: Floats
) -> list[Row]:
    ranking = Ranking.of(one.score)
    figures = ranking_figures(ranking, positive, weights) | list_figures(ranking, positive, weights, capacity)
    figures["lead_at_capacity"] = figures["precision_at_capacity"] - rival
    rows = [one.row(metric, values, positive, EVERYONE, EVERYONE) for metric, values in figures.items()]
    rows += _capacity_rows(one, ranking, positive, weights, capacity)
    for share in TOP_SHARES:
        found = found_in_top(ranking, positive, weights, share)
        rows.append(one.row("found", found, positive, "top", f"{share:.0%}"))
    if one.probability is not None:
        rows += _calibration_rows(one, one.probability, ranking, positive, weights)
    return rows


def _capacity_rows(
    one: _Entry, ranking: Ranking, positive: NDArray[np.bool_], weights: NDArray[np.int16], capacity: int
) -> list[Row]:
    rows = []
    for factor in CAPACITY_FACTORS:
        size = max(1, round(factor * capacity))
        figures = list_figures(ranking, positive, weights, size)
        for metric in ("precision_at_capacity", "recall_at_capacity", "false_per_true", "lift_at_capacity"):
            rows.append(one.row(metric, figures[metric], positive, "capacity", str(size)))
    return rows


def _calibration_rows(
    one: _Entry, probability: Floats, ranking: Ranking, positive: NDArray[np.bool_], weights: NDArray[np.int16]
) -> list[Row]:
    """Told against found in the top 5 %, beside what telling everyone there the cohort's rate would have missed by."""
    bins = calibration_bins(ranking)
    error, told, found = calibration_error(bins, probability, positive, weights)
    constant = np.full(len(positive), positive.mean() if len(positive) else 0.0)
    plain, _, _ = calibration_error(bins, constant, positive, weights)
    rows = [
        one.row("calibration_error", error, positive, EVERYONE, EVERYONE, centred=True),
        one.row("calibration_error_of_constant", plain, positive, EVERYONE, EVERYONE, centred=True),
    ]
    for number, people in enumerate(bins):
        inside = positive[people]
        for metric, values in (("told", told[number]), ("found", found[number])):
            rows.append(one.row(metric, values, inside, "calibration", f"{number + 1:02d}"))
    return rows


def as_json(rows: list[Row]) -> dict[str, object]:
    """``estimators.NAME.LABEL.METRIC = {"value", "low", "high"}`` with ``n``, ``positives`` and ``ceiling`` beside."""
    estimators: dict[str, dict[str, dict[str, object]]] = {}
    for row in rows:
        entry = estimators.setdefault(row.estimator, {}).setdefault(row.label, {})
        if row.grouping == EVERYONE:
            entry |= {"n": row.n, "positives": row.positives}
            entry[row.metric] = row.figure.value if row.metric == "ceiling" else row.figure.as_json()
        elif row.grouping in ("top", "capacity", "calibration"):
            place = entry.setdefault(f"{row.metric}_by_{row.grouping}", {})
            assert isinstance(place, dict)
            place[row.group] = row.figure.as_json()
    return {"estimators": estimators, "groups": _groups_json(rows)}


def _groups_json(rows: list[Row]) -> dict[str, object]:
    groups: dict[str, dict[str, dict[str, dict[str, object]]]] = {}
    for row in rows:
        if row.grouping not in (EVERYONE, "top", "capacity", "calibration"):
            entry = groups.setdefault(row.estimator, {}).setdefault(row.label, {})
            one = entry.setdefault(f"{row.grouping}={row.group}", {"n": row.n, "positives": row.positives})
            one[row.metric] = row.figure.as_json()
    return dict(groups)

"""Measure several rankings of one cohort against one or more labels, side by side on the same resamplings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from analytics.evaluation.bootstrap import family_weights, figure
from analytics.evaluation.groups import group_rows, is_small
from analytics.evaluation.labels import Labels
from analytics.evaluation.metrics import (
    Ranking,
    calibration_bins,
    calibration_error,
    found_in_top,
    list_figures,
    ranking_figures,
)
from analytics.evaluation.recalibration import recalibrated, slope_and_intercept
from analytics.evaluation.rows import EVERYONE, Row

Floats = NDArray[np.float64]
TOP_SHARES = (0.01, 0.02, 0.05)
CAPACITY_FACTORS = (0.5, 1.0, 2.0, 4.0)
AT_CAPACITY = (
    "precision_at_capacity", "recall_at_capacity", "false_per_true", "lift_at_capacity", "lead_at_capacity",
)  # fmt: skip
#: What groups' figures are called where anybody's scores are audited.
SHORT = {"precision_at_capacity": "precision", "recall_at_capacity": "recall"}


@dataclass(frozen=True)
class Contest:
    """One cohort and everything that ranks it; arrays run along the cohort, n people.

    ``scores``: estimator -> float[n], higher first. ``probabilities``: estimator -> float[n], for those that tell one;
    ``uncalibrated``: the same before calibration. ``rival`` names the ranking that every other one is compared with, on
    the same resamplings. ``grouped``: those told by group; ``paired``: those told by pairs of groups too.
    """

    family: NDArray[np.int64]
    scores: Mapping[str, Floats]
    labels: Mapping[str, Labels]
    capacity: int
    rival: str
    probabilities: Mapping[str, Floats] = field(default_factory=dict)
    groups: Mapping[str, NDArray[np.object_]] = field(default_factory=dict)
    grouped: tuple[str, ...] = ()
    paired: tuple[str, ...] = ()
    uncalibrated: Mapping[str, Floats] = field(default_factory=dict)


def evaluate(contest: Contest) -> list[Row]:
    """Every figure as rows: overall, at several capacities, in the top shares, calibration bins, by group."""
    rows: list[Row] = []
    for name, label in contest.labels.items():
        measured = label.measured
        family = contest.family[measured]
        weights = family_weights(family)
        positive = label.positive[measured]
        rival = _precisions(contest.scores[contest.rival][measured], positive, weights, contest.capacity)
        for estimator, score in contest.scores.items():
            told, plain = (_of(each, estimator, measured) for each in (contest.probabilities, contest.uncalibrated))
            one = _Entry(estimator, name, score[measured], told, plain, family)
            rows += _measure(one, positive, weights, contest.capacity, rival)
            if estimator in contest.grouped:
                groups = {grouping: member[measured] for grouping, member in contest.groups.items()}
                listed = (estimator, name, one.score, positive, weights, contest.capacity, groups)
                rows += group_rows(*listed, told, pairs=estimator in contest.paired)
    return rows


def _of(by_estimator: Mapping[str, Floats], estimator: str, measured: NDArray[np.bool_]) -> Floats | None:
    values = by_estimator.get(estimator)
    return None if values is None else values[measured]


@dataclass(frozen=True)
class _Entry:
    estimator: str
    label: str
    score: Floats
    probability: Floats | None
    uncalibrated: Floats | None
    family: NDArray[np.int64]

    def row(
        self, metric: str, values: Floats, positive: NDArray[np.bool_], grouping: str, group: str, centred: bool = False
    ) -> Row:
        size, found = len(positive), int(positive.sum())
        return Row(self.estimator, self.label, grouping, group, metric, figure(values, centred), size, found)


def _sizes(capacity: int) -> list[int]:
    """Lists that are measured: half the places, as many, twice and four times as many."""
    return [max(1, round(factor * capacity)) for factor in CAPACITY_FACTORS]


def _precisions(
    score: Floats, positive: NDArray[np.bool_], weights: NDArray[np.int16], capacity: int
) -> dict[int, Floats]:
    """Size of list -> precision of a ranking's list of that size, float[r]."""
    ranking = Ranking.of(score)
    return {size: list_figures(ranking, positive, weights, size)["precision_at_capacity"] for size in _sizes(capacity)}


def _measure(
    one: _Entry, positive: NDArray[np.bool_], weights: NDArray[np.int16], capacity: int, rival: Mapping[int, Floats]
) -> list[Row]:
    ranking = Ranking.of(one.score)
    figures = ranking_figures(ranking, positive, weights) | list_figures(ranking, positive, weights, capacity)
    figures["lead_at_capacity"] = figures["precision_at_capacity"] - rival[capacity]
    rows = [one.row(metric, values, positive, EVERYONE, EVERYONE) for metric, values in figures.items()]
    rows += _capacity_rows(one, ranking, positive, weights, rival)
    for share in TOP_SHARES:
        found = found_in_top(ranking, positive, weights, share)
        rows.append(one.row("found", found, positive, "top", f"{share:.0%}"))
    if one.probability is not None:
        rows += _calibration_rows(one, one.probability, ranking, positive, weights)
    return rows


def _capacity_rows(
    one: _Entry,
    ranking: Ranking,
    positive: NDArray[np.bool_],
    weights: NDArray[np.int16],
    rival: Mapping[int, Floats],
) -> list[Row]:
    rows = []
    for size, of_rival in rival.items():
        figures = list_figures(ranking, positive, weights, size)
        figures["lead_at_capacity"] = figures["precision_at_capacity"] - of_rival
        rows += [one.row(metric, figures[metric], positive, "capacity", str(size)) for metric in AT_CAPACITY]
    return rows


def _calibration_rows(
    one: _Entry, probability: Floats, ranking: Ranking, positive: NDArray[np.bool_], weights: NDArray[np.int16]
) -> list[Row]:
    """Told against found in the top 5 %, before calibration, after it, and after a second one on these outcomes.

    Beside them, what telling everyone there the cohort's rate would have missed by.
    """
    bins = calibration_bins(ranking)
    _, told, found = calibration_error(bins, probability, positive, weights)
    rows = []
    for metric, chance in _told_ways(one, probability, positive).items():
        error, _, _ = calibration_error(bins, chance, positive, weights)
        rows.append(one.row(metric, error, positive, EVERYONE, EVERYONE, centred=True))
    slope, intercept = slope_and_intercept(probability, positive, weights)
    rows += [
        one.row("calibration_slope", slope, positive, EVERYONE, EVERYONE),
        one.row("calibration_intercept", intercept, positive, EVERYONE, EVERYONE),
    ]
    for number, people in enumerate(bins):
        inside = positive[people]
        for metric, values in (("told", told[number]), ("found", found[number])):
            rows.append(one.row(metric, values, inside, "calibration", f"{number + 1:02d}"))
    return rows


def _told_ways(one: _Entry, probability: Floats, positive: NDArray[np.bool_]) -> dict[str, Floats]:
    """Metric -> the chances whose error it is."""
    constant = np.full(len(positive), positive.mean() if len(positive) else 0.0)
    plain = {} if one.uncalibrated is None else {"calibration_error_uncalibrated": one.uncalibrated}
    return (
        {"calibration_error": probability, "calibration_error_of_constant": constant}
        | plain
        | {"calibration_error_recalibrated": recalibrated(probability, positive, one.family)}
    )


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
    """``NAME.LABEL."COL=VALUE".METRIC``, of pairs ``"COL=VALUE,COL=VALUE"``, as ``python -m analytics fairness``."""
    groups: dict[str, dict[str, dict[str, dict[str, object]]]] = {}
    for row in rows:
        if row.grouping not in (EVERYONE, "top", "capacity", "calibration"):
            entry = groups.setdefault(row.estimator, {}).setdefault(row.label, {})
            pairs = zip(row.grouping.split(","), row.group.split(","), strict=True)
            one = entry.setdefault(
                ",".join(f"{column}={value}" for column, value in pairs),
                {"n": row.n, "positives": row.positives, "small": is_small(row.n, row.positives)},
            )
            one[row.metric] = one[SHORT.get(row.metric, row.metric)] = row.figure.as_json()
    return dict(groups)

"""The same figures by sex, ethnicity, age, SEN, deprivation and their pairs, on each group's share of the common list.

Names are those of ``analytics.fairness``, which audits anybody's scores.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from analytics.evaluation.bootstrap import figure
from analytics.evaluation.metrics import Ranking, Tally, figures_of, ranking_figures, selected
from analytics.evaluation.rows import Row

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Names = NDArray[np.object_]
NOT_RECORDED = "not recorded"
#: A group with fewer people, or fewer found, says little by itself.
FEW_PEOPLE, FEW_POSITIVES = 50, 10


def is_small(people: int, positives: int) -> bool:
    """Whether a group is too small to say much."""
    return people < FEW_PEOPLE or positives < FEW_POSITIVES


def group_rows(
    estimator: str,
    label: str,
    score: Floats,
    positive: Bools,
    weights: NDArray[np.int16],
    capacity: float,
    groups: Mapping[str, Names],
    told: Floats | None = None,
    pairs: bool = False,
) -> list[Row]:
    """One row a grouping, group and metric. ``groups`` maps a grouping to each person's group, object[n].

    ``told``: the chances told, for their calibration. ``pairs``: of every two groupings too (``sex,age``), whose
    members are not ranked among themselves.
    """
    ranking = Ranking.of(score)
    share = np.zeros((len(score), weights.shape[1]))
    on_list = selected(ranking, weights, capacity)
    share[ranking.order[: len(on_list)]] = on_list
    common = _Common(positive, weights, share * weights, told)
    rows: list[Row] = []
    for grouping, member in _groupings(groups, pairs):
        names, code = np.unique(member.astype(str), return_inverse=True)
        figures = _figures(common, code, len(names), capacity)
        for number, name in enumerate(names.tolist()):
            within = code == number
            mine = {metric: values[number] for metric, values in figures.items()}
            if grouping in groups:
                mine |= _ranked_within(score, positive, weights, within)
            size, found = int(within.sum()), int((positive & within).sum())
            rows += [
                Row(estimator, label, grouping, name, metric, figure(values), size, found)
                for metric, values in mine.items()
            ]
    return rows


class _Common:
    """What every grouping adds up, float64[n, r]: a weight a person, who is on the list, the chances told."""

    def __init__(self, positive: Bools, weights: NDArray[np.int16], listed: Floats, told: Floats | None) -> None:
        self.positive = positive
        self.weights = weights.astype(float)
        self.listed = listed
        self.told = told


def _groupings(groups: Mapping[str, Names], pairs: bool) -> Iterator[tuple[str, Names]]:
    """Each grouping, then each pair of them, with the group of each person."""
    named = {
        grouping: np.array([NOT_RECORDED if name is None else str(name) for name in member], dtype=object)
        for grouping, member in groups.items()
    }
    yield from named.items()
    for one, other in combinations(named, 2) if pairs else ():
        yield f"{one},{other}", named[one] + "," + named[other]


def _figures(common: _Common, code: NDArray[np.int64], groups: int, capacity: float) -> dict[str, Floats]:
    """Every figure of every group of one grouping, float[groups, r] each."""
    n = len(code)
    member = csr_matrix((np.ones(n), (code, np.arange(n))), shape=(groups, n))
    found = member[:, common.positive]
    counts = Tally(
        chosen=member @ common.listed,
        true=found @ common.listed[common.positive],
        people=member @ common.weights,
        positives=found @ common.weights[common.positive],
    )
    figures = figures_of(counts, capacity)
    del figures["ceiling"]
    if common.told is not None:
        with np.errstate(invalid="ignore", divide="ignore"):
            figures["mean_score"] = (member.multiply(common.told[None, :]).tocsr() @ common.weights) / counts.people
        figures["calibration_gap"] = figures["mean_score"] - figures["base_rate"]
    return figures


def _ranked_within(score: Floats, positive: Bools, weights: NDArray[np.int16], within: Bools) -> dict[str, Floats]:
    """How well the group itself is put in order."""
    ranking = Ranking.of(score[within])
    return ranking_figures(ranking, positive[within], weights[within])

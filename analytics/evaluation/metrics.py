"""Figures of a ranking, for many family weightings in one pass.

Everything takes weights int16[n, r]: column 0 is every person once, the rest are bootstrap resamplings. Equal scores
are one group, and what falls on the border of the list counts by expectation, so no figure depends on row order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Counts = NDArray[np.int64]
Weights = NDArray[np.int16]


@dataclass(frozen=True)
class Ranking:
    """People from highest score to lowest, and where each group of equal scores starts. int64[n], int64[g]."""

    order: NDArray[np.int64]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, score: Floats) -> Ranking:
        """Ranks scores float[n], highest first; NaN is lowest."""
        filled = np.where(np.isnan(score), -np.inf, score)
        order = np.argsort(-filled, kind="stable")
        ranked = filled[order]
        starts = np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]]) if len(ranked) else np.zeros(0, int)
        return cls(order, starts)


def _segments(ranking: Ranking, positive: Bools) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Cuts of the ranked people around each group that holds a positive, and which segments those are."""
    group = np.searchsorted(ranking.starts, np.flatnonzero(positive[ranking.order]), side="right") - 1
    group = np.unique(group)
    ends = np.r_[ranking.starts[1:], len(ranking.order)]
    cuts = np.unique(np.r_[0, ranking.starts[group], ends[group]])
    cuts = cuts[cuts < len(ranking.order)]
    return cuts, np.isin(cuts, ranking.starts[group])


def ranking_figures(ranking: Ranking, positive: Bools, weights: Weights) -> dict[str, Floats]:
    """``average_precision`` and ``auc``, float[r].

    Average precision as in scikit-learn (one step a distinct score); AUC counts ties as half.
    """
    if not positive.any():
        nothing = np.full(weights.shape[1], np.nan)
        return {"average_precision": nothing, "auc": nothing}
    cuts, holds = _segments(ranking, positive)
    everyone = segment_sums(weights[ranking.order], cuts)
    total = everyone.sum(axis=0)
    before, all_here = _so_far(everyone)[holds], everyone[holds]
    where = np.flatnonzero(positive[ranking.order])
    groups = np.flatnonzero(np.r_[True, np.diff(np.searchsorted(cuts[holds], where, side="right")) != 0])
    here = segment_sums(weights[ranking.order[where]], groups)
    return _from_groups(here, all_here, before, total)


def _from_groups(here: Counts, all_here: Counts, before: Counts, total: Counts) -> dict[str, Floats]:
    """Both figures from the groups of equal score that hold a positive: positives and people in and before each."""
    found_before, found = _so_far(here), here.sum(axis=0)
    negatives = total - found
    with np.errstate(invalid="ignore", divide="ignore"):
        precision = (found_before + here) / np.maximum(before + all_here, 1)
        below = negatives - (before - found_before) - (all_here - here) / 2
        return {
            "average_precision": (here * precision).sum(axis=0) / found,
            "auc": (here * below).sum(axis=0) / (found * negatives),
        }


def segment_sums(weights: Weights, starts: NDArray[np.int64]) -> Counts:
    """Sums of the rows from each start up to the next, int64[s, r]; starts ascend from 0.

    As ``np.add.reduceat``, which takes ten times as long over rows: a segment here is one sum.
    """
    ends = np.r_[starts[1:], len(weights)]
    out = weights[starts].astype(np.int64)
    for number in np.flatnonzero(ends - starts > 1):
        weights[starts[number] : ends[number]].sum(axis=0, dtype=np.int64, out=out[number])
    return out


def _so_far(counts: Counts) -> Counts:
    return np.cumsum(counts, axis=0) - counts


def selected(ranking: Ranking, weights: Weights, capacity: float) -> Floats:
    """Expected share of each ranked person on a list of ``capacity``, float[m, r]; m reaches whoever may be on it."""
    reach = _reach(ranking, weights, capacity)
    starts = ranking.starts[ranking.starts < reach]
    size = segment_sums(weights[ranking.order[:reach]], starts)
    share = np.clip((capacity - _so_far(size)) / np.maximum(size, 1), 0, 1)
    return np.repeat(share, np.diff(np.r_[starts, reach]), axis=0)


def _reach(ranking: Ranking, weights: Weights, capacity: float) -> int:
    """How many ranked people every weighting needs to fill the list; a whole number of groups of equal score."""
    n = len(ranking.order)
    guess = min(n, int(1.5 * capacity) + 50)
    while guess < n and (weights[ranking.order[:guess]].sum(axis=0, dtype=np.int64) < capacity).any():
        guess = min(n, guess * 2)
    ends = np.r_[ranking.starts[1:], n]
    return int(ends[np.searchsorted(ends, guess)]) if n else 0


def list_figures(
    ranking: Ranking, positive: Bools, weights: Weights, capacity: float, within: Bools | None = None
) -> dict[str, Floats]:
    """Figures of the list of ``capacity``, float[r] each; ``within`` bool[n] restricts them to a group of people.

    ``false_per_true`` is NaN where the list finds nobody. A group is judged on its share of the common list.
    """
    share = selected(ranking, weights, capacity)
    return figures_of(tally(ranking, positive, weights, share, within), capacity)


@dataclass(frozen=True)
class Tally:
    """Counts behind a list's figures, float[r] each: who is on it, who of them was found, and out of how many."""

    chosen: Floats
    true: Floats
    people: Floats
    positives: Floats

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.chosen + other.chosen,
            self.true + other.true,
            self.people + other.people,
            self.positives + other.positives,
        )


def tally(ranking: Ranking, positive: Bools, weights: Weights, share: Floats, within: Bools | None = None) -> Tally:
    """Counts of the list whose shares `selected` gave; ``within`` restricts them to a group of people."""
    top = ranking.order[: len(share)]
    inside = np.ones(len(positive), bool) if within is None else within
    listed = share * weights[top]
    return Tally(
        chosen=listed[inside[top]].sum(axis=0),
        true=listed[(positive & inside)[top]].sum(axis=0),
        people=(weights if within is None else weights[inside]).sum(axis=0, dtype=np.int64).astype(float),
        positives=weights[positive & inside].sum(axis=0, dtype=np.int64).astype(float),
    )


def figures_of(counts: Tally, capacity: float) -> dict[str, Floats]:
    """The list's figures, float[r] each; NaN where there is nobody to speak of."""
    with np.errstate(invalid="ignore", divide="ignore"):
        precision = counts.true / counts.chosen
        base = counts.positives / counts.people
        return {
            "precision_at_capacity": precision,
            "recall_at_capacity": counts.true / counts.positives,
            "false_per_true": np.where(counts.true > 0, (counts.chosen - counts.true) / counts.true, np.nan),
            "lift_at_capacity": precision / base,
            "selection_rate": counts.chosen / counts.people,
            "base_rate": base,
            "false_positive_rate": (counts.chosen - counts.true) / (counts.people - counts.positives),
            "false_negative_rate": (counts.positives - counts.true) / counts.positives,
            "ceiling": np.minimum(1.0, counts.positives / capacity),
        }


def found_in_top(ranking: Ranking, positive: Bools, weights: Weights, share: float) -> Floats:
    """Share of the positives who stand in the top ``share`` of the ranking, float[r]."""
    return list_figures(ranking, positive, weights, share * len(positive))["recall_at_capacity"]


def calibration_bins(ranking: Ranking, top_share: float = 0.05, bins: int = 10) -> list[NDArray[np.int64]]:
    """People of the top ``top_share`` in equal-count bins, lowest bin first; row numbers int64[...] each."""
    top = ranking.order[: max(bins, round(top_share * len(ranking.order)))]
    return [part for part in np.array_split(top[::-1], bins) if len(part)]


def calibration_error(
    bins: list[NDArray[np.int64]], probability: Floats, positive: Bools, weights: Weights
) -> tuple[Floats, Floats, Floats]:
    """Mean distance between told and found over the bins, float[r]; told and found a bin, float[b, r] each."""
    told, found = [], []
    for people in bins:
        weight = weights[people].astype(float)
        total = np.maximum(weight.sum(axis=0), 1)
        told.append(probability[people] @ weight / total)
        found.append(positive[people].astype(float) @ weight / total)
    told_all, found_all = np.array(told), np.array(found)
    return np.abs(told_all - found_all).mean(axis=0), told_all, found_all

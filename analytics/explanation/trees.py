"""Shapley values of tree models for everybody at once, with Woodelf (path-dependent, as shap's TreeExplainer).

Woodelf's own readers go through treelite; reading scikit-learn's arrays directly also gives the exact base value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.tree import ExtraTreeClassifier
from woodelf.core.cube_metric import ShapleyValues
from woodelf.core.trees.decision_trees_ensemble import DecisionTreesEnsemble, LeftIsSmallerEqualDecisionTreeNode
from woodelf.woodelf_sparse import hybrid_woodelf

Floats = NDArray[np.float64]
LEAF = -1
# Woodelf adds up in float32; few trees at a time keep the sum within 1e-6 of shap's.
TREES_TOGETHER = 30


@dataclass(frozen=True)
class Trees:
    """Trees as Woodelf reads them, and the score of nobody in particular."""

    roots: tuple[LeftIsSmallerEqualDecisionTreeNode, ...]
    base: float


@dataclass(frozen=True)
class _Arrays:
    """One tree as parallel arrays over its nodes; ``left`` is -1 in a leaf."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    indicator: NDArray[np.int64]
    cut: Floats
    gap_left: NDArray[np.bool_]
    value: Floats
    cover: Floats

    def mean(self) -> float:
        leaf = self.left == LEAF
        return float((self.value[leaf] * self.cover[leaf]).sum() / self.cover[0])


def contributions_of(trees: Trees, X: NDArray[np.floating]) -> tuple[float, Floats]:
    """Base and Shapley values float64[n, m] of the trees' sum; ``base + sum`` is the raw score within 1e-5."""
    out = np.zeros(X.shape, order="F")
    if len(X) == 0:
        return trees.base, out
    # Column by column in memory, because a tree asks about one indicator of everybody at a time.
    frame = pd.DataFrame(np.asarray(X, dtype=np.float32, order="F"))
    for at in range(0, len(trees.roots), TREES_TOGETHER):
        ensemble = DecisionTreesEnsemble(list(trees.roots[at : at + TREES_TOGETHER]))
        for name, values in hybrid_woodelf(
            ensemble, frame, None, ShapleyValues(), model_was_loaded=True, verbose=False
        ).items():
            out[:, name] += values
    return trees.base, out


def boosted_trees(model: HistGradientBoostingClassifier) -> Trees:
    """The trees of a fitted two-class booster, in log-odds."""
    parts = [_boosted(predictors[0].nodes) for predictors in model._predictors]
    return _gather(parts, 1.0, float(np.ravel(model._baseline_prediction)[0]))


def bagged_trees(trees: Sequence[ExtraTreeClassifier]) -> Trees:
    """The mean of fitted two-class trees, in probability."""
    return _gather([_bagged(tree.tree_) for tree in trees], 1.0 / len(trees), 0.0)


def _boosted(nodes: NDArray[np.void]) -> _Arrays:
    leaf = nodes["is_leaf"].astype(bool)
    return _Arrays(
        left=np.where(leaf, LEAF, nodes["left"].astype(np.int64)),
        right=np.where(leaf, LEAF, nodes["right"].astype(np.int64)),
        indicator=nodes["feature_idx"].astype(np.int64),
        cut=nodes["num_threshold"].astype(np.float64),
        gap_left=nodes["missing_go_to_left"].astype(bool),
        value=nodes["value"].astype(np.float64),
        cover=nodes["count"].astype(np.float64),
    )


def _bagged(tree: object) -> _Arrays:
    return _Arrays(
        left=tree.children_left,  # type: ignore[attr-defined]
        right=tree.children_right,  # type: ignore[attr-defined]
        indicator=tree.feature,  # type: ignore[attr-defined]
        cut=tree.threshold,  # type: ignore[attr-defined]
        gap_left=np.zeros(len(tree.feature), np.bool_),  # type: ignore[attr-defined]
        value=tree.value[:, 0, 1],  # type: ignore[attr-defined]
        cover=tree.weighted_n_node_samples,  # type: ignore[attr-defined]
    )


def _gather(parts: Sequence[_Arrays], scale: float, start: float) -> Trees:
    base = start + scale * sum(part.mean() for part in parts)
    # A tree that is one leaf moves everybody alike: it is in the base, and Woodelf can't read it.
    return Trees(tuple(_linked(part, scale) for part in parts if part.left[0] != LEAF), base)


def _cut_below(cut: Floats) -> Floats:
    """The greatest float32 at or under each cut: the same float32 values lie at or under both."""
    near = cut.astype(np.float32)
    return np.where(near > cut, np.nextafter(near, np.float32(-np.inf)), near).astype(np.float64)


def _linked(part: _Arrays, scale: float) -> LeftIsSmallerEqualDecisionTreeNode:
    """The root of the tree, built of Woodelf's nodes."""
    cut = _cut_below(part.cut)
    nodes = [
        LeftIsSmallerEqualDecisionTreeNode(
            feature_name=int(part.indicator[n]) if part.left[n] != LEAF else None,
            value=cut[n] if part.left[n] != LEAF else scale * part.value[n],
            right=None,
            left=None,
            nan_go_left=bool(part.gap_left[n]),
            index=n,
            cover=part.cover[n],
        )
        for n in range(len(part.left))
    ]
    for n in np.flatnonzero(part.left != LEAF):
        nodes[n].left, nodes[n].right = nodes[part.left[n]], nodes[part.right[n]]
        nodes[n].left.parent = nodes[n].right.parent = nodes[n]
    nodes[0].depth = nodes[0].get_depth()
    return nodes[0]

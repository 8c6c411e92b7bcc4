"""Shapley values of tree models for everybody at once (path-dependent, as shap's TreeExplainer).

Small trees, which boosting has, are looked up in tables; the deeper ones of a forest go through Woodelf. Its own
readers go through treelite; reading scikit-learn's arrays directly also gives the exact base value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.tree import DecisionTreeClassifier
from woodelf.core.cube_metric import ShapleyValues
from woodelf.core.trees.decision_trees_ensemble import DecisionTreesEnsemble, LeftIsSmallerEqualDecisionTreeNode
from woodelf.woodelf_sparse import hybrid_woodelf

from analytics.explanation.small import LEAF, Table, Tree, add, cut_below

Floats = NDArray[np.float64]
# Woodelf adds up in float32; few trees at a time keep the sum within 1e-6 of shap's.
TREES_TOGETHER = 30


@dataclass(frozen=True)
class Trees:
    """Trees as they are summed: ``tables`` of small ones, ``roots`` as Woodelf reads them; and the score of nobody."""

    tables: tuple[Table, ...]
    roots: tuple[LeftIsSmallerEqualDecisionTreeNode, ...]
    base: float


def contributions_of(trees: Trees, X: NDArray[np.floating]) -> tuple[float, Floats]:
    """Base and Shapley values float64[n, m] of the trees' sum; ``base + sum`` is the raw score within 1e-5."""
    out = np.zeros(X.shape, order="F")
    if len(X) == 0:
        return trees.base, out
    # Column by column in memory, because a tree asks about one indicator of everybody at a time.
    columns = np.asarray(X, dtype=np.float32, order="F")
    add(trees.tables, columns, out)
    frame = pd.DataFrame(columns)
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


def bagged_trees(trees: Sequence[DecisionTreeClassifier]) -> Trees:
    """The mean of fitted two-class trees, in probability."""
    return _gather([_bagged(tree.tree_) for tree in trees], 1.0 / len(trees), 0.0)


def _boosted(nodes: NDArray[np.void]) -> Tree:
    leaf = nodes["is_leaf"].astype(bool)
    return Tree(
        left=np.where(leaf, LEAF, nodes["left"].astype(np.int64)),
        right=np.where(leaf, LEAF, nodes["right"].astype(np.int64)),
        indicator=nodes["feature_idx"].astype(np.int64),
        cut=nodes["num_threshold"].astype(np.float64),
        gap_left=nodes["missing_go_to_left"].astype(bool),
        value=nodes["value"].astype(np.float64),
        cover=nodes["count"].astype(np.float64),
    )


def _bagged(tree: object) -> Tree:
    return Tree(
        left=tree.children_left,  # type: ignore[attr-defined]
        right=tree.children_right,  # type: ignore[attr-defined]
        indicator=tree.feature,  # type: ignore[attr-defined]
        cut=tree.threshold,  # type: ignore[attr-defined]
        gap_left=np.zeros(len(tree.feature), np.bool_),  # type: ignore[attr-defined]
        value=tree.value[:, 0, 1],  # type: ignore[attr-defined]
        cover=tree.weighted_n_node_samples,  # type: ignore[attr-defined]
    )


def _gather(parts: Sequence[Tree], scale: float, start: float) -> Trees:
    base = start + scale * sum(part.mean() for part in parts)
    # A tree that is one leaf moves everybody alike: it is in the base, and asks nothing.
    asking = [replace(part, value=scale * part.value) for part in parts if part.left[0] != LEAF]
    tables = tuple(Table.of(part) for part in asking if part.small)
    return Trees(tables, tuple(_linked(part) for part in asking if not part.small), base)


def _linked(part: Tree) -> LeftIsSmallerEqualDecisionTreeNode:
    """The root of the tree, built of Woodelf's nodes."""
    cut = cut_below(part.cut).astype(np.float64)
    nodes = [
        LeftIsSmallerEqualDecisionTreeNode(
            feature_name=int(part.indicator[n]) if part.left[n] != LEAF else None,
            value=cut[n] if part.left[n] != LEAF else part.value[n],
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

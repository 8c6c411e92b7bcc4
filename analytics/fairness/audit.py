"""Selection, precision and both kinds of error by group, each with its interval; the gaps between groups by fairlearn.

Wilson, 1927, "Probable inference": unlike the plain normal interval it keeps its promise in small groups.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from fairlearn.metrics import MetricFrame, false_positive_rate, selection_rate, true_positive_rate
from scipy.stats import binomtest
from sklearn.metrics import roc_auc_score

NOT_RECORDED = "not recorded"
#: A group with fewer people, or fewer true positives, says little by itself.
FEW_PEOPLE, FEW_POSITIVES = 50, 10
Metrics = dict[str, Any]


def audit(frame: pd.DataFrame, threshold: float, by: Sequence[str]) -> dict[str, Any]:
    """Every figure overall, by each grouping and by each pair of groupings.

    ``frame``: ``truth`` bool[n], ``score`` float[n], one column a grouping. Who scores ``threshold`` or more is
    selected. A figure without people to rest on is ``None``.
    """
    selected = frame["score"] >= threshold
    kept = pd.DataFrame({name: frame[name].fillna(NOT_RECORDED) for name in by})
    groups: dict[str, Metrics] = {}
    for grouping in (*((name,) for name in by), *combinations(by, 2)):
        groups |= _by(frame, selected, kept[list(grouping)])
    return {
        "n": len(frame),
        "threshold": threshold,
        "overall": _figures(frame, selected),
        "groups": groups,
        "gaps": {name: _gaps(frame["truth"], selected, kept[name]) for name in by},
    }


def _by(frame: pd.DataFrame, selected: pd.Series, grouping: pd.DataFrame) -> dict[str, Metrics]:
    """``COL=VALUE`` (of pairs ``COL=VALUE,COL=VALUE``) -> figures."""
    out: dict[str, Metrics] = {}
    for values, rows in grouping.groupby(list(grouping)).indices.items():
        told = values if isinstance(values, tuple) else (values,)
        name = ",".join(f"{column}={value}" for column, value in zip(grouping, told, strict=True))
        out[name] = _figures(frame.iloc[rows], selected.iloc[rows])
    return out


def _figures(frame: pd.DataFrame, selected: pd.Series) -> Metrics:
    truth = frame["truth"]
    positives, chosen, people = int(truth.sum()), int(selected.sum()), len(frame)
    found = int((truth & selected).sum())
    missed, false_yes = positives - found, chosen - found
    shares = {
        "selection_rate": (chosen, people),
        "base_rate": (positives, people),
        "precision": (found, chosen),
        "recall": (found, positives),
        "false_positive_rate": (false_yes, people - positives),
        "false_negative_rate": (missed, positives),
    }
    told: Metrics = {"n": people, "positives": positives, "selected": chosen}
    for name, (part, whole) in shares.items():
        told[name], told[f"{name}_interval"] = share(part, whole)
    small = people < FEW_PEOPLE or positives < FEW_POSITIVES
    return told | _calibration(frame, told) | {"auc": _auc(frame), "small": small}


def share(part: int, whole: int) -> tuple[float | None, list[float] | None]:
    """A share and its 95 % interval; ``None`` for both where there is nobody."""
    if whole == 0:
        return None, None
    ends = binomtest(part, whole).proportion_ci(method="wilson")
    return part / whole, [float(ends.low), float(ends.high)]


def _calibration(frame: pd.DataFrame, told: Metrics) -> Metrics:
    """What the scores promised less what came true; of scores that are chances alone."""
    scores = frame["score"]
    if scores.empty or scores.min() < 0 or scores.max() > 1:
        return {"mean_score": None, "calibration_gap": None, "calibration_gap_interval": None}
    promised = float(scores.mean())
    low, high = told["base_rate_interval"]
    return {
        "mean_score": promised,
        "calibration_gap": promised - told["base_rate"],
        "calibration_gap_interval": [promised - high, promised - low],
    }


def _auc(frame: pd.DataFrame) -> float | None:
    """How well the group itself is put in order; ``None`` where all are alike."""
    truth = frame["truth"].to_numpy()
    return None if truth.all() or not truth.any() else float(roc_auc_score(truth, frame["score"].to_numpy()))


def _gaps(truth: pd.Series, selected: pd.Series, group: pd.Series) -> dict[str, float | None]:
    """The widest gaps between the groups of one grouping, as fairlearn defines them."""
    told = MetricFrame(
        metrics={"chosen": selection_rate, "found": true_positive_rate, "wrong": false_positive_rate},
        y_true=truth.to_numpy(np.int8),
        y_pred=selected.to_numpy(np.int8),
        sensitive_features=group.astype("category").cat.codes.to_numpy(),
    )
    widest = told.difference()
    gaps = {
        "demographic_parity_difference": float(widest["chosen"]),
        "demographic_parity_ratio": float(told.ratio()["chosen"]),
        "equalized_odds_difference": float(max(widest["found"], widest["wrong"])),
    }
    # Where nobody is selected there is no ratio.
    return {name: gap if np.isfinite(gap) else None for name, gap in gaps.items()}

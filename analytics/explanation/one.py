"""One person, with shap's TreeExplainer: what people know, and a check of the batch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.tree import DecisionTreeClassifier

Floats = NDArray[np.float64]


def one_of_boosted(model: HistGradientBoostingClassifier, X: NDArray[np.floating]) -> tuple[float, Floats]:
    """Base and Shapley values float64[n, m] in log-odds; for a few people, not for everybody."""
    explainer = _explainer()(model)
    return float(np.ravel(explainer.expected_value)[0]), explainer.shap_values(X)


def one_of_bagged(trees: Sequence[DecisionTreeClassifier], X: NDArray[np.floating]) -> tuple[float, Floats]:
    """Base and Shapley values float64[n, m] in probability, of the mean of the trees."""
    explainers = [_explainer()(tree) for tree in trees]
    parts = np.mean([explainer.shap_values(X)[:, :, 1] for explainer in explainers], axis=0)
    return float(np.mean([explainer.expected_value[1] for explainer in explainers])), parts


def _explainer() -> type:
    # shap takes seconds to import, and whoever scores or draws a list never needs it.
    from shap import TreeExplainer

    return TreeExplainer

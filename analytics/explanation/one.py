"""One person, with shap: the plots people know, and a check of the batch."""

from __future__ import annotations

import numpy as np
import shap
from numpy.typing import NDArray

from analytics.models.boosting import Boosting
from analytics.models.forest import Forest

Floats = NDArray[np.float64]


def explain_one(model: Boosting | Forest, X: NDArray[np.floating]) -> tuple[float, Floats]:
    """Base and Shapley values float64[n, m] by shap's TreeExplainer; for a few people, not for everybody."""
    if isinstance(model, Boosting):
        explainer = shap.TreeExplainer(model.model_)
        return float(np.ravel(explainer.expected_value)[0]), explainer.shap_values(X)
    filled = model.filler_.transform(X).astype(np.float32)
    explainers = [shap.TreeExplainer(tree) for tree in model.trees_]
    parts = np.mean([one.shap_values(filled)[:, :, 1] for one in explainers], axis=0)
    base = float(np.mean([one.expected_value[1] for one in explainers]))
    return base, model.filler_.fold_back(parts)

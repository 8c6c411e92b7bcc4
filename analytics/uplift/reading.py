"""A model of benefit read back from a snapshot, for ``evaluate`` and for pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from data.access.gate import Session, serve
from data.access.roles import Permission

#: Draws of all months are measured at once, each by a model that never saw the family: there is no later date to try.
VALIDATED = "Judged by the draws by lot themselves, of all months together."
_FIGURES = """
SELECT estimator, label, grouping, "group", metric, value, low, high, n, positives FROM evaluation
WHERE model = $model ORDER BY ALL
"""


def is_benefit(spec: Mapping[Any, Any]) -> bool:
    """Whether a stored declaration is of benefit rather than of risk."""
    return bool(spec.get("kind") == "uplift")


def of_benefit(result: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """What ``evaluate --json`` prints of a model of benefit beside its figures.

    ``result``: from the page of facts of its file, if there is one; ``told``: what the manifest says of it.
    """
    validation = {"computed": False, "reason": VALIDATED}
    return {"arms": told["arms"], "choice": {"losses": result.get("losses")}, "validation": validation}


def figures(session: Session, model: str) -> pd.DataFrame:
    """The stored rows of a model of benefit, for whoever may see models."""
    return serve(session, Permission.SEE_MODELS, _FIGURES, {"model": model}, what=f"figures of {model}")

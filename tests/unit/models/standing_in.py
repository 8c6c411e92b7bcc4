"""A run as the version that people approved."""

from __future__ import annotations

import json

from analytics.models.champion import Champion, Fitted
from analytics.models.result import ModelResult


def approved(run: ModelResult, version: str = "v0") -> Champion:
    """``run`` as a champion, as it would be read back from its file."""
    assert run.measured is not None
    assert run.model is not None
    assert run.calibration is not None
    return Champion(
        version=version,
        estimator=str(run.estimator),
        measured=run.measured,
        fitted=Fitted(run.model, run.calibration, run.similarity),
        names=run.names,
        learned=run.learned,
        trained=run.trained,
        data=run.data,
        spec=json.loads(json.dumps(run.spec.as_json())),
    )

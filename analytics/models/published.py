"""The page of facts about a model as the served snapshot has it."""

from __future__ import annotations

import json
from typing import Any

from analytics.models.bundle import FACTS_FILE
from analytics.models.specs import SPECS, UPLIFTS
from data.home import Home
from data.snapshot.engine import StoreError
from data.snapshot.reading import current

_MODEL = "SELECT version, state, reason, trained FROM model WHERE model = ?"


def facts(home: Home, model: str) -> dict[str, Any]:
    """Facts of the model that the served snapshot names; of one that trained nothing, its declaration and the reason.

    Raises ``StoreError`` without a snapshot, or when the snapshot has no such model.
    """
    with current(home) as snapshot, snapshot.cursor() as cursor:
        rows = cursor.execute(_MODEL, [model]).fetchall()
    if not rows:
        raise StoreError(f"the snapshot has no model called {model}")
    version, state, reason, trained = rows[0]
    file = home.models / f"{model}-{version}" / FACTS_FILE
    if file.exists():
        return dict(json.loads(file.read_text(encoding="utf-8")))
    nothing = {
        "model": model,
        "version": version,
        "state": state,
        "reason": reason,
        "estimator": None,
        "estimators": {},
    }
    spec = SPECS[model] if model in SPECS else UPLIFTS[model]
    return {"spec": spec.as_json(), "variables": [], "trained": trained.isoformat(), "result": nothing}

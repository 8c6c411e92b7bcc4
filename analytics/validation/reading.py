"""What was found out about a model on demand, for pages and papers: stored results, or that there are none yet."""

from __future__ import annotations

from typing import Any

from analytics.validation.store import Key, read
from data.home import Home
from data.snapshot.reading import Snapshot

COMMAND = "python -m analytics evaluate --model {model}"
NOT_COMPUTED = "Not computed yet for this version. To compute it: "
NOT_TRAINED = "Nothing was trained, so there is nothing to validate."
_VERSION = "SELECT version, estimator FROM model WHERE model = ?"


def key_of(snapshot: Snapshot, model: str, version: str) -> Key:
    """Under what results are kept."""
    return Key(model, version, int(snapshot.manifest["snapshot"]), snapshot.id)


def validation(home: Home, snapshot: Snapshot, model: str) -> dict[str, Any]:
    """``computed`` true with ``rolling``, ``learning_curve``, ``stability``, ``without``; else false with ``reason``.

    Measured against identifications alone: what an invented city's truth says is no page's business.
    """
    with snapshot.cursor() as cursor:
        found = cursor.execute(_VERSION, [model]).fetchall()
    if not found or found[0][1] is None:
        return {"computed": False, "reason": NOT_TRAINED}
    kept = read(home, key_of(snapshot, model, found[0][0]))
    if kept is None:
        return {"computed": False, "reason": NOT_COMPUTED + COMMAND.format(model=model)}
    return {"computed": True} | kept

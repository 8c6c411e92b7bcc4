"""Models that are not judged as risks are, and where their own figures come from.

A model that ``analytics.models`` does not run is named here with ``module:function``; the function takes the home, the
snapshot and the model's name, and gives everything that ``evaluate --json`` prints of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from analytics.models.specs import UPLIFTS
from data.home import Home
from data.snapshot.reading import Snapshot

Route = Callable[[Home, Snapshot, str], dict[str, Any]]
ROUTES: Mapping[str, str] = dict.fromkeys(UPLIFTS, "analytics.uplift.reading:evaluation")


def route(model: str) -> Route | None:
    """The model's own way, or ``None`` where it is judged as risks are."""
    if model not in ROUTES:
        return None
    module, function = ROUTES[model].split(":")
    found: Route = getattr(import_module(module), function)
    return found

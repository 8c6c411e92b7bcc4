"""What a snapshot says of itself: which city, whether it is invented, and from what it was made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

#: What makes a city that city: further months of the same lives are still the same city.
_IDENTITY = ("invented", "name", "seed", "families")


def city_of(sources: Path) -> dict[str, Any]:
    """The ``city`` of a manifest for files below ``sources``: ``id``, ``name``, ``invented``.

    Only a ``city.json`` that says ``"invented": true`` makes a city invented; real files need none.
    """
    file = sources / "city.json"
    told: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    identity = {name: told.get(name) for name in _IDENTITY} | {"invented": told.get("invented") is True}
    # An invented city in which other children are identified is another city; the usual one does not say how.
    identity |= {"noticing": told["noticing"]} if "noticing" in told else {}
    digest = hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()
    return {"id": digest[:16], "name": told.get("name") or "", "invented": identity["invented"]}

"""The smallest snapshot there is."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from data.home import Home
from data.snapshot.publish import Draft

KEY = base64.b64encode(bytes(range(32))).decode()
OTHER_KEY = base64.b64encode(bytes(32)).decode()
CITY = {"id": "abc", "name": "Testham", "invented": True}


def publish(place: Home, surname: str = "Bell", city: Mapping[str, object] = CITY) -> int:
    """Publish 1,000 people of one ``surname``. Returns the snapshot's number."""
    with Draft(place) as draft:
        draft.connection.execute(
            "CREATE TABLE person AS SELECT range AS person, $surname || range AS surname FROM range(1000)",
            {"surname": surname},
        )
        draft.manifest |= {"city": city, "today": "2026-10-01"}
    return draft.number

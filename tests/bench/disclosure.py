"""Ten thousand small cities, and an attacker who has every table, filter and difference of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tests.unit.disclosure.attack import World, pinned

CITIES = 10_000


def bench() -> Iterator[tuple[str, bool]]:
    """How many small groups can be told to the child; none is promised."""
    found = sum(pinned(World.drawn(np.random.default_rng([7, at])), seed=at) for at in range(CITIES))
    yield f"of {CITIES:,} random cities {found} small groups can be told to the child, promised none", found == 0

"""What happened, put together from the log when the simulation is over."""

from __future__ import annotations

import numpy as np

from data.city.log import Table
from data.city.population import NEVER
from data.city.simulation import Run


def spells(run: Run) -> Table:
    """Every spell of exploitation. ``end`` is NEVER while it lasts, ``identified`` NEVER where nobody saw it."""
    kept, log = run.exploitation.spells, run.lives.log
    table = {
        name: np.concatenate(getattr(kept, name)) for name in ("child", "kind", "start", "grip", "shows", "network")
    }
    ended, found = log.table("exploitation_ended"), log.table("identified")
    for name, rows in (("end", ended), ("identified", found)):
        table[name] = np.full(len(table["child"]), NEVER, np.int32)
        real = rows["spell"] >= 0
        table[name][rows["spell"][real]] = rows["day"][real]
    table["end"] = np.maximum(table["end"], table["start"] + 1)
    return table

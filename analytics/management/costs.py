"""What help costs, where a council says so: ``COSTS`` in ``KINSIGHT_LOCAL/costs/*.py``. Nothing is made up.

    from analytics.management.costs import Costs

    COSTS = Costs(
        source="Finance, budget 2026/27", key_worker=52_000, begun={"early_help": 2_400, "looked_after": 61_000}
    )

``key_worker``: pounds a year for one, with what comes on top of the wage. ``begun``: pounds for each time that a kind
of help begins, by event kind (`analytics.management.demand.SERIES`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from analytics.management.capacity import Range
from analytics.management.demand import SERIES
from data import local


@dataclass(frozen=True)
class Costs:
    """Pounds, and who says so. Raises `ValueError` for what can't be a cost."""

    source: str
    key_worker: float | None = None
    begun: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        unknown = sorted(set(self.begun) - set(SERIES))
        if unknown:
            raise ValueError(f"no such help: {', '.join(unknown)}; there is {', '.join(SERIES)}")
        if not self.source.strip():
            raise ValueError("say where the costs are from")
        if any(one <= 0 for one in (*self.begun.values(), *([] if self.key_worker is None else [self.key_worker]))):
            raise ValueError("a cost is more than nothing")


def costs() -> Costs | None:
    """What the council declared; None where it didn't. Raises `LocalRefused` for a declaration that can't be used."""
    found = None
    for module in local.modules("costs"):
        with local.named(module):
            if found is not None:
                raise ValueError("COSTS are declared twice")
            found = module.COSTS
            if not isinstance(found, Costs):
                raise TypeError("COSTS is not a Costs(...)")
    return found


def each(total: float, count: Range) -> Range | None:
    """What one of ``count`` costs when all cost ``total``; None where there may be none of them."""
    if count.low <= 0:
        return None
    return Range(total / count.value, total / count.high, total / count.low)

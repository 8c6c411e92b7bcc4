"""A model is declared, not coded: what it asks, of whom, how far ahead, for how many places, when it is good enough."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from types import MappingProxyType


@dataclass(frozen=True)
class Capacity:
    """Places that workers have: ``places`` for every ``families`` families, never fewer than ``least``."""

    places: int
    families: int
    least: int

    def of(self, families: int) -> int:
        """Places in a city of so many families."""
        return max(self.least, round(self.places * families / self.families))


@dataclass(frozen=True)
class PassMark:
    """Fixed before training: precision on the list, and a lead over the rival whose interval lies above ``lead``."""

    precision: float
    rival: str
    lead: float = 0.0


@dataclass(frozen=True)
class ModelSpec:
    """The declaration of one model. Raises ``ValueError`` when it contradicts itself.

    It learns from the known cases of a ``profile``, whom professionals identified, or from an ``outcome``: the first
    event of one of these kinds. ``cannot_know`` is what stands beside every score, and ``happened`` completes *children
    who ...*, of those whom it was right to look for.
    """

    name: str
    label: str
    question: str
    ages: tuple[int, int]
    capacity: Capacity
    pass_mark: PassMark
    prior_contacts: str
    roles: tuple[str, ...]
    review_on: date
    cannot_know: tuple[str, ...]
    profile: str = ""
    outcome: tuple[str, ...] = ()
    gap_days: int = 90
    horizon_months: int = 12
    excluded_kinds: tuple[str, ...] = ()
    excluded_indicators: tuple[str, ...] = ()
    least_cases: int = 20
    least_found: int = 30
    happened: str = "were identified"

    def __post_init__(self) -> None:
        if not self.name.isidentifier():
            raise ValueError(f"model {self.name!r}: the name must do as an identifier")
        if bool(self.profile) == bool(self.outcome):
            raise ValueError(f"model {self.name}: it learns from a profile or from an outcome, one of the two")
        if not 0 <= self.ages[0] <= self.ages[1]:
            raise ValueError(f"model {self.name}: ages run from {self.ages[0]} to {self.ages[1]}")
        if self.gap_days < 0 or self.horizon_months < 1:
            raise ValueError(f"model {self.name}: the gap can't be negative and the horizon is a month at least")
        if not self.question.endswith("?") or not self.cannot_know or not self.roles:
            raise ValueError(f"model {self.name}: say what it asks, who may see it and what it cannot know")

    def uses(self, indicator: str, kinds: Iterable[str] = ()) -> bool:
        """Whether the model may read an indicator that is built from these event kinds."""
        return indicator not in self.excluded_indicators and not set(kinds) & set(self.excluded_kinds)

    def as_json(self) -> dict[str, object]:
        """The declaration in plain JSON types."""
        return asdict(self) | {"ages": list(self.ages), "review_on": self.review_on.isoformat()}


def gather(specs: Iterable[ModelSpec]) -> Mapping[str, ModelSpec]:
    """Specs by name. Raises ``ValueError`` when two share one."""
    by_name: dict[str, ModelSpec] = {}
    for spec in specs:
        if spec.name in by_name:
            raise ValueError(f"two models are called {spec.name!r}")
        by_name[spec.name] = spec
    return MappingProxyType(by_name)

"""A model of benefit is declared, not coded: what is offered, what should become fewer, and how places were given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from analytics.models.spec import Capacity


class Assignment(StrEnum):
    """How places were given, as declared. ``LOT`` is checked; ``JUDGEMENT`` needs overlap, and hopes for no more."""

    LOT = "lot"
    JUDGEMENT = "judgement"


@dataclass(frozen=True)
class UpliftMark:
    """Fixed before training: the interval of the Qini coefficient lies above ``qini``."""

    qini: float = 0.0


@dataclass(frozen=True)
class UpliftSpec:
    """The declaration of one model of benefit. Raises ``ValueError`` when it contradicts itself.

    ``offered`` and ``waiting`` are the event kinds of the two arms, both dated on the day of the draw. The outcome is
    the number of contacts with the hub for ``reasons`` about the family's children in the ``horizon_months`` after it:
    the fewer, the better. ``open_to`` are the kinds of event in the course of which a family may be offered a place.
    With fewer than ``least_families`` in an arm nothing is learned; with fewer than ``least_judged`` nobody can tell
    whether the mark was reached.
    """

    name: str
    label: str
    question: str
    offer: str
    ages: tuple[int, int]
    offered: tuple[str, ...]
    waiting: tuple[str, ...]
    open_to: tuple[str, ...]
    reasons: tuple[str, ...]
    assignment: Assignment
    capacity: Capacity
    pass_mark: UpliftMark
    prior_contacts: str
    roles: tuple[str, ...]
    review_on: date
    cannot_know: tuple[str, ...]
    horizon_months: int = 12
    excluded_kinds: tuple[str, ...] = ()
    excluded_indicators: tuple[str, ...] = ()
    least_families: int = 100
    least_judged: int = 1_000

    def __post_init__(self) -> None:
        if not self.name.isidentifier():
            raise ValueError(f"model {self.name!r}: the name must do as an identifier")
        if not self.offered or not self.waiting or set(self.offered) & set(self.waiting):
            raise ValueError(f"model {self.name}: it needs those offered and those waiting, told apart")
        if not 0 <= self.ages[0] <= self.ages[1]:
            raise ValueError(f"model {self.name}: ages run from {self.ages[0]} to {self.ages[1]}")
        if self.horizon_months < 1 or not self.reasons:
            raise ValueError(f"model {self.name}: say what should become fewer, and within which months")
        if not self.question.endswith("?") or not self.cannot_know or not self.roles:
            raise ValueError(f"model {self.name}: say what it asks, who may see it and what it cannot know")

    def uses(self, indicator: str, kinds: Iterable[str] = ()) -> bool:
        """Whether the model may read an indicator that is built from these event kinds."""
        closed = {*self.excluded_kinds, *self.offered, *self.waiting}
        return indicator not in self.excluded_indicators and not set(kinds) & closed

    def as_json(self) -> dict[str, object]:
        """The declaration in plain JSON types; ``kind`` tells it from a declaration of risk."""
        told = asdict(self) | {"ages": list(self.ages), "review_on": self.review_on.isoformat()}
        return told | {"assignment": self.assignment.value, "kind": "uplift"}


def by_name(specs: Iterable[UpliftSpec], taken: Iterable[str] = ()) -> Mapping[str, UpliftSpec]:
    """Specs by name. Raises ``ValueError`` when two share one, or one of those ``taken`` already."""
    found: dict[str, UpliftSpec] = {}
    for spec in specs:
        if spec.name in {*found, *taken}:
            raise ValueError(f"two models are called {spec.name!r}")
        found[spec.name] = spec
    return MappingProxyType(found)

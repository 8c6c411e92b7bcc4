"""What a run of a model reads, and what follows from it before anything is fitted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

import numpy as np

from analytics.evaluation.labels import Attribute, Exploitation, KnownCases
from analytics.matrix.matrix import Matrix
from analytics.models.boosting import Boosting
from analytics.models.champion import Champion
from analytics.models.estimator import Estimator
from analytics.models.forest import Forest
from analytics.models.logistic import Logistic
from analytics.models.points import Points
from analytics.models.spec import ModelSpec
from analytics.models.training import Families


@dataclass(frozen=True)
class Inputs:
    """Everything a run reads.

    ``matrices``: the cohort's indicators by as-of date, the latest being today, all with the same names. ``families``
    covers the whole city. ``directions``: indicator -> +1, 0, -1. ``kinds``: indicator -> event kinds it is built from.
    ``family_count``: families that the city has today, which capacity follows from; else those in ``families``.
    ``champion``: the version in use, if there is one: the new one is held against it, and it goes on scoring.
    ``groups``: grouping -> group of each person. ``born``: date of birth, datetime64[D]. ``truth`` measures only,
    and so does ``watched``, how closely agencies look at each person's family.
    """

    matrices: Mapping[date, Matrix]
    known: KnownCases
    families: Families
    directions: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, Collection[str]] = field(default_factory=dict)
    groups: Mapping[str, Attribute] = field(default_factory=dict)
    born: Attribute | None = None
    truth: Exploitation | None = None
    watched: Attribute | None = None
    family_count: int | None = None
    champion: Champion | None = None


@dataclass(frozen=True)
class Job:
    """One spec and its inputs, narrowed to the indicators that the spec may read."""

    spec: ModelSpec
    inputs: Inputs
    names: tuple[str, ...]
    matrices: Mapping[date, Matrix]
    makes: Mapping[str, Callable[[], Estimator]]
    capacity: int

    @classmethod
    def of(cls, spec: ModelSpec, inputs: Inputs) -> Job:
        """Raises ``ValueError`` when there is no matrix at all."""
        if not inputs.matrices:
            raise ValueError("a model needs indicators at one as-of date at least")
        every = next(iter(inputs.matrices.values())).names
        names = tuple(name for name in every if spec.uses(name, inputs.kinds.get(name, ())))
        matrices = {day: inputs.matrices[day].select(names) for day in sorted(inputs.matrices)}
        directions = [inputs.directions.get(name, 0) for name in names]
        makes = estimators(directions, unlabelled=bool(spec.profile))
        families = inputs.family_count or len(np.unique(inputs.families.family))
        return cls(spec, inputs, names, matrices, makes, spec.capacity.of(families))

    @property
    def today(self) -> date:
        return max(self.matrices)

    def reading(self, names: tuple[str, ...]) -> Job:
        """The same for a model that is there already and reads ``names``: to score by and to measure, not to train."""
        matrices = {day: self.inputs.matrices[day].select(names) for day in self.matrices}
        return replace(self, names=names, matrices=matrices)


def estimators(directions: Sequence[int], unlabelled: bool = True) -> dict[str, Callable[[], Estimator]]:
    """Every estimator that competes, the simplest first.

    ``unlabelled``: among the rest are cases that nobody has found. An outcome that everybody's records tell hides none,
    and needs no forest that allows for them.
    """
    plain: dict[str, Callable[[], Estimator]] = {
        "points": partial(Points, directions),
        "logistic": partial(Logistic, directions),
        "boosting": partial(Boosting, directions),
    }
    return plain | {"forest": Forest} if unlabelled else plain

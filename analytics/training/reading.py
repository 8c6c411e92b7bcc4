"""What the model in use says of a guided case: its own indicators, its own score, its own reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analytics.casework.score import IN_PROBABILITY, Part, model_note, part
from analytics.explanation.points import points
from analytics.features.catalogue import CATALOGUE
from analytics.matrix.load import load
from analytics.matrix.scatter import matrix
from analytics.models.specs import MODEL
from analytics.training.case import Case
from analytics.training.store import filled
from analytics.whatif.published import bundle_at
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.home import home

Floats = NDArray[np.float64]
_VERSION = "SELECT version FROM model WHERE model = $model AND estimator IS NOT NULL"
# One row about everybody together: where one band ends and how many score less.
_PLACE = """
SELECT avg((raw < $raw)::INTEGER) AS below, max(raw) FILTER (band = 'lower') AS lower,
       max(raw) FILTER (band = 'raised') AS raised
FROM score WHERE model = $model AND as_of = (SELECT max(as_of) FROM score WHERE model = $model)
"""


@dataclass(frozen=True)
class Reading:
    """The score of a case, its place in the city and its reasons; ``unknown`` counts indicators nobody could fill."""

    band: str
    percentile: float
    probability: float
    parts: tuple[Part, ...]
    unknown: int
    cannot_know: tuple[str, ...]
    withheld: str | None
    caveat: str | None


@dataclass(frozen=True)
class _Scored:
    """What a model's file makes of a case: float[v] values and contributions of its v indicators."""

    names: tuple[str, ...]
    values: Floats
    amounts: Floats
    raw: float
    probability: float


def read(session: Session, case: Case) -> Reading | None:
    """Score ``case`` with the model of the session's snapshot; None where nothing was trained."""
    note = model_note(session, MODEL)
    found = serve(session, Permission.SEE_MODELS, _VERSION, {"model": MODEL}, what="version of a model")
    if note is None or found.empty:
        return None
    made = _scored(home().models / f"{MODEL}-{found['version'].iloc[0]}", case, session.snapshot.today)
    return Reading(
        *_place(session, made.raw),
        probability=made.probability,
        parts=_parts(made, note.estimator),
        unknown=int(np.isnan(made.values).sum()),
        cannot_know=note.cannot_know,
        withheld=note.withheld,
        caveat=note.caveat,
    )


@lru_cache(maxsize=256)
def _scored(place: Path, case: Case, today: date) -> _Scored:
    """Cached for everybody: a case is nobody's, and neither a version nor a day of a snapshot ever changes."""
    bundle = bundle_at(place)
    names = tuple(bundle.facts["variables"])
    features = [CATALOGUE[name] for name in names]
    with filled(case, today) as con:
        values = matrix(load(con, features), features, today).values[:1]
    # The case belongs to no family of the city, so any fold's model would do: the first.
    fold = np.zeros(1, np.int8)
    raw = bundle.fitted.model.raw(values, fold)
    _, amounts = bundle.fitted.model.contributions(values, fold)
    chance = bundle.fitted.calibration.probability(np.array([float(raw[0])]))
    return _Scored(names, values[0], amounts[0], float(raw[0]), float(chance[0]))


def _place(session: Session, raw: float) -> tuple[str, float]:
    """Band and share of the city's children who score lower. A band begins where the one below ends."""
    row = serve(session, Permission.SEE_MODELS, _PLACE, {"raw": raw, "model": MODEL}, what="spread of scores").iloc[0]
    band = "heightened" if raw > row["raised"] else "raised" if raw > row["lower"] else "lower"
    return band, float(row["below"])


def _parts(made: _Scored, estimator: str) -> tuple[Part, ...]:
    whole = points(made.amounts, estimator == IN_PROBABILITY, made.raw)
    known = dict(zip(made.names, made.values.tolist(), strict=True))
    told = [part(name, known[name], int(point), known) for name, point in zip(made.names, whole, strict=True) if point]
    return tuple(sorted(told, key=lambda one: (-abs(one.points), one.indicator)))

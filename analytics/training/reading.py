"""What the model in use says of a guided case: its own indicators, its own score, its own reasons."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from analytics.casework.score import IN_PROBABILITY, Part, model_note
from analytics.explanation.points import points
from analytics.features.catalogue import CATALOGUE
from analytics.matrix.load import load
from analytics.matrix.scatter import matrix
from analytics.models.bundle import Bundle
from analytics.models.bundle import load as load_bundle
from analytics.models.specs import MODEL
from analytics.training.case import Case
from analytics.training.store import filled
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.home import home

_VERSION = "SELECT version FROM model WHERE model = $model AND estimator IS NOT NULL"
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


def read(session: Session, case: Case) -> Reading | None:
    """Score ``case`` with the model of the session's snapshot; None where nothing was trained."""
    note = model_note(session, MODEL)
    found = serve(session, Permission.SEE_MODELS, _VERSION, {"model": MODEL}, what="version of a model")
    if note is None or found.empty:
        return None
    bundle = _bundle(home().models / f"{MODEL}-{found['version'].iloc[0]}")
    names = tuple(bundle.facts["variables"])
    features = [CATALOGUE[name] for name in names]
    with filled(case, session.snapshot.today) as con:
        values = matrix(load(con, features), features, session.snapshot.today).values[:1]
    # The case belongs to no family of the city, so any fold's model would do: the first.
    fold = np.zeros(1, np.int8)
    raw = float(bundle.fitted.model.raw(values, fold)[0])
    _, amounts = bundle.fitted.model.contributions(values, fold)
    return Reading(
        *_place(session, raw),
        probability=float(bundle.fitted.calibration.probability(np.array([raw]))[0]),
        parts=_parts(names, values[0], amounts[0], raw, note.estimator),
        unknown=int(np.isnan(values).sum()),
        cannot_know=note.cannot_know,
        withheld=note.withheld,
        caveat=note.caveat,
    )


@lru_cache(maxsize=2)
def _bundle(place: Path) -> Bundle:
    return load_bundle(place)


def _place(session: Session, raw: float) -> tuple[str, float]:
    """Band and share of the city's children who score lower. A band begins where the one below ends."""
    row = serve(session, Permission.SEE_MODELS, _PLACE, {"raw": raw, "model": MODEL}, what="spread of scores").iloc[0]
    band = "heightened" if raw > row["raised"] else "raised" if raw > row["lower"] else "lower"
    return band, float(row["below"])


def _parts(
    names: tuple[str, ...], values: np.ndarray, amounts: np.ndarray, raw: float, estimator: str
) -> tuple[Part, ...]:
    whole = points(amounts, estimator == IN_PROBABILITY, raw)
    told = [
        Part(name, float(value), int(point), CATALOGUE[name].said(float(value)), CATALOGUE[name].theme)
        for name, value, point in zip(names, values, whole, strict=True)
        if point
    ]
    return tuple(sorted(told, key=lambda part: (-abs(part.points), part.indicator)))

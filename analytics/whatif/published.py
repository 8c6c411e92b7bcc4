"""A published model as it stands in a snapshot: what it says of anybody, and where that lies among those it speaks of.

Read once a process and snapshot, whoever asks. There is no identity in it: others are numbers in order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analytics.models.bundle import Bundle, load
from analytics.models.calibration import Calibration, bands_among
from analytics.models.folds import Folded
from analytics.models.specs import SPECS
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.home import Home
from data.snapshot.reading import current

Floats = NDArray[np.float64]
_RAWS = """
SELECT s.raw, date_sub('year', p.birth_date, s.as_of) AS years FROM score s JOIN person p USING (person)
WHERE s.model = $model AND s.as_of = (SELECT max(as_of) FROM score WHERE model = $model) ORDER BY s.raw
"""
_VERSION = "SELECT version FROM model WHERE model = $model"
#: The age of whoever has no date of birth.
NO_AGE = -1


class NoModel(LookupError):
    """The model's file is not there, or it is not the one that was written; the message is fit to show."""


@dataclass(frozen=True)
class Told:
    """What a model says: as in a row of ``score``."""

    raw: float
    probability: float
    band: str
    percentile: float


@dataclass(frozen=True)
class Published:
    """``raws``: everybody's raw scores at the latest date, in ascending order; ``of_age``: those of the same age."""

    names: tuple[str, ...]
    model: Folded
    calibration: Calibration
    capacity: int
    raws: Floats
    of_age: Mapping[int, Floats]

    def raw(self, values: NDArray[np.float32], fold: int) -> Floats:
        """Raw scores of rows float32[n, m], by the model that has not seen the family. float64[n]."""
        return self.model.raw(values, np.full(len(values), fold, np.int8))

    def bands(self, raw: Floats, own: float) -> NDArray[np.object_]:
        """The band of each raw score were it that of the person whose score is ``own``."""
        return bands_among(raw, _without(self.raws, own), self.capacity)

    def told(self, raw: float, own: float, years: int) -> Told:
        """All that is said of a raw score were it that of the person whose score is ``own``."""
        peers = self.of_age[years]
        lower = int(np.searchsorted(_without(peers, own), raw, side="left"))
        return Told(
            raw,
            float(self.calibration.probability(np.array([raw]))[0]),
            str(self.bands(np.array([raw]), own)[0]),
            lower / len(peers),
        )


def _without(raws: Floats, own: float) -> Floats:
    return np.delete(raws, np.searchsorted(raws, own, side="left"))


def published(session: Session, model: str) -> Published:
    """The model of the session's snapshot. Raises `NoModel`. Whether it may be shown is asked where somebody's is."""
    return session.snapshot.once(("published", model), lambda: _load(session, model))


def warm(home: Home) -> None:
    """Read the model files that the served snapshot names, before anybody asks. Raises `StoreError`."""
    with current(home) as snapshot, snapshot.cursor() as cursor:
        named = cursor.execute("SELECT model, version FROM model ORDER BY model").fetchall()
    for model, version in named:
        if model in SPECS and (home.models / f"{model}-{version}").is_dir():
            bundle_at(home.models / f"{model}-{version}")


@lru_cache(maxsize=8)
def bundle_at(place: Path) -> Bundle:
    """The model that lies in a folder, read once."""
    return load(place)


def _load(session: Session, model: str) -> Published:
    version = serve(session, Permission.SEE_MODELS, _VERSION, {"model": model}, what="published model")["version"]
    place = Home(session.snapshot.path.parents[1]).models / f"{model}-{version.iloc[0]}"
    try:
        bundle = bundle_at(place)
    except FileNotFoundError:
        raise NoModel("The model's file is not there, so nothing can be tried out.") from None
    except ValueError:
        raise NoModel("The model's file is not the one that was written, so nothing is tried out.") from None
    rows = serve(session, Permission.SEE_MODELS, _RAWS, {"model": model}, what="scores without names")
    raws, years = rows["raw"].to_numpy(float), rows["years"].fillna(NO_AGE).to_numpy(int)
    of_age = {int(age): raws[years == age] for age in np.unique(years)}
    # As many places as at this build: an approved version may have been trained in a smaller city.
    capacity = int(session.snapshot.manifest["models"][model]["capacity"])
    names = tuple(bundle.facts["variables"])
    fitted = bundle.fitted
    return Published(names, fitted.model, fitted.calibration, capacity, raws, of_age)

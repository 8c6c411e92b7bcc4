"""The same measured on several cities made for the purpose, under both ways of noticing."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

from analytics.evaluation.bootstrap import figure
from analytics.models.bundle import code_hash
from analytics.models.spec import ModelSpec
from analytics.unknown.made import inputs_of
from analytics.unknown.measure import Counted, Drawn, as_json, count
from data.city.noticing import Noticing
from data.snapshot.engine import StoreError

Tell = Callable[[str], None]


@dataclass(frozen=True)
class City:
    """One city's figures as told, and what means over cities are made of."""

    told: Mapping[str, Any]
    drawn: Drawn

    @classmethod
    def of(cls, counted: Counted) -> Self:
        return cls(as_json(counted), counted.drawn)

    def write(self, file: Path) -> None:
        """Keep it at ``file``, whole or not at all."""
        part = file.with_suffix(".part")
        part.write_text(json.dumps({"told": self.told, "drawn": self.drawn.as_json()}), encoding="utf-8")
        part.rename(file)

    @classmethod
    def read(cls, file: Path) -> Self:
        found = json.loads(file.read_text(encoding="utf-8"))
        return cls(found["told"], Drawn.from_json(found["drawn"]))


@dataclass(frozen=True)
class Round:
    """What is asked: of which model, in cities of how many families. ``keep``: a folder for each city's figures.

    What was measured by the same code is read from there, so that a round which was broken off goes on.
    """

    spec: ModelSpec
    families: int
    keep: Path | None = None

    def file(self, seed: int, way: Noticing) -> Path | None:
        if self.keep is None:
            return None
        self.keep.mkdir(parents=True, exist_ok=True)
        return self.keep / f"{self.spec.name}-{way.value}-{self.families}-{seed}-{_code()[:12]}.json"


def _code() -> str:
    """SHA-256 of all that a figure hangs on: the models' code, the city's and what reads it, and what measures here."""
    digest, root = hashlib.sha256(code_hash().encode()), Path(__file__).parents[2]
    for path in sorted([*root.glob("data/**/*.py"), *root.glob("analytics/unknown/*.py")]):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def cities(asked: Round, seeds: Sequence[int], ways: Sequence[Noticing], tell: Tell) -> dict[str, dict[str, Any]]:
    """Makes, reads and measures a city a seed and way of noticing, each thrown away after.

    By way of noticing: the mean ratio and the mean lead with intervals, and every city's own figures. Raises
    `StoreError` where no city says anything.
    """
    return {way.value: _mean(asked, seeds, way, tell) for way in ways}


def _mean(asked: Round, seeds: Sequence[int], way: Noticing, tell: Tell) -> dict[str, Any]:
    found: dict[int, City] = {}
    silent: dict[int, str] = {}
    for seed in seeds:
        try:
            found[seed] = _one(asked, seed, way)
            tell(f"{way.value}, seed {seed}: {_in_short(found[seed])}")
        except StoreError as error:
            silent[seed] = str(error)
            tell(f"{way.value}, seed {seed}: {error}")
    if not found:
        raise StoreError("no city had enough known cases to say anything: ask for more families")
    return summary(found) | {"without_figures": silent}


def summary(found: Mapping[int, City]) -> dict[str, Any]:
    """Means over cities. Their intervals: in each city families are drawn again, and of each drawing the mean is taken.

    So they tell how sure the mean of these cities is. ``of_cities`` tells how far it would be from that of all cities:
    the mean and what Student's t allows for so few, from how much the cities differ.
    """
    drawn = [one.drawn for one in found.values()]
    names = drawn[0].precision
    right = [one.told["perfect_list_identified"]["value"] for one in found.values()]
    return {
        "ratio": pooled([one.ratio() for one in drawn]),
        "lead_over_known_against_rest": pooled([one.lead() for one in drawn]),
        "ratio_by_ranking": {name: pooled([one.ratio_of(name) for one in drawn]) for name in names},
        "average_precision": {name: pooled([one.precision[name] for one in drawn]) for name in names},
        "perfect_list_identified": float(np.mean(right)),
        "cities": {str(seed): dict(one.told) for seed, one in found.items()},
    }


def pooled(cities: Sequence[NDArray[np.float64]]) -> dict[str, Any]:
    """The mean over cities of figures float[1 + resamplings], with both intervals."""
    points = np.array([one[0] for one in cities])
    return figure(np.mean(cities, axis=0)).as_json() | {"of_cities": _between(points)}


def _between(points: NDArray[np.float64]) -> dict[str, float | None]:
    """95 % interval of the mean of all such cities, from the few measured; none from one."""
    if len(points) < 2 or not np.isfinite(points).all():
        return {"low": None, "high": None}
    reach = float(student.ppf(0.975, len(points) - 1) * points.std(ddof=1) / np.sqrt(len(points)))
    return {"low": float(points.mean()) - reach, "high": float(points.mean()) + reach}


def _one(asked: Round, seed: int, way: Noticing) -> City:
    file = asked.file(seed, way)
    if file is not None and file.is_file():
        return City.read(file)
    with tempfile.TemporaryDirectory(prefix="kinsight-unknown-") as folder:
        city = City.of(count(asked.spec, inputs_of(asked.spec, asked.families, seed, way, Path(folder))))
    if file is not None:
        city.write(file)
    return city


def _in_short(one: City) -> str:
    return f"ratio {one.drawn.ratio()[0]:.3f}, lead {one.drawn.lead()[0]:+.4f}, {one.told['unknown']} unknown"

"""The same measured on several cities made for the purpose, under both ways of noticing."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.build.again import inputs_again
from analytics.build.build import Wish, build, first_day_not_recorded
from analytics.evaluation.bootstrap import figure
from analytics.models.spec import ModelSpec
from analytics.unknown.measure import Counted, as_json, count
from data.city.city import generate
from data.city.noticing import Noticing
from data.home import Home
from data.snapshot.engine import StoreError

Tell = Callable[[str], None]


def cities(
    spec: ModelSpec, families: int, seeds: Sequence[int], ways: Sequence[Noticing], tell: Tell
) -> dict[str, dict[str, Any]]:
    """Makes, builds and measures a city a seed and way of noticing, each thrown away after.

    By way of noticing: the mean ratio and the mean lead with intervals, and every city's own figures. Raises
    `StoreError` where no city says anything.
    """
    return {way.value: _mean(spec, families, seeds, way, tell) for way in ways}


def _mean(spec: ModelSpec, families: int, seeds: Sequence[int], way: Noticing, tell: Tell) -> dict[str, Any]:
    counted: dict[int, Counted] = {}
    silent: dict[int, str] = {}
    for seed in seeds:
        try:
            counted[seed] = _one(spec, families, seed, way)
            tell(f"{way.value}, seed {seed}: {_in_short(counted[seed])}")
        except StoreError as error:
            silent[seed] = str(error)
            tell(f"{way.value}, seed {seed}: {error}")
    if not counted:
        raise StoreError("no city had enough known cases to say anything: ask for more families")
    return summary(counted) | {"without_figures": silent}


def summary(counted: dict[int, Counted]) -> dict[str, Any]:
    """Means over cities; the intervals are of families drawn again in each of them, all at once."""
    leads = [one.lead() for one in counted.values()]
    ratios = [one.ratio() for one in counted.values()]
    return {
        "ratio": figure(np.mean(ratios, axis=0)).as_json(),
        "lead_over_known_against_rest": figure(np.mean(leads, axis=0)).as_json(),
        "ratio_by_ranking": _means(counted, Counted.ratio_of),
        "average_precision": _means(counted, lambda one, name: one.drawn[name]),
        "cities": {str(seed): as_json(one) for seed, one in counted.items()},
    }


def _means(counted: dict[int, Counted], of: Callable[[Counted, str], NDArray[np.float64]]) -> dict[str, Any]:
    """The mean over cities of a figure of every ranking."""
    names = next(iter(counted.values())).drawn
    return {name: figure(np.mean([of(one, name) for one in counted.values()], axis=0)).as_json() for name in names}


def _one(spec: ModelSpec, families: int, seed: int, way: Noticing) -> Counted:
    with tempfile.TemporaryDirectory(prefix="kinsight-unknown-") as folder:
        place = Path(folder)
        generate(families, seed, place / "city", None, way)
        sources, home = place / "city" / "sources", Home(place / "home")
        build(Wish(sources, home, first_day_not_recorded(sources), place / "city" / "truth", models=()))
        return count(spec, inputs_again(home, spec))


def _in_short(one: Counted) -> str:
    return f"ratio {one.ratio()[0]:.3f}, lead {one.lead()[0]:+.4f}, {int(one.unknown.sum())} unknown"

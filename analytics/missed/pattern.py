"""What sets the children a model missed apart from those it found: indicators, sources, groups. Exact counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.groups import NOT_RECORDED
from analytics.similarity.profile import profile_card
from data.snapshot.tables import MISSED_PATTERN

Bools = NDArray[np.bool_]
#: Kinds of rows beside the groupings: indicator raised, indicator not known, source that told of them, source's books.
INDICATOR, UNKNOWN, HEARD, BOOKS = "indicator", "unknown", "heard", "books"


@dataclass(frozen=True)
class Sides:
    """The three sides of a comparison, bool[n] each, along the children of one cohort."""

    missed: Bools
    found: Bools
    others: Bools

    def counts(self, so: Bools, of: Bools | None = None) -> dict[str, int]:
        """Of each side how many are ``so``, out of those of whom one could know (``of``)."""
        within = np.ones_like(so) if of is None else of
        told: dict[str, int] = {}
        for name, side in (("missed", self.missed), ("found", self.found), ("others", self.others)):
            told[name] = int((so & within & side).sum())
            told[f"{name}_of"] = int((within & side).sum())
        return told


def pattern(
    model: str,
    sides: Sides,
    values: NDArray[np.float32],
    directions: Mapping[str, int],
    names: tuple[str, ...],
    sources: Mapping[str, Mapping[str, Bools]],
    groups: Mapping[str, NDArray[Any]],
) -> pd.DataFrame:
    """Rows of ``missed_pattern``. ``values`` float32[n, m]; ``sources``: heard or books -> source -> bool[n];
    ``groups``: grouping -> group of each child, object[n]. Without a missed child there is no row."""
    rows: list[dict[str, object]] = []
    if sides.missed.any():
        rows += _indicators(sides, values, dict(directions), names)
        for what, by_source in sources.items():
            rows += [{"what": what, "name": name, **sides.counts(so)} for name, so in sorted(by_source.items())]
        rows += _groups(sides, groups)
    frame = pd.DataFrame(rows, columns=[name for name in MISSED_PATTERN.names() if name != "model"])
    return frame.assign(model=model)[list(MISSED_PATTERN.names())]


def _indicators(
    sides: Sides, values: NDArray[np.float32], directions: dict[str, int], names: tuple[str, ...]
) -> Iterator[dict[str, object]]:
    """Each indicator twice: how many have it raised, of those of whom it is known; and of how many it is not known."""
    identified = sides.missed | sides.found
    card = profile_card(values[identified], values[sides.others], names, directions)
    for rate in sorted(card.rates, key=lambda one: names.index(one.indicator)):
        column = values[:, names.index(rate.indicator)]
        known = ~np.isnan(column)
        if np.isfinite(rate.cut):
            raised = known & rate.raised(column)
            cut = {"cut": rate.cut, "at_least": rate.at_least}
            yield {"what": INDICATOR, "name": rate.indicator, **cut, **sides.counts(raised, known)}
        yield {"what": UNKNOWN, "name": rate.indicator, **sides.counts(~known)}


def _groups(sides: Sides, groups: Mapping[str, NDArray[Any]]) -> Iterator[dict[str, object]]:
    for grouping, member in groups.items():
        named = np.array([NOT_RECORDED if name is None else str(name) for name in member], dtype=object)
        for name in sorted(set(named.tolist())):
            yield {"what": grouping, "name": name, **sides.counts(named == name)}

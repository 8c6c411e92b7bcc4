"""A child made by hand, before a model made by hand: what *What if* works out can be checked with a pencil."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analytics.features.catalogue import CATALOGUE
from analytics.matrix.guard import OPEN, Guard, day_number
from analytics.matrix.log import Block
from analytics.models.calibration import Calibration, Sigmoid
from analytics.models.folds import Folded
from analytics.whatif.own import Own
from analytics.whatif.published import Published, Told
from analytics.whatif.stand import Stand, levers
from analytics.whatif.usual import Usual

TODAY = date(2026, 10, 1)
DAY = day_number(TODAY)
Raw = Callable[[np.ndarray], np.ndarray]


@dataclass
class Formula:
    """A model that is one line of arithmetic on rows float[n, m]."""

    formula: Raw

    def raw(self, X: np.ndarray) -> np.ndarray:
        return self.formula(np.asarray(X, float))


def block(*events: tuple[int, float]) -> Block:
    """Events so many days before today, each with a value, known at once."""
    told = sorted(events, key=lambda event: -event[0])
    days = np.array([DAY - ago for ago, _ in told], np.int32)
    n = len(told)
    return Block(
        np.zeros(n, np.int32), days, np.full(n, OPEN, np.int32), days, np.full(n, OPEN, np.int32),
        np.array([value for _, value in told], float), np.full(n, -1, np.int32),
    )  # fmt: skip


def own(blocks: Mapping[str, Block], ties: Sequence[tuple[int, str, int, bool]] = ()) -> Own:
    """A child's own events; ``ties``: who, of what kind, how many days ago, whether professionals identified them."""
    rows = [(who, kind, DAY - ago, known) for who, kind, ago, known in ties]
    return Own(Guard(TODAY), dict(blocks), (), pd.DataFrame(rows, columns=["who", "kind", "since", "known"]))


def figures(mine: Own, names: Sequence[str], **told: float) -> dict[str, float]:
    """The indicators that follow from the events; nil where there is none; ``told`` for those of others."""
    out = {}
    for name in names:
        feature = CATALOGUE[name]
        figure = told[name] if name in told else mine.figure(feature)
        out[name] = 0.0 if figure != figure and feature.absent_is_nil else figure
    return out


def usual(**shares: Mapping[float, float]) -> dict[str, Usual]:
    """What children of the age have: amounts and the share with as much or less."""
    return {name: Usual(np.array(list(mine)), np.array(list(mine.values()))) for name, mine in shares.items()}


def stand(
    mine: Own, names: Sequence[str], formula: Raw, others: Sequence[float], capacity: int, peers: Mapping[str, Usual],
    **told: float,
) -> Stand:  # fmt: skip
    """A child before a model; ``others`` are everybody else's raw scores, all of the same age."""
    values = figures(mine, names, **told)
    folded = Folded((Formula(formula),))
    raw = float(folded.raw(np.array([[values[name] for name in names]], np.float32), np.zeros(1, np.int8))[0])
    raws = np.sort(np.array([*others, raw], float))
    curve = Sigmoid().fit(raws, raws > np.median(raws))
    held = Published(tuple(names), folded, Calibration("sigmoid", curve, 1, 1), capacity, raws, {14: raws})
    stored = held.told(raw, raw, 14)
    assert isinstance(stored, Told)
    return Stand(1, TODAY, 14, 0, stored, values, levers(values, names, peers), mine, held)

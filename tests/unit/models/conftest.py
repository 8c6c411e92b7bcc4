"""A small invented history: risk that drifts with the calendar, cases that follow from it, families of three."""

from __future__ import annotations

from datetime import date

import numpy as np

from analytics.evaluation.labels import Attribute, Exploitation, KnownCases
from analytics.matrix.matrix import Matrix
from analytics.models.inputs import Inputs
from analytics.models.training import Families

QUARTERS = tuple(date(year, month, 1) for year in range(2020, 2027) for month in (1, 4, 7, 10))[3:28]


def invent(children: int, share: float = 0.04, indicators: int = 12, seed: int = 0) -> Inputs:
    """Children followed over 24 quarters; harm drives the first five indicators, most of it is noticed in the end."""
    draw = np.random.default_rng(seed)
    people = np.arange(1, children + 1, dtype=np.int64) * 7
    harm = draw.gamma(1.0, 1.0, children)
    start = np.array([np.datetime64("2019-06-01") + int(d) for d in draw.integers(0, 2500, children)])
    exploited = draw.random(children) < share * harm
    noticed = exploited & (draw.random(children) < 0.6)
    identified = start + draw.integers(120, 500, children)
    matrices = {}
    names = (*(f"i{j:02d}" for j in range(indicators - 1)), "contacts_24m")
    for day in QUARTERS:
        under_way = exploited & (start < np.datetime64(day))
        rate = np.full((children, indicators), 0.5) + 0.1 * (day.year - 2020)
        rate[:, :5] += 0.3 * harm[:, None] + 1.5 * under_way[:, None]
        values = draw.poisson(rate).astype(np.float32)
        values[draw.random(values.shape) < 0.05] = np.nan
        values[:, -1] = draw.poisson(0.3 + harm)
        matrices[day] = Matrix(people, day, names, values)
    known = noticed & (identified < np.datetime64("2026-10-01"))
    never = np.full(int(exploited.sum()), np.datetime64("NaT", "D"))
    return Inputs(
        matrices=matrices,
        known=KnownCases.of(people[known], identified[known].tolist()),
        families=Families(people, people // 21),
        directions=dict.fromkeys(names, 1),
        groups={"sex": Attribute.of(people, draw.choice(["F", "M"], children))},
        born=Attribute(people, np.datetime64("2011-01-01") + draw.integers(-900, 900, children).astype("m8[D]")),
        truth=Exploitation(people[exploited], start[exploited], never),
    )

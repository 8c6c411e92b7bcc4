"""What children of the same age have: the range in which a change is realistic, and how far a step in it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.features.catalogue import CATALOGUE
from data.access.gate import Session, serve
from data.access.roles import Permission

#: Of a hundred children of the age, one may have less and one more.
LOW, HIGH = 0.01, 0.99
_AMOUNTS = """
WITH latest AS (SELECT max(as_of) AS as_of FROM indicator_value),
aged AS (SELECT person, value::INTEGER AS years FROM indicator_value, latest
         WHERE indicator_value.as_of = latest.as_of AND indicator = 'age')
SELECT a.years, v.indicator, CASE WHEN isnan(v.value) THEN NULL ELSE round(v.value) END AS amount, count(*) AS children
FROM indicator_value v JOIN aged a USING (person), latest
WHERE v.as_of = latest.as_of AND list_contains($names, v.indicator) GROUP BY ALL
UNION ALL SELECT years, '', NULL, count(*) FROM aged GROUP BY years
ORDER BY ALL
"""


@dataclass(frozen=True)
class Usual:
    """Amounts of an indicator among children of one age, in ascending order, and the share with as much, or less."""

    amounts: NDArray[np.float64]
    up_to: NDArray[np.float64]

    def at(self, share: float) -> float:
        """The amount that this share of children don't exceed."""
        return float(self.amounts[np.searchsorted(self.up_to, share - 1e-9)])

    def share(self, amount: float) -> float:
        """The share of children with ``amount`` or less."""
        place = int(np.searchsorted(self.amounts, amount, side="right")) - 1
        return float(self.up_to[place]) if place >= 0 else 0.0

    def distance(self, one: float, other: float) -> float:
        """How many children of the age lie between two amounts, as a share.

        Ustun, Spangher and Liu, 2019, "Actionable recourse in linear classification": the change of percentile.
        """
        return abs(self.share(one) - self.share(other))


def usual(session: Session) -> Mapping[tuple[int, str], Usual]:
    """By age and indicator; nothing where nobody of the age is known. Read once a snapshot."""
    return session.snapshot.once("usual amounts", lambda: _read(session))


def _read(session: Session) -> Mapping[tuple[int, str], Usual]:
    names = [feature.name for feature in CATALOGUE.values() if feature.change]
    return _by_age(serve(session, Permission.SEE_MODELS, _AMOUNTS, {"names": names}, what="how common an indicator is"))


def _by_age(rows: pd.DataFrame) -> dict[tuple[int, str], Usual]:
    children = rows[rows["indicator"] == ""].set_index("years")["children"]
    told = rows[rows["indicator"] != ""].groupby(["years", "indicator"], sort=True)
    out = {}
    for (age, indicator), mine in told:
        years, name = int(str(age)), str(indicator)
        counts = dict(zip(mine["amount"].dropna(), mine["children"][mine["amount"].notna()], strict=True))
        if CATALOGUE[name].absent_is_nil:
            counts[0.0] = counts.get(0.0, 0) + int(children[years]) - int(mine["children"].sum())
        if sum(counts.values()):
            amounts = np.array(sorted(counts), float)
            total = np.cumsum([counts[amount] for amount in amounts])
            out[(years, name)] = Usual(amounts, total / total[-1])
    return out

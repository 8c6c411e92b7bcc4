"""A child who is only described: nearest known cases and nearest children, by what is said of them and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from analytics.casework.similar import Neighbour, neighbours_of
from analytics.casework.space import COHORT, Space, Values, ages_of
from analytics.features.catalogue import CATALOGUE
from data.access.gate import Session, serve
from data.access.roles import Permission, may

#: So many of the nearest are looked through for children whom the reader may know.
LOOKED_AT = 300
# Nobody knows of a child whom they only describe how a figure moved, or on which day something was.
_NOT_SAID = ("trend", "change", "days_since", "last")
#: What may be said of somebody who is only described.
MOST_SAID = 8
# In the order of nearness, whoever the reader may see among them.
_MINE = f"""
WITH {COHORT}, asked AS (
    SELECT unnest($rows::INTEGER[]) AS row, unnest(range(len($rows::INTEGER[]))) AS place
)
SELECT c.person, c.row FROM asked a JOIN cohort c USING (row) JOIN visible USING (person) ORDER BY a.place LIMIT $most
"""


def described(held: Space, said: Mapping[str, float]) -> Values:
    """The indicators of a child of whom only ``said`` is known, float32[m]. Raises ``KeyError`` for what isn't one."""
    unknown = set(said) - set(held.names)
    if unknown:
        raise KeyError(f"no such indicators here: {sorted(unknown)}")
    return np.array([said.get(name, np.nan) for name in held.names], np.float32)


def sayable(held: Space) -> tuple[str, ...]:
    """Indicators by which a child may be described: what tells known cases from others most, first."""
    told = [CATALOGUE[rate.indicator] for rate in held.card.rates if np.isfinite(rate.cut)]
    return tuple(f.name for f in told if f.theme != "Background" and f.aggregate not in _NOT_SAID)


def of_sex(near: NDArray[np.float64], sexes: NDArray[np.object_], sex: str | None) -> NDArray[np.float64]:
    """``near`` with -1 for everybody of another sex; ``sex`` None asks for none."""
    return near if sex is None else np.where(sexes == sex, near, -1.0)


def children_in_scope(session: Session, held: Space, near: NDArray[np.float64], most: int) -> list[Neighbour]:
    """The nearest children whom the reader may know, the nearest first; of a reader who knows nobody, anybody."""
    order = np.argsort(-near, kind="stable")
    order = order[near[order] > 0]
    rows: Sequence[int] = order[:most].tolist()
    if may(session.reader.role, Permission.SEARCH):
        query = {"rows": order[:LOOKED_AT].tolist(), "most": most} | ages_of(held.model)
        rows = serve(session, Permission.SEARCH, _MINE, query, what="children like one described")["row"].tolist()
    return neighbours_of(session, held, rows, near)

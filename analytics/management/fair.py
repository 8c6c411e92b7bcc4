"""Places shared between areas by four rules, and what each rule does: who is reached, found, wrongly listed, missed.

How need lies is told by the neighbourhoods that children live in: for each fifth of deprivation it was measured how
many were later identified, how many were on the list and how many of these rightly. An area with more children of a
fifth has more of what that fifth had (indirect standardisation). No child's score is read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.disclosure.control import DEFAULT, Rule, free, nested
from analytics.fairness import by_group
from analytics.fairness.by_group import Group
from analytics.management.capacity import Curve
from data.access.gate import Session, serve
from data.access.roles import Permission

Floats = NDArray[np.float64]
GROUPING = "deprivation"
NOT_KNOWN = "not known"
#: Half the width of a 95 % interval in standard errors.
Z = 1.96
_FIFTHS = ("most deprived", "more deprived", "middle", "less deprived", "least deprived")

# Whom a model asks about has a row of its newest scores, blank where none may be shown.
_CHILDREN = """
WITH ranked AS (
    SELECT person FROM score WHERE model = $model AND as_of = (SELECT max(as_of) FROM score WHERE model = $model)
)
SELECT w.area, least(floor((n.decile + 1) / 2), 5)::INTEGER AS fifth,
       count(*) FILTER (p.birth_date > $day - INTERVAL 18 YEAR) AS children, count(ranked.person) AS asked
FROM person p JOIN ward w ON w.ward = p.ward LEFT JOIN neighbourhood n USING (postcode)
LEFT JOIN ranked USING (person)
WHERE (p.birth_date > $day - INTERVAL 18 YEAR AND p.birth_date <= $day OR ranked.person IS NOT NULL)
  AND p.death_date IS NULL
GROUP BY ALL ORDER BY ALL
"""
_LISTED = """
SELECT w.area, count(*) AS children, sum(k.key) AS keys
FROM score s JOIN person p USING (person) JOIN ward w ON w.ward = p.ward JOIN record_key k USING (person)
WHERE s.model = $model AND s.as_of = (SELECT max(as_of) FROM score WHERE model = $model) AND s.rank <= $places
GROUP BY ALL ORDER BY ALL
"""


@dataclass(frozen=True)
class Areas:
    """Who lives where: ``children`` under 18 and those whom the model ranks (``asked``) by area; ``fifths`` of these.

    Protected counts; an area of which one is withheld is left out of the sharing.
    """

    children: pd.Series
    asked: pd.Series
    fifths: pd.DataFrame


def areas(session: Session, model: str, rule: Rule = DEFAULT) -> Areas:
    """The areas of the session's city and the children in them whom ``model`` ranks."""
    asked = {"model": model, "day": session.snapshot.today}
    rows = serve(session, Permission.SEE_FIGURES, _CHILDREN, asked, what="children by area and neighbourhood")
    rows["fifth"] = [NOT_KNOWN if pd.isna(one) else _FIFTHS[int(one) - 1] for one in rows["fifth"]]
    return shared_out(rows, rule)


def shared_out(rows: pd.DataFrame, rule: Rule = DEFAULT) -> Areas:
    """The same from counts: ``area, fifth, children, asked``."""
    wide = rows.pivot_table(index=["area", "fifth"], values=["children", "asked"], aggfunc="sum", fill_value=0)
    place, flat = wide.index, wide.reset_index(drop=True)
    safe = nested(flat, pd.Series(place.get_level_values("area"), index=flat.index), rule)
    fifths = safe.parts["asked"].set_axis(place).unstack("fifth").fillna(0.0)
    told = safe.groups.dropna().index
    return Areas(safe.groups.loc[told, "children"], safe.groups.loc[told, "asked"], fifths.loc[told])


def listed_now(session: Session, model: str, places: int) -> pd.Series:
    """Of the ``places`` highest scores of today, how many live in each area; empty where no score may be shown.

    Any length can be asked for, so counts are nudged as those behind free filters are.
    """
    asked = {"model": model, "places": places}
    rows = serve(session, Permission.SEE_FIGURES, _LISTED, asked, what="list by area").set_index("area")
    return free(rows[["children"]], rows[["keys"]].rename(columns={"keys": "children"}))["children"]


@dataclass(frozen=True)
class Need:
    """What is expected of each area when the measured list is drawn for the city as one; float64[areas] each.

    ``identified``: children who will be; ``listed``: on the list; ``found``: rightly so, with its standard error.
    """

    names: tuple[str, ...]
    children: Floats
    asked: Floats
    identified: Floats
    listed: Floats
    found: Floats
    error: Floats


def need(where: Areas, rows: pd.DataFrame, told: Curve) -> Need:
    """Expected figures of each area. A fifth of which too little may be told counts as the city did."""
    groups = {one.name: one for one in by_group.groups(rows, GROUPING)}
    base, share, precision = _city(told)
    per_child = [_per_child(groups.get(fifth), (base, share, precision)) for fifth in where.fifths.columns]
    fifths = where.fifths.to_numpy(float)
    # Children whose neighbourhood may not be told are of the city's own kind.
    rest = np.maximum(where.asked.to_numpy(float) - fifths.sum(axis=1), 0.0)
    rates = np.array(per_child).reshape(-1, 3)
    totals = fifths @ rates + rest[:, None] * np.array([base, share, share * precision])
    identified, listed, found = totals.T
    errors = np.array([_error(groups.get(fifth), told) for fifth in where.fifths.columns])
    error = np.sqrt(((fifths * errors) ** 2).sum(axis=1))
    return Need(
        tuple(str(one) for one in where.asked.index), where.children.to_numpy(float), where.asked.to_numpy(float),
        identified, listed, np.minimum(found, identified), error,
    )  # fmt: skip


def _city(told: Curve) -> tuple[float, float, float]:
    """Identified a child, listed a child, found a listed child: of everybody who was measured."""
    places = min(told.places, told.longest)
    return told.positives.value / told.children, places / told.children, told.at(places).value / max(places, 1)


def _per_child(group: Group | None, city: tuple[float, float, float]) -> tuple[float, float, float]:
    """Identified, listed and found a child of a group."""
    base, share, precision = city
    if group is None or not group.children or group.identified is None:
        return base, share, share * precision
    chosen, right = (group.figures[name].value for name in ("selection_rate", "precision_at_capacity"))
    if chosen is None or right is None:
        return group.identified / group.children, share, share * precision
    return group.identified / group.children, chosen, chosen * right


def _error(group: Group | None, told: Curve) -> float:
    """The standard error of how many a child of the group are found, from its 95 % interval; else the city's own."""
    if group is not None and group.children and group.identified is not None:
        chosen, right = (group.figures[name] for name in ("selection_rate", "precision_at_capacity"))
        if chosen.value is not None and right.low is not None and right.high is not None:
            return chosen.value * (right.high - right.low) / (2 * Z)
    whole = told.at(min(told.places, told.longest))
    return (whole.high - whole.low) / (2 * Z) / told.children


@dataclass(frozen=True)
class Way:
    """One way of sharing places out, in words, and how: from need, curve and places to places by area."""

    name: str
    words: str
    share: Callable[[Need, Curve, int], Floats]


def _one_list(who: Need, told: Curve, places: int) -> Floats:
    return who.listed


def _by_children(who: Need, told: Curve, places: int) -> Floats:
    return who.children


def _by_need(who: Need, told: Curve, places: int) -> Floats:
    return who.identified


def _equal_chance(who: Need, told: Curve, places: int) -> Floats:
    """Lists as long as they must be for the same share of those to be identified to be found in each area.

    Found by halving: the higher the share, the longer every list.
    """
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if _lengths(who, told, middle).sum() < places else (low, middle)
    return _lengths(who, told, low)


def _lengths(who: Need, told: Curve, recall: float) -> Floats:
    """How long each area's list must be to find ``recall`` of those to be identified, or all it can."""
    at = min(told.places, told.longest)
    with np.errstate(divide="ignore", invalid="ignore"):
        wanted = np.nan_to_num(recall * who.identified / who.found, posinf=np.inf) * told.at(at).value
    # The shortest list that finds so many: np.interp the other way round, where the curve rises.
    rises = np.r_[True, np.diff(told.found) > 0]
    size = np.interp(wanted, told.found[rises], told.sizes[rises])
    return np.asarray(size / max(at, 1) * who.listed)


RULES: tuple[Way, ...] = (
    Way("One list", "The city's highest scores first, wherever they live.", _one_list),
    Way("By children", "Places in proportion to all children who live in an area.", _by_children),
    Way("By measured need", "Places in proportion to the children expected to be identified.", _by_need),
    Way(
        "Equal chance",
        "A child whom it is right to look for has the same chance of being reached, wherever they live.",
        _equal_chance,
    ),
)


@dataclass(frozen=True)
class Shared:
    """What one rule does, area by area: ``places, children, share, found, low, high, false_alarms, missed, chance``.

    Of 20 such areas 19 would find between ``low`` and ``high``, each fifth having been measured by itself.
    """

    rule: Way
    table: pd.DataFrame

    @property
    def found(self) -> float:
        return float(self.table["found"].sum())

    @property
    def widest(self) -> float:
        """Between the area where a child to be identified is likeliest to be reached and where least: apart by this."""
        chance = self.table["chance"].dropna()
        return float(chance.max() - chance.min()) if len(chance) else 0.0


def share(rule: Way, who: Need, told: Curve, places: int, children: int) -> Shared:
    """``places`` of today's ``children`` shared out by ``rule``: whole places, that add up to what there are."""
    # The city that was measured may be larger or smaller than today's.
    scaled = places * told.children / children if children else 0.0
    weights = rule.share(who, told, round(scaled))
    given = whole_places(weights, places)
    found = np.array([_found(who, told, at, float(one)) for at, one in enumerate(given)])
    error = Z * np.divide(found * who.error, who.found, out=np.zeros(len(given)), where=who.found > 0)
    table = pd.DataFrame(
        {
            "places": given, "children": who.asked,
            "share": np.divide(given, who.asked, out=np.zeros(len(given)), where=who.asked > 0),
            "found": found, "low": np.maximum(found - error, 0.0), "high": np.minimum(found + error, given),
            "false_alarms": given - found, "missed": np.maximum(who.identified - found, 0.0),
            "chance": np.divide(found, who.identified, out=np.full(len(given), np.nan), where=who.identified > 0),
        },
        index=list(who.names),
    )  # fmt: skip
    return Shared(rule, table)


def _found(who: Need, told: Curve, at: int, places: float) -> float:
    """Found in one area on a list of its own: as the city's list, drawn to the area's size."""
    declared = min(told.places, told.longest)
    if not who.listed[at] or not declared:
        return 0.0
    size = min(places / who.listed[at] * declared, told.longest)
    measured = told.at(declared).value
    found = who.found[at] * (told.at(size).value / measured if measured else 0.0)
    return float(min(found, places, who.identified[at]))


def whole_places(weights: Floats, places: int) -> NDArray[np.int64]:
    """``places`` in proportion to ``weights``, as whole numbers that add up (largest remainder, Hamilton, 1792)."""
    total = float(weights.sum())
    if not total or not len(weights):
        return np.zeros(len(weights), np.int64)
    exact = places * weights / total
    given = np.floor(exact).astype(np.int64)
    left = places - int(given.sum())
    given[np.argsort(-(exact - given), kind="stable")[:left]] += 1
    return given

"""How a model's errors fall on groups, as it may be shown: small counts withheld, with whatever would give them away.

counts of a group:  right on the list | wrong on the list | missed | neither
a figure is told where every count that it is made of may be told
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pandas as pd

from analytics.casework.rows import each, word
from analytics.evaluation.groups import NOT_RECORDED, is_small
from analytics.features.catalogue import CATALOGUE
from analytics.management.disclosure import DEFAULT, Rule, protect
from analytics.models.specs import SPECS
from data.access.gate import Session, serve
from data.access.policy import why_withheld
from data.access.roles import Permission

_MODELS = "SELECT model, reason, spec FROM model ORDER BY model"
_ROWS = """
SELECT e.grouping, e."group", e.metric, e.value, e.low, e.high, e.n, e.positives
FROM evaluation e JOIN model m ON m.model = e.model AND m.estimator = e.estimator
WHERE e.model = $model AND e.label = 'identified' ORDER BY e.grouping, e."group", e.metric
"""
_BUILT = "SELECT count(*) AS tables FROM duckdb_tables() WHERE table_name = 'proxy'"
_PROXIES = """
SELECT grouping, "group", indicator, auc, low, high, more, n, members FROM proxy WHERE model = $model
ORDER BY grouping, "group", indicator = '' DESC, auc DESC, indicator
"""
RIGHT, WRONG, MISSED, NEITHER = "right", "wrong", "missed", "neither"
#: Metric -> the counts that it is made of.
MADE_OF = {
    "selection_rate": (RIGHT, WRONG),
    "precision_at_capacity": (RIGHT, WRONG),
    "recall_at_capacity": (RIGHT, MISSED),
    "false_positive_rate": (WRONG, NEITHER),
    "false_negative_rate": (RIGHT, MISSED),
    "calibration_gap": (RIGHT, MISSED),
}
GROUPINGS = ("sex", "ethnicity", "age", "sen", "deprivation")
EVERYBODY = "all"


@dataclass(frozen=True)
class Cell:
    """One figure of one group with its 95 % interval; all None where nobody is there to tell it of, or too few."""

    value: float | None
    low: float | None
    high: float | None
    withheld: bool = False


@dataclass(frozen=True)
class Group:
    """One group (of a pair: two, with a comma): children, those later identified (None: too few to show), figures."""

    grouping: str
    name: str
    children: int | None
    identified: int | None
    small: bool
    figures: dict[str, Cell]


@dataclass(frozen=True)
class Proxy:
    """How well one indicator (or, where ``indicator`` is None, all together) tells a group from the rest: an AUC."""

    grouping: str
    group: str
    indicator: str | None
    label: str
    auc: float
    low: float
    high: float
    more: bool | None


@dataclass(frozen=True)
class Model:
    """A model of the snapshot. ``reason``: of its state, as measured; ``withheld``: why it shows no score, or None."""

    name: str
    label: str
    reason: str
    withheld: str | None


def models(session: Session) -> list[Model]:
    """Every model, in the order in which they are declared."""
    rows = serve(session, Permission.SEE_MODELS, _MODELS, what="models")
    declared = list(SPECS)
    known = [
        Model(
            row.model,
            json.loads(row.spec)["label"],
            word(row.reason) or "",
            why_withheld(session.journal, session.snapshot, row.model),
        )
        for row in each(rows)
    ]
    return sorted(known, key=lambda one: declared.index(one.name) if one.name in declared else len(declared))


def rows_of(session: Session, model: str) -> pd.DataFrame:
    """Rows of ``evaluation`` of the model's own estimator; for `groups`, and not for show: counts in it are exact."""
    return serve(session, Permission.SEE_MODELS, _ROWS, {"model": model}, what=f"fairness of {model}")


def groupings(rows: pd.DataFrame) -> list[str]:
    """Groupings that were measured, pairs after the single ones: ``sex``, ``sex,age``."""
    there = set(rows["grouping"])
    pairs = [f"{one},{other}" for one in GROUPINGS for other in GROUPINGS]
    return [name for name in (*GROUPINGS, *pairs) if name in there]


def groups(rows: pd.DataFrame, grouping: str, rule: Rule = DEFAULT) -> list[Group]:
    """Every group of a grouping, those not recorded last. ``EVERYBODY`` gives the one group of all."""
    mine = rows[(rows["grouping"] == grouping) & (rows["group"] != "")]
    if mine.empty:
        return []
    counts = _counts(mine)
    safe = protect(counts, rule)
    told = [_group(grouping, str(name), mine[mine["group"] == name], safe.loc[name], rule) for name in counts.index]
    return sorted(told, key=lambda one: (NOT_RECORDED in one.name, _order(grouping, one.name)))


def _counts(mine: pd.DataFrame) -> pd.DataFrame:
    """The four counts of each group. Where equal scores straddle the end of the list they are rounded."""
    wide = mine.pivot(index="group", columns="metric", values="value").reindex(columns=list(MADE_OF)).fillna(0.0)
    size = mine.drop_duplicates("group").set_index("group")[["n", "positives"]].reindex(wide.index).astype(float)
    chosen = (wide["selection_rate"] * size["n"]).round()
    right = (wide["recall_at_capacity"] * size["positives"]).round().clip(upper=chosen)
    out = pd.DataFrame({RIGHT: right, WRONG: chosen - right, MISSED: size["positives"] - right})
    out[NEITHER] = (size["n"] - out.sum(axis=1)).clip(lower=0)
    return out


def _group(grouping: str, name: str, mine: pd.DataFrame, safe: pd.Series, rule: Rule) -> Group:
    n, found = int(mine["n"].iloc[0]), int(mine["positives"].iloc[0])
    figures = {
        row.metric: _cell(row, withheld=bool(safe[list(MADE_OF[row.metric])].isna().any()))
        for row in each(mine)
        if row.metric in MADE_OF
    }
    hidden = bool(safe[[RIGHT, MISSED]].isna().any())
    return Group(
        grouping, name, n if n >= rule.smallest else None, None if hidden else found, is_small(n, found), figures
    )


def _cell(row: Any, withheld: bool) -> Cell:
    if withheld or pd.isna(row.value):
        return Cell(None, None, None, withheld)
    low, high = (None if pd.isna(end) else float(end) for end in (row.low, row.high))
    return Cell(float(row.value), low, high)


_ORDER = {
    "age": ("under 10", "10 to 12", "13 and 14", "15 to 17", "18 and over"),
    "sen": ("plan", "support", "none"),
    "deprivation": ("most deprived", "more deprived", "middle", "less deprived", "least deprived"),
}


def _order(grouping: str, name: str) -> tuple[object, ...]:
    """Groups that have an order stand in it, the others by name."""
    pairs = zip(grouping.split(","), name.split(","), strict=True)
    return tuple(_ORDER[one].index(said) if said in _ORDER.get(one, ()) else said for one, said in pairs)


def told_apart(told: Sequence[Group], metric: str) -> list[tuple[Group, Group]]:
    """Pairs of groups, the higher first, whose intervals of ``metric`` don't overlap."""
    apart = []
    for one, other in combinations([g for g in told if _whole(g, metric)], 2):
        low, high = sorted((one, other), key=lambda g: g.figures[metric].value or 0.0)
        top, bottom = low.figures[metric].high, high.figures[metric].low
        if top is not None and bottom is not None and top < bottom:
            apart.append((high, low))
    return apart


def ends(told: Sequence[Group], metric: str) -> tuple[Group, Group] | None:
    """The groups with the highest and the lowest ``metric``, of those that are not small; None without two."""
    whole = sorted((g for g in told if _whole(g, metric) and not g.small), key=lambda g: g.figures[metric].value or 0.0)
    return (whole[-1], whole[0]) if len(whole) > 1 else None


def _whole(group: Group, metric: str) -> bool:
    cell = group.figures.get(metric)
    return cell is not None and None not in (cell.value, cell.low, cell.high) and NOT_RECORDED not in group.name


def proxies(session: Session, model: str) -> list[Proxy]:
    """What gives each group away, all indicators together first; none where the snapshot was built without it."""
    if not serve(session, Permission.SEE_MODELS, _BUILT, what="whether proxies were measured")["tables"][0]:
        return []
    rows = serve(session, Permission.SEE_MODELS, _PROXIES, {"model": model}, what=f"proxies of {model}")
    return [
        Proxy(
            row.grouping,
            row.group,
            row.indicator or None,
            CATALOGUE[row.indicator].label if row.indicator in CATALOGUE else row.indicator,
            float(row.auc),
            float(row.low),
            float(row.high),
            None if pd.isna(row.more) else bool(row.more),
        )
        for row in each(rows)
    ]

"""How a model's errors fall on groups, as it may be told: small counts withheld, with whatever would give them away.

counts of a group:  right on the list | wrong on the list | missed | neither
a figure is told where every count that it is made of may be told

Pages and papers alike have their groups from here. At real sizes few of a small group are on a list, and its precision
*is* the small count; no rounding of the rate helps. What is withheld is therefore told of those groups together: that
is everybody less the groups that are told, which anybody could work out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pandas as pd

from analytics.casework.rows import each
from analytics.disclosure.control import DEFAULT, Rule, protect
from analytics.evaluation.groups import NOT_RECORDED, is_small
from analytics.fairness.audit import share

RIGHT, WRONG, MISSED, NEITHER = "right", "wrong", "missed", "neither"
#: Metric -> the counts that it is made of.
MADE_OF = {
    "selection_rate": (RIGHT, WRONG),
    "precision_at_capacity": (RIGHT, WRONG),
    "recall_at_capacity": (RIGHT, MISSED),
    "false_positive_rate": (WRONG, NEITHER),
    "false_negative_rate": (RIGHT, MISSED),
    "calibration_gap": (RIGHT, MISSED),
    "auc": (RIGHT, MISSED),
}
#: Of those that are a share of counts: of which, of which.
_SHARES = {
    "selection_rate": ((RIGHT, WRONG), (RIGHT, WRONG, MISSED, NEITHER)),
    "precision_at_capacity": ((RIGHT,), (RIGHT, WRONG)),
    "recall_at_capacity": ((RIGHT,), (RIGHT, MISSED)),
    "false_positive_rate": ((WRONG,), (WRONG, NEITHER)),
    "false_negative_rate": ((MISSED,), (RIGHT, MISSED)),
}
GROUPINGS = ("sex", "ethnicity", "age", "sen", "deprivation")
EVERYBODY = "all"
#: The name of those groups together of which something is withheld.
OTHERS = "the others together"


@dataclass(frozen=True)
class Cell:
    """One figure of one group with its 95 % interval; all None where nobody is there to tell it of, or too few."""

    value: float | None
    low: float | None
    high: float | None
    withheld: bool = False


@dataclass(frozen=True)
class Group:
    """One group (of a pair: two, with a comma): children, those later identified (None: too few to show), figures.

    ``of`` names the groups that were put together, where it is `OTHERS`.
    """

    grouping: str
    name: str
    children: int | None
    identified: int | None
    small: bool
    figures: dict[str, Cell]
    of: tuple[str, ...] = ()


def groupings(rows: pd.DataFrame) -> list[str]:
    """Groupings that were measured, pairs after the single ones: ``sex``, ``sex,age``."""
    there = set(rows["grouping"])
    pairs = [f"{one},{other}" for one in GROUPINGS for other in GROUPINGS]
    return [name for name in (*GROUPINGS, *pairs) if name in there]


def groups(rows: pd.DataFrame, grouping: str, rule: Rule = DEFAULT) -> list[Group]:
    """Every group of a grouping, those not recorded and `OTHERS` last. ``EVERYBODY`` gives the one group of all."""
    mine = rows[(rows["grouping"] == grouping) & (rows["group"] != "")]
    if mine.empty:
        return []
    counts = _counts(mine)
    safe = protect(counts, rule)
    told = [_group(grouping, str(name), mine[mine["group"] == name], safe.loc[name], rule) for name in counts.index]
    told = sorted(told, key=lambda one: (NOT_RECORDED in one.name, _order(grouping, one.name)))
    return [*told, *_together(grouping, counts, [one.name for one in told if safe.loc[one.name].isna().any()], rule)]


def _together(grouping: str, counts: pd.DataFrame, withheld: Sequence[str], rule: Rule) -> list[Group]:
    """Those groups in one of which something is withheld; none where nobody is left to hold them against."""
    rest = [name for name in counts.index if name not in withheld and NOT_RECORDED not in str(name)]
    whole = counts.loc[list(withheld)].sum()
    if not withheld or not rest or ((whole > 0) & (whole < rule.smallest)).any():
        return []
    figures = {name: _share(*(int(whole[list(some)].sum()) for some in made)) for name, made in _SHARES.items()}
    children, found = int(whole.sum()), int(whole[[RIGHT, MISSED]].sum())
    return [Group(grouping, OTHERS, children, found, is_small(children, found), figures, tuple(withheld))]


def _share(part: int, whole: int) -> Cell:
    value, ends = share(part, whole)
    return Cell(value, *(ends or (None, None)))


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


def _order(grouping: str, name: str) -> tuple[tuple[int, str], ...]:
    """Groups that have an order stand in it, the others by name."""
    pairs = zip(grouping.split(","), name.split(","), strict=True)
    return tuple(_place(_ORDER.get(one, ()), said) for one, said in pairs)


def _place(order: Sequence[str], said: str) -> tuple[int, str]:
    return (order.index(said), "") if said in order else (len(order), said)


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

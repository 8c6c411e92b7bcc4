"""Disclosure control: the one function through which every count of people passes before anyone sees it.

Small counts are withheld (primary suppression), and where one could be worked out from the totals published with it,
other cells are withheld too (secondary suppression): `analytics.disclosure.suppression`. True zeros are shown, as DfE's
statistics do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.disclosure import cell_key
from analytics.disclosure.suppression import Bools, Counts, Sum, withheld

HIDDEN = "c"
_WITHHELD = "are withheld, shown as c, with a second cell where one could be worked out."


@dataclass(frozen=True)
class Rule:
    """A preset: counts from 1 to ``smallest - 1`` are withheld; others are rounded to a multiple of ``round_to``."""

    name: str
    words: str
    smallest: int = 1
    round_to: int = 1


RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule("under 5", f"Counts of 1 to 4 {_WITHHELD}", 5),
        Rule("under 10", f"Counts of 1 to 9 {_WITHHELD}", 10),
        Rule("round to 5", "Every count is rounded to the nearest 5.", 1, 5),
        Rule("round to 10", "Every count is rounded to the nearest 10.", 1, 10),
    )
}
DEFAULT = RULES["under 5"]
#: The rule of `free`, in words, for `DEFAULT`.
FREE = (
    "Counts below 5 are withheld, shown as c; the others are moved by a little at random, alike for the same children, "
    "so that no child can be worked out from two of them."
)


def protect(
    counts: pd.DataFrame, rule: Rule = DEFAULT, *, row_totals: bool = True, column_totals: bool = True
) -> pd.DataFrame:
    """Counts safe to show: floats, with NaN where a cell is withheld.

    ``counts``: whole numbers of people, one row and one column a group. ``row_totals`` and ``column_totals`` say along
    which lines a total is published, or can be added up from cells that partition it: no withheld count can be worked
    out from those totals. Raises ``ValueError`` on counts that are negative or not whole.
    """
    exact = _whole(counts)
    place = np.arange(exact.size).reshape(exact.shape)
    lines = [*(place if row_totals else ()), *(place.T if column_totals else ())]
    sums = [Sum(exact.size + at, tuple(line.tolist())) for at, line in enumerate(lines)]
    cells = np.concatenate([exact.ravel(), [exact.ravel()[line].sum() for line in lines]]).astype(np.int64)
    hidden = withheld(cells, sums, rule.smallest, told=np.arange(len(cells)) >= exact.size)
    return _shown(counts, exact, hidden[: exact.size].reshape(exact.shape), rule)


def free(counts: pd.DataFrame, keys: pd.DataFrame, rule: Rule = DEFAULT) -> pd.DataFrame:
    """Counts behind filters that readers choose freely, safe to show: nudged, with NaN where there are few or none.

    Withholding alone would not do: two filters that differ by one child would tell of that child. Nor may a nought be
    told: where nobody began, what closed is the difference of counts at two dates. ``keys``: the sum of the record keys
    of those counted, like ``counts``; see `analytics.disclosure.cell_key`.
    """
    exact = _whole(counts)
    told = cell_key.nudged(exact.ravel(), keys.to_numpy(np.int64).ravel()).reshape(exact.shape)
    return _shown(counts, told, told < rule.smallest, rule)


def _whole(counts: pd.DataFrame) -> Counts:
    exact = counts.to_numpy(dtype=float)
    if not np.isfinite(exact).all() or (exact < 0).any() or (exact != np.round(exact)).any():
        raise ValueError("disclosure control takes whole counts of people, none below zero")
    return exact.astype(np.int64)


def _shown(like: pd.DataFrame, exact: Counts, hidden: Bools, rule: Rule) -> pd.DataFrame:
    rounded = rule.round_to * np.round(exact / rule.round_to)
    return pd.DataFrame(np.where(hidden, np.nan, rounded), index=like.index, columns=like.columns)


def shown(value: float) -> str:
    """A protected count as text: ``c`` where it is withheld."""
    return HIDDEN if np.isnan(value) else f"{value:,.0f}"


@dataclass(frozen=True)
class Nested:
    """Protected counts at three depths that give none of each other away: parts, groups of them, and the whole."""

    parts: pd.DataFrame
    groups: pd.DataFrame
    whole: pd.Series


def nested(counts: pd.DataFrame, group: pd.Series, rule: Rule = DEFAULT) -> Nested:
    """Protect ``counts`` (one row a part, such as a ward) with the totals of its groups (areas) and of the whole.

    Columns are counts of different things: none is the sum of others.
    """
    of = group.reindex(counts.index)
    groups = counts.groupby(of).sum()
    whole = counts.sum().to_frame().T
    everything = pd.concat([counts, groups, whole], keys=["part", "group", "whole"])
    exact = _whole(everything)
    sums = _tree(of, list(groups.index))
    hidden = np.column_stack([withheld(column, sums, rule.smallest) for column in exact.T] or [exact.astype(bool)])
    safe = _shown(everything, exact, hidden, rule)
    parts, rest = safe.iloc[: len(counts)].droplevel(0), safe.iloc[len(counts) :].droplevel(0)
    return Nested(parts, rest.iloc[:-1], rest.iloc[-1])


def _tree(of: pd.Series, groups: list[object]) -> list[Sum]:
    """Parts come first, then their groups, then the whole."""
    n, number = len(of), of.map({group: at for at, group in enumerate(groups)}).to_numpy()
    within = [Sum(n + at, tuple(np.flatnonzero(number == at).tolist())) for at in range(len(groups))]
    return [*within, Sum(n + len(groups), tuple(range(n, n + len(groups))))]

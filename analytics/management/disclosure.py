"""Disclosure control: the one function through which every count of people passes before anyone sees it.

Small counts are withheld (primary suppression), and where a withheld cell could be worked out from a published total,
a second cell is withheld with it (secondary suppression). True zeros are shown, as DfE's statistics do. Method: cell
suppression of tabular data; the second cell is the smallest one left in its row or column.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

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


def protect(
    counts: pd.DataFrame, rule: Rule = DEFAULT, *, row_totals: bool = True, column_totals: bool = True
) -> pd.DataFrame:
    """Counts safe to show: floats, with NaN where a cell is withheld.

    ``counts``: whole numbers of people, one row and one column a group. ``row_totals`` and ``column_totals`` say along
    which lines a total is published, or can be added up from cells that partition it; along those a lone withheld cell
    takes another with it. Raises ``ValueError`` on counts that are negative or not whole.
    """
    exact = counts.to_numpy(dtype=float)
    if not np.isfinite(exact).all() or (exact < 0).any() or (exact != np.round(exact)).any():
        raise ValueError("disclosure control takes whole counts of people, none below zero")
    hidden = (exact > 0) & (exact < rule.smallest)
    while exact.size:
        more = hidden.copy()
        if row_totals:
            more |= _second(exact, more)
        if column_totals:
            more |= _second(exact.T, more.T).T
        if (more == hidden).all():
            break
        hidden = more
    shown = np.where(hidden, np.nan, rule.round_to * np.round(exact / rule.round_to))
    return pd.DataFrame(shown, index=counts.index, columns=counts.columns)


def _second(exact: np.ndarray, hidden: np.ndarray) -> np.ndarray:
    """The next cell to withhold in each row whose withheld cells could be worked out from its total.

    A lone withheld cell is the total less the rest; withheld cells of which all are zero but one give it away likewise,
    so zeros are taken only where nothing else is left.
    """
    lone = hidden.sum(axis=1) == 1
    candidates = np.where(hidden, np.inf, np.where(exact == 0, np.finfo(float).max, exact))
    choice = candidates.argmin(axis=1)
    second = np.zeros_like(hidden)
    usable = lone & np.isfinite(candidates.min(axis=1))
    second[np.flatnonzero(usable), choice[usable]] = True
    return second


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

    Within a group no part can be worked out from the group's total. Where any group's own total is too small, its
    column is withheld at both depths: hiding two groups would not do, since the parts of the second add up to it.
    """
    of = group.reindex(counts.index)
    totals = counts.groupby(of).sum()
    blocks = [protect(block, rule, row_totals=False) for _, block in counts.groupby(of, sort=True)]
    parts = pd.concat(blocks).reindex(counts.index)
    groups = protect(totals, rule, row_totals=False, column_totals=False)
    small = groups.isna().any()
    parts.loc[:, small], groups.loc[:, small] = np.nan, np.nan
    whole = protect(counts.sum().to_frame().T, rule, row_totals=False, column_totals=False).iloc[0]
    return Nested(parts, groups, whole)

"""What the missed have in common, as it may be shown: shares instead of counts, small ones withheld."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control, fisher_exact

from analytics.casework.rows import each
from analytics.casework.tell import source_label
from analytics.disclosure.control import DEFAULT, Rule, protect
from analytics.features.catalogue import CATALOGUE
from analytics.missed.pattern import BOOKS, HEARD, INDICATOR, UNKNOWN
from data.access.gate import Session, serve
from data.access.roles import Permission

_PATTERN = """
SELECT what, name, cut, at_least, missed, missed_of, found, found_of, others, others_of FROM missed_pattern
WHERE model = $model ORDER BY what, name
"""
#: Of the differences that are said to be no chance, as many may be chance all the same.
FALSE_SHARE = 0.1


@dataclass(frozen=True)
class Difference:
    """How common something is among the missed, those on the list and all others; ``None``: too few to show.

    ``cut``: from where an indicator counts, in words. ``clear``: the missed differ from those on the list by more than
    chance gives, even with so many comparisons (Fisher's exact test; Benjamini and Hochberg, 1995).
    """

    name: str
    label: str
    cut: str
    missed: float | None
    found: float | None
    others: float | None
    clear: bool

    @property
    def gap(self) -> float:
        """Share of the missed less share of those on the list; 0 where one may not be shown."""
        return 0.0 if self.missed is None or self.found is None else self.missed - self.found

    @property
    def ahead(self) -> float:
        """Share of the missed less share of all other children; 0 where one may not be shown."""
        return 0.0 if self.missed is None or self.others is None else self.missed - self.others

    @property
    def lift(self) -> float | None:
        """How many times more common it is among the missed than among those on the list."""
        return None if self.missed is None or not self.found else self.missed / self.found


@dataclass(frozen=True)
class Pattern:
    """How many were missed and found in the year measured (``None``: too few to show), and how the two differ."""

    missed: int | None
    found: int | None
    rows: dict[str, tuple[Difference, ...]]

    def of(self, what: str) -> tuple[Difference, ...]:
        """The differences of one kind: indicator, unknown, heard, books, or a grouping; the widest first."""
        return self.rows.get(what, ())


def pattern(session: Session, model: str, rule: Rule = DEFAULT) -> Pattern | None:
    """The pattern of those whom ``model`` missed; None where nobody was missed in the year measured."""
    rows = serve(session, Permission.SEE_MODELS, _PATTERN, {"model": model}, what=f"pattern of the missed of {model}")
    return None if rows.empty else shown(rows, rule)


def shown(rows: pd.DataFrame, rule: Rule = DEFAULT) -> Pattern:
    """Rows of ``missed_pattern`` as they may be shown."""
    whole = rows[rows["what"].isin([HEARD, BOOKS, UNKNOWN])].iloc[:1]
    missed, found = (int(whole[name].iloc[0]) if len(whole) else 0 for name in ("missed_of", "found_of"))
    if missed < rule.smallest:
        return Pattern(None, None, {})
    clear = _clear(rows)
    told: dict[str, tuple[Difference, ...]] = {}
    for what, mine in rows.groupby("what", sort=True):
        hidden = _hidden(mine, rule, whole=what not in (INDICATOR, UNKNOWN, HEARD, BOOKS))
        found_all = [_difference(row, no, clear[row.Index]) for row, no in zip(mine.itertuples(), hidden, strict=True)]
        told[str(what)] = tuple(sorted(found_all, key=lambda one: (-abs(one.gap), one.label)))
    return Pattern(missed, found if found >= rule.smallest or found == 0 else None, told)


def _hidden(rows: pd.DataFrame, rule: Rule, whole: bool) -> list[dict[str, bool]]:
    """Of each row which sides may not be told: ``whole`` for groups, which add up to a side's total."""
    sides = ("missed", "found", "others")
    if whole:
        counts = rows[list(sides)]
        shut = protect(counts, rule).isna()
        return [{side: bool(shut.loc[at, side]) for side in sides} for at in rows.index]
    return [{side: _few(getattr(row, side), getattr(row, f"{side}_of"), rule) for side in sides} for row in each(rows)]


def _few(part: int, of: int, rule: Rule) -> bool:
    """Whether a share would tell of a few: of those of whom it is so, or of whom it is not."""
    return of < rule.smallest or 0 < part < rule.smallest or 0 < of - part < rule.smallest


def _clear(rows: pd.DataFrame) -> dict[Hashable, bool]:
    """Which rows differ by more than chance gives."""
    table = zip(rows["missed"], rows["missed_of"], rows["found"], rows["found_of"], strict=True)
    chances = [fisher_exact([[a, n - a], [b, m - b]])[1] if n and m else 1.0 for a, n, b, m in table]
    sure = false_discovery_control(np.array(chances)) <= FALSE_SHARE
    return dict(zip(rows.index, sure.tolist(), strict=True))


def _difference(row: Any, hidden: dict[str, bool], clear: bool) -> Difference:
    shares = {
        side: None
        if hidden[side] or not getattr(row, f"{side}_of")
        else getattr(row, side) / getattr(row, f"{side}_of")
        for side in ("missed", "found", "others")
    }
    told = not hidden["missed"] and not hidden["found"]
    return Difference(row.name, _label(row.what, row.name), _cut(row), **shares, clear=clear and told)


def _label(what: str, name: str) -> str:
    if what in (INDICATOR, UNKNOWN):
        return CATALOGUE[name].label if name in CATALOGUE else name
    return source_label(name) if what in (HEARD, BOOKS) else name


def _cut(row: Any) -> str:
    """``at least 2``; nothing for what is there or is not."""
    if row.what != INDICATOR or row.name not in CATALOGUE or pd.isna(row.cut):
        return ""
    feature = CATALOGUE[row.name]
    if row.at_least and row.cut <= 1 and feature.absent_is_nil:
        return ""
    return f"at {'least' if row.at_least else 'most'} {feature.figure(float(row.cut))}"

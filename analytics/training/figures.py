"""What a model's score was worth when it was measured: the figures by which people learn to read one."""

from __future__ import annotations

from dataclasses import astuple, dataclass

import pandas as pd

from analytics.casework.rows import each
from analytics.casework.score import ModelNote, model_notes
from analytics.models.specs import MODEL, SPECS
from data.access.gate import Session, serve
from data.access.roles import Permission

_FIGURES = """
SELECT grouping, "group", metric, e.value, e.low, e.high, e.n, e.positives
FROM evaluation e JOIN model m ON m.model = e.model AND m.estimator = e.estimator
WHERE e.model = $model AND label = 'identified' AND grouping IN ('all', 'capacity', 'calibration', 'top')
ORDER BY grouping, "group", metric
"""
_MEASURED = "SELECT DISTINCT model FROM evaluation WHERE label = 'identified' AND metric = 'base_rate' ORDER BY model"


@dataclass(frozen=True)
class Span:
    """A share and the ends of its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def rest(self) -> Span:
        """The share of the others."""
        return Span(1 - self.value, 1 - self.high, 1 - self.low)


@dataclass(frozen=True)
class Listed:
    """A list of ``size``: which share of it was right, and which share of all that were to be found it found."""

    size: int
    right: Span
    found: Span


@dataclass(frozen=True)
class Level:
    """A tenth of those with the highest scores: the chance that they were told, and the share that came true."""

    told: float
    found: Span

    @property
    def in_line(self) -> bool:
        """Whether the chance told lies within what was found."""
        return self.found.low <= self.told <= self.found.high


@dataclass(frozen=True)
class Figures:
    """``n`` children were measured, ``positives`` of them came to what the model speaks of; ``places`` on its list.

    ``lists``: by size; ``levels``: from the lowest of the highest 5 % upward; ``top``: share found in the highest 1 %
    and so on. ``ceiling``: the most that a list of ``places`` could be right. ``enough``: whether so many were found
    that the figures can be built on.
    """

    note: ModelNote
    n: int
    positives: int
    base: Span
    places: int
    lists: tuple[Listed, ...]
    levels: tuple[Level, ...]
    top: dict[str, Span]
    ceiling: float

    @property
    def list_of_places(self) -> Listed:
        """The list as long as there are places."""
        return min(self.lists, key=lambda one: abs(one.size - self.places))

    @property
    def enough(self) -> bool:
        spec = SPECS.get(self.note.name)
        return spec is None or self.positives >= spec.least_found

    def outside(self, found: Span, size: float) -> Span:
        """The chance of a child who is not among the ``size`` highest, where those hold the share ``found``."""
        each_one = self.positives / max(self.n - size, 1)
        missed = found.rest
        return Span(each_one * missed.value, each_one * missed.low, each_one * missed.high)


def measured_models(session: Session) -> list[ModelNote]:
    """The models of the snapshot that were measured, the one that pages show first."""
    rows = serve(session, Permission.SEE_MODELS, _MEASURED, what="which models were measured")
    notes = model_notes(session)
    found = [notes[name] for name in rows["model"] if name in notes]
    return sorted(found, key=lambda note: (note.name != MODEL, note.label))


def figures(session: Session, note: ModelNote) -> Figures | None:
    """What was measured of a model; None where any of it could not be told."""
    rows = serve(session, Permission.SEE_MODELS, _FIGURES, {"model": note.name}, what="how good a model is")
    overall = {row.metric: row for row in each(rows[rows["grouping"] == "all"])}
    base, right = overall.get("base_rate"), overall.get("precision_at_capacity")
    lists, levels = _lists(rows[rows["grouping"] == "capacity"]), _levels(rows[rows["grouping"] == "calibration"])
    if base is None or right is None or not lists or not levels or not int(base.positives):
        return None
    top = {str(row.group): _span(row) for row in each(rows[(rows["grouping"] == "top") & rows["value"].notna()])}
    return Figures(
        note, int(base.n), int(base.positives), _span(base), _places(lists, _span(right)), lists, levels, top,
        float(overall["ceiling"].value) if "ceiling" in overall else 1.0,
    )  # fmt: skip


def _places(lists: tuple[Listed, ...], right: Span) -> int:
    """The list whose figure is told as the model's own: two may be right as often, and differ in their intervals."""

    def apart(one: Listed) -> float:
        pairs = zip(astuple(one.right), astuple(right), strict=True)
        return sum(abs(mine - told) for mine, told in pairs)

    return min(lists, key=apart).size


def _lists(rows: pd.DataFrame) -> tuple[Listed, ...]:
    found: dict[int, dict[str, Span]] = {}
    for row in each(rows[rows["value"].notna()]):
        found.setdefault(int(row.group), {})[row.metric] = _span(row)
    wanted = ("precision_at_capacity", "recall_at_capacity")
    return tuple(
        Listed(size, *(spans[metric] for metric in wanted))
        for size, spans in sorted(found.items())
        if all(metric in spans for metric in wanted)
    )


def _levels(rows: pd.DataFrame) -> tuple[Level, ...]:
    found: dict[str, dict[str, Span]] = {}
    for row in each(rows[rows["value"].notna()]):
        found.setdefault(str(row.group), {})[row.metric] = _span(row)
    told = [Level(spans["told"].value, spans["found"]) for spans in found.values() if {"told", "found"} <= set(spans)]
    return tuple(sorted(told, key=lambda level: level.told))


def _span(row: object) -> Span:
    value, low, high = (float(getattr(row, name)) for name in ("value", "low", "high"))
    return Span(value, low if low == low else value, high if high == high else value)

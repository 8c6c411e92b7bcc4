"""What an indicator is: declared once, checked at import; matrix, model, screen and dictionary all read it from here."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal, get_args

from analytics.features.change import Change
from analytics.features.scope import SCOPES
from analytics.features.sources import IDENTIFICATION, KINDS_HERE, KNOWN_CASES, data_words
from analytics.features.windows import LONGEST, in_words

Aggregate = Literal[
    "count",
    "any",
    "people",
    "days_since",
    "sum",
    "mean",
    "max",
    "last",
    "open",
    "distinct",
    "days",
    "trend",
    "change",
    "age",
]
Direction = Literal["raises", "lowers", "either"]
# In the order in which screens show them.
THEMES = (
    "Going missing", "Friends and associates", "Crime and harm", "School", "Social care", "Brothers and sisters", "Parents",
    "Home and money", "Health", "Support", "Background",
)  # fmt: skip
# Without an event these are nil; the others have nothing to speak of, so absence says nothing.
NIL_WHEN_ABSENT = frozenset({"count", "any", "people", "sum", "max", "open", "distinct", "days", "trend"})
_WITHOUT_WINDOW = frozenset({"open", "age", "people"})
_YES_NO = frozenset({"any", "open"})
# What *What if* can work out from events that had not happened, or had happened too.
_CHANGED_BY_EVENTS = frozenset({"count", "sum", "mean", "open"})
_TIMES = {1: "once", 2: "twice"}
_CHOICE = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")


@dataclass(frozen=True)
class Feature:
    """One indicator.

    ``kinds``: event kinds that it reads, all of ``scope`` (see `SCOPES`), in the ``window_days`` before the as-of date.
    ``aggregate``: ``count``; ``any`` (1 or 0; of others: how many of them); ``people`` (how many are in the scope); ``days_since`` the
    latest; ``sum``, ``mean``, ``max``, ``last`` of the events' values; ``open`` (an episode stands at the as-of date; of others: of how many);
    ``distinct`` details; ``days`` within episodes; ``trend`` (count of the recent half less the earlier); ``change`` (the same of means); ``age``.
    ``details`` narrows the kinds to events with these details. ``across``: how several people's figures become one.
    ``direction``: what a higher figure does to the risk, where anyone can say; the boosting is held to it.
    ``sentence`` tells it with ``{value}``, ``{window}`` and ``{one|many}``; ``nil`` where there is none, ``unknown`` where nobody knows.
    ``flag``: for ``days_since``, the count by which *never* is told from *not known*.
    ``change``: how it could realistically be otherwise for the child, in *What if*; of most nothing could.
    Raises ``ValueError`` at import for anything that does not fit together.
    """

    name: str
    label: str
    kinds: tuple[str, ...]
    aggregate: Aggregate
    direction: Direction
    theme: str
    sentence: str
    nil: str = ""
    unknown: str = ""
    scope: str = "self"
    window_days: int | None = None
    details: tuple[str, ...] = ()
    across: Literal["total", "most"] = "total"
    change: Change | None = None
    unit: str = ""
    flag: str = ""

    def __post_init__(self) -> None:
        for broken, why in self._faults():
            if broken:
                raise ValueError(f"indicator {self.name}: {why}")
        if not self.unknown:
            object.__setattr__(self, "unknown", f"Not known: the model has not seen {data_words(self.kinds)}")

    def _faults(self) -> list[tuple[bool, str]]:
        windowed = self.window_days is not None
        others = self.scope != "self"
        own = not others or (self.scope in SCOPES and SCOPES[self.scope].and_self)
        return [
            (not self.name.isidentifier() or not self.name.islower(), "a name is a lower-case identifier"),
            (self.aggregate not in get_args(Aggregate), "unknown aggregate"),
            (self.direction not in get_args(Direction), "unknown direction"),
            (self.theme not in THEMES, "unknown theme"),
            (self.scope not in SCOPES, "unknown scope"),
            (bool(set(self.kinds) - set(KINDS_HERE)), "unknown event kind"),
            (bool(set(self.kinds) & set(IDENTIFICATION)), "identification itself is never an indicator"),
            (bool(set(self.kinds) & set(KNOWN_CASES)) and own, "a known case counts for others only"),
            ((self.aggregate in ("age", "people")) == bool(self.kinds), "age and people read no events, the rest do"),
            (self.aggregate == "people" and not others, "people are counted in a scope of others"),
            (self.aggregate == "age" and others, "age is the person's own"),
            (self.aggregate in _WITHOUT_WINDOW and windowed, "this aggregate looks at the as-of date alone"),
            (self.aggregate not in (*_WITHOUT_WINDOW, "last") and not windowed, "this aggregate needs a window"),
            (windowed and not 0 < (self.window_days or 0) <= LONGEST, f"a window of 1 to {LONGEST} days"),
            (not self._tells_value(), "the sentence lacks {value}"),
            (self.absent_is_nil and not self.nil, "no words for nil"),
            ((self.aggregate == "days_since") != bool(self.flag), "days_since, and only it, names its flag"),
            (not self._can_change(), "a change is of the child's own events of one kind, or of the home as a whole"),
        ]

    def _can_change(self) -> bool:
        if self.change is None:
            return True
        own = self.scope == "self" and self.aggregate in _CHANGED_BY_EVENTS
        return len(self.kinds) == 1 and not self.details and (own or self.across == "most")

    def _tells_value(self) -> bool:
        yes_no = self.aggregate in _YES_NO and (self.scope == "self" or self.across == "most")
        return yes_no or "{value}" in self.sentence

    @property
    def absent_is_nil(self) -> bool:
        """Whether having no such event means 0, where the source covers the person."""
        return self.aggregate in NIL_WHEN_ABSENT

    @property
    def missing(self) -> str:
        """What *missing* means, in words."""
        if self.absent_is_nil:
            return "none recorded counts as 0 where the source covers the child, and as not known elsewhere"
        return "not known where nothing is recorded"

    @property
    def contextual(self) -> bool:
        """Whether it speaks of people around the child."""
        return self.scope != "self"

    @property
    def monotonic(self) -> int:
        """1, -1 or 0, as gradient boosting takes it."""
        return {"raises": 1, "lowers": -1, "either": 0}[self.direction]

    def said(self, value: float, covered: bool = False) -> str:
        """The indicator in words. ``covered``: for NaN, that the source covers the person, so that it never happened."""
        if math.isnan(value):
            return self.words(self.nil if covered and self.nil else self.unknown)
        if value == 0 and self.absent_is_nil:
            return self.words(self.nil)
        return self.filled(self.sentence, value)

    def filled(self, text: str, value: float) -> str:
        """``text`` with ``{value}``, ``{one|many}`` and ``{window}`` in words: ``once``, ``twice``, ``4 times``."""
        told = _TIMES.get(round(value), "{value} times")
        text = text.replace("{value} {time|times}", told)
        return self.words(_choose(text, value).replace("{value}", self.figure(value)))

    def figure(self, value: float) -> str:
        """The number alone, as written on screen; a difference carries its sign."""
        sign = "+" if self.aggregate in ("trend", "change") else ""
        return format(round(value), f"{sign},d")

    def words(self, text: str) -> str:
        """``text`` with ``{window}`` in words."""
        return text.replace("{window}", in_words(self.window_days or 0))


def _choose(text: str, value: float) -> str:
    """``{time|times}`` as the number asks."""
    return _CHOICE.sub(lambda found: found[1] if round(abs(value)) == 1 else found[2], text)

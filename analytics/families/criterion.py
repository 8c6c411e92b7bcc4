"""The form in which the criteria of a programme for families are declared: what is looked for, in whom, since when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from data.events import KINDS

Whom = Literal["child", "adult", "anyone"]
Scheme = Literal["headline", "outcome"]
#: A child, here: under 18, and a member of the family as a child.
GROWN = 18


@dataclass(frozen=True)
class Sign:
    """One way in which records show it: events of ``kinds`` of one person, within ``months`` before the as-of date.

    ``at_least`` so many of them; ``lasting``: those that have not ended, however long ago they began, count too, and
    alone where ``months`` is 0. ``mean_below``: their values' mean is below this. ``details``: only events with one of
    them. ``ages``: whole years of the person, from and up to.
    """

    words: str
    kinds: tuple[str, ...]
    months: int = 12
    whom: Whom = "anyone"
    at_least: int = 1
    lasting: bool = False
    mean_below: float | None = None
    details: tuple[str, ...] = ()
    ages: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        unknown = [kind for kind in self.kinds if kind not in KINDS]
        if unknown or not self.kinds:
            raise ValueError(f"sign '{self.words}': no such event kinds: {unknown}")
        if self.months <= 0 and not self.lasting:
            raise ValueError(f"sign '{self.words}' looks at no day at all")


@dataclass(frozen=True)
class Criterion:
    """One criterion of a scheme, with the signs of which any one suffices.

    Of a headline criterion the signs are what meets it. Of an outcome they are needs: it is met once none has shown for
    as long as the signs look back. ``good``: event kinds shown beside, as what speaks for the family.
    """

    name: str
    label: str
    sentence: str
    signs: tuple[Sign, ...]
    good: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.signs:
            raise ValueError(f"criterion {self.name} looks for nothing")


@dataclass(frozen=True)
class Programme:
    """A scheme's criteria in order, and how many have to show before a family is within its reach."""

    scheme: Scheme
    title: str
    about: str
    reach: int
    criteria: tuple[Criterion, ...]

    def __getitem__(self, name: str) -> Criterion:
        return next(one for one in self.criteria if one.name == name)

"""Whose events an indicator looks at: the person's own, or those of people around them."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.features.windows import LONGEST


@dataclass(frozen=True)
class Scope:
    """People around a person, by kind of relationship as known at the as-of date.

    ``recent_days``: how long after its last day a relationship still counts (0: only while it stands).
    ``lasting``: a relationship without a last day stands for ever; else it is a moment, its first day.
    ``and_self``: the person's own events count too. ``none``: what having nobody known in the scope says of a count.
    """

    name: str
    label: str
    kinds: tuple[str, ...] = ()
    recent_days: int = 0
    lasting: bool = True
    and_self: bool = False
    none: str = "nil"


_ALL = (
    Scope("self", "the child"),
    Scope("siblings", "brothers and sisters", ("sibling",)),
    Scope("parents", "parents", ("parent",), none="unknown"),
    Scope(
        "household", "the household, the child too", ("household", "parent", "sibling"), recent_days=92, and_self=True
    ),
    Scope("associates", "friends and associates", ("associate", "co_missing", "co_offending"), LONGEST, lasting=False),
    Scope("co_missing", "people reported missing together with the child", ("co_missing",), LONGEST, lasting=False),
    Scope("co_offending", "people suspected together with the child", ("co_offending",), LONGEST, lasting=False),
)
SCOPES: dict[str, Scope] = {scope.name: scope for scope in _ALL}

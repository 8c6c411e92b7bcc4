"""What of a child's life could be otherwise, for *What if*: declared with the indicator that it is asked by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """A realistic change: from ``low`` to ``high`` in ``steps``, as far as children of the age have it.

    ``had`` completes *If she ...*, with ``{value}``, ``{window}`` and ``{one|many}``; ``had_not`` where it comes to nil.
    What is changed are the child's own events, so that every indicator made from them moves with it. ``with_it``: kinds of
    events that go when the one that they followed goes. ``alike``: kinds that tell of the same rate and move as it does.
    ``instead``: kinds that count what is short of the full rate. ``ties``: kinds of relationship that come of such an event.
    Nothing that others did or decided is declared: a contact, a plan or a placement not made would only hide a worry.
    """

    had: str
    had_not: str = ""
    steps: int = 1
    low: int = 0
    high: int = 20
    with_it: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    ties: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.low < self.high or self.steps < 1:
            raise ValueError("a change runs from a lower figure to a higher one in whole steps")

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of events that move along."""
        return self.with_it + self.alike + self.instead


def yes_no(had: str, had_not: str) -> Change:
    """Something that is so, or is not."""
    return Change(had, had_not, high=1)

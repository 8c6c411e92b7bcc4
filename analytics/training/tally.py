"""What a room said of a case: how many said what, and how far that agrees: within itself, with model and outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analytics.casework.score import WORRY
from analytics.training.room_steps import BEFORE, NOW

#: The two answers that go with what a model says, and with what happened; of another harm the question says nothing.
FITS_BAND = {"lower": WORRY[:2], "raised": WORRY[1:3], "heightened": WORRY[2:]}
FITS_OUTCOME = {"identified": WORRY[2:], "none": WORRY[:2]}


@dataclass(frozen=True)
class Given:
    """One answer: of which seat, to which question, and why."""

    seat: str
    question: str
    answer: str
    why: str = ""


@dataclass(frozen=True)
class Tally:
    """One round: counts of the answers of `WORRY`; ``moved``: how many went up and down once the score was seen."""

    before: tuple[int, ...]
    now: tuple[int, ...]
    reasons: tuple[str, ...]
    moved: tuple[int, int]

    @property
    def answered(self) -> int:
        return sum(self.before)

    @property
    def answered_now(self) -> int:
        return sum(self.now)

    @property
    def same(self) -> float | None:
        """Of two participants drawn at random, how often they gave the same answer; None of fewer than two."""
        n = self.answered
        return sum(count * (count - 1) for count in self.before) / (n * (n - 1)) if n > 1 else None

    def with_model(self, band: str) -> int:
        """How many said what goes with the model's band, before they saw it."""
        return fitting(self.before, FITS_BAND[band])

    def with_outcome(self, outcome: str) -> int | None:
        """How many said what goes with what happened; None where the question has no right answer."""
        return fitting(self.before, FITS_OUTCOME[outcome]) if outcome in FITS_OUTCOME else None


def tally(given: Iterable[Given]) -> Tally:
    """Count the answers of one round."""
    rows = list(given)
    said = {name: {one.seat: one.answer for one in rows if one.question == name} for name in (BEFORE, NOW)}
    both = [(WORRY.index(said[BEFORE][seat]), WORRY.index(said[NOW][seat])) for seat in said[BEFORE].keys() & said[NOW]]
    up, down = sum(now > then for then, now in both), sum(now < then for then, now in both)
    reasons = tuple(one.why for one in rows if one.question == BEFORE and one.why)
    return Tally(_counts(said[BEFORE]), _counts(said[NOW]), reasons, (up, down))


def fitting(counts: Sequence[int], answers: Iterable[str]) -> int:
    """How many gave one of ``answers``."""
    return sum(counts[WORRY.index(one)] for one in answers)


def _counts(said: Mapping[str, str]) -> tuple[int, ...]:
    found = Counter(said.values())
    return tuple(found[one] for one in WORRY)

"""Words that the views of Review share."""

from __future__ import annotations

from data.journal.link_reviews import Verdict

VERDICTS = {
    Verdict.SAME: "Same person",
    Verdict.DIFFERENT: "Two people",
    Verdict.UNSURE: "Not sure",
    Verdict.WITHDRAWN: "Taken back",
}


def weight(points: float) -> str:
    """A match weight: ``+9.0``, ``−4.1``, with a true minus sign."""
    return f"{'+' if points >= 0 else '−'}{abs(points):.1f}"

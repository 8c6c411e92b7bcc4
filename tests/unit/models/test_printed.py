"""What the commands print of a model, from the facts alone."""

from __future__ import annotations

from analytics.models.bundle import facts_of
from analytics.models.command import card, in_words
from analytics.models.result import ModelResult


def test_the_card_says_what_the_model_asks_reads_and_cannot_know(small_run: ModelResult) -> None:
    printed = "\n".join(card(facts_of(small_run)))
    assert small_run.spec.question in printed
    assert all(words in printed for words in small_run.spec.cannot_know)
    assert all(name in printed for name in small_run.names)
    assert small_run.reason in printed
    assert "| prior_contacts | identified |" in printed


def test_a_figure_that_cannot_be_told_is_a_dash() -> None:
    assert in_words({"value": None, "low": None, "high": None}) == "-"
    assert in_words({"value": 0.25, "low": 0.1, "high": 0.4}) == "0.250 (0.100 to 0.400)"

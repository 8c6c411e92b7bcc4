"""``python -m analytics``: build a snapshot from source files, evaluate models, print what there is to know of them."""

from __future__ import annotations

import sys

from data.commands import Command, main

COMMANDS = (
    Command("build", "analytics.build.command", "read files, link people, compute indicators and scores, publish"),
    Command("demo", "analytics.demo.command", "make an invented city and build it, unless there is a store already"),
    Command("evaluate", "analytics.validation.command", "how good each model is, with intervals"),
    Command("unknown", "analytics.unknown.command", "how many exploited children whom nobody knows each ranking finds"),
    Command("fairness", "analytics.fairness.command", "how a score's errors fall on different groups, from a CSV"),
    Command("dictionary", "analytics.features.command", "every indicator, in plain English"),
    Command("rebuild-score", "analytics.registry.command", "one stored score made again, held against what is stored"),
    Command("papers", "analytics.papers.command", "each model's card, transparency record and impact-assessment annex"),
    Command("board-report", "analytics.management.command", "the monthly report to a board, as PDF"),
    Command("model-card", "analytics.papers.printed", "what a model asks, was trained on, and how good it is"),
)

if __name__ == "__main__":
    sys.exit(main("analytics", COMMANDS))

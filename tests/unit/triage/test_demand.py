"""Counts of contacts that leave the hub: no small one, none that can be worked out, and a paper of protected ones."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.triage.agency_report import markdown
from analytics.triage.demand import Demand, parted, within


def test_neither_a_small_part_nor_a_small_rest_is_told() -> None:
    counts = pd.DataFrame({"all": [50, 40, 30, 60], "unshared": [2, 37, 15, 30]}, index=list("abcd"))
    safe = parted(counts, "unshared")
    assert safe["unshared"].isna().tolist()[:2] == [True, True]
    assert safe["all"].tolist() == [50, 40, 30, 60]


def test_one_agencys_counts_do_not_follow_from_those_of_all() -> None:
    rows = [("police", "x", 30, 10), ("school", "x", 3, 1), ("police", "y", 25, 12), ("school", "y", 40, 20)]
    counts = pd.DataFrame(rows, columns=["agency", "reason", "all", "unshared"])
    assert within(counts, "reason", "unshared", "school")["all"].isna().loc["x"]
    assert within(counts, "reason", "unshared", "police")["all"].isna().loc["x"], "else it follows from the total"


def test_the_paper_shows_what_is_withheld_as_c_and_what_an_agency_is_called_does_nothing() -> None:
    pair = pd.DataFrame({"all": [50.0, float("nan")], "unshared": [20.0, float("nan")]}, index=["neglect", "other"])
    months = pd.DataFrame({"all": [50.0], "unshared": [20.0]}, index=[pd.Timestamp("2026-03-01")])
    checks = pd.DataFrame({"all": [9.0], "nothing": [5.0], "spared": [5.0], "lost": [0.0]}, index=["a | b"])
    again = pair.rename(columns={"unshared": "again"}).set_axis(["NFA", "EH"])
    found = Demand(date(2025, 10, 1), date(2026, 10, 1), months, pair, pair, again, checks, True)
    said = markdown(found, "a | b")
    assert "| Neglect | 50 | 20 |" in said
    assert "| Other | c | c |" in said
    assert "a \\| b" in said
    assert "| Mar 2026 | 50 | 20 |" in said
    assert "Oct 2025 to Sep 2026" in said

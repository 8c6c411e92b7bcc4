"""Events in words: no code, no 'nan', no half sentence."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from analytics.casework.tell import changes, sentence, told
from data.events import KINDS
from data.sources import SOURCES

TOLD = {
    ("missing", 9.0, "high", "police_missing"): "Reported missing, away for 9 hours",
    ("missing", None, "high", "police_missing"): "Reported missing",
    ("missing", 5.5, None, "police_missing"): "Reported missing, away for 5.5 hours",
    ("suspension", 4.0, "DB", "school_census"): "Suspended for 4 sessions: disruptive behaviour",
    ("placement", None, "U4", "ssda903"): "Placed: foster care, long term",
    ("placement", None, None, "ssda903"): "Placed",
    ("referral", None, "2A", "cin_census"): "Referred to children's social care by school",
    ("domestic_child", 2.0, "2", "police_domestic"): "Present at a domestic abuse incident, assessed as medium",
    ("protection_plan", None, "NEG", "cin_census"): "Child protection plan: neglect",
    ("factor_other", None, "10A 20", "cin_census"): "Assessment noted: going missing, other",
    ("worker", None, "Ruth Osei, North", "social_care"): "Allocated to Ruth Osei, North",
    ("arrears", 1240.0, None, "housing"): "Rent arrears of £1,240",
    ("youth_club", 1.0, None, "youth_service"): "Went to a youth club 1 time in the quarter",
    ("youth_club", 12.0, None, "youth_service"): "Went to a youth club 12 times in the quarter",
    ("adult_care", None, "carer", "adult_social_care"): "Care and support as an adult: caring for somebody",
    (
        "risk_conference",
        None,
        "child",
        "domestic_abuse_service",
    ): "Discussed at the high-risk domestic abuse conference: child of the household",
    ("attendance_notice", None, "penalty", "education_welfare"): "Legal action over school attendance: penalty notice",
    ("ehc_request", None, "ASD", "special_needs"): "An education, health and care assessment was asked for: autism",
    ("in_work", None, "part", "job_support"): "Started work: part time",
    ("antisocial_case", None, "noise", "community_safety"): "Named in an anti-social behaviour case: noise",
    ("probation", None, "licence", "probation"): "On probation: licence after custody",
    (
        "development_concern",
        None,
        "two_years",
        "child_health",
    ): "A health review found a concern about development: two to two and a half years",
    ("refuge", None, None, "domestic_abuse_service"): "In a refuge",
    ("childrens_centre", 4.0, None, "childrens_centres"): "Went to a children's centre 4 times in the quarter",
}


@pytest.mark.parametrize("event", TOLD)
def test_is_told_as(event: tuple) -> None:
    assert sentence(*event) == TOLD[event]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_told_with_nothing_known_but_the_kind(kind: str) -> None:
    for source in SOURCES:
        said = sentence(kind, None, None, source)
        assert said
        assert not re.search(r"\bnan\b|None|\{|: $", said)


def test_an_unknown_code_is_left_out_rather_than_shown() -> None:
    assert sentence("suspension", 4.0, "ZZ", "school_census") == "Suspended for 4 sessions"


def _events(*rows: tuple) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["kind", "occurred_on", "value", "detail", "source"])
    return told(frame.assign(occurred_on=pd.to_datetime(frame["occurred_on"])))


def test_what_is_new_is_told_a_phrase_a_kind() -> None:
    earlier = _events(("attendance", "2025-09-02", 82.0, None, "attendance"))
    new = _events(
        ("missing", "2026-05-09", 31.0, "high", "police_missing"),
        ("missing", "2026-02-14", 9.0, "high", "police_missing"),
        ("attendance", "2026-01-06", 71.0, None, "attendance"),
        ("section47", "2026-06-01", None, None, "cin_census"),
    )
    assert changes(new, earlier) == [
        "child protection enquiry",
        "reported missing twice",
        "school attendance 71 %, before that 82 %",
    ]

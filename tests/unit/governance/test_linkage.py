"""How well records were linked: what is remembered, for whom it is worse, what reviewers found, what is withheld."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from analytics.governance import linkage, review
from data.journal.link_reviews import Verdict


def test_the_line_between_linked_and_not_is_the_thresholds_weight(reviewer: Any) -> None:
    told = linkage.overview(reviewer())
    assert told.line == pytest.approx(2.0)
    assert (told.never_linked, told.quality) == (0, {"f1": 0.97})
    assert told.clients > told.people


def test_every_build_that_is_remembered_is_a_point_of_the_line(reviewer: Any) -> None:
    past = linkage.history(reviewer())
    assert past["build"].tolist() == [4, 5]
    assert past["f1"].tolist() == [0.96, 0.97]
    assert past["With nobody"].tolist() == [0.1, 0.05]
    assert past["Official number"].tolist() == [0.0, 0.5]
    assert past["precision"].isna().all(), "what was not measured is not drawn"


def test_a_group_that_is_behind_is_pointed_out_and_one_too_small_is_withheld(reviewer: Any) -> None:
    rows = linkage.measured(reviewer(), "ethnicity").set_index("label")
    assert rows["behind"].to_dict() == {"Black African": True, "Gypsy or Roma": False, "White British": False}
    assert rows.loc["Gypsy or Roma", ["precision", "recall", "f1", "recall_low", "pairs"]].isna().all()
    african = rows.loc["Black African"]
    assert african["recall_low"] < 95 / 109 < african["recall_high"]


def test_ages_stand_in_their_order(reviewer: Any) -> None:
    assert linkage.measured(reviewer(), "age")["label"].tolist() == ["5 to 9", "10 to 14"]
    assert linkage.measured(reviewer(), "sex").empty


def test_small_counts_of_people_are_withheld(reviewer: Any) -> None:
    for grouping in ("sex", "ethnicity", "age"):
        counts = linkage.seen(reviewer(), grouping)
        shown = counts.to_numpy()
        assert not ((shown > 0) & (shown < 5)).any(), grouping
    assert np.isnan(linkage.seen(reviewer(), "age").to_numpy()).any()


def test_what_reviewers_found_is_told_by_weight_beside_what_the_model_said(reviewer: Any) -> None:
    session = reviewer()
    assert linkage.reviewed(session).empty
    for verdict in (Verdict.SAME, Verdict.DIFFERENT):
        asked = review.next_question(session)
        assert asked is not None
        review.answer(session, asked, verdict)
    rows = linkage.reviewed(reviewer("demo.analyst"))
    assert rows["pairs"].sum() == 2
    assert rows["same"].sum() == 1
    assert ((rows["low"] <= rows["share"]) & (rows["share"] <= rows["high"])).all()
    assert ((rows["told"] > 0) & (rows["told"] < 1)).all()


def test_a_split_by_hand_says_nothing_of_any_weight(reviewer: Any, mixham: Any) -> None:
    session = reviewer()
    review.record(session, [(mixham["isla_gp"], mixham["other_isla_gp"])], Verdict.SAME)
    assert linkage.reviewed(session).empty


def test_of_nothing_there_is_no_interval() -> None:
    assert np.isnan(linkage.interval(0, 0)).all()
    low, high = linkage.interval(10, 10)
    assert 0.6 < low < high == 1.0

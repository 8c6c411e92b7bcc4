"""Would more known cases help."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from analytics.evaluation.labels import KnownCases
from analytics.validation.learning import SHARES, learning_curve, some, words
from analytics.validation.stand import Stand
from tests.unit.validation.conftest import SILENT


def test_a_smaller_share_lies_within_every_greater_one_and_families_are_taken_whole(given_model: Stand) -> None:
    families = given_model.job.inputs.families
    taken = [some(given_model.job, share) for share in SHARES]
    for fewer, more in pairwise(taken):
        assert set(fewer.people) < set(more.people)
        left = np.setdiff1d(more.people, fewer.people)
        assert not set(families.of(left)) & set(families.of(fewer.people))
    assert set(taken[-1].people) == set(given_model.job.inputs.known.people)


def test_each_share_is_measured_against_all_the_cases(given_model: Stand) -> None:
    told = learning_curve(given_model, SILENT)
    cases = [told["cases"][str(share)] for share in SHARES]
    assert cases == sorted(cases)
    assert told["by_share"]["100"]["identified"]["change"]["auc"] == {"value": 0.0, "low": 0.0, "high": 0.0}
    half = told["by_share"]["50"]["identified"]
    for metric, change in half["change"].items():
        whole = told["by_share"]["100"]["identified"][metric]["value"]
        assert change["value"] == pytest.approx(half[metric]["value"] - whole), metric


def test_of_a_handful_of_cases_none_is_left_out(given_model: Stand) -> None:
    known = given_model.job.inputs.known
    early = known.identified_on < np.datetime64("2023-07-01")
    few = KnownCases(known.people[early][:4], known.identified_on[early][:4])
    job = replace(given_model.job, inputs=replace(given_model.job.inputs, known=few))
    told = learning_curve(replace(given_model, job=job), SILENT)
    assert told["by_share"] == {}
    assert told["words"] == "There are too few known cases to leave any out."


def curve(*changes: tuple[str, float, float]) -> dict[str, Any]:
    """Share, and the ends of the interval of what it falls short by."""
    return {
        share: {"identified": {"change": {"average_precision": {"value": (low + high) / 2, "low": low, "high": high}}}}
        for share, low, high in changes
    }


@pytest.mark.parametrize(
    ("changes", "begins"),
    [
        ([("75", -0.06, -0.02)], "More known cases would probably help: a third more added 0.040 (0.020 to 0.060)"),
        ([("75", -0.06, 0.01), ("50", -0.2, -0.1)], "More known cases would probably help: twice as many added 0.150"),
        ([("75", -0.06, 0.01), ("50", -0.2, 0.1), ("25", -0.3, 0.1)], "It cannot be told whether more"),
        ([], "It cannot be told whether more"),
    ],
)
def test_the_answer_in_words(changes: list[tuple[str, float, float]], begins: str) -> None:
    assert words(curve(*changes)).startswith(begins)

"""Is it the same list next month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from analytics.models.folds import fold_of
from analytics.validation.stability import Listed, moved, stability
from analytics.validation.stand import Stand, learned, training_before
from tests.unit.validation.conftest import SILENT

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)

# People 1 to 6 in one month and the next, with scores (- for who has left the cohort) and a list of two.
MONTHS = """
case                  may          june         overlap  stays  left  median_move
nothing moved         6 5 4 3 2 1  6 5 4 3 2 1  1        1      0     0
all ties, all alike   1 1 1 1 1 1  1 1 1 1 1 1  1        1      0     0
one overtaken         6 5 4 3 2 1  6 4 5 3 2 1  0.5      0.5    1     0.5
both fell behind      6 5 4 3 2 1  1 2 3 4 5 6  0        0      2     4
one grew up           6 5 4 3 2 1  - 5 4 3 2 1  0.5      1      0     1
tied with the third   6 5 4 3 2 1  6 4 4 3 2 1  0.75     0.75   0     0.25
"""


def cases() -> list[list[str]]:
    lines = MONTHS.strip().splitlines()[1:]
    return [[line[:20].strip(), line[22:33], line[35:46], *line[46:].split()] for line in lines]


def listed(scores: str) -> Listed:
    there = [(person, float(score)) for person, score in enumerate(scores.split(), 1) if score != "-"]
    people, raw = (np.array(column) for column in zip(*there, strict=True))
    return Listed.of(people, people * 10, raw, 2)


@pytest.mark.parametrize(("name", "may", "june", "overlap", "stays", "left", "move"), cases())
def test_two_months(name: str, may: str, june: str, overlap: str, stays: str, left: str, move: str) -> None:
    told = moved([MAY, JUNE], [listed(may), listed(june)])
    one = told["by_month"]["2026-06-01"]
    assert one["overlap"] == pytest.approx(float(overlap))
    assert one["stays"] == pytest.approx(float(stays))
    assert one["left"] == int(left)
    assert one["median_move"] == pytest.approx(float(move))
    assert told["overlap"]["value"] == one["overlap"]
    assert told["over_the_year"] == one


def test_the_last_year_is_told_month_by_month(given_model: Stand) -> None:
    told = stability(given_model, SILENT)
    assert (told["dates"][0], told["dates"][-1]) == ("2025-10-01", "2026-10-01")
    assert len(told["by_month"]) == 12
    assert told["overlap"]["low"] <= told["overlap"]["value"] <= told["overlap"]["high"]
    # Within a quarter the invented indicators stand still, and so does the list, but for those identified meanwhile.
    assert told["by_month"]["2025-12-01"]["stays"] > 0.9


def test_it_says_whether_the_stored_scores_came_out_again(given_model: Stand) -> None:
    job = given_model.job
    model = learned(job, "points", training_before(job, job.today))
    matrix = job.matrices[job.today]
    matrix = matrix.rows(~np.isin(matrix.people, job.inputs.known.people))
    raw = model.raw(matrix.values, fold_of(job.inputs.families.of(matrix.people)))
    assert stability(replace(given_model, served=(matrix.people, raw)), SILENT)["as_served"]
    assert not stability(replace(given_model, served=(matrix.people, raw + 1e-9)), SILENT)["as_served"]

"""The parenting programme: places fall by lot, and what it does is kept in truth alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from data.city import programme
from data.city.city import generate
from data.city.clock import TODAY_DAY
from data.city.lives import Lives
from data.city.simulation import Run, simulate


@pytest.fixture(scope="module")
def larger() -> Run:
    """800 families: some hundred applications."""
    return simulate(800, 2)


def test_half_of_those_who_apply_in_a_month_are_drawn(larger: Run) -> None:
    table = larger.lives.log.table("programme")
    for day in np.unique(table["drawn"]):
        drawn = table["offered"][table["drawn"] == day]
        assert abs(drawn.sum() - (~drawn).sum()) <= 1


def test_nobody_applies_before_it_opened_or_for_a_child_of_another_age(larger: Run) -> None:
    table, people = larger.lives.log.table("programme"), larger.lives.people
    age = (table["drawn"] - people.birth[table["child"]]) / 365.25
    assert (table["drawn"] >= programme.OPENED).all()
    assert (age >= programme.YOUNGEST).all()
    assert (age < programme.OLDEST + 1.2).all()


def test_the_arms_are_alike_in_what_the_course_works_by(larger: Run) -> None:
    table = larger.lives.log.table("programme")
    offered, size = table["offered"], len(table["child"])
    assert size > 80
    for name in ("effect", "worry"):
        value = np.minimum(table[name], np.quantile(table[name], 0.95))
        apart = (value[offered].mean() - value[~offered].mean()) / value.std()
        assert abs(apart) < 3.5 * 2 / size**0.5


def test_those_who_wait_do_not_attend_within_a_year(larger: Run) -> None:
    table = larger.lives.log.table("programme")
    family = larger.lives.family[table["child"]]
    came = {int(f): int(b) for f, b in zip(family, table["begins"], strict=True) if b > 0}
    waits = ~table["offered"]
    assert (table["begins"][waits] == -1).all()
    assert all(
        came.get(int(f), TODAY_DAY * 2) > day + 365 or came[int(f)] < day
        for f, day in zip(family[waits], table["drawn"][waits], strict=True)
    )


def test_it_helps_more_where_a_child_acts_out_and_hardly_where_there_is_violence(run: Run) -> None:
    lives: Lives = run.lives
    child = np.flatnonzero(lives.present())
    told = programme.benefit(lives, child, np.zeros(len(child)))
    violent = lives.trouble["domestic"][lives.family[child]]
    quiet = lives.traits["acts_out"][child] < 0
    plain = ~violent & ~lives.trouble["parent_substance"][lives.family[child]] & (lives.traits["autism"][child] == 0)
    assert told[violent].max() <= 0
    assert told[plain & ~quiet].mean() > told[plain & quiet].mean() + 0.1
    assert told.min() < 0 < told.max() <= 0.85


def test_a_course_eases_worry_builds_up_and_fades(larger: Run) -> None:
    assert programme.COURSE[0] == 0
    assert programme.COURSE.max() == 1
    assert programme.COURSE[-1] == 0
    drawn = larger.programme.drawn
    eased = larger.lives.ease < 1
    assert eased.any()
    assert (drawn[eased] >= 0).all()


def test_the_true_effect_is_in_truth_and_in_no_source(tmp_path: Path) -> None:
    generate(60, 3, tmp_path)
    truth = pq.read_table(tmp_path / "truth" / "programme.parquet")
    assert {"true_person", "drawn_on", "offered", "attended", "effect", "worry"} <= set(truth.column_names)
    told = pyarrow.csv.read_csv(tmp_path / "sources" / "early_help" / "early_help_programme.csv")
    assert not {"effect", "worry"} & set(told.column_names)
    assert told.num_rows == truth.num_rows

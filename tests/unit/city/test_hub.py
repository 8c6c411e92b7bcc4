"""The hub's own habits are in its decisions and nowhere else: who reads strictly, which agency tells too much."""

from __future__ import annotations

import numpy as np
import pytest

from data.city.hub import A_TEAM, LAX, STRICT, TEAMS, WORKERS, Hub, pass_on, tell_twice
from data.city.identity import true_identities
from data.city.log import Table
from data.city.reasons import EXPLOITATION, NEGLECT
from data.city.simulation import Run
from data.city.writers.frame import Book
from data.city.writers.hub import contacts
from data.city.writers.said import SENTENCES, said


@pytest.fixture(scope="module")
def told(run: Run) -> Table:
    return run.lives.log.table("contact")


def test_two_workers_are_strict_and_one_team_is_lax() -> None:
    for seed in range(10):
        hub = Hub(seed)
        team = np.arange(WORKERS) // A_TEAM
        assert len(set(hub.strict.tolist())) == 2
        assert not (team[hub.strict] == hub.lax).any()
        others = np.setdiff1d(np.flatnonzero(team != hub.lax), hub.strict)
        assert hub.lean[hub.strict].min() > hub.lean[others].mean() + STRICT / 2
        assert hub.lean[team == hub.lax].max() < hub.lean[others].mean() + LAX / 2
        assert hub.over != hub.under


def test_what_was_planted_is_told_in_the_words_of_the_records() -> None:
    planted = Hub(3).planted()
    assert planted["lax team"] in TEAMS
    assert all(name.startswith("Hub worker ") for name in planted["strict workers"])  # type: ignore[attr-defined]


def test_a_contact_has_one_reader_one_reason_and_one_moment(told: Table) -> None:
    number = told["contact"]
    for name in ("worker", "reason", "agency", "day", "error"):
        pairs = np.unique(np.column_stack([number, told[name]]), axis=0)
        assert len(pairs) == len(np.unique(number)), name


def test_a_second_agency_tells_of_the_same_children_within_two_days(told: Table) -> None:
    again = np.unique(told["contact"][told["again_of"] >= 0])
    assert 0.01 < len(again) / len(np.unique(told["contact"])) < 0.06
    for number in again:
        rows = told["contact"] == number
        first = told["contact"] == told["again_of"][rows][0]
        assert set(told["child"][rows]) == set(told["child"][first])
        assert 0 <= told["day"][rows][0] - told["day"][first][0] <= 2
        assert told["agency"][rows][0] != told["agency"][first][0]


def test_the_agency_that_over_refers_tells_of_more_and_the_other_of_less(run: Run) -> None:
    hub, size = Hub(5), 4000
    here = np.flatnonzero(run.lives.present() & (run.lives.school >= 0))
    month = {
        "child": np.resize(here, size),
        "day": np.full(size, run.lives.today),
        "agency": np.repeat([hub.over, hub.under], size // 2),
        "reason": np.full(size, NEGLECT),
    }
    sent = pass_on(hub, run.lives, month)
    assert (sent["agency"] == hub.over).sum() > 1.3 * size / 2
    assert (sent["agency"] == hub.under).sum() < 0.8 * size / 2
    assert run.lives.present()[sent["child"]].all()


def test_nobody_keeps_exploitation_to_themselves(run: Run) -> None:
    hub, size = Hub(5), 200
    month = {
        "child": np.zeros(size, np.int64),
        "day": np.zeros(size, np.int32),
        "agency": np.full(size, hub.under),
        "reason": np.full(size, EXPLOITATION),
    }
    assert len(pass_on(hub, run.lives, month)["child"]) == size


def test_telling_twice_leaves_the_first_as_it_was() -> None:
    table = {
        "child": np.arange(900),
        "day": np.full(900, 17_000),
        "agency": np.zeros(900, np.int8),
        "reason": np.zeros(900, np.int8),
        "contact": np.arange(900) // 3,
        "again_of": np.full(900, -1),
    }
    both = tell_twice(Hub(1), table, 300)
    for name, column in table.items():
        assert np.array_equal(both[name][:900], column)
    assert both["contact"][900:].min() >= 300


def test_grown_ups_and_children_share_one_count_of_contacts(run: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    book = Book(run, true_identities(run.lives.people, run.lives.homes, 1), tmp_path_factory.mktemp("hub"), 1)
    table = contacts(book)
    grown = table["person"] >= run.lives.children
    assert 0 < grown.sum() < len(grown) / 2
    assert not set(table["contact"][grown]) & set(table["contact"][~grown])


def test_every_reason_has_a_sentence_for_each_grade_and_worse_events_sound_worse() -> None:
    assert {len(each) for each in SENTENCES.values()} == {3}
    mild, grave = (
        said(np.full(50, NEGLECT), np.full(50, incident), np.arange(50)).to_pylist() for incident in (-2.0, 2.0)
    )
    assert set(mild) == {SENTENCES["neglect"][0]}
    assert set(grave) == {SENTENCES["neglect"][2]}

"""Evaluate on the small city: computed once, kept, and the same to the last byte when it is computed again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analytics.__main__ import COMMANDS
from analytics.build.indicators import FEATURES
from analytics.features.sources import TOLD_BY
from analytics.matrix.load import load
from analytics.matrix.scatter import matrix
from analytics.validation.reading import validation
from analytics.validation.without import touched
from data.commands import main
from data.home import home
from data.snapshot.reading import current

#: The only model for which so few families have cases enough.
MODEL = "neet"
Printed = Callable[..., str]


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Printed:
    """What the command prints."""

    def run(place: Path, *more: str) -> str:
        assert main("analytics", COMMANDS, ["evaluate", "--model", MODEL, "--home", str(place), *more]) == 0
        return capsys.readouterr().out

    return run


def another(small_home: Path, place: Path) -> Path:
    """A home that serves the same snapshot and keeps its own results."""
    place.mkdir()
    (place / "snapshots").symlink_to(small_home / "snapshots")
    shutil.copytree(small_home / "models", place / "models", ignore=shutil.ignore_patterns("validation-*"))
    for truth in small_home.glob("truth-*"):
        shutil.copytree(truth, place / truth.name, ignore=shutil.ignore_patterns("validation-*"))
    return place


def test_evaluate_computes_once_keeps_it_and_gives_the_same_bytes_again(
    small_home: Path, tmp_path: Path, printed: Printed
) -> None:
    one, other = another(small_home, tmp_path / "one"), another(small_home, tmp_path / "other")
    assert not json.loads(printed(one, "--json", "--quick"))["validation"]["computed"]
    first = printed(one, "--json")
    assert printed(other, "--json") == first
    assert printed(one, "--json", "--quick") == first, "what was kept is what was printed"
    told: dict[str, Any] = json.loads(first)
    found = told["validation"]
    assert found.keys() >= {"rolling", "learning_curve", "stability", "without"}
    assert found["stability"]["as_served"], "computing again gave the scores that are served"
    assert told["choice"]["estimator"] == told["estimator"]
    at_t = found["rolling"]["by_date"][told["evaluated_at"]]["estimators"][told["estimator"]]["identified"]
    assert at_t == told["estimators"][told["estimator"]]["identified"]
    with current(home(one)) as snapshot:
        assert validation(home(one), snapshot, MODEL)["without"] == found["without"]
        assert not validation(home(small_home), snapshot, "cse")["computed"]
    assert "stay on the list from month to month: 0." in printed(one)


def test_a_source_that_stopped_leaves_the_matrix_that_was_supposed(small_home: Path) -> None:
    """As if the police's missing feed had never come: what nobody else tells is not known, the rest is as it was."""
    lost = frozenset({"police_missing"})
    with current(home(small_home)) as snapshot, snapshot.cursor() as cursor:
        city = load(cursor, FEATURES)
        today = snapshot.today
    names = tuple(feature.name for feature in FEATURES)
    whole, part = touched(names, lost, frozenset(city.feeds))
    assert len(whole) >= 5
    silent = {kind for kind, told in TOLD_BY.items() if set(told) & city.feeds.keys() == lost}
    blocks = {kind: block for kind, block in city.log.blocks.items() if kind not in silent}
    feeds = {name: feed for name, feed in city.feeds.items() if name not in lost}
    stopped = replace(city, feeds=feeds, log=replace(city.log, blocks=blocks))
    before, after = matrix(city, FEATURES, today), matrix(stopped, FEATURES, today)
    assert np.isnan(after.values[:, whole]).all()
    rest = [column for column in range(len(names)) if column not in {*whole, *part}]
    np.testing.assert_array_equal(after.values[:, rest], before.values[:, rest])

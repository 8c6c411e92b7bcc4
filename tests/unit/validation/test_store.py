"""What is kept, where, and for which snapshot."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analytics.validation.store import Key, merged, only, read, write
from data.home import Home, home

KEY = Key("cse", "abc", 3, "town-3")
FOUND = {"rolling": {"model": {"identified": {"auc": 0.8}, "truth": {"auc": 0.7}}}, "words": "Yes."}


@pytest.fixture
def place(tmp_path: Path) -> Home:
    (tmp_path / "truth-3").mkdir()
    return home(tmp_path)


def test_what_was_kept_comes_back_with_the_truth_only_where_it_is_asked_for(place: Home) -> None:
    write(place, KEY, FOUND)
    assert read(place, KEY, truth=True).items() >= FOUND.items()  # type: ignore[union-attr]
    kept = read(place, KEY)
    assert kept is not None
    assert kept["rolling"] == {"model": {"identified": {"auc": 0.8}}}


def test_the_truth_lies_beside_the_truth_and_never_with_the_model(place: Home) -> None:
    write(place, KEY, FOUND)
    assert "truth" not in KEY.file(place).read_text()
    assert KEY.truth_file(place).parent.name == "truth-3"
    assert not list(place.path.rglob("*.partial"))


@pytest.mark.parametrize(
    "change", [{"version": "abd"}, {"snapshot": 4}, {"snapshot_id": "village-3"}, {"model": "cce"}]
)
def test_nothing_is_told_of_another_model_version_snapshot_or_city(place: Home, change: dict[str, object]) -> None:
    write(place, KEY, FOUND)
    assert read(place, replace(KEY, **change)) is None  # type: ignore[arg-type]


def test_a_file_cut_short_is_no_result(place: Home) -> None:
    write(place, KEY, FOUND)
    KEY.file(place).write_text('{"rolling": ')
    assert read(place, KEY) is None


def test_what_is_taken_apart_by_label_is_put_together_again() -> None:
    assert merged(only(FOUND, "identified"), only(FOUND, "truth")) == FOUND

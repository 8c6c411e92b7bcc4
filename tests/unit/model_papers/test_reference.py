"""The papers in docs/papers are those that the declarations of today and the figures of their build give."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analytics.models.specs import SPECS
from analytics.papers.atrs import atrs, to_fill
from analytics.papers.command import MEASURED, again
from analytics.papers.facts import Facts
from analytics.papers.papers import KINDS, file_name, made
from data import commands

FOLDER = Path(__file__).parents[3] / "docs" / "papers"
REFRESH = "refresh them: python -m analytics papers --again --out docs/papers"
MEASURE = "build, then: python -m analytics papers --reference --home HOME --out docs/papers"
#: What a declaration says that its figures rest on: if it changes, they are another model's.
RESTS_ON = (
    "ages", "profile", "outcome", "offered", "waiting", "gap_days", "horizon_months", "capacity", "pass_mark",
    "excluded_kinds", "excluded_indicators",
)  # fmt: skip


@pytest.fixture(scope="module")
def kept() -> list[Facts]:
    return again(FOLDER)


def test_every_declared_model_of_risk_has_its_papers(kept: list[Facts]) -> None:
    assert {"cse", "cce", "neet", "care"} <= {facts.model for facts in kept}, MEASURE


def test_the_papers_are_what_is_declared_and_measured(kept: list[Facts]) -> None:
    stale = [
        name
        for facts in kept
        for kind in KINDS
        if (FOLDER / (name := file_name(facts.model, kind, "md"))).read_bytes() != made(facts, kind, "md")
    ]
    assert stale == [], REFRESH


def test_the_figures_are_of_the_models_that_are_declared(kept: list[Facts]) -> None:
    told = json.loads((FOLDER / MEASURED).read_text(encoding="utf-8"))
    changed = {
        (facts.model, part)
        for facts in kept
        for part in RESTS_ON
        if facts.model in SPECS and told[facts.model]["spec"].get(part) != facts.spec.get(part)
    }
    assert changed == set(), MEASURE


def test_they_are_of_the_invented_city_and_say_so(kept: list[Facts]) -> None:
    assert all(facts.invented for facts in kept)
    assert all("invented city, in which nobody is real" in atrs(facts) and to_fill(facts) for facts in kept)


def test_the_command_that_refreshes_them_writes_the_same(tmp_path: Path) -> None:
    (tmp_path / MEASURED).write_bytes((FOLDER / MEASURED).read_bytes())
    assert commands.call("analytics.papers.command", ["papers", "--again", "--out", str(tmp_path)]) == commands.DONE
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in FOLDER.iterdir()}


def test_where_nothing_was_kept_the_command_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.call("analytics.papers.command", ["papers", "--again", "--out", str(tmp_path)]) == commands.FAILED
    assert "No such file" in capsys.readouterr().err

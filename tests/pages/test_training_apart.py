"""Training lives apart: it works where every record of a person was taken away, and every screen of it is marked."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from analytics.training.cases import CASES
from analytics.training.lessons import LESSONS
from data.access.session import Session
from data.home import Home
from data.snapshot.engine import ALIAS, attach, connect
from data.snapshot.reading import served
from pages.components.look import TRAINING
from pages.entry.registry import declared
from tests.pages.test_training_score import said

#: What is left: of no person, but how models did when they were measured, and all scores as one row of figures.
LEFT = {"manifest", "model", "evaluation", "score"}
PAGES = [page.spec.path for page in declared() if page.spec.group == "Training"]


@pytest.fixture(scope="module")
def emptied(small_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small city without a single person: no table that has any, and scores that are nobody's."""
    place = tmp_path_factory.mktemp("emptied") / "home"
    shutil.copytree(small_home, place, ignore=shutil.ignore_patterns("journal*", "truth-*", "work"))
    con = connect()
    attach(con, served(Home(place)), ALIAS, read_only=False)
    tables = con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = ?", [ALIAS]).fetchall()
    for (table,) in tables:
        if table not in LEFT:
            con.execute(f"DELETE FROM {ALIAS}.{table}" if table == "ward" else f"DROP TABLE {ALIAS}.{table}")
    con.execute(f"UPDATE {ALIAS}.score SET person = 0")
    con.close()
    return place


@pytest.mark.parametrize("path", PAGES)
def test_every_screen_of_training_is_marked_and_needs_nobody_of_the_councils(
    path: str, emptied: Path, open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analytics.training.reading.MODEL", "neet")
    app = open_page(path, "demo.trainer", home=emptied)
    assert TRAINING in said(app)
    assert not app.error


def test_cases_and_lessons_need_nobody_and_no_query_of_theirs_reads_a_table_of_people(
    emptied: Path, open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    run = Session.run
    monkeypatch.setattr(Session, "run", lambda self, query, params: (asked.append(query), run(self, query, params))[1])
    monkeypatch.setattr("analytics.training.reading.MODEL", "neet")
    for step in range(5):
        app = open_page("training", "demo.trainer", home=emptied, training_case="leah", training_step_leah=step)
    assert CASES["leah"].after in said(app)
    assert "The same model then says" in said(app)
    for name in LESSONS:
        assert LESSONS[name].idea in said(open_page("reading-a-score", "demo.trainer", home=emptied, lesson=name))
    open_page("write-a-case", "demo.trainer", home=emptied)
    read = {table for query in asked for table in re.findall(r"(?:FROM|JOIN)\s+(\w+)", query)}
    assert read == {"model", "evaluation", "score"}
    of_scores = {query for query in asked if "FROM score" in query}
    assert len(of_scores) == 1
    assert "avg((raw < $raw)::INTEGER)" in of_scores.pop(), "one row about everybody together"


def test_where_nothing_was_measured_lessons_say_so_and_still_ask(emptied: Path, tmp_path: Path, open_page: Any) -> None:
    place = tmp_path / "home"
    shutil.copytree(emptied, place)
    con = connect()
    attach(con, served(Home(place)), ALIAS, read_only=False)
    con.execute(f"DELETE FROM {ALIAS}.evaluation")
    con.close()
    app = open_page("reading-a-score", "demo.trainer", home=place, lesson="list")
    assert "The figures of this city's own model would be here" in said(app)
    assert LESSONS["list"].asked in said(app)

"""Any stored score can be made again from the events of its snapshot and the model's file, the same to the last bit."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pytest
import skops.io

from analytics.build import benefit
from analytics.build.again import tables
from analytics.build.indicators import every_date
from analytics.models.bundle import TRUSTED
from analytics.models.folds import Folded
from analytics.models.specs import UPLIFTS
from analytics.registry import command
from analytics.registry import rebuild as again
from analytics.registry.rebuild import rebuild
from analytics.registry.score_id import ScoreId
from analytics.registry.stored import stored
from analytics.uplift.estimators import ESTIMATORS
from data.commands import DONE, call
from data.home import Home
from data.journal.journal import Journal
from data.journal.log import entries
from data.snapshot.engine import ALIAS, StoreError, attach, connect
from data.snapshot.reading import served

#: For each model the first, the middle and the last day, and somebody scored on it.
SOME = """
WITH dated AS (SELECT DISTINCT model, as_of FROM score),
day AS (SELECT model, as_of, row_number() OVER (PARTITION BY model ORDER BY as_of) AS n FROM dated)
SELECT s.model, s.as_of, min_by(s.person, hash(s.person)) FROM score s JOIN day USING (model, as_of)
WHERE day.n IN (1, 5, 8) GROUP BY s.model, s.as_of ORDER BY ALL
"""
#: The parenting programme, content with fewer families than a small city draws.
ENOUGH = replace(UPLIFTS["parenting"], least_families=5)


@pytest.fixture(scope="module")
def place(small_home: Path) -> Home:
    return Home(small_home)


@pytest.fixture(scope="module")
def con(place: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    with tables(served(place)) as connection:
        yield connection


@pytest.fixture(scope="module")
def some(con: duckdb.DuckDBPyConnection) -> list[ScoreId]:
    return [ScoreId(model, person, day) for model, day, person in con.execute(SOME).fetchall()]


def test_scores_of_every_model_and_day_come_out_the_same(
    place: Home, con: duckdb.DuckDBPyConnection, some: list[ScoreId]
) -> None:
    assert len({one.as_of for one in some}) == 3
    for one in some:
        made = rebuild(con, place, stored(con, one))
        assert made.differs == (), one
        assert made.changed == ()
        assert made.score["raw"] == made.stored.score["raw"]
        assert len(made.used["model_file"]) == len(made.used["training_data"]) == 64


@pytest.fixture(scope="module")
def offered(place: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The small city once more, whose few draws are enough for its model of benefit to learn from."""
    home = Home(tmp_path_factory.mktemp("offered") / "home")
    shutil.copytree(place.path, home.path, ignore=shutil.ignore_patterns("journal*", "models", "truth-*", "work"))
    con = connect()
    attach(con, served(home), ALIAS, read_only=False)
    con.execute(f"USE {ALIAS}")
    con.execute("DELETE FROM model WHERE model = ?", [ENOUGH.name])
    today = con.execute("SELECT max(as_of) FROM score").fetchall()[0][0]
    assert benefit.publish(ENOUGH, every_date(con, today), home, None, con)["estimator"]
    con.close()
    return home


def test_a_model_of_benefit_is_kept_in_a_file_and_its_scores_come_out_the_same(
    offered: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(again, "UPLIFTS", {ENOUGH.name: ENOUGH})
    with tables(served(offered)) as con:
        people = con.execute("SELECT person FROM score WHERE model = ? ORDER BY ALL", [ENOUGH.name]).fetchall()
        for person in (people[0][0], people[-1][0]):
            made = rebuild(con, offered, stored(con, ScoreId(ENOUGH.name, person)))
            assert (made.differs, made.changed) == ((), ())
            assert made.score["raw"] == made.stored.score["raw"] != 0
            assert made.parts
            assert len(made.used["model_file"]) == len(made.used["training_data"]) == 64


@pytest.mark.parametrize("name", sorted(ESTIMATORS))
def test_whichever_way_of_telling_benefit_was_chosen_comes_back_whole(name: str) -> None:
    rng = np.random.default_rng(1)
    X, y, offered = rng.random((300, 4)).astype(np.float32), rng.poisson(1.0, 300).astype(float), rng.random(300) < 0.5
    model = Folded((ESTIMATORS[name]().fit(X, y, offered, np.full(300, 0.5)),))
    back = skops.io.loads(skops.io.dumps(model), trusted=list(TRUSTED))
    for one, other in zip(model.contributions(X, np.zeros(300)), back.contributions(X, np.zeros(300)), strict=True):
        assert (one == other).all()


def test_whatever_is_not_what_was_made_is_named(
    place: Home, con: duckdb.DuckDBPyConnection, some: list[ScoreId]
) -> None:
    found = stored(con, some[-1])
    raw = math.nextafter(found.score["raw"], math.inf)
    first = next(iter(found.parts))
    other = replace(
        found,
        score=found.score | {"raw": raw, "rank": found.score["rank"] + 1},
        values=found.values | {"age": found.values["age"] + 1},
        parts=found.parts | {first: (float("nan"), 9.0)},
    )
    assert set(rebuild(con, place, other).differs) == {
        "indicator age", "score raw", "score rank", f"contribution {first}",
    }  # fmt: skip


def test_the_command_tells_of_it_and_the_log_knows_who_asked(
    place: Home, some: list[ScoreId], own_journal: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["rebuild-score", f"{some[-1].model}:{some[-1].person}", "--home", str(place.path), "--by", "ann", "--json"]
    assert call("analytics.registry.command", words) == DONE
    told = json.loads(capsys.readouterr().out)
    assert (told["same"], told["differs"], told["id"]) == (True, [], str(some[-1]))
    assert told["stored"] == told["rebuilt"]
    journal = Journal(own_journal)
    (line,) = entries(journal, person=some[-1].person, action=command.ACTION)
    assert (line["reader"], line["model"], json.loads(line["detail"])["same"]) == ("ann", some[-1].model, True)
    journal.close()


def test_a_score_that_differs_is_an_exit_code(
    place: Home, some: list[ScoreId], own_journal: str, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    def otherwise(con: duckdb.DuckDBPyConnection, wanted: ScoreId) -> object:
        found = stored(con, wanted)
        return replace(found, score=found.score | {"band": "raised" if found.score["band"] == "lower" else "lower"})

    monkeypatch.setattr(command, "stored", otherwise)
    assert call("analytics.registry.command", ["rebuild-score", str(some[0]), "--home", str(place.path)]) == 1
    assert "DIFFERS: score band" in capsys.readouterr().out


@pytest.mark.parametrize("wrong", ["cse", "cse:ada", "cse:1:soon", ":", "1:cse"])
def test_a_name_that_is_none_is_told_so(wrong: str) -> None:
    with pytest.raises(StoreError, match="MODEL:PERSON:AS_OF"):
        ScoreId.read(wrong)


def test_a_name_reads_back() -> None:
    assert str(ScoreId.read("cse:48211:2026-07-01")) == "cse:48211:2026-07-01"
    assert ScoreId.read("cse:48211").as_of is None


def test_nobody_elses_score_is_invented(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(StoreError, match="has no score cse:1:2026-07-01"):
        stored(con, ScoreId.read("cse:1:2026-07-01"))

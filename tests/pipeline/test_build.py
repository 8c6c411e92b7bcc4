"""The whole way on a small invented city: files, people, indicators, a published snapshot, and what is told of it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest

from analytics.build.build import Wish, build, first_day_not_recorded
from analytics.build.indicators import AGES, FEATURES, KEPT
from analytics.casework import evidence
from analytics.features.catalogue import CATALOGUE
from analytics.matrix import store
from analytics.matrix.load import load
from analytics.matrix.scatter import matrix
from data.commands import main
from data.home import home
from data.snapshot.engine import StoreError
from data.snapshot.reading import Snapshot, current

TODAY = date(2026, 10, 1)
# What two builds of the same files must agree on to the last bit.
SAME = (
    "person_record", "rejected_row", "source_file", "person", "person_link", "relationship", "family", "event",
    "coverage", "known_case", "indicator_value", "model", "evaluation", "score", "contribution",
)  # fmt: skip


@pytest.fixture(scope="module")
def snapshot(small_home: Path) -> Snapshot:
    with current(home(small_home)) as found:
        yield found


def contents(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every table of the snapshot being served, as it lies there."""
    with current(home(folder)) as snapshot, snapshot.cursor() as cursor:
        return {table: cursor.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall() for table in SAME}


def test_the_manifest_says_from_what_the_snapshot_was_made(snapshot: Snapshot, small_city: Path) -> None:
    told = snapshot.manifest
    assert snapshot.today == TODAY
    assert snapshot.invented
    assert told["city"]["name"] == json.loads((small_city / "sources" / "city.json").read_text())["name"]
    assert {"catalogue", "code", "files", "rows", "linkage", "libraries", "models", "seconds"} <= told.keys()
    assert told["linkage"]["f1"] >= 0.95


def test_rows_reconcile(snapshot: Snapshot) -> None:
    with snapshot.cursor() as cursor:
        broken = cursor.execute("SELECT name FROM source_file WHERE accepted + rejected <> rows").fetchall()
        assert broken == []
        assert cursor.execute("SELECT count(*) FROM event").fetchone()[0] == snapshot.manifest["tables"]["event"]


def test_the_matrix_can_be_rebuilt_from_the_snapshot(snapshot: Snapshot) -> None:
    with snapshot.cursor() as cursor:
        dates = [
            row[0] for row in cursor.execute("SELECT DISTINCT as_of FROM indicator_value ORDER BY as_of").fetchall()
        ]
        assert len(dates) == KEPT
        assert dates[-1] == TODAY
        kept = store.read(cursor, TODAY, FEATURES)
        again = matrix(load(cursor, FEATURES), FEATURES, TODAY, AGES)
    np.testing.assert_array_equal(kept.people, again.people)
    np.testing.assert_array_equal(kept.values, again.values)


def test_much_is_known_of_most_children_of_ten_and_over(snapshot: Snapshot) -> None:
    with snapshot.cursor() as cursor:
        kept = store.read(cursor, TODAY, FEATURES)
    kept = kept.rows(kept.column("age") >= 10)
    for name in ("missing_12m", "contacts_24m", "siblings", "attendance_12m", "deprivation"):
        assert np.isnan(kept.column(name)).mean() < 0.3, name


COUNTED = (
    "missing_24m", "contacts_24m", "suspensions_24m", "suspect_24m", "emergency_12m", "siblings_suspensions_12m",
    "associates_missing_12m",
)  # fmt: skip


@pytest.mark.parametrize("name", COUNTED)
def test_a_figure_has_as_many_rows_behind_it(snapshot: Snapshot, name: str) -> None:
    query, every = evidence.sql(CATALOGUE[name], TODAY)
    bound = {key: value for key, value in every.items() if f"${key}" in query}
    with snapshot.cursor() as cursor:
        kept = store.read(cursor, TODAY, FEATURES)
        figures = kept.column(name)
        for row in np.flatnonzero(figures > 0)[:20]:
            rows = cursor.execute(query, bound | {"person": int(kept.people[row])}).fetchall()
            assert len(rows) == min(figures[row], evidence.MOST)


def test_building_again_gives_the_same_people_and_the_same_figures(
    small_city: Path, small_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With more threads than the first had, too."""
    monkeypatch.setenv("KINSIGHT_THREADS", "2")
    sources = small_city / "sources"
    report = build(Wish(sources, home(tmp_path), first_day_not_recorded(sources)))
    once, again = contents(small_home), contents(tmp_path)
    for table in SAME:
        assert str(once[table]) == str(again[table]), table
    assert set(report.as_json()) >= {"seconds", "rows", "linkage", "peak_memory_gb"}
    assert set(report.seconds) == {"read", "link", "families", "write", "indicators", "models", "publish", "total"}
    assert report.rows.keys() == report.rejected.keys()
    assert not list(tmp_path.glob("truth-*")), "no truth was given, none may be kept"
    assert not list(home(tmp_path).work.iterdir()), "working files are deleted"


def test_truth_lies_beside_the_snapshot_and_never_in_it(small_home: Path, snapshot: Snapshot) -> None:
    assert (small_home / f"truth-{snapshot.manifest['snapshot']}" / "exploitation.parquet").is_file()
    with snapshot.cursor() as cursor:
        labels = cursor.execute("SELECT DISTINCT label FROM evaluation").fetchall()
        columns = cursor.execute("SELECT column_name FROM duckdb_columns()").fetchall()
    assert set(labels) <= {("identified",)}
    assert not [name for (name,) in columns if "true_person" in name]


def test_a_build_that_fails_leaves_the_old_snapshot_serving(small_home: Path, tmp_path: Path) -> None:
    before = home(small_home).pointer.read_text()
    (tmp_path / "police_missing").mkdir()
    (tmp_path / "police_missing" / "police_missing.csv").write_text("this,is,no\nfeed,of,ours\n")
    with pytest.raises(StoreError):
        build(Wish(tmp_path, home(small_home), TODAY))
    assert home(small_home).pointer.read_text() == before
    assert not list(home(small_home).snapshots.glob("*.partial"))


def test_evaluate_prints_one_object(small_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from analytics.__main__ import COMMANDS

    assert main("analytics", COMMANDS, ["evaluate", "--model", "cse", "--home", str(small_home), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["model"] == "cse"
    assert told["state"] == "withheld"
    assert "estimators" in told


def test_a_folder_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    from analytics.__main__ import COMMANDS

    assert main("analytics", COMMANDS, ["build", "--sources", str(tmp_path / "none"), "--home", str(tmp_path)]) == 2


def test_the_snapshot_opens_with_plain_duckdb(small_home: Path, snapshot: Snapshot) -> None:
    """Analysts read it with their own tools; the file is whole."""
    with duckdb.connect(str(snapshot.path), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM person").fetchone()[0] > 1000

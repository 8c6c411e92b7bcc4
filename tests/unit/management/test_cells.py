"""The caseload's counts: equal to a recount of the snapshot, whatever the filter, before anything is nudged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analytics.disclosure.cell_key import nudged
from analytics.management import cells as counting
from analytics.management.cells import BACK, BEFORE, CLOSED, LAST, LIVING, NEW, OPEN, QUARTERS, Cells, cells
from analytics.management.listed import listed
from analytics.management.reached import CITY, reached
from data.access.gate import Session, session
from data.access.standing import shown_models
from data.home import home
from tests.journals import offered

_SPELL = """
spell AS (
    SELECT person, occurred_on AS b, coalesce(ended_on, DATE '9999-01-01') AS e, detail FROM event
    WHERE kind = $kind AND known_on < $today AND (corrected_on IS NULL OR corrected_on >= $today)
), child AS (
    SELECT person, birth_date, area, ward FROM person JOIN ward USING (ward)
    WHERE ($area = '' OR area = $area)
)
"""
_YOUNG = """birth_date > {on} - INTERVAL 18 YEAR AND birth_date <= {on}
    AND date_sub('year', birth_date, {on}) BETWEEN 10 AND 15"""
RECOUNT = {
    OPEN: f"""WITH {_SPELL} SELECT count(DISTINCT person) FROM spell JOIN child USING (person)
        WHERE b <= $day AND e > $day AND {_YOUNG.format(on="$day::DATE")}""",
    NEW: f"""WITH {_SPELL} SELECT count(DISTINCT person) FROM spell s JOIN child USING (person)
        WHERE b > $before AND b <= $day AND {_YOUNG.format(on="b")}
          AND NOT EXISTS (SELECT 1 FROM spell o WHERE o.person = s.person AND o.b < s.b AND o.e >= s.b)""",
    CLOSED: f"""WITH {_SPELL} SELECT count(DISTINCT person) FROM spell s JOIN child USING (person)
        WHERE e > $before AND e <= $day AND {_YOUNG.format(on="e")}
          AND NOT EXISTS (SELECT 1 FROM spell o WHERE o.person = s.person AND o.b <= s.e AND o.e > s.e)""",
}


@pytest.fixture(scope="module")
def manager(small_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KINSIGHT_JOURNAL", f"sqlite:///{tmp_path_factory.mktemp('cells') / 'journal.sqlite'}")
        offered(home(small_home))
        with session(home(small_home), "demo.manager", "Allocating work") as one:
            yield one


@pytest.fixture(scope="module")
def found(manager: Session) -> Cells:
    return cells(manager)


@pytest.fixture
def exact(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts as they are before protection."""
    monkeypatch.setattr(counting, "free", lambda counts, keys: counts)


def recounted(one: Session, query: str, **bound: Any) -> int:
    return int(one.cursor.execute(query, bound | {"today": one.snapshot.today}).fetchall()[0][0])


@pytest.mark.parametrize("kind", ["early_help", "in_need", "protection_plan", "placement"])
@pytest.mark.parametrize("area", ["", "North"])
def test_counts_are_those_of_the_snapshot(kind: str, area: str, manager: Session, found: Cells, exact: None) -> None:
    counts = found.counted({"kind": kind, "area": area, "age": "10 to 15"}).iloc[0]
    for stage, query in RECOUNT.items():
        for q in (QUARTERS, 5):
            bound = {"kind": kind, "area": area, "day": found.days[q]}
            if stage != OPEN:
                bound["before"] = found.days[q - 1]
            assert counts[stage, q] == recounted(manager, query, **bound), (stage, q)


def test_children_waiting_at_the_hub_are_those_whose_contact_is_undecided(
    manager: Session, found: Cells, exact: None
) -> None:
    query = """SELECT count(DISTINCT person) FROM contact JOIN person USING (person) WHERE closed_at IS NULL
        AND ward IS NOT NULL AND received_at < $today AND birth_date > $today::DATE - INTERVAL 18 YEAR"""
    assert found.counted({"kind": "hub"}).iloc[0][OPEN, QUARTERS] == recounted(manager, query)


def test_of_those_closed_so_many_came_back_within_a_year(manager: Session, found: Cells, exact: None) -> None:
    query = f"""WITH {_SPELL}, closed AS (
            SELECT DISTINCT person, e FROM spell s JOIN child USING (person)
            WHERE e > $before AND e <= $day AND birth_date > e - INTERVAL 18 YEAR
              AND NOT EXISTS (SELECT 1 FROM spell o WHERE o.person = s.person AND o.b <= s.e AND o.e > s.e)
        ), other AS (SELECT person, occurred_on AS b FROM event WHERE known_on < $today
            AND (corrected_on IS NULL OR corrected_on >= $today)
            AND kind IN ('early_help', 'in_need', 'protection_plan', 'placement'))
        SELECT count(DISTINCT person) FROM closed SEMI JOIN other
            ON closed.person = other.person AND other.b > closed.e AND other.b <= closed.e + 365"""
    counts = found.counted({"kind": "early_help"}).iloc[0]
    bound = {"kind": "early_help", "area": "", "day": found.days[6], "before": found.days[5]}
    assert counts[BACK, 6] == pytest.approx(recounted(manager, query, **bound), abs=2)
    assert not counts[BACK][list(range(9, QUARTERS + 1))].any(), "a year has to pass first"


@pytest.mark.parametrize("by", ["area", "ward", "age", "team", "need", "source"])
def test_parts_add_up_to_the_whole(by: str, found: Cells, exact: None) -> None:
    for kind in ("in_need", LIVING):
        whole, parts = found.counted({"kind": kind}).iloc[0], found.counted({"kind": kind}, by)
        assert (parts.sum() == whole).all()


def test_years_are_their_quarters(found: Cells, exact: None) -> None:
    counts = found.counted({"kind": "early_help"}).iloc[0]
    assert counts[NEW, LAST] == counts[NEW][[9, 10, 11, 12]].sum()
    assert counts[CLOSED, BEFORE] == counts[CLOSED][[5, 6, 7, 8]].sum()


def test_what_is_shown_is_nudged_by_the_keys_of_those_counted(manager: Session, found: Cells) -> None:
    query = """SELECT count(*), sum(key) FROM (SELECT DISTINCT person FROM event JOIN person USING (person)
        WHERE kind = 'early_help' AND known_on < $today AND (corrected_on IS NULL OR corrected_on >= $today)
        AND occurred_on <= $today AND (ended_on IS NULL OR ended_on > $today) AND ward IS NOT NULL
        AND birth_date > $today::DATE - INTERVAL 18 YEAR) JOIN record_key USING (person)"""
    count, key = manager.cursor.execute(query, {"today": manager.snapshot.today}).fetchall()[0]
    told = nudged(np.array([count]), np.array([key]))[0]
    assert found.counted({"kind": "early_help"}).iloc[0][OPEN, QUARTERS] == told


def test_nobody_and_few_look_the_same_and_no_box_tells_that_nobody_is_there(found: Cells) -> None:
    narrow = {"kind": "protection_plan", "area": "North", "age": "16 and 17"}
    assert found.counted(narrow).iloc[0].isna().all()
    assert list(found.counted(narrow, "ward").index) == list(found.counted({"kind": "protection_plan"}, "ward").index)


def test_the_list_behind_a_figure_has_so_many_children(manager: Session, found: Cells, exact: None) -> None:
    everybody = {"area": "", "ward": "", "age": "", "team": "", "need": "", "source": ""}
    (need,) = found.options("need", "in_need")[:1]
    for chosen in (
        {"area": "North"},
        {"age": "5 to 9"},
        {"need": need},
        {"source": "school"},
        {"team": "not recorded"},
    ):
        asked = everybody | {"kind": "in_need"} | chosen
        assert listed(manager, asked).every == found.counted(asked).iloc[0][OPEN, QUARTERS], chosen


def test_from_score_to_contact_counts_everybody_newly_heightened_once(
    manager: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analytics.management.reached.free", lambda counts, keys: counts)
    model = shown_models(manager.journal, manager.snapshot)[0]
    told = reached(manager, model)
    shares = told.shares(told.rows["as_of"].min(), manager.snapshot.today)
    query = """SELECT count(*) FROM score s JOIN person USING (person) JOIN ward USING (ward)
        WHERE model = $model AND band = 'heightened' AND as_of < $today
        AND as_of > (SELECT min(as_of) FROM score WHERE model = $model)
        AND NOT EXISTS (SELECT 1 FROM score o WHERE o.person = s.person AND o.model = $model AND o.band = 'heightened'
                        AND o.as_of = s.as_of - INTERVAL 3 MONTH)"""
    assert shares.loc[CITY, "risen"] == recounted(manager, query, model=model)
    assert (
        shares.drop(CITY).sum()[["risen", "already", "rest"]] == shares.loc[CITY, ["risen", "already", "rest"]]
    ).all()
    assert (shares["met_14"] <= shares["met_90"]).all()
    assert (shares["met_90"] <= shares["of_90"]).all()
    assert isinstance(told.rows, pd.DataFrame)

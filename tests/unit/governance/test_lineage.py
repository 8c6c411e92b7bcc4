"""Which records a figure counts and which it leaves out; where each stands; whom it is taken for, and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from analytics.features.catalogue import CATALOGUE
from analytics.governance import lineage, lineage_row, lineage_trace
from analytics.governance.sources_rejected import export, rules
from data.access.gate import Session, session
from data.access.reader import AccessRefused
from data.home import Home
from tests.journals import offered
from tests.unit.governance.lane import BROTHER, NASTY, YASMIN, build

TODAY = date(2026, 10, 1)


@pytest.fixture(scope="session")
def lane(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Read only: the journal is each test's own."""
    home = Home(tmp_path_factory.mktemp("lane"))
    build(home)
    return home


@pytest.fixture
def lead(lane: Home, own_journal: str) -> Iterator[Session]:
    offered(lane)
    with session(lane, "demo.north", "Allocated case") as opened:
        yield opened


@pytest.fixture
def officer(lane: Home, lead: Session) -> Iterator[Session]:
    with session(lane, "demo.quality", "Quality of the data") as opened:
        yield opened


def _figure(lead) -> lineage.Figure:
    return lineage.figure(lead, YASMIN, "missing_12m", TODAY)


def test_a_figure_is_what_is_counted(lead) -> None:
    told = _figure(lead)
    rows = lineage.counted(lead, YASMIN, told)
    assert told.value == len(rows) == 3
    assert told.sentence == "Reported missing 3 times in the last 12 months"
    assert lineage.window(told) == (date(2025, 10, 1), date(2026, 9, 30))


def test_what_is_left_out_is_told_with_the_reason(lead) -> None:
    told = _figure(lead)
    assert lineage.left_out(lead, YASMIN, told, lineage.counted(lead, YASMIN, told)) == {
        "before": 1, "later": 1, "corrected": 1,
    }  # fmt: skip


def test_a_figure_that_is_not_stored_is_nil(lead) -> None:
    assert lineage.figure(lead, YASMIN, "missing_3m", TODAY).value == 0


def test_only_figures_that_rest_on_records_can_be_chosen(lead) -> None:
    assert [each.feature.name for each in lineage.figures(lead, YASMIN, TODAY)] == ["missing_12m"]


def test_a_row_is_told_with_its_file_and_what_was_set_aside(lead) -> None:
    row = lineage_row.row(lead, YASMIN, 1, "a test")
    assert row is not None
    assert (row.file_name, row.line, row.sha256) == ("police_missing/police_missing_2026.csv", 2, "abc123")
    assert row.aside == ("Sex",)
    assert ("Missing from", "a date and time") in row.checks


def test_a_relatives_row_is_told_and_a_strangers_is_not(lead) -> None:
    row = lineage_row.row(lead, YASMIN, 7, "a test")
    assert row is not None
    assert row.other == BROTHER
    assert lineage_row.row(lead, YASMIN, 8, "a test") is None


def test_both_numbers_are_told_where_the_agency_knows_her_under_two(lead) -> None:
    row = lineage_row.row(lead, YASMIN, 1, "a test")
    assert row is not None
    links = lineage_row.links(lead, YASMIN, row, "a test")
    assert sorted(links[links["here"]]["local_id"]) == [NASTY, "P2"]
    assert list(links[~links["here"]]["agencies"]) == ["School attendance"]


def test_a_relative_is_not_named_in_her_lineage(lead) -> None:
    row = lineage_row.row(lead, YASMIN, 7, "a test")
    assert row is not None
    links = lineage_row.links(lead, YASMIN, row, "a test")
    assert list(links["how"]) == ["alone"]
    assert links["local_id"].isna().all()
    assert links["birth_date"].isna().all()


def test_rejected_rows_of_hers_are_told_and_nobody_elses(lead) -> None:
    rows = lineage_row.rejected(lead, YASMIN, CATALOGUE["missing_12m"])
    assert rows["line"].tolist() == [20]
    assert rows["field"].tolist() == ["Missing from"]
    assert lineage_row.rejected(lead, YASMIN, CATALOGUE["suspensions_12m"]).empty


def test_nobody_outside_the_area_is_traced(lead) -> None:
    with pytest.raises(AccessRefused, match="outside your area"):
        lineage.figures(lead, BROTHER, TODAY)


def test_a_row_can_be_traced_without_being_told_whose_it_is(officer) -> None:
    found = lineage_trace.trace(officer, 1, 2, "a test")
    assert found.events["kind"].tolist() == ["missing"]
    assert found.events["person"].isna().all()
    assert found.links["person"].isna().all()
    assert found.aside == ("Sex",)
    assert CATALOGUE["missing_12m"].label in found.figures


def test_a_rejected_line_is_told_as_such(officer) -> None:
    assert lineage_trace.trace(officer, 1, 20, "a test").rejected == (("Missing from", "is empty"),)


def test_tracing_a_row_is_not_for_casework_nor_a_person_for_the_officer(lead, officer) -> None:
    with pytest.raises(AccessRefused):
        lineage_trace.trace(lead, 1, 2, "a test")
    with pytest.raises(AccessRefused):
        lineage.figures(officer, YASMIN, TODAY)


def test_rejected_rows_are_counted_by_rule_and_leave_as_text(officer) -> None:
    counted = rules(officer, "police_missing")
    assert counted["rows"].tolist() == [2]
    file = "police_missing/police_missing_2026.csv"
    assert counted["examples"].iloc[0] == [(file, 20), (file, 21)]
    told = export(officer, "police_missing").decode("utf-8-sig").splitlines()
    assert len(told) == 3
    assert told[2].endswith('"\'=1+1"')

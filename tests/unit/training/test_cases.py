"""Guided cases: files that read as agencies' records, indicators from the same declarations as everybody's."""

from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest

from analytics.features.catalogue import CATALOGUE
from analytics.matrix.load import load
from analytics.matrix.scatter import matrix
from analytics.training.case import OUTCOMES, TOPICS, Case, Entry
from analytics.training.cases import CASES
from analytics.training.checks import faults
from analytics.training.file import lines
from analytics.training.store import CHILD, filled

TODAY = date(2026, 10, 1)


def indicators(case: Case) -> dict[str, float]:
    features = list(CATALOGUE.values())
    with filled(case, TODAY) as con:
        table = matrix(load(con, features), features, TODAY)
    assert table.people[0] == CHILD
    return dict(zip(table.names, table.values[0].astype(float), strict=True))


def test_mayas_file_becomes_what_the_model_reads() -> None:
    found = indicators(CASES["maya"])
    assert found["missing_12m"] == 4
    assert found["siblings_in_care"] == 1
    assert found["co_missing_known"] == 1
    assert found["parents_domestic_worst"] == 2


def test_what_no_source_covers_is_not_known_rather_than_nil() -> None:
    tyler, aisha = indicators(CASES["tyler"]), indicators(CASES["aisha"])
    assert np.isnan(tyler["suspensions_12m"])
    assert aisha["suspensions_12m"] == 0


@pytest.mark.parametrize("name", CASES)
def test_every_case_can_be_read_and_taught(name: str) -> None:
    case = CASES[name]
    assert all((case.before, case.after, case.lesson))
    told = lines(case, TODAY)
    assert len(told) == len(case.file)
    assert [line.on for line in told] == sorted(line.on for line in told)
    assert not any("{" in line.said or "_" in line.said for line in told)


def test_an_entry_of_nobody_in_the_case_is_refused() -> None:
    with pytest.raises(ValueError, match="not in it"):
        Case("x", "X", "X", 14, "F", "", (Entry("missing", 3, of="Uncle"),))


def test_an_unknown_kind_of_event_is_refused() -> None:
    with pytest.raises(ValueError, match="no such event kind"):
        Entry("teleported", 3)


@pytest.mark.parametrize("name", CASES)
def test_every_case_stands_up_to_the_checks_of_the_editor(name: str) -> None:
    assert faults(CASES[name]) == []


def test_there_are_twelve_cases_and_more_of_every_kind_with_every_outcome() -> None:
    assert len(CASES) >= 12
    assert {case.topic for case in CASES.values()} == set(TOPICS)
    assert {case.outcome for case in CASES.values()} == set(OUTCOMES)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.also])
def test_a_file_read_otherwise_becomes_other_indicators(name: str) -> None:
    case = CASES[name]
    first = indicators(case)
    assert all(indicators(case.read_as(also)) != first for also in case.also)


def test_records_of_another_girl_go_and_records_not_joined_come() -> None:
    leah, amara = CASES["leah"], CASES["amara"]
    assert indicators(leah)["missing_12m"] == 4
    assert indicators(leah.read_as(leah.also[0]))["missing_12m"] == 0
    assert indicators(amara)["missing_12m"] == 0
    assert indicators(amara.read_as(amara.also[0]))["missing_12m"] == 4


def test_a_source_that_sends_again_makes_the_unknown_known() -> None:
    dylan = CASES["dylan"]
    assert np.isnan(indicators(dylan)["suspensions_12m"])
    assert indicators(dylan.read_as(dylan.also[0]))["suspensions_12m"] == 2


def test_the_store_of_a_case_opens_no_file(tmp_path: Path) -> None:
    with filled(CASES["maya"], TODAY) as con, pytest.raises(duckdb.PermissionException):
        con.execute(f"ATTACH '{tmp_path / 'city.duckdb'}'")

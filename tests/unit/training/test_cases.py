"""Guided cases: files that read as agencies' records, indicators from the same declarations as everybody's."""

from datetime import date

import numpy as np
import pytest

from analytics.features.catalogue import CATALOGUE
from analytics.matrix.load import load
from analytics.matrix.scatter import matrix
from analytics.training.case import Case, Entry
from analytics.training.cases import CASES
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
    assert len(told) == len(case.entries)
    assert [line.on for line in told] == sorted(line.on for line in told)
    assert not any("{" in line.said or "_" in line.said for line in told)


def test_an_entry_of_nobody_in_the_case_is_refused() -> None:
    with pytest.raises(ValueError, match="not in it"):
        Case("x", "X", "X", 14, "F", "", (Entry("missing", 3, of="Uncle"),))


def test_an_unknown_kind_of_event_is_refused() -> None:
    with pytest.raises(ValueError, match="no such event kind"):
        Entry("teleported", 3)

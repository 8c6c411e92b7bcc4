"""Files are exactly what their sources declare, and workbooks open."""

from pathlib import Path

import numpy as np
import openpyxl
import pyarrow as pa
import pytest

from data.city.clock import TODAY_DAY, day
from data.city.writers.frame import checked, day_column, day_words, moment
from data.city.writers.xlsx import write
from data.sources import SOURCES


def test_a_column_too_few_or_too_many_is_refused() -> None:
    part = SOURCES["benefits"].part("sanction")
    whole = {column.name: pa.array(["x"]) for column in part.columns}
    assert checked(SOURCES["benefits"], "sanction", whole).column_names == [column.name for column in part.columns]
    with pytest.raises(ValueError, match="not declared"):
        checked(SOURCES["benefits"], "sanction", whole | {"score": pa.array([1])})
    with pytest.raises(ValueError, match="not written"):
        checked(SOURCES["benefits"], "sanction", dict(list(whole.items())[1:]))


def test_what_has_not_happened_yet_is_not_written() -> None:
    days = np.array([day("2020-02-29"), TODAY_DAY - 1, TODAY_DAY, -1])
    assert [str(d) if d else None for d in day_column(days).to_pylist()] == ["2020-02-29", "2026-09-30", None, None]
    assert day_words(days[:3], "%d/%m/%Y").to_pylist() == ["29/02/2020", "30/09/2026", None]
    assert moment(days[1:3], np.array([5, 5])).null_count == 1


def test_a_workbook_opens_with_its_values_and_dates(tmp_path: Path) -> None:
    table = pa.table(
        {"Name & code": ["a <b>", None], "Day": day_column(np.array([day("2021-03-04"), -1])), "Count": [1, 2]}
    )
    for name in ("one.xlsx", "two.xlsx"):
        write(tmp_path / name, {"List 1": table, "List 2": table})
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    rows = list(openpyxl.load_workbook(tmp_path / "one.xlsx")["List 1"].iter_rows(values_only=True))
    assert rows[0] == ("Name & code", "Day", "Count")
    assert rows[1][0] == "a <b>"
    assert str(rows[1][1])[:10] == "2021-03-04"
    assert rows[2] == (None, None, 2)

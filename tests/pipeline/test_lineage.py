"""File and line of a record point at the very row of the agency's file, whatever its format."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from analytics.governance import lineage_row
from data.access.gate import session
from data.home import Home
from tests.journals import offered

# One part of each format, with an event that bears the day which stands in the row.
PARTS = {
    "police_missing": ("missing", "episode"),
    "mash": ("contact", "contact"),
    "ssda903": ("placement", "episodes"),
    "hospital": ("emergency", "emergency"),
    "attendance": ("attendance", "half_term"),
    "cin_census": ("assessment", "assessment"),
    "annex_a": ("referral", "list_3"),
}
_EVENTS = """
SELECT e.person, e.event, e.occurred_on FROM event e JOIN source_file f USING (file) JOIN person p USING (person)
JOIN ward w USING (ward)
WHERE e.source = $source AND e.kind = $kind AND f.part = $part AND w.area = 'North' ORDER BY hash(e.event) LIMIT 4
"""


@pytest.mark.parametrize("source", sorted(PARTS))
def test_the_line_told_is_the_row_in_the_file(
    source: str, small_home: Path, small_city: Path, own_journal: str
) -> None:
    home, (kind, part) = Home(small_home), PARTS[source]
    offered(home)
    with session(home, "demo.north", "Allocated case") as one:
        query = {"source": source, "kind": kind, "part": part}
        found = one.cursor.execute(_EVENTS, query).fetchall()
        assert found
        for person, event, day in found:
            row = lineage_row.row(one, person, event, "a test")
            assert row is not None
            numbers = _numbers(lineage_row.links(one, person, row, "a test"))
            told = _raw(small_city / "sources" / row.file_name, row.line)
            assert any(number in told for number in numbers), f"{row.file_name}, line {row.line}: nobody's row"
            assert any(spelt in told for spelt in _spelt(day)), f"{row.file_name}, line {row.line}: another day"


def _numbers(links: pd.DataFrame) -> list[str]:
    own = links[links["here"] | links["same_numbers"]]
    return [str(number) for number in own["local_id"]]


def _spelt(day: Any) -> tuple[str, ...]:
    day = pd.Timestamp(day).date() if not isinstance(day, date) else day
    return day.isoformat(), f"{day:%d/%m/%Y}", f"{day:%d-%b-%Y}"


def _raw(path: Path, line: int) -> str:
    """The row that stands on a line, as text: of the file (CSV, XML), of the sheet (xlsx), of the table (Parquet)."""
    if path.suffix == ".parquet":
        return _joined(pd.read_parquet(path).iloc[line - 1])
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path, read_only=True)
        return " | ".join(_joined(row) for sheet in book for row in sheet.iter_rows(line, line, values_only=True))
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    if path.suffix == ".xml":
        # The element begins on the line; whose it is stands above it, where the child begins.
        above = next(n for n in range(line, 0, -1) if "<Child>" in lines[n - 1])
        return "\n".join(lines[above - 1 : above + 8]) + "\n".join(lines[line - 1 : line + 4])
    return _joined(next(csv.reader([lines[line - 1]])))


def _joined(cells: Any) -> str:
    return " ".join(str(cell) for cell in cells)

"""A late delivery with new and corrected rows changes no indicator of any day before it came, bit for bit."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

from analytics.build.again import tables
from analytics.build.build import Wish, build
from analytics.features.catalogue import CATALOGUE
from analytics.matrix.load import City, load
from analytics.matrix.scatter import matrix
from data.home import Home, home
from data.snapshot.reading import current

TODAY, CAME = date(2026, 10, 1), date(2026, 8, 1)
BEFORE = (date(2023, 1, 1), date(2024, 1, 1), date(2024, 7, 1), date(2025, 4, 1), date(2026, 7, 1))
FEATURES = tuple(CATALOGUE.values())


def town(place: Home) -> City:
    """Everything that indicators are computed from, of the snapshot that is served."""
    with current(place) as snapshot, tables(snapshot.path) as con:
        return load(con, FEATURES)


def deliver_late(sources: Path, source: str, name: str, number: str, graded: str, day: str) -> int:
    """An agency sends rows again: of three, one under a new ``number``, one ``graded`` and one dated anew."""
    with (sources / source / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for n, row in enumerate(rows):
        if n % 3 == 0:
            row[number] = f"late {row[number]}"
        elif n % 3 == 1:
            row[graded] = "another"
        else:
            row[day] = row[day].replace("2024-", "2023-", 1)
    folder = sources / source / CAME.isoformat()
    folder.mkdir()
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)


def test_a_late_delivery_changes_no_indicator_of_the_past(small_city: Path, small_home: Path, tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    shutil.copytree(small_city / "sources", sources)
    assert deliver_late(
        sources, "police_missing", "police_missing_2024.csv", "report_ref", "risk_grade", "missing_from"
    )
    assert deliver_late(sources, "mash", "mash_contact_2024.csv", "contact_ref", "agency", "received_at") > 50
    build(Wish(sources, home(tmp_path / "home"), TODAY, models=()))
    before, after = town(home(small_home)), town(home(tmp_path / "home"))
    for day in BEFORE:
        one, other = (matrix(city, FEATURES, day) for city in (before, after))
        assert one.people.tolist() == other.people.tolist(), day
        moved = [
            feature.name
            for i, feature in enumerate(FEATURES)
            if one.values[:, i].tobytes() != other.values[:, i].tobytes()
        ]
        assert moved == [], f"moved on {day}"
    one, other = (matrix(city, FEATURES, TODAY) for city in (before, after))
    assert one.values.tobytes() != other.values.tobytes(), "today it is known"

"""A tiny invented city, published for real, with its journal: two areas, four wards, a dozen people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.access import gate
from data.access.roles import PURPOSES
from data.home import Home, home
from data.journal.accounts import offer_demonstration
from data.journal.journal import journal_of
from data.snapshot.publish import Draft
from data.snapshot.reading import current
from data.snapshot.tables import EVENT, KNOWN_CASE, MODEL, PERSON, SCORE, WARD

CITY = {"id": "abc", "name": "Testham", "invented": True}
#: person, forename, ward: 1 to 3 live in the North, 4 to 6 in Central.
PEOPLE = ((1, "Ada", "N1"), (2, "Ben", "N1"), (3, "Cal", "N2"), (4, "Dee", "C1"), (5, "Eve", "C1"), (6, "Fay", "C2"))
WARDS = (("N1", "North"), ("N2", "North"), ("C1", "Central"), ("C2", "Central"))


def publish(place: Home, city: dict[str, object]) -> None:
    """Publish the people above as a snapshot of ``city``."""
    with Draft(place) as draft:
        run = draft.connection.execute
        for table in (PERSON, WARD, MODEL, SCORE, KNOWN_CASE, EVENT):
            run(table.ddl())
        for person, forename, ward in PEOPLE:
            values = [person, forename, "Bell", ward]
            run("INSERT INTO person (person, forename, surname, ward) VALUES (?, ?, ?, ?)", values)
        for ward, area in WARDS:
            run("INSERT INTO ward VALUES (?, ?, ?, 3, NULL)", [ward, f"{area} {ward}", area])
        run("INSERT INTO model (model, version, state) VALUES ('cse', 'v1', 'candidate')")
        run("INSERT INTO model (model, version, state, reason) VALUES ('neet', 'v1', 'withheld', 'Too weak.')")
        run("INSERT INTO score (person, model, version, band) SELECT person, 'cse', 'v1', 'raised' FROM person")
        known = "INSERT INTO known_case SELECT person, 'cse', '2025-01-01', 'cse_service' FROM person"
        run(f"{known} WHERE person IN (2, 5)")
        draft.manifest |= {"city": city, "today": "2026-10-01"}


@pytest.fixture
def place(tmp_path: Path) -> Home:
    made = home(tmp_path / "home")
    publish(made, CITY)
    with current(made) as snapshot:
        offer_demonstration(journal_of(made), snapshot)
    return made


@pytest.fixture
def north(place: Home) -> Iterator[gate.Session]:
    """A script run of the lead professional of the North team."""
    with gate.session(place, "demo.north", PURPOSES[0]) as opened:
        yield opened

"""A tiny invented city, published for real, with its journal: two areas, four wards, six people."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from data.access import gate
from data.access.roles import PURPOSES
from data.home import Home, home
from data.journal.accounts import offer_demonstration
from data.journal.journal import Journal
from data.snapshot.publish import Draft
from data.snapshot.reading import current
from data.snapshot.tables import EVENT, KNOWN_CASE, MODEL, PERSON, PERSON_MOVED, SCORE, WARD

#: person, forename, ward: 1 to 3 live in the North, 4 to 6 in Central.
PEOPLE = ((1, "Ada", "N1"), (2, "Ben", "N1"), (3, "Cal", "N2"), (4, "Dee", "C1"), (5, "Eve", "C1"), (6, "Fay", "C2"))
WARDS = (("N1", "North"), ("N2", "North"), ("C1", "Central"), ("C2", "Central"))
STATEMENTS = """
INSERT INTO model (model, version, state) VALUES ('cse', 'v1', 'candidate');
INSERT INTO model (model, version, state, reason) VALUES ('neet', 'v1', 'withheld', 'It was too often wrong.');
INSERT INTO model (model, version, state, reason) VALUES ('cce', 'v1', 'unmeasured', 'Only 3 were identified.');
INSERT INTO score (person, model, version, band) SELECT person, 'cse', 'v1', 'raised' FROM person;
INSERT INTO known_case
SELECT person, 'cse', '2025-01-01', '2025-01-01', 'cse_service' FROM person WHERE person IN (2, 5);
"""


def publish(place: Home, invented: bool) -> None:
    """Publish the people above as a snapshot of an invented city, or of one that is not said to be."""
    with Draft(place) as draft:
        run = draft.connection.execute
        for table in (PERSON, PERSON_MOVED, WARD, MODEL, SCORE, KNOWN_CASE, EVENT):
            run(table.ddl())
        for person, forename, ward in PEOPLE:
            values = [person, forename, "Bell", ward]
            run("INSERT INTO person (person, forename, surname, ward) VALUES (?, ?, ?, ?)", values)
        for ward, area in WARDS:
            run("INSERT INTO ward VALUES (?, ?, ?, 3, NULL)", [ward, f"{area} {ward}", area])
        run(STATEMENTS)
        city = {"id": f"testham-{invented}", "name": "Testham", "invented": invented}
        draft.manifest |= {"city": city, "today": "2026-10-01"}


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both cities, built once, the invented one with its demonstration accounts; each test has a copy of its own."""
    folder = tmp_path_factory.mktemp("cities")
    for name in ("invented", "real"):
        publish(home(folder / name), invented=name == "invented")
        journal = Journal(f"sqlite:///{home(folder / name).journal}")
        with current(home(folder / name)) as snapshot:
            offer_demonstration(journal, snapshot)
        journal.close()
    return folder


@pytest.fixture(autouse=True)
def _plain_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KINSIGHT_KEY", "KINSIGHT_JOURNAL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def place(built: Path, tmp_path: Path) -> Home:
    """The invented city, with its demonstration accounts."""
    return home(shutil.copytree(built / "invented", tmp_path / "home"))


@pytest.fixture
def real(built: Path, tmp_path: Path) -> Home:
    """A city that does not say that it is invented."""
    return home(shutil.copytree(built / "real", tmp_path / "real"))


@pytest.fixture
def enter(place: Home) -> Iterator[Callable[..., gate.Session]]:
    """Begin a script run of a demonstration account: ``enter("manager")``."""
    with ExitStack() as held:

        def begin(who: str, purpose: str = PURPOSES[0]) -> gate.Session:
            return held.enter_context(gate.session(place, f"demo.{who}", purpose))

        yield begin


@pytest.fixture
def north(enter: Callable[..., gate.Session]) -> gate.Session:
    """A script run of the lead professional of the North team."""
    return enter("north")

"""Allocations beside capacity: counted as the journal has them, nudged before anybody sees them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analytics.management.team_load import EVERY_TEAM, NO_TEAM, capacity
from data.access.gate import Session, session
from data.home import home
from data.journal.casework import allocate, follow_up
from data.journal.journal import Entry
from data.journal.tables import TEAM_CAPACITY
from tests.journals import offered

DAYS = (date(2026, 4, 1), date(2026, 7, 1))


@pytest.fixture
def manager(small_home: Path, own_journal: str) -> Iterator[Session]:
    offered(home(small_home))
    with session(home(small_home), "demo.manager") as one:
        yield one


@pytest.fixture
def worked(manager: Session) -> Session:
    """Twelve people with the North, three of them ended; one with somebody who has no account."""
    one = manager
    entry = Entry("demo.north", "lead_professional", "allocate")
    people = [row[0] for row in one.cursor.execute("SELECT person FROM person ORDER BY person LIMIT 13").fetchall()]
    for at, person in enumerate(people[:12]):
        number = allocate(one.journal, person, "demo.north", "2026-03-01" if at < 8 else "2026-05-01", "Work", entry)
        if at < 3:
            follow_up(one.journal, number, "accepted help", "2026-06-01", "", None, entry)
    allocate(one.journal, people[12], "gone", "2026-06-15", "Work", entry)
    one.journal.append(TEAM_CAPACITY, {"team": "North", "places": 10}, entry)
    return one


def test_each_team_has_its_own_and_all_teams_everybodys(worked: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analytics.management.team_load.free", lambda counts, keys: counts)
    found = capacity(worked, DAYS)
    assert found.load["open"].to_dict() == {EVERY_TEAM: 10, "North": 9, NO_TEAM: 1}
    assert found.load["places"].fillna(-1).to_dict() == {EVERY_TEAM: 10, "North": 10, NO_TEAM: -1}
    assert found.over_time["North"].tolist() == [8, 9]
    assert found.outcomes.loc["North", "accepted help"] == 3


def test_few_are_withheld(worked: Session) -> None:
    found = capacity(worked, DAYS)
    assert pd.isna(found.load.loc[NO_TEAM, "open"])
    assert pd.isna(found.outcomes.loc["North", "declined help"])


def test_where_nothing_is_allocated_there_is_nothing_to_tell(manager: Session) -> None:
    found = capacity(manager, DAYS)
    assert found.load["open"].isna().all()

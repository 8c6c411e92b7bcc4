"""One family and its records, in the tables that the assessment reads."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pytest

from analytics.families.assess import assess
from data.snapshot.tables import COVERAGE, EVENT, FAMILY_CRITERION, FAMILY_MEMBER, HOME_STAY, PERSON, SOURCE

TODAY = date(2026, 10, 1)
FAMILY = 7


class Home:
    """Rosa with Ava, fourteen; every source arrives, unless ``stops`` says otherwise."""

    def __init__(self) -> None:
        self.con = duckdb.connect(config={"threads": 1})
        for table in (PERSON, FAMILY_MEMBER, HOME_STAY, EVENT, COVERAGE, SOURCE, FAMILY_CRITERION):
            self.con.execute(table.ddl())
        self.number: dict[str, int] = {}
        self.stopped: set[str] = set()

    def member(self, name: str, born: str, role: str, **more: Any) -> Home:
        """``since``, ``until`` of the membership; ``home``, the property where they live now."""
        number = self.number[name] = len(self.number) + 1
        self.con.execute("INSERT INTO person (person, birth_date) VALUES (?, ?)", [number, born])
        since = more.get("since", born)
        self.con.execute(
            "INSERT INTO family_member VALUES (?, ?, ?, ?, ?)", [FAMILY, number, role, since, more.get("until")]
        )
        if "home" in more:
            self.con.execute(
                "INSERT INTO home_stay VALUES (?, ?, ?, NULL, ?, NULL, 2, FALSE)", [number, more["home"], born, born]
            )
        return self

    def event(self, name: str, kind: str, on: str, until: str | None = None, **more: Any) -> Home:
        columns = "event, person, kind, occurred_on, ended_on, known_on, value, source"
        number = self.con.execute("SELECT count(*) FROM event").fetchall()[0][0]
        self.con.execute(
            f"INSERT INTO event ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, 'x')",
            [number, self.number[name], kind, on, until, more.get("known", on), more.get("value")],
        )
        return self

    def arrives(self, source: str, until: str = "2026-09-30") -> Home:
        self.con.execute(
            "INSERT INTO source (source, period_from, period_to) VALUES (?, '2018-10-01', ?)", [source, until]
        )
        return self

    def on_the_books(self, name: str, source: str, since: str, until: str | None = None) -> Home:
        self.con.execute("INSERT INTO coverage VALUES (?, ?, ?, ?)", [self.number[name], source, since, until])
        return self

    def standing(self, criterion: str, scheme: str = "headline", as_of: date = TODAY) -> dict[str, Any]:
        """The family's row of one criterion at a date."""
        self.con.execute("DELETE FROM family_criterion")
        assess(self.con, [as_of])
        query = "SELECT * FROM family_criterion WHERE family = ? AND scheme = ? AND criterion = ?"
        found = self.con.execute(query, [FAMILY, scheme, criterion]).df()
        assert len(found) == 1
        return {name: None if value != value else value for name, value in found.iloc[0].to_dict().items()}

    def met(self, criterion: str, scheme: str = "headline", as_of: date = TODAY) -> bool | None:
        value = self.standing(criterion, scheme, as_of)["met"]
        return None if value is None else bool(value)


@pytest.fixture
def home() -> Home:
    return Home().member("Rosa", "1985-02-01", "adult", since="2012-06-01").member("Ava", "2012-06-01", "child")

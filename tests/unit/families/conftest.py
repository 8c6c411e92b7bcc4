"""A linked store of a few people, without any linkage: each client is a person of its own number."""

from __future__ import annotations

import duckdb
import pytest

from data.snapshot.tables import (
    CONTACT,
    COVERAGE,
    EVENT,
    KNOWN_CASE,
    PERSON,
    PERSON_LINK,
    PERSON_RECORD,
    SOURCE_FILE,
    Table,
)

STAGED: tuple[Table, ...] = (EVENT, COVERAGE, KNOWN_CASE, CONTACT)
RELATION = (
    'CREATE TABLE staged.relation (client BIGINT, other_client BIGINT, kind VARCHAR, "from" DATE, "to" DATE,'
    " known_on DATE, source VARCHAR, file INTEGER, line BIGINT)"
)


IDENTITY = "CREATE TABLE linkage.identity (client BIGINT, surname VARCHAR, former_surname VARCHAR, parts VARCHAR[])"


class City:
    """People by name, in a connection that looks as it does after ``data.linkage.link``."""

    def __init__(self) -> None:
        self.con = duckdb.connect(config={"threads": 1})
        self.con.execute("CREATE SCHEMA staged")
        self.con.execute("CREATE SCHEMA linkage")
        for table in (PERSON_RECORD, *STAGED):
            self.con.execute(table.ddl("staged").replace('"person" BIGINT', '"client" BIGINT'))
        self.con.execute(SOURCE_FILE.ddl("staged"))
        self.con.execute(RELATION)
        for table in (PERSON, PERSON_LINK):
            self.con.execute(table.ddl())
        self.con.execute(IDENTITY)
        self.number: dict[str, int] = {}

    def person(self, name: str, born: str, sex: str = "F") -> City:
        """``name`` is forename and surname."""
        number = self.number[name] = len(self.number) + 1
        forename, surname = name.split()
        fields = [number, forename, surname, born, sex]
        columns = "person, forename, surname, birth_date, sex"
        self.con.execute(f"INSERT INTO person ({columns}) VALUES (?, ?, ?, ?, ?)", fields)
        self.con.execute("INSERT INTO person_link (client, source, person) VALUES (?, 'gp', ?)", [number, number])
        written = [number, surname.lower(), [surname.lower()]]
        self.con.execute("INSERT INTO linkage.identity VALUES (?, ?, NULL, ?)", written)
        return self

    def lives(self, name: str, uprn: int, since: str, until: str | None = None) -> City:
        self.con.execute(
            "INSERT INTO staged.person_record (client, source, uprn, seen_from, seen_to) VALUES (?, 'gp', ?, ?, ?)",
            [self.number[name], uprn, since, until],
        )
        return self

    def said(self, name: str, kind: str, other: str, since: str, known: str | None = None) -> City:
        """``other`` is ``kind`` of ``name``."""
        self.con.execute(
            "INSERT INTO staged.relation VALUES (?, ?, ?, ?, NULL, ?, 'care', 1, 1)",
            [self.number[name], self.number[other], kind, since, known or since],
        )
        return self

    def event(self, name: str, kind: str, on: str, until: str | None = None, **more: str) -> City:
        """``more``: ``known`` (the day it was known, else the day it happened) ``corrected`` and ``detail``."""
        self.con.execute(
            "INSERT INTO staged.event"
            " (client, kind, occurred_on, ended_on, known_on, corrected_on, detail, source, file, line)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, 'care', 1, 1)",
            [self.number[name], kind, on, until, more.get("known", on), more.get("corrected"), more.get("detail")],
        )
        return self

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        return self.con.execute(sql).fetchall()

    def ties(self, kind: str) -> set[tuple[str, str]]:
        """(name, other) pairs of a kind: other is that to name."""
        named = {number: name for name, number in self.number.items()}
        sql = "SELECT DISTINCT person, other FROM relationship WHERE kind = $kind"
        found = self.con.execute(sql, {"kind": kind}).fetchall()
        return {(named[person], named[other]) for person, other in found}

    def families(self) -> set[frozenset[str]]:
        named = {number: name for name, number in self.number.items()}
        found = self.con.execute("SELECT list(DISTINCT person) FROM family_member GROUP BY family").fetchall()
        return {frozenset(named[person] for person in people) for (people,) in found}


@pytest.fixture
def city() -> City:
    return City()

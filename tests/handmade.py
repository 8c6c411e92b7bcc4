"""Small hand-made stores, written as tables that a social worker could read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import duckdb
import numpy as np

from analytics.features.catalogue import CATALOGUE
from analytics.matrix.load import load
from analytics.matrix.scatter import Moment, matrix
from data.snapshot.tables import TABLES
from data.sources import SOURCES

FEATURES = tuple(CATALOGUE.values())
BORN = "2010-06-15"


def rows(text: str) -> list[dict[str, str]]:
    """The rows of an ASCII table whose first line names the columns; lines of dashes are decoration."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    head, *rest = [line for line in lines if set("".join(line)) - {"-", "+"}]
    return [dict(zip(head, line, strict=True)) for line in rest]


@dataclass
class Store:
    """A store of a few people. ``people`` says who there is; the rest is empty unless given.

    Every feed runs from 2018-10-01 to 2026-09-30 and every source has everybody on its books, unless ``feeds`` or
    ``books`` say otherwise.
    """

    people: str
    events: str = ""
    ties: str = ""
    cases: str = ""
    addresses: str = ""
    feeds: str = ""
    books: str | None = None
    shuffle: int = 0
    ids: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        told = rows(self.people)
        self.ids = {row["person"]: number for number, row in enumerate(told, 1)}
        self.con = duckdb.connect()
        for table in TABLES:
            self.con.execute(table.ddl())
        self._insert(
            "person",
            [
                {"person": self.ids[r["person"]], "birth_date": r.get("born") or BORN, "death_date": r.get("died", "")}
                for r in told
            ],
        )
        self._insert(
            "event", [self._event(r, n) for n, r in enumerate(self._shuffled(rows(self.events)))] if self.events else []
        )
        self._insert("relationship", self._shuffled([self._tie(r) for r in rows(self.ties)]) if self.ties else [])
        self._insert("known_case", [self._case(r) for r in rows(self.cases)] if self.cases else [])
        self._addresses()
        self._insert("source", self._sources())
        self._insert("coverage", self._coverage())

    def _shuffled(self, told: list[dict[str, str]]) -> list[dict[str, str]]:
        order = np.random.default_rng(self.shuffle).permutation(len(told)) if self.shuffle else range(len(told))
        return [told[i] for i in order]

    def _insert(self, table: str, told: list[dict[str, object]]) -> None:
        if told:
            names = ", ".join(f'"{name}"' for name in told[0])
            values = [None if value == "" else value for row in told for value in row.values()]
            row = f"({', '.join('?' * len(told[0]))})"
            self.con.execute(f"INSERT INTO {table} ({names}) VALUES {', '.join([row] * len(told))}", values)

    def _event(self, row: dict[str, str], number: int) -> dict[str, object]:
        return {
            "event": number, "person": self.ids[row["person"]], "kind": row["kind"], "occurred_on": row["happened"],
            "ended_on": row.get("ended", ""), "known_on": row.get("known") or row["happened"],
            "corrected_on": row.get("corrected", ""),
            "value": row.get("value", ""), "detail": row.get("detail", ""),
        }  # fmt: skip

    def _tie(self, row: dict[str, str]) -> dict[str, object]:
        return {
            "person": self.ids[row["person"]], "other": self.ids[row["other"]], "kind": row["kind"],
            "from": row["from"], "to": row.get("to", ""), "known_on": row.get("known") or row["from"],
            "end_known_on": row.get("end known") or row.get("to", ""),
        }  # fmt: skip

    def _case(self, row: dict[str, str]) -> dict[str, object]:
        return {
            "person": self.ids[row["person"]], "profile": row["profile"], "identified_on": row["identified"],
            "known_on": row.get("known") or row["identified"],
        }  # fmt: skip

    def _addresses(self) -> None:
        told = rows(self.addresses) if self.addresses else []
        self._insert(
            "neighbourhood",
            [
                {"postcode": code, "decile": decile}
                for code, decile in sorted({(r["postcode"], r["decile"]) for r in told})
            ],
        )
        self._insert("person_link", [{"client": n, "person": n} for n in self.ids.values()])
        self._insert(
            "person_record",
            [{"client": self.ids[r["person"]], "postcode": r["postcode"], "seen_from": r["from"]} for r in told],
        )

    def _sources(self) -> list[dict[str, object]]:
        stated = {row["source"]: row for row in rows(self.feeds)} if self.feeds else {}
        return [
            {
                "source": name,
                "period_from": stated.get(name, {}).get("from", "2018-10-01"),
                "period_to": stated.get(name, {}).get("to", "2026-09-30"),
            }
            for name in SOURCES
        ]

    def _coverage(self) -> list[dict[str, object]]:
        if self.books is not None:
            return [
                {"person": self.ids[r["person"]], "source": r["source"], "from": r["from"], "to": r["to"]}
                for r in rows(self.books)
            ]
        enrolled = [name for name, source in SOURCES.items() if source.coverage == "enrolled"]
        return [
            {"person": n, "source": name, "from": "2018-01-01", "to": ""}
            for name in enrolled
            for n in self.ids.values()
        ]

    def says(self, indicator: str, as_of: str) -> dict[str, float | None]:
        """The indicator of everybody, in the cohort or not; None where not known."""
        feature = CATALOGUE[indicator]
        figure = Moment(load(self.con, [feature]), date.fromisoformat(as_of)).figure(feature)
        return {name: _plain(figure[number - 1]) for name, number in self.ids.items()}

    def cohort(self, as_of: str) -> list[str]:
        """Who is looked at."""
        found = matrix(load(self.con, FEATURES), FEATURES, date.fromisoformat(as_of)).people
        return [name for name, number in self.ids.items() if number in found]


def _plain(figure: float) -> float | None:
    return None if np.isnan(figure) else float(figure)

"""From tables to a trial: who counts, what followed, and what was known on the day of the draw."""

from __future__ import annotations

from datetime import date

import duckdb
import numpy as np
import pandas as pd
import pytest

from analytics.matrix.matrix import Matrix
from analytics.models.training import Families
from analytics.models.uplift_spec import UpliftSpec
from analytics.uplift.facts import Given, assemble, given

NAMES = ("age", "contacts_24m", "offers")
TODAY, EARLIER, BEFORE = date(2026, 10, 1), date(2025, 4, 1), date(2025, 1, 1)


def _matrix(day: date, contacts: float) -> Matrix:
    people = np.arange(1, 9, dtype=np.int64)
    values = np.column_stack([np.full(8, 6.0), np.full(8, contacts), np.zeros(8)]).astype(np.float32)
    return Matrix(people, day, NAMES, values)


MATRICES = {BEFORE: _matrix(BEFORE, 1), EARLIER: _matrix(EARLIER, 2), TODAY: _matrix(TODAY, 3)}
KINDS = {"age": (), "contacts_24m": ("contact",), "offers": ("programme_offered",)}


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    """Children 1 and 2 are of one family, 3 to 8 alone; tables as the snapshot has them, as far as they are read."""
    con = duckdb.connect()
    days = ", ".join(f"{name} DATE" for name in ("occurred_on", "ended_on", "known_on", "corrected_on"))
    con.execute(f"CREATE TABLE event (person BIGINT, kind VARCHAR, {days})")
    con.execute('CREATE TABLE family_member (person BIGINT, family BIGINT, "from" DATE, "to" DATE)')
    con.execute("CREATE TABLE contact (contact VARCHAR, person BIGINT, received_at TIMESTAMP, reason VARCHAR)")
    con.execute("INSERT INTO family_member SELECT x, greatest(x, 2), NULL, NULL FROM range(1, 9) t(x)")
    return con


def happened(con: duckdb.DuckDBPyConnection, person: int, kind: str, day: str, ended: str | None = None) -> None:
    con.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, NULL)", [person, kind, day, ended, day])


def told_of(con: duckdb.DuckDBPyConnection, number: str, person: int, day: str, reason: str = "behaviour") -> None:
    con.execute("INSERT INTO contact VALUES (?, ?, ?, ?)", [number, person, f"{day} 10:00", reason])


def read(con: duckdb.DuckDBPyConnection, spec: UpliftSpec) -> Given:
    people = np.arange(1, 9, dtype=np.int64)
    return given(con, spec, MATRICES, KINDS, Families(people, np.maximum(people, 2)), 6)


def test_what_followed_is_counted_once_for_the_whole_family(con: duckdb.DuckDBPyConnection, spec: UpliftSpec) -> None:
    happened(con, 1, "programme_offered", "2025-03-31")
    told_of(con, "C1", 1, "2025-06-01")
    told_of(con, "C1", 2, "2025-06-01")
    told_of(con, "C2", 2, "2025-07-01")
    told_of(con, "C3", 1, "2025-03-31")  # on the day of the draw itself
    told_of(con, "C4", 1, "2026-04-02")  # more than a year on
    told_of(con, "C5", 1, "2025-08-01", "domestic")  # not what the course is for
    trial = read(con, spec).trial
    assert trial.people.tolist() == [1]
    assert trial.outcome.tolist() == [2.0]
    assert trial.offered.tolist() == [True]


def test_indicators_are_those_of_the_last_date_at_or_before_the_draw(
    con: duckdb.DuckDBPyConnection, spec: UpliftSpec
) -> None:
    happened(con, 3, "programme_waiting", "2025-03-31")
    happened(con, 4, "programme_waiting", "2025-04-01")
    trial = read(con, spec).trial
    assert trial.values[:, trial.names.index("contacts_24m")].tolist() == [1.0, 2.0]
    assert "offers" not in trial.names


def test_a_family_counts_with_its_first_draw(con: duckdb.DuckDBPyConnection, spec: UpliftSpec) -> None:
    happened(con, 1, "programme_waiting", "2025-02-28")
    happened(con, 2, "programme_offered", "2025-07-31")
    trial = read(con, spec).trial
    assert trial.people.tolist() == [1]
    assert trial.offered.tolist() == [False]


def test_a_draw_whose_year_is_not_over_is_not_measured(con: duckdb.DuckDBPyConnection, spec: UpliftSpec) -> None:
    happened(con, 3, "programme_offered", "2025-09-30")
    happened(con, 4, "programme_offered", "2025-10-31")
    assert read(con, spec).trial.people.tolist() == [3]


def test_only_who_may_be_offered_a_place_is_scored(con: duckdb.DuckDBPyConnection, spec: UpliftSpec) -> None:
    happened(con, 3, "early_help", "2026-08-01")
    happened(con, 4, "early_help", "2026-01-01", "2026-03-01")
    happened(con, 5, "early_help", "2026-08-01")
    happened(con, 5, "programme_offered", "2024-01-31")
    happened(con, 6, "programme_waiting", "2026-05-31")
    happened(con, 7, "programme_waiting", "2024-05-31")
    assert read(con, spec).today.people.tolist() == [3, 6]


def test_whoever_no_agency_knew_before_the_draw_is_left_out() -> None:
    draws = pd.DataFrame(
        {"person": [99, 3], "family": [99, 3], "drawn_on": pd.to_datetime(["2025-05-31"] * 2), "offered": [True, False],
         "outcome": [0.0, 1.0]}
    )  # fmt: skip
    assert assemble(draws, MATRICES).people.tolist() == [3]


def test_a_draw_told_late_or_corrected_away_changes_nothing_before(
    con: duckdb.DuckDBPyConnection, spec: UpliftSpec
) -> None:
    con.execute("INSERT INTO event VALUES (3, 'programme_offered', '2025-02-28', NULL, '2026-10-02', NULL)")
    con.execute("INSERT INTO event VALUES (4, 'programme_offered', '2025-02-28', NULL, '2025-03-01', '2025-04-01')")
    assert len(read(con, spec).trial) == 0

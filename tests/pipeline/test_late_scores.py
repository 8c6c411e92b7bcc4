"""Rows that arrive late, at random, change no score of any day before they came, bit for bit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_limits

from analytics.build.again import tables
from analytics.build.facts import inputs
from analytics.features.catalogue import CATALOGUE
from analytics.matrix.load import load
from analytics.matrix.matrix import Matrix
from analytics.matrix.scatter import matrix
from analytics.models.inputs import Job
from analytics.models.scoring import scores_at, train_today
from analytics.models.specs.neet import NEET
from analytics.validation.stand import training_before
from data.home import home
from data.snapshot.reading import current

#: The day of the scores, and the dates that the model of that day learned from.
THEN = date(2025, 10, 1)
DATES = tuple(
    date(year, month, 1) for year in (2023, 2024, 2025) for month in (1, 4, 7, 10) if (year, month) > (2023, 7)
)
FEATURES = tuple(CATALOGUE.values())
#: What happens to many: three hundred families have too few of the cases that our own models are about.
SUSPENDED = replace(
    NEET, name="suspended", outcome=("suspension",), excluded_kinds=("suspension",), ages=(8, 17), least_cases=10
)

# Late rows stand in tables of the connection's own, which hide the snapshot's.
LATE = {
    "event": """
    SELECT e.* REPLACE (coalesce(e.corrected_on, c.came) AS corrected_on)
    FROM snapshot.event e LEFT JOIN put_right c ON c.number = e.event
    UNION ALL
    SELECT e.* REPLACE (e.event + 1000000000 * (a.nth + 1) AS event, p.person AS person, a.came AS known_on,
                        NULL::DATE AS corrected_on)
    FROM arrival a JOIN snapshot.event e ON e.event = a.number JOIN someone p ON p.number = a.other
    """,
    "relationship": """
    SELECT * FROM snapshot.relationship
    UNION ALL
    SELECT DISTINCT r.* REPLACE (p.person AS other, a.came AS known_on, a.came AS end_known_on)
    FROM arrival a JOIN someone o ON o.number = a.number % (SELECT count(*) FROM someone)
    JOIN snapshot.relationship r ON r.person = o.person JOIN someone p ON p.number = a.other AND p.person <> r.person
    """,
    "known_case": """
    SELECT * FROM snapshot.known_case
    UNION ALL
    SELECT p.person, 'cse', a.came - 200, a.came, 'exploitation_service'
    FROM arrival a JOIN someone p ON p.number = a.other
    """,
}
Arrival = tuple[int, int, int]


@pytest.fixture(scope="module")
def snapshot(small_home: Path) -> Path:
    with current(home(small_home)) as served:
        return served.path


def scores(snapshot: Path, arrivals: list[Arrival], put_right: list[Arrival]) -> pd.DataFrame:
    """Scores of `THEN` and of half a year before, by the model that could be trained on `THEN`."""
    with tables(snapshot) as con, threadpool_limits(1):
        arrive(con, arrivals, put_right)
        city = load(con, FEATURES)
        matrices: dict[date, Matrix] = {day: matrix(city, FEATURES, day, (SUSPENDED.ages,)) for day in DATES}
        job = Job.of(SUSPENDED, inputs(con, SUSPENDED, matrices, None))
    return pd.concat(list(scored(job)), ignore_index=True)


def scored(job: Job) -> Iterator[pd.DataFrame]:
    for estimator in ("points", "logistic"):
        final = train_today(job, estimator, training_before(job, THEN))
        for day in (date(2025, 4, 1), THEN):
            yield scores_at(job, final, estimator, day, None)


def arrive(con: duckdb.DuckDBPyConnection, arrivals: list[Arrival], put_right: list[Arrival]) -> None:
    con.execute(
        "CREATE TEMP TABLE someone AS SELECT person, row_number() OVER (ORDER BY person) - 1 AS number FROM person"
    )
    people, events = con.execute("SELECT (SELECT count(*) FROM person), (SELECT max(event) + 1 FROM event)").fetchall()[
        0
    ]
    con.execute("CREATE TEMP TABLE arrival (nth BIGINT, number BIGINT, other BIGINT, came DATE)")
    con.execute("CREATE TEMP TABLE put_right (number BIGINT, came DATE)")
    for nth, (row, other, late) in enumerate(arrivals):
        con.execute(
            "INSERT INTO arrival VALUES (?, ?, ?, ?)", [nth, row % events, other % people, THEN + timedelta(late)]
        )
    for number, late in {row % events: late for row, _, late in put_right}.items():
        con.execute("INSERT INTO put_right VALUES (?, ?)", [number, THEN + timedelta(late)])
    for table, query in LATE.items():
        con.execute(f"CREATE TEMP TABLE {table} AS {query}")


@pytest.fixture(scope="module")
def in_time(snapshot: Path) -> pd.DataFrame:
    """The scores as they are, when nothing came late."""
    return scores(snapshot, [], [])


def test_there_are_scores_that_differ(in_time: pd.DataFrame) -> None:
    assert in_time.groupby(["version", "as_of"])["raw"].nunique().min() >= 5
    assert (in_time["band"] == "heightened").any()


anything = st.lists(
    st.tuples(st.integers(0, 10**7), st.integers(0, 10**5), st.integers(0, 300)), min_size=5, max_size=200
)


@given(anything, anything)
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
def test_rows_that_arrive_or_are_corrected_late_change_no_score_of_the_past(
    snapshot: Path, in_time: pd.DataFrame, arrivals: list[Arrival], put_right: list[Arrival]
) -> None:
    """By the model of the day: what it learned from, its calibration, ranks and bands are as they were."""
    late = scores(snapshot, arrivals, put_right)
    pd.testing.assert_frame_equal(late, in_time, check_exact=True)


def test_rows_known_in_time_do_change_them(snapshot: Path, in_time: pd.DataFrame) -> None:
    """The same arrivals a year earlier: else the test above could not fail."""
    early = [(row * 7919, row * 31, -400) for row in range(200)]
    assert not scores(snapshot, early, early).equals(in_time)

"""From the snapshot's tables to the arrays that the matrix is computed from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from analytics.features.feature import Feature
from analytics.features.scope import SCOPES
from analytics.features.sources import ADDRESS, KNOWN_CASES
from analytics.matrix.around import Ties
from analytics.matrix.cohort import People
from analytics.matrix.guard import OPEN
from analytics.matrix.log import Block, Log, blocks_of, ended_or_open
from analytics.matrix.nil import Books, Feed
from data.sources import SOURCES

Array = NDArray[Any]

# An address counts from the first day that any agency gives it; a month later those who should have heard of it.
ADDRESS_LAG = 31

PEOPLE = "SELECT person, birth_date, death_date FROM person ORDER BY person"
WANTED = """
CREATE OR REPLACE TEMP TABLE wanted_kind AS
SELECT unnest(?::VARCHAR[]) AS kind, unnest(range(?)) AS number, unnest(?::BOOLEAN[]) AS detailed
"""
HAPPENED = f"""
CREATE OR REPLACE TEMP TABLE happened AS
SELECT person, kind, occurred_on, ended_on, known_on, value, detail FROM event SEMI JOIN wanted_kind USING (kind)
UNION ALL
SELECT person, 'known_' || profile, identified_on, NULL, identified_on, NULL, NULL FROM known_case
UNION ALL
SELECT person, '{ADDRESS}', since, NULL, since + {ADDRESS_LAG}, decile, home.postcode
FROM (
    SELECT person, postcode, min(seen_from) AS since FROM person_record JOIN person_link USING (client)
    WHERE postcode IS NOT NULL AND seen_from IS NOT NULL GROUP BY ALL
) home LEFT JOIN neighbourhood n ON n.postcode = home.postcode
"""
DETAIL = """
CREATE OR REPLACE TEMP TABLE wanted_detail AS
SELECT detail, (row_number() OVER (ORDER BY detail) - 1)::INTEGER AS number
FROM (SELECT DISTINCT detail FROM happened JOIN wanted_kind USING (kind) WHERE detailed AND detail IS NOT NULL)
"""
# Every key takes part in the order, so that sums of floats come out the same whatever order the rows were stored in.
EVENTS = """
SELECT k.number::SMALLINT AS kind, person, day(occurred_on) AS occurred, day(ended_on) AS ended,
       day(known_on) AS known, value, coalesce(d.number, -1) AS detail
FROM happened h JOIN wanted_kind k ON k.kind = h.kind
LEFT JOIN wanted_detail d ON d.detail = CASE WHEN k.detailed THEN h.detail END
WHERE occurred_on IS NOT NULL AND known_on IS NOT NULL
ORDER BY k.number, occurred, person, known, ended, value, coalesce(d.number, -1)
"""
TIES = """
SELECT person, other, kind, coalesce(day("from"), day(known_on)) AS since, day("to") AS until, day(known_on) AS known
FROM relationship WHERE list_contains(?, kind) AND known_on IS NOT NULL
ORDER BY person, other, kind, since, until, known
"""
FEEDS = """
SELECT source, day(period_from), day(period_to) FROM source
WHERE period_from IS NOT NULL AND period_to IS NOT NULL ORDER BY source
"""
BOOKS = """
SELECT person, day("from") AS since, day("to") AS until FROM coverage
WHERE source = ? AND "from" IS NOT NULL ORDER BY ALL
"""


@dataclass(frozen=True)
class City:
    """Everything that indicators are computed from."""

    people: People
    log: Log
    ties: Ties
    feeds: dict[str, Feed]


def load(connection: duckdb.DuckDBPyConnection, features: Iterable[Feature]) -> City:
    """Read what ``features`` need from the snapshot's tables, which the connection finds by their plain names.

    ``neighbourhood`` (postcode, decile) may be among them; without it deprivation is not known.
    """
    listed = tuple(features)
    connection.execute("CREATE OR REPLACE TEMP MACRO day(d) AS (d - DATE '1970-01-01')::INTEGER")
    people = _people(connection)
    return City(people, _log(connection, listed, people), _ties(connection, people), _feeds(connection, people))


def fetched(connection: duckdb.DuckDBPyConnection, sql: str, bound: list[Any] | None = None) -> dict[str, Array]:
    """The result's columns as arrays, masked where there are NULLs."""
    columns: dict[str, Any] = connection.execute(sql, bound or []).fetchnumpy()
    return columns


def _people(connection: duckdb.DuckDBPyConnection) -> People:
    rows = fetched(connection, PEOPLE)
    born = _dates(rows["birth_date"])
    died = _dates(rows["death_date"])
    gone = np.where(np.isnat(died), int(OPEN), died.astype(np.int64))
    return People(rows["person"].astype(np.int64), born, gone.astype(np.int32))


def _dates(column: Array) -> NDArray[np.datetime64]:
    days: Array = np.ma.filled(column.astype("datetime64[D]"), np.datetime64("NaT", "D"))
    return days


def _log(connection: duckdb.DuckDBPyConnection, features: tuple[Feature, ...], people: People) -> Log:
    kinds = tuple(sorted({kind for feature in features for kind in feature.kinds} | {ADDRESS} | set(KNOWN_CASES)))
    detailed = {kind for f in features if f.details or f.aggregate == "distinct" for kind in f.kinds}
    connection.execute(WANTED, [list(kinds), len(kinds), [kind in detailed for kind in kinds]])
    _neighbourhood(connection)
    connection.execute(HAPPENED)
    connection.execute(DETAIL)
    details = tuple(row[0] for row in connection.execute("SELECT detail FROM wanted_detail ORDER BY number").fetchall())
    rows = fetched(connection, EVENTS)
    connection.execute("DROP TABLE happened")
    return Log(len(people.ids), _blocks(rows, kinds, people), details)


def _neighbourhood(connection: duckdb.DuckDBPyConnection) -> None:
    """An empty lookup where the city has none."""
    there = connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'neighbourhood'").fetchone()
    if not there:
        connection.execute("CREATE TEMP TABLE neighbourhood (postcode VARCHAR, decile DOUBLE)")


def _blocks(rows: dict[str, Array], kinds: tuple[str, ...], people: People) -> dict[str, Block]:
    person, found = _positions(rows["person"], people)
    columns = {
        "person": person,
        "occurred": rows["occurred"].astype(np.int32),
        "ended": ended_or_open(rows["ended"]),
        "known": rows["known"].astype(np.int32),
        "value": np.ma.filled(rows["value"].astype(float), np.nan),
        "detail": rows["detail"].astype(np.int32),
    }
    return blocks_of(rows["kind"][found], kinds, {name: column[found] for name, column in columns.items()})


def _positions(ids: Array, people: People) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Row numbers of people, and which of them there are."""
    wanted = ids.astype(np.int64)
    if not len(people.ids):
        return np.zeros(len(wanted), np.int32), np.zeros(len(wanted), bool)
    at = np.minimum(np.searchsorted(people.ids, wanted), len(people.ids) - 1)
    return at.astype(np.int32), people.ids[at] == wanted


def _ties(connection: duckdb.DuckDBPyConnection, people: People) -> Ties:
    kinds = tuple(sorted({kind for scope in SCOPES.values() for kind in scope.kinds}))
    rows = fetched(connection, TIES, [list(kinds)])
    person, one = _positions(rows["person"], people)
    other, two = _positions(rows["other"], people)
    kind = np.searchsorted(np.array(kinds), rows["kind"].astype(str)).astype(np.int32)
    days = (rows["since"].astype(np.int32), ended_or_open(rows["until"]), rows["known"].astype(np.int32))
    return Ties(len(people.ids), kinds, *(column[one & two] for column in (person, other, kind, *days)))


def _feeds(connection: duckdb.DuckDBPyConnection, people: People) -> dict[str, Feed]:
    delivered = connection.execute(FEEDS).fetchall()
    return {
        name: Feed(since, until, SOURCES[name].refresh_days, _books(connection, people, name))
        for name, since, until in delivered
        if name in SOURCES
    }


def _books(connection: duckdb.DuckDBPyConnection, people: People, source: str) -> Books | None:
    if SOURCES[source].coverage == "everyone":
        return None
    rows = fetched(connection, BOOKS, [source])
    person, found = _positions(rows["person"], people)
    return Books(person[found], rows["since"].astype(np.int32)[found], ended_or_open(rows["until"])[found])


def period(feeds: dict[str, Feed]) -> tuple[int, int]:
    """First and last day of which the feeds speak. Raises ``ValueError`` when nothing was delivered."""
    if not feeds:
        raise ValueError("no source has delivered anything")
    return min(feed.since for feed in feeds.values()), max(feed.until for feed in feeds.values())



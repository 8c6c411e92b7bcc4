"""From the snapshot's tables to the arrays that the matrix is computed from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from analytics.features.feature import Feature
from analytics.features.scope import SCOPES, Scope
from analytics.features.sources import ADDRESS, KNOWN_CASES
from analytics.matrix.around import Ties
from analytics.matrix.cohort import People
from analytics.matrix.guard import OPEN
from analytics.matrix.log import Log, blocks_of
from analytics.matrix.nil import Books, Feed
from data.sources import SOURCES

Array = NDArray[Any]
Bound = list[Any] | dict[str, Any] | None

# An address counts from the first day that any agency gives it; a month later those who should have heard of it.
ADDRESS_LAG = 31

# People, kinds and details go by number from here on: a name is compared once, not at every event.
NUMBERED = """
CREATE OR REPLACE TEMP TABLE numbered AS
SELECT person, birth_date, death_date, (row_number() OVER (ORDER BY person) - 1)::INTEGER AS number FROM person
"""
PEOPLE = "SELECT person, birth_date, death_date FROM numbered ORDER BY number"
WANTED = """
CREATE OR REPLACE TEMP TABLE wanted_kind AS
SELECT unnest(?::VARCHAR[]) AS kind, unnest(range(?))::SMALLINT AS number, unnest(?::BOOLEAN[]) AS detailed
"""
HAPPENED = f"""
CREATE OR REPLACE TEMP TABLE happened AS
WITH told AS (
    SELECT person, kind, occurred_on, ended_on, known_on, corrected_on, value, detail FROM event
    UNION ALL
    SELECT person, 'known_' || profile, identified_on, NULL, coalesce(known_on, identified_on), NULL, NULL, NULL
    FROM known_case
    UNION ALL
    SELECT person, '{ADDRESS}', since, NULL, since + {ADDRESS_LAG}, NULL, decile, home.postcode
    FROM (
        SELECT person, postcode, min(seen_from) AS since FROM person_record JOIN person_link USING (client)
        WHERE postcode IS NOT NULL AND seen_from IS NOT NULL GROUP BY ALL
    ) home LEFT JOIN neighbourhood n ON n.postcode = home.postcode
)
SELECT k.number AS kind, day(occurred_on) AS occurred, n.number AS person, day(known_on) AS known,
       day(ended_on) AS ended, day(corrected_on) AS corrected, value, CASE WHEN k.detailed THEN detail END AS detail
FROM told JOIN wanted_kind k USING (kind) JOIN numbered n USING (person)
WHERE occurred_on IS NOT NULL AND known_on IS NOT NULL
"""
DETAIL = """
CREATE OR REPLACE TEMP TABLE wanted_detail AS
SELECT detail, (row_number() OVER (ORDER BY detail) - 1)::INTEGER AS number
FROM (SELECT DISTINCT detail FROM happened WHERE detail IS NOT NULL)
"""
# Every key takes part in the order, so that sums of floats come out the same whatever order the rows were stored in; an
# end or a correction, which may be told later, comes last, so that it moves nothing that was known before.
EVENTS = """
SELECT kind, occurred, person, known, ended, corrected, value, coalesce(d.number, -1) AS detail
FROM happened h LEFT JOIN wanted_detail d ON d.detail = h.detail
ORDER BY kind, occurred, person, known, value, coalesce(d.number, -1), ended, corrected
"""
TIES = """
SELECT a.number AS person, b.number AS other, (list_position($kinds, kind) - 1)::INTEGER AS kind,
       coalesce(day("from"), day(known_on)) AS since, day("to") AS until, day(known_on) AS known,
       day(coalesce(end_known_on, "to")) AS told
FROM relationship r JOIN numbered a ON a.person = r.person JOIN numbered b ON b.person = r.other
WHERE list_contains($kinds, kind) AND known_on IS NOT NULL
ORDER BY a.number, b.number, 3, since, until, known, told
"""
FEEDS = """
SELECT source, day(period_from), day(period_to) FROM source
WHERE period_from IS NOT NULL AND period_to IS NOT NULL ORDER BY source
"""
BOOKS = """
SELECT n.number AS person, day("from") AS since, day("to") AS until FROM coverage JOIN numbered n USING (person)
WHERE source = $source AND "from" IS NOT NULL ORDER BY ALL
"""


@dataclass(frozen=True)
class City:
    """Everything that indicators are computed from."""

    people: People
    log: Log
    ties: Ties
    feeds: dict[str, Feed]
    _of_scope: dict[str, Ties] = field(default_factory=dict)

    def ties_of(self, scope: Scope) -> Ties:
        """The relationships of a scope; picked once, asked for at every as-of date."""
        if scope.name not in self._of_scope:
            self._of_scope[scope.name] = self.ties.of(scope)
        return self._of_scope[scope.name]


def load(connection: duckdb.DuckDBPyConnection, features: Iterable[Feature]) -> City:
    """Read what ``features`` need from the snapshot's tables, which the connection finds by their plain names.

    ``neighbourhood`` (postcode, decile) may be among them; without it deprivation is not known.
    """
    listed = tuple(features)
    connection.execute("CREATE OR REPLACE TEMP MACRO day(d) AS (d - DATE '1970-01-01')::INTEGER")
    connection.execute(NUMBERED)
    people = _people(connection)
    log = _log(connection, listed, len(people.ids))
    return City(people, log, _ties(connection, len(people.ids)), _feeds(connection))


def fetched(connection: duckdb.DuckDBPyConnection, sql: str, bound: Bound = None) -> dict[str, Array]:
    """The result's columns as arrays, masked where there are NULLs."""
    columns: dict[str, Any] = connection.execute(sql, bound or []).fetchnumpy()
    return columns


def _people(connection: duckdb.DuckDBPyConnection) -> People:
    rows = fetched(connection, PEOPLE)
    died = _dates(rows["death_date"])
    gone = np.where(np.isnat(died), int(OPEN), died.astype(np.int64))
    return People(rows["person"].astype(np.int64), _dates(rows["birth_date"]), gone.astype(np.int32))


def _dates(column: Array) -> NDArray[np.datetime64]:
    days: Array = np.ma.filled(column.astype("datetime64[D]"), np.datetime64("NaT", "D"))
    return days


def _log(connection: duckdb.DuckDBPyConnection, features: tuple[Feature, ...], people: int) -> Log:
    kinds = tuple(sorted({kind for feature in features for kind in feature.kinds} | {ADDRESS} | set(KNOWN_CASES)))
    detailed = {kind for f in features if f.details or f.aggregate == "distinct" for kind in f.kinds}
    connection.execute(WANTED, [list(kinds), len(kinds), [kind in detailed for kind in kinds]])
    _neighbourhood(connection)
    connection.execute(HAPPENED)
    connection.execute(DETAIL)
    details = tuple(row[0] for row in connection.execute("SELECT detail FROM wanted_detail ORDER BY number").fetchall())
    rows = fetched(connection, EVENTS)
    connection.execute("DROP TABLE happened")
    columns = {
        name: _filled(rows[name], OPEN) for name in ("person", "occurred", "known", "ended", "corrected", "detail")
    }
    value = _filled(rows["value"], np.nan)
    return Log(people, blocks_of(rows["kind"], kinds, columns | {"value": value.astype(float)}), details)


def _neighbourhood(connection: duckdb.DuckDBPyConnection) -> None:
    """An empty lookup where the city has none."""
    there = connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'neighbourhood'").fetchone()
    if not there:
        connection.execute("CREATE TEMP TABLE neighbourhood (postcode VARCHAR, decile DOUBLE)")


def _filled(column: Array, absent: float | np.int32) -> Array:
    """A fetched column with ``absent`` for NULL."""
    plain: Array = np.ma.filled(column, absent)
    return plain


def _ties(connection: duckdb.DuckDBPyConnection, people: int) -> Ties:
    kinds = tuple(sorted({kind for scope in SCOPES.values() for kind in scope.kinds}))
    rows = fetched(connection, TIES, {"kinds": list(kinds)})
    columns = (_filled(rows[name], OPEN) for name in ("person", "other", "kind", "since", "until", "known", "told"))
    return Ties(people, kinds, *columns)


def _feeds(connection: duckdb.DuckDBPyConnection) -> dict[str, Feed]:
    delivered = connection.execute(FEEDS).fetchall()
    return {
        name: Feed(since, until, SOURCES[name].refresh_days, _books(connection, name))
        for name, since, until in delivered
        if name in SOURCES
    }


def _books(connection: duckdb.DuckDBPyConnection, source: str) -> Books | None:
    if SOURCES[source].coverage == "everyone":
        return None
    rows = fetched(connection, BOOKS, {"source": source})
    return Books(rows["person"], rows["since"], _filled(rows["until"], OPEN))

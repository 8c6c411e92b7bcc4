"""From a model's look back to rows of the snapshot: the children, what was known of each, and their common pattern."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from datetime import date

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.labels import not_yet_identified
from analytics.matrix.guard import Guard
from analytics.missed.pattern import BOOKS, HEARD, Sides, pattern
from analytics.models.hindsight import YEAR, Hindsight
from analytics.models.inputs import Inputs
from analytics.models.measure import age_band, ages
from analytics.models.result import ModelResult
from data.snapshot.tables import LOOKED_BACK, LOOKED_BACK_VALUE, MISSED_PATTERN, Table

#: As long as most indicators look back.
HEARD_DAYS = 730
LETTERS = 10
_OPEN_BOOKS = """
SELECT DISTINCT source, person FROM coverage
WHERE "from" <= $as_of AND ("to" IS NULL OR "to" >= $as_of) ORDER BY ALL
"""


def tables(con: duckdb.DuckDBPyConnection, result: ModelResult, given: Inputs) -> Iterator[tuple[Table, pd.DataFrame]]:
    """Each table with its rows; none for a model that was not measured. ``con`` finds the snapshot's plain tables."""
    back = result.hindsight
    if back is None:
        return
    model, case = result.spec.name, codes(result.spec.name, back.people)
    yield LOOKED_BACK, _cases(result, back, case)
    yield LOOKED_BACK_VALUE, _values(model, back, case, result.names)
    yield MISSED_PATTERN, _pattern(con, result, back, given)


def codes(model: str, people: NDArray[np.int64]) -> list[str]:
    """Ten letters a child, the same in every build, that don't tell who it is to whoever can't look people up."""
    digests = (hashlib.sha256(f"{model}|{person}".encode()).digest() for person in people.tolist())
    return [base64.b32encode(digest).decode()[:LETTERS] for digest in digests]


def _cases(result: ModelResult, back: Hindsight, case: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "model": result.spec.name,
            "version": result.version,
            "case": case,
            "person": back.people,
            "as_of": np.datetime64(back.as_of, "s"),
            "identified_on": back.identified_on.astype("datetime64[s]"),
            "phase": back.phase,
            "rank": back.rank,
            "ranked": back.ranked,
            "places": back.places,
            "listed": back.listed,
        },
        columns=list(LOOKED_BACK.names()),
    )


def _values(model: str, back: Hindsight, case: list[str], names: tuple[str, ...]) -> pd.DataFrame:
    n, m = back.values.shape
    return pd.DataFrame(
        {
            "model": model,
            "case": np.repeat(np.array(case, dtype=object), m),
            "indicator": np.tile(np.array(names, dtype=object), n),
            "value": back.values.ravel(),
            "amount": back.amounts.ravel().astype(float),
        },
        columns=list(LOOKED_BACK_VALUE.names()),
    )


def _pattern(con: duckdb.DuckDBPyConnection, result: ModelResult, back: Hindsight, given: Inputs) -> pd.DataFrame:
    """The year measured alone: whom the gap found first, and whom nobody had found by its end, is another question."""
    matrix = given.matrices[back.as_of].select(result.names)
    matrix = matrix.rows(not_yet_identified(given.known, matrix.people, back.as_of))
    people, year = matrix.people, back.phase == YEAR
    sides = Sides(
        missed=np.isin(people, back.people[year & ~back.listed]),
        found=np.isin(people, back.people[year & back.listed]),
        others=~np.isin(people, back.people),
    )
    groups = {name: group.get(people) for name, group in given.groups.items()}
    if given.born is not None:
        groups["age"] = age_band(ages(given.born, people, back.as_of))
    told = {HEARD: _heard(con, back.as_of, people), BOOKS: _by_source(con, people, _OPEN_BOOKS, {"as_of": back.as_of})}
    return pattern(result.spec.name, sides, matrix.values, given.directions, result.names, told, groups)


def _heard(con: duckdb.DuckDBPyConnection, as_of: date, people: NDArray[np.int64]) -> dict[str, NDArray[np.bool_]]:
    """Source -> of which children it had told something that happened in the two years before ``as_of``."""
    stands, bound = Guard(as_of).stands_sql("e")
    query = f"""
    SELECT DISTINCT e.source, e.person FROM event e
    WHERE {stands} AND e.occurred_on >= ?::DATE - INTERVAL {HEARD_DAYS} DAY ORDER BY ALL
    """
    return _by_source(con, people, query, [*bound, as_of])


def _by_source(
    con: duckdb.DuckDBPyConnection, people: NDArray[np.int64], query: str, bound: dict[str, date] | list[date]
) -> dict[str, NDArray[np.bool_]]:
    found = con.execute(query, bound).df().dropna()
    return {
        str(source): np.isin(people, rows["person"].to_numpy(np.int64))
        for source, rows in found.groupby("source", sort=True)
    }

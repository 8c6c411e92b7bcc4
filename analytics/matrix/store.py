"""Matrices as the snapshot keeps them: long, only what is not nil, and back again without loss.

What an absent row means follows from the indicator: 0 where absence is nil, not known elsewhere. So 0 is left out of
the first kind and NaN of the second. Everybody in the cohort has an age, so that nobody is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.features.feature import Feature
from analytics.matrix.load import fetched
from analytics.matrix.matrix import Matrix

# A data frame's NaN reaches DuckDB as NULL.
INSERT = """
INSERT INTO {table}
SELECT person, ?::DATE, name, coalesce(value, 'nan'::FLOAT) FROM long_indicator JOIN indicator_name USING (number)
ORDER BY person, number
"""
PEOPLE = "SELECT DISTINCT person FROM {table} WHERE as_of = ? ORDER BY person"
VALUES = "SELECT person, indicator, value FROM {table} WHERE as_of = ? ORDER BY person, indicator"


def long(matrix: Matrix, features: Sequence[Feature]) -> pd.DataFrame:
    """``person``, ``number`` (of the indicator's column) and ``value`` of everything that absence would not say."""
    rows, columns = np.nonzero(~_says_nothing(matrix.values, features))
    values = matrix.values[rows, columns]
    return pd.DataFrame({"person": matrix.people[rows], "number": columns.astype(np.int32), "value": values})


def _says_nothing(values: NDArray[np.float32], features: Sequence[Feature]) -> NDArray[np.bool_]:
    nil = np.array([feature.absent_is_nil for feature in features])
    return np.where(nil, values == 0, np.isnan(values))


def write(
    connection: duckdb.DuckDBPyConnection, matrix: Matrix, features: Sequence[Feature], table: str = "indicator_value"
) -> int:
    """Append ``matrix`` to the long table; the number of rows written."""
    frame = long(matrix, features)
    names = pd.DataFrame({"number": np.arange(len(features), dtype=np.int32), "name": [f.name for f in features]})
    connection.register("long_indicator", frame)
    connection.register("indicator_name", names)
    connection.execute(INSERT.format(table=table), [matrix.as_of])
    connection.unregister("long_indicator")
    connection.unregister("indicator_name")
    return len(frame)


def read(
    connection: duckdb.DuckDBPyConnection, as_of: date, features: Sequence[Feature], table: str = "indicator_value"
) -> Matrix:
    """The matrix that was written for ``as_of``, of these indicators."""
    people: NDArray[np.int64] = fetched(connection, PEOPLE.format(table=table), [as_of])["person"].astype(np.int64)
    rows = fetched(connection, VALUES.format(table=table), [as_of])
    absent = np.array([0.0 if feature.absent_is_nil else np.nan for feature in features], np.float32)
    values = np.tile(absent, (len(people), 1))
    number = {feature.name: i for i, feature in enumerate(features)}
    column = pd.Series(rows["indicator"], dtype=object).map(number).to_numpy(float)
    ours = ~np.isnan(column)
    at = np.searchsorted(people, rows["person"].astype(np.int64)[ours])
    values[at, column[ours].astype(int)] = np.ma.getdata(rows["value"])[ours]
    return Matrix(people, as_of, tuple(feature.name for feature in features), values)

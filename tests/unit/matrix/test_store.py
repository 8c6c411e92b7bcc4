"""Matrices in the snapshot: long, only what is not nil, and back without loss."""

from __future__ import annotations

from datetime import date

import duckdb
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics.features.catalogue import CATALOGUE
from analytics.matrix import store
from analytics.matrix.matrix import Matrix
from data.snapshot.tables import INDICATOR_VALUE

FEATURES = tuple(CATALOGUE.values())
AS_OF = date(2025, 1, 1)
AGE = [feature.name for feature in FEATURES].index("age")


@settings(max_examples=30, deadline=None)
@given(arrays(np.float32, (5, len(FEATURES)), elements=st.sampled_from([0.0, 1.0, 2.5, -3.0, float("nan")])))
def test_what_is_written_is_read_back_exactly(values: np.ndarray) -> None:
    values[:, AGE] = [10, 11, 12, 13, 17]
    one = Matrix(np.array([3, 5, 2**52, 2**52 + 1, 2**53 - 1]), AS_OF, tuple(f.name for f in FEATURES), values)
    con = duckdb.connect()
    con.execute(INDICATOR_VALUE.ddl())
    store.write(con, one, FEATURES)
    back = store.read(con, AS_OF, FEATURES)
    np.testing.assert_array_equal(back.values, one.values)
    np.testing.assert_array_equal(back.people, one.people)


def test_nil_takes_no_row_and_not_known_is_said() -> None:
    features = (CATALOGUE["age"], CATALOGUE["missing_12m"], CATALOGUE["missing_since"])
    values = np.array([[12, 0, np.nan], [13, np.nan, np.nan], [14, 2, 5]], np.float32)
    con = duckdb.connect()
    con.execute(INDICATOR_VALUE.ddl())
    store.write(con, Matrix(np.array([1, 2, 3]), AS_OF, tuple(f.name for f in features), values), features)
    told = con.execute(
        "SELECT person, indicator, value FROM indicator_value WHERE indicator <> 'age' ORDER BY ALL"
    ).fetchall()
    assert [(person, name, str(value)) for person, name, value in told] == [
        (2, "missing_12m", "nan"), (3, "missing_12m", "2.0"), (3, "missing_since", "5.0"),
    ]  # fmt: skip

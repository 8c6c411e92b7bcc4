"""Work side by side is written in one order, whoever is ready first; what fails holds nobody up."""

from __future__ import annotations

from functools import partial
from threading import Event

import duckdb
import pytest

from data.lanes import Turn, in_lanes


def step(name: str, begin: Event | None, said: Event | None, con: duckdb.DuckDBPyConnection, turn: Turn) -> str:
    """Waits for ``begin``, says that it is ready, then writes its name when its turn comes."""
    if begin is not None:
        assert begin.wait(10)
    if said is not None:
        said.set()
    with turn:
        con.execute("INSERT INTO written VALUES (?)", [name])
    return name.upper()


def test_who_is_ready_first_waits_for_their_turn() -> None:
    with duckdb.connect() as con:
        con.execute("CREATE TABLE written (name VARCHAR)")
        second_is_ready = Event()
        steps = [("a", partial(step, "a", second_is_ready, None)), ("b", partial(step, "b", None, second_is_ready))]
        assert list(in_lanes(steps, con.cursor)) == [("a", "A"), ("b", "B")]
        assert con.execute("SELECT name FROM written ORDER BY rowid").fetchall() == [("a",), ("b",)]


def test_the_first_error_is_raised_and_the_others_end() -> None:
    def broken(con: duckdb.DuckDBPyConnection, turn: Turn) -> None:
        raise ValueError("no such file")

    with duckdb.connect() as con:
        con.execute("CREATE TABLE written (name VARCHAR)")
        with pytest.raises(ValueError, match="no such file"):
            list(in_lanes([("a", broken), ("b", partial(step, "b", None, None))], con.cursor))
        assert con.execute("SELECT name FROM written").fetchall() == [("b",)]

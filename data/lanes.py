"""Work side by side whose results are to be written in one order, whoever is ready first.

Each step computes in a lane of its own and waits for its turn to write, so that the same input gives the same rows in
the same order on any machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from types import TracebackType
from typing import Any, Self

import duckdb

#: As many as fit into the memory that a build may take.
LANES = 2


class Turn:
    """``with turn:`` waits until the step before has left its own."""

    def __init__(self, before: Turn | None) -> None:
        self._before = before
        self.over = Event()

    def __enter__(self) -> Self:
        if self._before is not None:
            self._before.over.wait()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.over.set()


#: Given a cursor and its turn: does its work, writes within the turn, and says what came of it.
Step = Callable[[duckdb.DuckDBPyConnection, Turn], Any]


def in_lanes(
    steps: Iterable[tuple[str, Step]], cursor: Callable[[], duckdb.DuckDBPyConnection], lanes: int = LANES
) -> Iterator[tuple[str, Any]]:
    """What each of ``steps`` says, by its name, in their order; each begins as soon as it is given and a lane is free.

    The first error in that order is raised, once all have stopped.
    """
    with ThreadPoolExecutor(max_workers=lanes) as workers:
        said: list[tuple[str, Future[Any]]] = []
        turn: Turn | None = None
        for name, step in steps:
            turn = Turn(turn)
            said.append((name, workers.submit(_done, step, cursor(), turn)))
        for name, each in said:
            yield name, each.result()


def _done(step: Step, cursor: duckdb.DuckDBPyConnection, turn: Turn) -> Any:
    """A step that fails before its turn lets the next go on, which would wait for ever."""
    try:
        with cursor:
            return step(cursor, turn)
    finally:
        with turn:
            pass

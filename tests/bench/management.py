"""The managers' pages on the server, view by view: first seen, seen again, and a filter changed, over the full city.

Serves ``KINSIGHT_HOME``, with a few hundred made-up allocations. *First*: nobody has asked for the view since the
snapshot was opened; the tables that it is counted from are there, as they are once a server has started. 95th
percentiles of the others. A filter here runs the whole page again, frame and all; a reader's runs its fragment alone.
On a busy machine only the processors' seconds tell.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from data.access.gate import checked_entry, session
from data.access.roles import Permission
from data.home import home
from data.journal.accounts import offer_demonstration
from data.journal.casework import allocate, follow_up
from data.journal.journal import journal_of
from data.snapshot.reading import current, warm
from pages.entry.registry import declared
from tests.browser.walk import FIGURES
from tests.opening import app_at

ROUNDS, SCRIPT, FILTER = 10, 0.5, 0.3
#: Children alike are sought for hundreds of allocations at once: seldom, and the page says what it is doing.
FIRST = {"tool-outcomes What followed": 1.5}
READER, ALLOCATED = "demo.manager", 300
#: The view that opens first, the key of the views' control, and a box with the choices that are made in it, by page.
PAGES = {
    "caseload": ("Over time", "caseload_view", "caseload_area"),
    "picture": ("Need by ward", "picture_view", "picture_area"),
    "planning": ("Key workers", "planning_view", "planning_area"),
    "tool-outcomes": ("What came of it", "tool_view", "tool_team"),
}


def bench() -> Iterator[tuple[str, bool]]:
    """What is counted once a snapshot, then every view of every page."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KINSIGHT_JOURNAL"] = f"sqlite:///{Path(folder) / 'journal.sqlite'}"
        with current(home()) as snapshot:
            offer_demonstration(journal_of(home()), snapshot)
            # A server has imported its pages, which declare these tables, before it works them out.
            declared()
            began = time.process_time()
            warm(home())
            took = time.process_time() - began
            yield f"tables derived when a snapshot is first opened: {took:.1f} s of processors", True
        _allocate()
        # The first page of a process imports what draws it.
        app_at("caseload", READER, {}).run(timeout=600)
        for path, (first, key, box) in PAGES.items():
            for view in (first, *FIGURES[path][1]):
                yield from _view(path, key, view, box)


def _view(path: str, key: str, view: str, box: str) -> Iterator[tuple[str, bool]]:
    st.cache_data.clear()
    st.cache_resource.clear()
    app, name = app_at(path, READER, {key: view}), f"{path} {view}"
    yield _told(f"{name}: first", lambda: app.run(timeout=600), FIRST.get(name, SCRIPT), 1)
    yield _told(f"{name}: script", app.run, SCRIPT)
    if choose := _filters(app, box):
        yield _told(f"{name}: filter", choose, FILTER)


def _filters(app: Any, key: str) -> Callable[[], Any] | None:
    """Each call makes another choice; None where the view has nothing to choose."""
    turn = iter(range(10_000))
    boxes = [one.key for one in app.selectbox] + [one.key for one in app.number_input]
    if key not in boxes and "planning_list_workers" not in boxes:
        return None

    def choose() -> Any:
        at = next(turn)
        if key not in boxes:
            return app.number_input(key="planning_list_workers").set_value(5 + at).run()
        offered = app.selectbox(key=key).options
        return app.selectbox(key=key).select_index((at + 1) % len(offered)).run()

    return choose


def _allocate() -> None:
    """Every third child of the highest scores, some months ago, to one key worker or another."""
    with session(home(), READER, "Allocating work") as one:
        rows = one.cursor.execute(
            "SELECT person, model, as_of FROM score WHERE band = 'heightened' AND person % 3 = 0 "
            "ORDER BY as_of DESC, model, rank LIMIT $most",
            {"most": ALLOCATED},
        ).fetchall()
        for at, (person, model, day) in enumerate(rows):
            began = (day - timedelta(days=150 + 90 * (at % 4))).isoformat()
            to = ("demo.north", "demo.central", READER)[at % 3]
            entry = checked_entry(one, Permission.ALLOCATE, [person])
            number = allocate(one.journal, person, to, began, "Direct work", entry, None, model)
            if at % 2:
                entry = checked_entry(one, Permission.FOLLOW_UP, [person])
                follow_up(one.journal, number, "accepted help", began, "", None, entry)


def _told(what: str, run: Callable[[], Any], promised: float, rounds: int = ROUNDS) -> tuple[str, bool]:
    seconds = []
    for _ in range(rounds):
        began, worked = time.perf_counter(), time.process_time()
        run()
        seconds.append((time.perf_counter() - began, time.process_time() - worked))
    clock, busy = np.quantile(np.array(seconds), 0.95, axis=0)
    return f"{what} {clock:.2f} s, promised {promised}; {busy:.2f} s of processors", bool(clock <= promised)

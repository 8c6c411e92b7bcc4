"""The caseload on the server, view by view: a script run, and a filter changed, over the full city. 95th percentiles.

Serves ``KINSIGHT_HOME``. A filter here runs the whole page again, frame and all; a reader's runs its fragment alone.
On a busy machine only the processors' seconds tell.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from analytics.management.cells import cells
from data.access.gate import session
from data.home import home
from data.journal.accounts import offer_demonstration
from data.journal.journal import journal_of
from data.snapshot.reading import current, warm
from pages.management.caseload import VIEWS
from tests.opening import app_at

ROUNDS, SCRIPT, FILTER, COUNTED = 10, 0.5, 0.3, 3.0
READER = "demo.manager"
AREAS, AGES = ("North", "Central", "South", ""), ("10 to 15", "", "5 to 9", "16 and 17")


def bench() -> Iterator[tuple[str, bool]]:
    """What is counted once a snapshot, then every view."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KINSIGHT_JOURNAL"] = f"sqlite:///{Path(folder) / 'journal.sqlite'}"
        with current(home()) as snapshot:
            offer_demonstration(journal_of(home()), snapshot)
            began = time.process_time()
            warm(home())
            yield (
                f"tables derived when a snapshot is first opened: {time.process_time() - began:.1f} s of processors",
                True,
            )
        yield _counted()
        app = app_at("caseload", READER, {}).run(timeout=600)
        for view in VIEWS:
            app.segmented_control(key="caseload_view").set_value(view).run()
            yield _told(f"{view}: script", app.run, SCRIPT)
            yield _told(f"{view}: filter", _filters(app), FILTER)


def _counted() -> tuple[str, bool]:
    with session(home(), READER) as one:
        began, worked = time.perf_counter(), time.process_time()
        found = cells(one)
        took, cpu = time.perf_counter() - began, time.process_time() - worked
    return (
        f"{len(found.rows):,} cells counted: {took:.2f} s, {cpu:.2f} of processors, promised {COUNTED}",
        cpu <= COUNTED,
    )


def _filters(app: Any) -> Callable[[], Any]:
    """Each call chooses another area and another age."""
    turn = iter(range(10_000))

    def choose() -> Any:
        at = next(turn)
        app.selectbox(key="caseload_age").set_value(AGES[at // 2 % 4])
        return app.selectbox(key="caseload_area").set_value(AREAS[at % 4]).run()

    return choose


def _told(what: str, run: Callable[[], Any], promised: float) -> tuple[str, bool]:
    seconds = []
    for _ in range(ROUNDS):
        began, worked = time.perf_counter(), time.process_time()
        run()
        seconds.append((time.perf_counter() - began, time.process_time() - worked))
    clock, busy = np.quantile(np.array(seconds), 0.95, axis=0)
    return f"{what} {clock:.2f} s, promised {promised}; {busy:.2f} s of processors", bool(clock <= promised)

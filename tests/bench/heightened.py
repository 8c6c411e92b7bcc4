"""The list, Home and what else a reader works through, on the server, over the full city. 95th percentiles of rounds.

Serves ``KINSIGHT_HOME``. A journal of its own holds some hundred allocations and twenty watched people.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from analytics.casework.allocations import allocated
from analytics.casework.heightened import NOTHING, WAITING, Filters, ranked
from analytics.casework.stepping_down import stepping_down
from analytics.casework.watching import watched
from analytics.casework.whats_new import whats_new
from data.access.gate import Session, session
from data.access.standing import shown_models
from data.home import home
from data.journal.accounts import offer_demonstration
from data.journal.casework import allocate, watch
from data.journal.journal import Entry, Journal, journal_of
from data.snapshot.reading import Snapshot, current

ROUNDS, READER, PURPOSE = 20, "demo.north", "Allocated case"
HOME, LIST = 0.3, 0.4
_NORTH = """
SELECT person FROM score JOIN person USING (person) JOIN ward USING (ward)
WHERE model = $model AND as_of = $today AND band <> 'lower' AND area = 'North' ORDER BY rank, person LIMIT 100
"""


def bench() -> Iterator[tuple[str, bool]]:
    """Each as its page asks for it, with the promise that it is held to."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KINSIGHT_JOURNAL"] = f"sqlite:///{Path(folder) / 'journal.sqlite'}"
        with current(home()) as snapshot:
            journal = journal_of(home())
            offer_demonstration(journal, snapshot)
            models = shown_models(journal, snapshot)
            if not models:
                yield "no model may be shown here, so there is no list to measure", True
                return
            _work(journal, snapshot, models[-1])
        for name, promised, ask in _asked(models):
            seconds = _p95(ask)
            yield f"{name}: {seconds:.3f} s, promised {promised}", seconds <= promised


def _asked(models: list[str]) -> list[tuple[str, float, Callable[[Session], Any]]]:
    last = models[-1]
    narrow = Filters(allocated=WAITING, new_only=True, sexes=("F",), kinds=(NOTHING, "early_help"))
    return [
        ("what is new on Home", HOME, whats_new),
        (f"list of {last}", LIST, lambda one: ranked(one, last)),
        (f"list of {last}, four filters", LIST, lambda one: ranked(one, last, narrow)),
        ("allocations", LIST, allocated),
        ("people watched", LIST, watched),
        ("step-down", LIST, lambda one: stepping_down(one, models)),
    ]


def _work(journal: Journal, snapshot: Snapshot, model: str) -> None:
    """A hundred people allocated, twenty of them watched."""
    with snapshot.cursor() as cursor:
        rows = cursor.execute(_NORTH, {"model": model, "today": snapshot.today}).fetchall()
    for number, (person,) in enumerate(rows):
        entry = Entry(READER, "lead_professional", "allocate", (person,), snapshot=snapshot.id)
        allocate(journal, person, READER, date(2026, 9, 1).isoformat(), "Direct work", entry, "2026-09-15", model)
        if number < 20:
            watch(journal, person, "to measure", "2999-01-01", entry)


def _p95(ask: Callable[[Session], Any]) -> float:
    seconds = []
    for _ in range(ROUNDS):
        with session(home(), READER, PURPOSE) as one:
            began = time.perf_counter()
            ask(one)
            seconds.append(time.perf_counter() - began)
    return round(float(np.quantile(seconds, 0.95)), 3)

"""How long the person's page takes on the server: 200 random people, tab by tab, each person's first visit to it.

Serves ``KINSIGHT_HOME`` (the full city, to mean anything). Seconds of the whole script, frame, gate and log included,
by the clock and of the processors.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from data.access.gate import session
from data.home import home
from data.journal.accounts import offer_demonstration
from data.journal.journal import journal_of
from data.snapshot.reading import current
from pages.casework.person import TABS
from tests.opening import app_at

PEOPLE, PROMISED, ACCOUNT = 200, 0.4, "demo.north"


def bench(count: int = PEOPLE) -> Iterator[tuple[str, bool]]:
    """The 95th percentile of each tab."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KINSIGHT_JOURNAL"] = f"sqlite:///{Path(folder) / 'journal.sqlite'}"
        people = _people(count)
        # The first page of a process imports everything.
        _opened(people[0], next(iter(TABS)))
        for tab in TABS:
            taken = np.array([_opened(person, tab) for person in people])
            (slow, usual), (busy, half) = (np.quantile(taken[:, at], (0.95, 0.5)) for at in (0, 1))
            said = f"{tab}: {slow:.3f} s of {count} people (half of them under {usual:.3f}), promised {PROMISED}"
            yield f"{said}; of processors {busy:.3f} s (half under {half:.3f})", bool(slow <= PROMISED)


def _people(count: int) -> list[int]:
    """Random people whom the account may see."""
    with current(home()) as snapshot:
        offer_demonstration(journal_of(home()), snapshot)
        with session(home(), ACCOUNT) as opened, snapshot.cursor() as cursor:
            everybody = [row[0] for row in cursor.execute("SELECT person FROM person ORDER BY person").fetchall()]
            seen = opened.visible(opened.reader, everybody)
    return random.Random(7).sample(sorted(seen), count)


def _opened(person: int, tab: str) -> tuple[float, float]:
    """Seconds of the clock, and of the processors: on a machine that others use the clock counts their work too."""
    app = app_at("person", ACCOUNT, {"chosen_person": person, f"person_tab_{person}": tab})
    began, used = time.perf_counter(), time.process_time()
    app.run()
    seconds = time.perf_counter() - began, time.process_time() - used
    if app.exception or app.warning:
        raise RuntimeError(f"the tab {tab} failed")
    return seconds

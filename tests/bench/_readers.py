"""Whom the benches of casework look at: random people within a demonstration account's right."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import numpy as np

from data.access.gate import Session
from data.access.session import session
from data.home import home
from data.journal.accounts import offer_demonstration
from data.journal.journal import journal_of
from data.snapshot.reading import current

ACCOUNT, PURPOSE = "demo.north", "Allocated case"


def children(query: str, count: int, **bound: object) -> list[int]:
    """So many of the people whom ``query`` gives and the account may see; the same ones every time."""
    with current(home()) as snapshot:
        offer_demonstration(journal_of(home()), snapshot)
        with session(home(), ACCOUNT) as opened, snapshot.cursor() as cursor:
            found = [row[0] for row in cursor.execute(query, bound).fetchall()]
            seen = sorted(opened.visible(opened.reader, found))
    return random.Random(7).sample(seen, min(count, len(seen)))


def each(people: list[int], timed: Callable[[Session, int], float]) -> np.ndarray:
    """Seconds of each person, by the clock and of the processors, float64[n, 2]; every one a script run of its own."""
    out = []
    for person in people:
        with session(home(), ACCOUNT, PURPOSE) as opened:
            began = time.process_time()
            seconds = timed(opened, person)
            out.append((seconds, time.process_time() - began))
    return np.array(out)


def told(what: str, seconds: np.ndarray, promised: float) -> tuple[str, bool]:
    """A line, and whether the promise was kept at the 95th percentile. On a busy machine only the processors' tell."""
    slow, usual = (float(np.quantile(seconds[:, 0], share)) for share in (0.95, 0.5))
    busy = float(np.quantile(seconds[:, 1], 0.95))
    words = f"{what}: {1000 * slow:.0f} ms of {len(seconds)} people (half of them under {1000 * usual:.0f})"
    return f"{words}, promised {1000 * promised:.0f}; {1000 * busy:.0f} ms of processors", slow <= promised

"""How far forecasts of demand have erred: made again from 18 months of the past, for every series of ``KINSIGHT_HOME``.

Promised: 10 series or more, 18 origins, intervals that hold within ten points of what they say, less error than telling
the same month of last year; counting, forecasting and trying it on the past in less than 3 s of processors.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator

import numpy as np

from analytics.management.demand import Demand, demand
from analytics.management.forecast import LEVEL, YEAR
from data.access.session import session
from data.home import home
from data.journal.accounts import offer_demonstration
from data.journal.journal import journal_of
from data.snapshot.reading import current

SERIES, ORIGINS, WITHIN, SECONDS = 10, 18, 0.1, 3.0


def bench() -> Iterator[tuple[str, bool]]:
    """One line a promise, and one a series."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KINSIGHT_JOURNAL"] = f"sqlite:///{folder}/journal.sqlite"
        with current(home()) as snapshot:
            offer_demonstration(journal_of(home()), snapshot)
        with session(home(), "demo.manager") as opened:
            began = time.process_time()
            found = demand(opened)
            seconds = time.process_time() - began
    yield f"counted, forecast and tried in {seconds:.1f} s of processors, promised {SECONDS:.0f}", seconds <= SECONDS
    yield from _promises(found)


def _promises(found: Demand) -> Iterator[tuple[str, bool]]:
    tested = found.tested
    if tested is None:
        yield "too few months to try forecasts on the past", False
        return
    words = f"{len(found.of)} series, promised {SERIES}; {tested.origins} origins, promised {ORIGINS}"
    yield f"{words}; {YEAR} months ahead each", (len(found.of) >= SERIES and tested.origins >= ORIGINS)
    coverage = tested.coverage
    yield (
        f"{coverage:.1%} inside the {LEVEL:.0%} interval, promised within {WITHIN:.0%} of it",
        abs(coverage - LEVEL) <= WITHIN,
    )
    ratio = tested.against_last_year
    yield (
        f"error {ratio:.2f} of last year's month, promised less than 1; MASE {np.mean(tested.mase):.2f}",
        ratio < 1,
    )
    for at, (kind, area) in enumerate(found.of):
        inside = float(np.nanmean(tested.inside[:, :, at]))
        mine, naive = tested.mase[at], tested.mase_of_last_year[at]
        yield f"{kind}, {area}: MASE {mine:.2f}, last year's {naive:.2f}, {inside:.0%} inside", True

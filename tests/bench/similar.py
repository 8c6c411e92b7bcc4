"""How long similar cases take on the server: the known cases nearest to a child, what came next, the nearest children.

Serves ``KINSIGHT_HOME`` (the full city, to mean anything): 200 random children, as the lead professional of an area.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator

import numpy as np

from analytics.casework import similar
from analytics.casework.afterwards import NEAREST, afterwards
from analytics.casework.space import space, warm
from analytics.casework.weighing import PLAIN, Wishes, near_cases
from analytics.models.specs import MODEL, SPECS
from data.access.gate import Session
from data.access.session import session
from data.home import home
from tests.bench._readers import ACCOUNT, PURPOSE, children, each, told

PEOPLE, PROMISED, FIRST = 200, 0.1, 0.5
OWN = Wishes((("School", 2.0), ("Parents", 0.5)), ("missing_12m",))
_CHILDREN = """
SELECT person FROM indicator_value
WHERE indicator = 'age' AND as_of = (SELECT max(as_of) FROM indicator_value) AND value BETWEEN $youngest AND $oldest
ORDER BY person
"""


def bench() -> Iterator[tuple[str, bool]]:
    """The 95th percentile of each part, and what the first reader of a process waits for."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KINSIGHT_JOURNAL"] = f"sqlite:///{folder}/journal.sqlite"
        warm(home())
        youngest, oldest = SPECS[MODEL].ages
        people = children(_CHILDREN, PEOPLE, youngest=youngest, oldest=oldest)
        first = _first()
        yield f"the first reader of a process: {first:.2f} s, promised {FIRST}", first <= FIRST
        yield told("similar cases of a child", each(people, lambda s, person: _cases(s, person, PLAIN)), PROMISED)
        _warm_weights(people[0])
        yield told("by one's own weights", each(people, lambda s, person: _cases(s, person, OWN)), PROMISED)
        yield told("what happened next", each(people, _next), PROMISED)
        yield told("children most like a child", each(people, _children), PROMISED)


def _first() -> float:
    with session(home(), ACCOUNT, PURPOSE) as opened:
        began = time.perf_counter()
        space(opened, MODEL)
        return time.perf_counter() - began


def _warm_weights(person: int) -> None:
    with session(home(), ACCOUNT, PURPOSE) as opened:
        _cases(opened, person, OWN)


def _cases(opened: Session, person: int, wishes: Wishes) -> float:
    began = time.perf_counter()
    held = space(opened, MODEL)
    row = similar.row_of(opened, MODEL, person)
    assert row is not None
    one = held.values[row]
    near = near_cases(held, one, wishes, row)
    similar.against_profile(held, one, without=wishes.silent(held.names))
    similar.nearest_cases(opened, MODEL, near, own=person)
    return time.perf_counter() - began


def _next(opened: Session, person: int) -> float:
    held = space(opened, MODEL)
    row = similar.row_of(opened, MODEL, person) or 0
    near = near_cases(held, held.values[row], row=row)
    began = time.perf_counter()
    afterwards(opened, MODEL, SPECS[MODEL].profile, np.argsort(-near, kind="stable")[:NEAREST].tolist())
    return time.perf_counter() - began


def _children(opened: Session, person: int) -> float:
    began = time.perf_counter()
    held = space(opened, MODEL)
    row = similar.row_of(opened, MODEL, person) or 0
    similar.nearest_to(opened, MODEL, held.values[row], similar.Filters(SPECS[MODEL].ages), leave_out=row)
    return time.perf_counter() - began

"""How long *What if* takes on the server: opened, with the smallest change each way, and after one move of a control.

Serves ``KINSIGHT_HOME`` (the full city, to mean anything): 200 random people of each model that may be shown.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator

from analytics.casework.score import judge
from analytics.models.specs import SPECS
from analytics.whatif import published
from analytics.whatif.smallest import by_weight, smallest
from analytics.whatif.stand import stand
from data.access.gate import Session
from data.access.standing import shown_models
from data.home import home
from data.journal.journal import journal_of
from data.snapshot.reading import current
from tests.bench._readers import children, each, told

PEOPLE, PROMISED = 200, 0.2
_SCORED = "SELECT person FROM score WHERE model = $model AND as_of = (SELECT max(as_of) FROM score) ORDER BY person"


def bench() -> Iterator[tuple[str, bool]]:
    """The 95th percentile of opening it, and of one change."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KINSIGHT_JOURNAL"] = f"sqlite:///{folder}/journal.sqlite"
        published.warm(home())
        with current(home()) as snapshot:
            models = [name for name in shown_models(journal_of(home()), snapshot) if name in SPECS]
        for model in models:
            people = children(_SCORED, PEOPLE, model=model)
            each(people, lambda opened, person, model=model: judge(opened, person, model, None, "") or 0.0)
            each(people[:1], lambda opened, person, model=model: _opened(opened, person, model))
            opening = each(people, lambda opened, person, model=model: _opened(opened, person, model))
            yield told(f"{model}: opened, with the smallest change each way", opening, PROMISED)
            moving = each(people, lambda opened, person, model=model: _moved(opened, person, model))
            yield told(f"{model}: one control moved", moving, PROMISED)


def _opened(opened: Session, person: int, model: str) -> float:
    began = time.perf_counter()
    held = stand(opened, person, model)
    smallest(held, -1), smallest(held, 1), by_weight(held), held.told({})
    return time.perf_counter() - began


def _moved(opened: Session, person: int, model: str) -> float:
    began = time.perf_counter()
    changes = {"attendance_12m": 80.0, "missing_12m": 1.0}
    held = stand(opened, person, model, changes)
    there = {name: level for name, level in changes.items() if name in {lever.name for lever in held.levers}}
    held.told(there), held.moved(there)
    return time.perf_counter() - began

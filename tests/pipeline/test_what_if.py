"""*What if* on a built city: with nothing changed it is the stored score, bit for bit, and so is every indicator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest

from analytics.casework.score import judge
from analytics.features.catalogue import CATALOGUE
from analytics.whatif.altered import moved_along
from analytics.whatif.smallest import smallest
from analytics.whatif.stand import Stand, stand
from data.access.gate import Session
from data.access.reader import AccessRefused
from data.access.session import session
from data.access.standing import shown_models
from data.home import home
from data.journal import log
from data.journal.journal import Entry
from data.journal.tables import MODEL_APPROVAL
from tests.journals import offered

SOME = 12
_SCORED = """
SELECT s.model, s.person FROM score s JOIN person p USING (person) JOIN ward w USING (ward)
WHERE area = 'North' AND s.as_of = (SELECT max(as_of) FROM score) ORDER BY s.model, hash(s.person)
"""
Open = Callable[[], Session]


@pytest.fixture
def opened(small_home: Path, own_journal: str) -> Iterator[Open]:
    """A script run of the lead professional of the North."""
    offered(home(small_home))
    with ExitStack() as stack:
        yield lambda: stack.enter_context(session(home(small_home), "demo.north", "Allocated case"))


def _scored(one: Session) -> dict[str, list[int]]:
    """People of the North by a model that may be shown and says something of them."""
    shown = shown_models(one.journal, one.snapshot)
    rows = one.cursor.execute(_SCORED).fetchall()
    return {model: [person for name, person in rows if name == model][:SOME] for model in shown if model != "parenting"}


def _stands(one: Session) -> Iterator[Stand]:
    for model, people in _scored(one).items():
        for person in people:
            judge(one, person, model, None, "")
            yield stand(one, person, model)


def test_nothing_changed_is_the_stored_score_and_every_indicator_bit_for_bit(opened: Open) -> None:
    seen = 0
    for held in _stands(opened()):
        assert held.told({}) == held.stored
        moved = {
            one for lever in held.levers if lever.feature.scope == "self"
            for one in moved_along((lever.name,), tuple(held.values))[0]
        }  # fmt: skip
        for feature in moved:
            figure, stored = np.float32(held.own.figure(feature)), np.float32(held.values[feature.name])
            told = np.float32(0) if np.isnan(figure) and feature.absent_is_nil else figure
            assert np.array_equal(told, stored, equal_nan=True), feature.name
        seen += 1
    assert seen >= SOME


def test_a_change_that_moves_the_band_does_move_it(opened: Open) -> None:
    moved = 0
    for held in _stands(opened()):
        for way in (-1, 1):
            found = smallest(held, way)
            if found is not None:
                assert held.told(found.changes).band == found.band != held.stored.band
                assert all(CATALOGUE[name].change for name in found.changes)
                moved += 1
    assert moved > 0


def test_without_a_judgement_nothing_is_tried_and_what_is_tried_is_written_down(opened: Open) -> None:
    one = opened()
    model, people = next(item for item in _scored(one).items() if item[1])
    with pytest.raises(AccessRefused, match="how worried you are"):
        stand(one, people[0], model)
    judge(one, people[0], model, None, "")
    stand(one, people[0], model, {"attendance_12m": 95.0})
    (entry, *_) = log.entries(one.journal, action="see score", person=people[0])
    assert "what if: Attendance rate, 12 months: 95" in entry["detail"]


def test_of_a_model_that_is_retired_nothing_can_be_tried(opened: Open) -> None:
    one = opened()
    model, people = next(item for item in _scored(one).items() if item[1])
    judge(one, people[0], model, None, "")
    version = one.cursor.execute("SELECT version FROM model WHERE model = ?", [model]).fetchall()[0][0]
    values = {"model": model, "version": version, "state": "retired", "reason": "too often wrong"}
    one.journal.append(MODEL_APPROVAL, values, Entry("demo.manager", "manager", "approve model"))
    with pytest.raises(AccessRefused, match="retired"):
        stand(one, people[0], model)

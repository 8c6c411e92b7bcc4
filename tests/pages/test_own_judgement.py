"""My judgement: one's own, with shares only of enough."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from analytics.models.specs import MODEL
from data.home import Home
from data.journal.journal import Entry, journal_of
from data.journal.tables import JUDGEMENT
from tests.unit.casework.conftest import Fernhill


def said(app: Any) -> str:
    return "\n".join(element.value for kind in (app.markdown, app.caption) for element in kind).replace("\\", "")


def test_nothing_judged_too_few_and_enough(town: Fernhill, open_page: Any) -> None:
    app = open_page("my-judgement", home=town.home)
    assert "You have not judged yet" in said(app)
    assert "Your answers to guided cases would be here." in said(app)
    journal = journal_of(Home(town.home))
    now, journal.clock = journal.clock, lambda: datetime(2025, 2, 1, tzinfo=UTC)
    for number, person in enumerate(sorted(town.people.values())):
        values = {"person": person, "model": MODEL, "snapshot": "s-1", "worry": number % 4, "reason": None}
        journal.append(JUDGEMENT, values, Entry("demo.north", "lead_professional", "judge"))
    journal.clock = now
    told = said(app.run())
    assert "too few to say anything" in told or "no share" in told
    assert "You have not judged yet" not in told


def test_a_trainer_has_training_alone(town: Fernhill, open_page: Any) -> None:
    app = open_page("my-judgement", "demo.trainer", home=town.home)
    assert [heading.value for heading in app.subheader] == ["In training, on invented children"]

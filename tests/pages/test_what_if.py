"""*What if* under the score: what could be otherwise, what the model would say, and the smallest change."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from scipy.special import expit

from analytics.casework.space import ages_of
from analytics.models.folds import Folded
from analytics.whatif import stand as standing
from analytics.whatif.published import NoModel, Published
from data.access.gate import serve
from data.access.roles import Permission
from data.home import Home
from data.journal import log
from data.journal.journal import journal_of
from tests.unit.casework.town_scores import BASE, USUAL, WEIGHTS

NAMES = tuple(WEIGHTS)
_RAWS = """
SELECT s.raw, date_sub('year', p.birth_date, s.as_of) AS years FROM score s JOIN person p USING (person)
WHERE s.as_of = (SELECT max(as_of) FROM score) ORDER BY s.raw
"""


class _Sum:
    """The town's model: a weighted sum, in the order in which the town adds up."""

    def raw(self, X: np.ndarray) -> np.ndarray:
        return np.array([_raw(dict(zip(NAMES, row, strict=True))) for row in np.asarray(X, float).tolist()])


def _raw(values: dict[str, float]) -> float:
    known = {name: WEIGHTS[name] * (value - USUAL.get(name, 0.0)) for name, value in values.items() if value == value}
    return BASE + sum(known.values())


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> None:
    """The model of the town as though its file lay in its home."""

    def published(session, name: str) -> Published:
        rows = serve(session, Permission.SEE_MODELS, _RAWS, ages_of(name))
        raws, years = rows["raw"].to_numpy(float), rows["years"].to_numpy(int)
        of_age = {int(age): raws[years == age] for age in np.unique(years)}
        curve = SimpleNamespace(probability=expit)
        return Published(NAMES, Folded((_Sum(),) * 5), curve, 10, raws, of_age)

    monkeypatch.setattr(standing, "published", published)


def _said(app) -> str:
    return "\n".join(element.value for element in [*app.markdown, *app.caption]).replace("\\", "")


def _open(open_page, town, opened: bool = True):
    person = town["yasmin"]
    state = {f"person_tab_{person}": "Score", f"what_if_{person}_cse": opened}
    app = open_page("person", home=town.home, person=person, **state)
    next(button for button in app.button if button.label == "Skip, and show").click().run()
    return app


def test_it_is_closed_until_it_is_asked_for(model, town, open_page) -> None:
    app = _open(open_page, town, opened=False)
    assert "What raises it" in "".join(one.value for one in app.subheader)
    assert "not what helps" not in _said(app)


def test_opened_it_says_what_it_is_not_and_what_is(model, town, open_page) -> None:
    said = _said(_open(open_page, town))
    assert "It is not what would happen to this child" in said
    assert "**As it is**" in said
    assert "As it would be" not in said
    assert "the level would be raised rather than heightened" in said
    assert "If she had" in said


def test_a_control_moves_score_and_position_and_all_that_goes_with_it(model, town, open_page) -> None:
    app = _open(open_page, town)
    slider = next(one for one in app.select_slider if one.label == "Times reported missing, 12 months")
    assert slider.value == 4
    slider.set_value(0).run()
    said = _said(app)
    assert "As it would be" in said
    assert "Times reported missing, 24 months: 4, then 0" in said
    assert "People reported missing" not in said, "this model does not read it"
    next(button for button in app.button if button.label == "Back to how it is").click().run()
    assert "As it would be" not in _said(app)


def test_what_was_tried_is_in_the_log(model, town, open_page) -> None:
    app = _open(open_page, town)
    next(one for one in app.select_slider if one.label == "Suspensions, 12 months").set_value(0).run()
    entries = log.entries(journal_of(Home(town.home)), action="see score", person=town["yasmin"])
    assert any("what if: Suspensions, 12 months: 0" in entry["detail"] for entry in entries)


def test_a_model_whose_file_is_gone_is_said_to_be(town, open_page, monkeypatch) -> None:
    def gone(session, name: str) -> Published:
        raise NoModel("The model's file is not there, so nothing can be tried out.")

    monkeypatch.setattr(standing, "published", gone)
    assert "Nothing can be tried out" in _said(_open(open_page, town))

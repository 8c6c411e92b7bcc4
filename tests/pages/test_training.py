"""Training: the file, the judgement before the score, the score, what happened."""

from __future__ import annotations

import pytest

from analytics.training.cases import CASES


def _said(app) -> str:
    return "\n".join(element.value for element in [*app.markdown, *app.caption, *app.info]).replace("\\", "")


def _press(app, label: str):
    return next(button for button in app.button if button.label == label).click().run()


def test_what_happened_is_not_shown_before_the_judgement(small_home, open_page) -> None:
    app = open_page("training", "demo.trainer", home=small_home)
    first = next(iter(CASES.values()))
    assert first.before in _said(app)
    assert first.after not in _said(app)


def test_a_case_goes_through_its_five_steps(small_home, open_page) -> None:
    app = open_page("training", "demo.trainer", home=small_home)
    name, case = next(iter(CASES.items()))
    _press(app, "I have read it")
    app.radio(key=f"training_{name}").set_value("worried").run()
    _press(app, "Save and show the score")
    assert "You said: **worried**" in _said(app)
    assert "No model was trained" in _said(app)
    _press(app, "Talk about it")
    assert all(question.asked in _said(app) for question in case.questions)
    assert case.after not in _said(app)
    _press(app, "What happened then?")
    assert case.after in _said(app)
    assert case.lesson in _said(app)


def test_skipping_is_possible_and_said(small_home, open_page) -> None:
    app = open_page("training", "demo.trainer", home=small_home)
    _press(app, "I have read it")
    _press(app, "Skip, and say so")
    assert "nothing, you skipped" in _said(app)


@pytest.mark.parametrize("account", ["demo.north", "demo.manager", "demo.analyst", "demo.auditor"])
def test_others_are_told_whom_it_is_for(account: str, small_home, open_page) -> None:
    app = open_page("training", account, home=small_home)
    assert any("for trainers" in warning.value for warning in app.warning)


def test_a_trainer_can_see_what_each_case_teaches(small_home, open_page) -> None:
    app = open_page("training", "demo.trainer", home=small_home, training_teaches=True)
    told = app.dataframe[0].value
    assert list(told["title"]) == [case.title for case in CASES.values()]


def test_what_never_happened_is_not_told_as_not_known(small_home, open_page, monkeypatch) -> None:
    monkeypatch.setattr("analytics.training.reading.MODEL", "neet")
    app = open_page("training", "demo.trainer", home=small_home, training_case="aisha", training_step_aisha=2)
    assert "Not known: the model has not seen any police data" not in _said(app)

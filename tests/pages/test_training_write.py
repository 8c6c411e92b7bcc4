"""Write a case: line by line, refused in words, kept with its author, and offered on the page Training."""

from __future__ import annotations

from typing import Any

from analytics.training.cases import CASES
from tests.pages.test_training_score import said


def _press(app: Any, label: str) -> Any:
    return next(button for button in app.button if button.label == label).click().run()


def _box(found: Any, label: str) -> Any:
    return next(one for one in found if one.label == label)


def _opened(open_page: Any, home: Any, picked: str) -> Any:
    app = open_page("write-a-case", "demo.trainer", home=home)
    app.selectbox(key="write_open").set_value(picked).run()
    return _press(app, "Open it")


def test_a_blank_case_says_what_it_lacks_and_cannot_be_saved(small_home: Any, open_page: Any) -> None:
    app = open_page("write-a-case", "demo.trainer", home=small_home)
    assert "7 things to put right before it can be saved" in said(app)
    assert "Put at least one line into the file" in said(app)
    _box(app.checkbox, "Nobody real is in this case, not even under another name").check().run()
    assert _box(app.button, "Save for all trainers").disabled


def test_a_line_that_cannot_be_is_refused_in_words_and_a_right_one_is_put_in(small_home: Any, open_page: Any) -> None:
    app = open_page("write-a-case", "demo.trainer", home=small_home)
    _press(app, "Put it in the file")
    assert "That was not put in." in said(app)
    assert "Give its number (%)" in said(app)
    _box(app.number_input, "How much (%)").set_value(64).run()
    _press(app, "Put it in the file")
    assert "**Attended 64 % of sessions**" in said(app)
    _press(app, "Take it out")
    assert "Nothing is in the file yet" in said(app)


def test_people_and_questions_are_put_in_and_taken_out(small_home: Any, open_page: Any) -> None:
    app = open_page("write-a-case", "demo.trainer", home=small_home)
    next(box for box in app.text_input if box.key == "write_0_relative").set_value("Lou")
    _press(app, "Put them in")
    assert "**Lou**, 15: brother or sister" in said(app)
    assert "Lou" in _box(app.selectbox, "Of whom").options
    _press(app, "Take Lou out")
    assert "Nobody else is in this case yet" in said(app)
    _box(app.text_input, "A question for the room").set_value("What would you ask first?")
    _press(app, "Put it in")
    assert "**1. What would you ask first?**" in said(app)


def test_a_case_is_saved_by_whoever_says_that_nobody_in_it_is_real_and_then_offered(
    small_home: Any, open_page: Any
) -> None:
    app = _opened(open_page, small_home, "copy callum")
    assert _box(app.button, "Save for all trainers").disabled
    _box(app.text_input, "First name").set_value("Connor").run()
    _box(app.checkbox, "Nobody real is in this case, not even under another name").check().run()
    _press(app, "Save for all trainers")
    assert "Saved. Connor is now among the cases" in said(app)
    assert "1 version, the last by" in said(app)
    training = open_page("training", "demo.trainer", home=small_home)
    names = training.selectbox(key="training_case").options
    assert names[-1] == f"{len(CASES) + 1}. Connor, 15"
    training.selectbox(key="training_case").set_value(_key(training)).run()
    assert "Written here by" in said(training)
    _press(app, "Take it away")
    assert "Connor is no longer among the cases" in said(app)
    training = open_page("training", "demo.trainer", home=small_home)
    assert len(training.selectbox(key="training_case").options) == len(CASES)


def _key(app: Any) -> str:
    """The name under which the last case of the box is kept."""
    from analytics.training.written import written
    from data.access.gate import session
    from data.home import home

    with session(home(), "demo.trainer", "Training") as one:
        return list(written(one))[-1]


def test_others_may_not_write(small_home: Any, open_page: Any) -> None:
    app = open_page("write-a-case", "demo.north", home=small_home)
    assert any("for trainers" in warning.value for warning in app.warning)

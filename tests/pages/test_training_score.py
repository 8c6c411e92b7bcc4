"""Reading a score: six lessons with the figures that were measured, and a question each."""

from __future__ import annotations

from typing import Any

import pytest

from analytics.training.figures import figures, measured_models
from analytics.training.lessons import LESSONS
from data.access.gate import session
from data.home import home


def said(app: Any) -> str:
    """All the words on the page."""
    told = [*app.markdown, *app.caption, *app.info, *app.success, *app.warning]
    signs = [found.proto.body for found in app.get("html")]
    return "\n".join([*(str(one.value) for one in told), *signs]).replace("\\", "")


@pytest.mark.parametrize("name", LESSONS)
def test_each_lesson_has_a_question_whose_answers_are_explained_and_kept(
    name: str, small_home: Any, open_page: Any
) -> None:
    lesson = LESSONS[name]
    app = open_page("reading-a-score", "demo.trainer", home=small_home, lesson=name)
    assert lesson.idea in said(app)
    wrong = (lesson.right + 1) % len(lesson.answers)
    for picked, mark in ((wrong, "Not quite"), (lesson.right, "Yes.")):
        app.radio(key=f"lesson_answer_{name}").set_value(picked).run()
        next(button for button in app.button if button.label == "Check my answer").click().run()
        assert mark in said(app)
        assert lesson.answers[picked].because in said(app)
        assert app.radio(key="lesson").value == name
    assert "You have understood 1 of 6" in said(app)
    again = open_page("reading-a-score", "demo.trainer", home=small_home, lesson=name)
    assert "You have understood 1 of 6" in said(again)


def test_the_figures_are_those_that_were_measured(small_home: Any, open_page: Any) -> None:
    app = open_page("reading-a-score", "demo.trainer", home=small_home, lesson="list")
    with session(home(small_home), "demo.trainer", "Training") as one:
        found = figures(one, measured_models(one)[0])
        raw = one.run(
            "SELECT value, low, high FROM evaluation JOIN model USING (model, estimator) WHERE model = 'neet' "
            "AND label = 'identified' AND grouping = 'all' AND metric = 'precision_at_capacity'", {}
        ).iloc[0]  # fmt: skip
    assert found is not None
    assert "Don't build on these figures: they rest on 8 children" in said(app)
    value, low, high = (100 * raw[name] for name in ("value", "low", "high"))
    assert f"about {value:.0f} ({low:.0f} to {high:.0f})" in said(app)
    assert f"{round(value)} of 100 identified; {100 - round(value)} not" in said(app), "the signs, for a screen reader"


def test_a_longer_list_and_every_line_below_which_a_score_is_low(small_home: Any, open_page: Any) -> None:
    app = open_page("reading-a-score", "demo.trainer", home=small_home, lesson="list")
    slider = app.select_slider[0]
    first = said(app)
    slider.set_value(slider.options[-1] if not slider.options[-1].isdecimal() else int(slider.options[-1])).run()
    assert said(app) != first
    low = open_page("reading-a-score", "demo.trainer", home=small_home, lesson="low")
    lines = next(radio for radio in low.radio if radio.label.startswith("Call a score low"))
    for option in lines.options:
        lines.set_value(option).run()
        assert f"they were not {option}" in said(low)


def test_a_guess_comes_before_the_thousand(small_home: Any, open_page: Any) -> None:
    app = open_page("reading-a-score", "demo.trainer", home=small_home, lesson="base-rate")
    assert "Of 1,000 children, " not in said(app)
    app.number_input[0].set_value(20).run()
    assert "You said 20. **Of 1,000 children, about 125" in said(app)


def test_what_follows_from_taking_it_for_a_fact_is_told_in_numbers(small_home: Any, open_page: Any) -> None:
    app = open_page("reading-a-score", "demo.trainer", home=small_home, lesson="high")
    app.radio(key="lesson_high").set_value("go and ask").run()
    assert "None of the hundred would have been accused" in said(app)


def test_bars_are_the_models_own_and_change_when_something_is_left_out(
    small_home: Any, open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = open_page("reading-a-score", "demo.trainer", home=small_home, lesson="bars")
    assert "No model was trained" in said(empty)
    # The only one that a city of three hundred families can learn.
    monkeypatch.setattr("analytics.training.reading.MODEL", "neet")
    app = open_page("reading-a-score", "demo.trainer", home=small_home, lesson="bars")
    assert "What raises it" in [one.value for one in app.subheader]
    app.selectbox(key="lesson_child").set_value("callum").run()
    app.selectbox(key="lesson_out_callum").set_value("unauthorised").run()
    assert "Without 1 line of *unauthorised absence*" in said(app)
    assert "only what is written down has changed" in said(app)

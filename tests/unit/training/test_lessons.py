"""Lessons: one right answer each, figures as they were measured."""

from __future__ import annotations

import pytest

from analytics.training.figures import Level, Span
from analytics.training.lessons import LESSONS, Answer, Lesson


def test_six_lessons_ask_one_question_each_and_say_of_every_answer_why() -> None:
    assert len(LESSONS) == 6
    for lesson in LESSONS.values():
        assert len(lesson.answers) == 3
        assert all(len(answer.because) > 30 for answer in lesson.answers)
        assert lesson.answers[lesson.right].right


def test_a_lesson_without_a_right_answer_or_with_two_is_refused() -> None:
    yes, no = Answer("yes", "so it is", right=True), Answer("no", "it is not")
    for answers in ((no, no), (yes, yes)):
        with pytest.raises(ValueError, match="one answer is right"):
            Lesson("x", "X", "An idea", "Is it?", answers)


def test_the_rest_of_a_share_turns_its_interval_round() -> None:
    rest = Span(0.26, 0.2, 0.33).rest
    assert (rest.value, rest.low, rest.high) == pytest.approx((0.74, 0.67, 0.8))


def test_a_chance_is_in_line_where_it_lies_within_what_came_true() -> None:
    assert Level(0.15, Span(0.19, 0.14, 0.24)).in_line
    assert not Level(0.13, Span(0.19, 0.14, 0.24)).in_line

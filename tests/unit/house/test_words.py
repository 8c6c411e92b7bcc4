"""How people read dates, ages, shares and chances."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.components import words

TODAY = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (words.day(date(2026, 3, 3)), "3 Mar 2026"),
        (words.day(None), "not known"),
        (words.day(pd.NaT), "not known"),
        (words.moment(datetime(2026, 3, 3, 9, 12)), "3 Mar 2026, 09:12"),
        (words.span(date(2026, 3, 3), None), "since 3 Mar 2026"),
        (words.span(date(2026, 3, 3), date(2026, 4, 9)), "3 Mar 2026 to 9 Apr 2026"),
        (words.span(None, date(2026, 4, 9)), "until 9 Apr 2026"),
        (words.number(12345), "12,345"),
        (words.number(float("nan")), "not known"),
        (words.plural(1, "report"), "1 report"),
        (words.plural(2, "child"), "2 children"),
        (words.plural(0, "enquiry", "enquiries"), "0 enquiries"),
        (words.listed([]), ""),
        (words.listed(["school"]), "school"),
        (words.listed(["school", "police", "care"]), "school, police and care"),
        (words.share(19, 24), "19 of 24 (79 %)"),
        (words.share(0, 0), "0 of 0"),
        (words.odds(0.38), "about 4 of 10"),
        (words.odds(0.03), "about 3 of 100"),
        (words.odds(0.0004), "fewer than 1 of 1,000"),
        (words.odds(None), "not known"),
        (words.who(date(2012, 5, 1), "F", TODAY), "14 years, girl"),
        (words.who(date(1985, 5, 1), "M", TODAY), "41 years, man"),
        (words.who(date(2012, 5, 1), None, TODAY), "14 years"),
        (words.who(None, "F", TODAY), "age not known, female"),
        (words.age(date(2026, 3, 15), TODAY), "6 months"),
        (words.signed(12.4), "+12"),
        (words.signed(-3.0), "−3"),
        (words.signed(0.2), "0"),
    ],
)
def test_in_words(said: str, expected: str) -> None:
    assert said == expected


def test_a_child_born_on_29_february_has_a_birthday_on_1_march() -> None:
    born = date(2012, 2, 29)
    assert words.age_on(born, date(2026, 2, 28)) == 13
    assert words.age_on(born, date(2026, 3, 1)) == 14


@given(st.floats(0.001, 1.0))
def test_a_chance_in_words_is_within_half_a_step_of_the_chance(probability: float) -> None:
    part, whole = words.odds(probability).removeprefix("about ").replace(",", "").split(" of ")
    assert int(whole) in (10, 100, 1000)
    assert abs(int(part) / int(whole) - probability) <= 0.5 / int(whole) + 1e-9
    assert int(part) >= 1

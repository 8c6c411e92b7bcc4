"""Names and dates of birth go wrong as agencies get them wrong."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from data.city.clock import dates
from data.city.misspelling import misspelt, wrong_births

NAMES = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=14)


@given(NAMES, st.floats(0, 1, exclude_max=True))
def test_a_slip_keeps_the_first_letter_and_most_of_the_name(name: str, draw: float) -> None:
    wrong = misspelt(name, draw)
    assert wrong[0] == name[0]
    assert abs(len(wrong) - len(name)) <= 1


def test_about_the_asked_share_of_birth_dates_is_wrong() -> None:
    birth = np.arange(10_000, 20_000)
    written, missing = wrong_births(birth, np.random.default_rng(1), 0.1)
    share = ((written != birth) | missing).mean()
    assert 0.07 < share <= 0.11


def test_day_and_month_are_swapped_to_a_real_date() -> None:
    birth = np.full(5000, int(np.datetime64("2011-03-07").astype(int)))
    written, missing = wrong_births(birth, np.random.default_rng(2), 1.0)
    assert "2011-07-03" in dates(written[~missing]).astype(str).tolist()
    assert "2011-01-01" in dates(written[~missing]).astype(str).tolist()

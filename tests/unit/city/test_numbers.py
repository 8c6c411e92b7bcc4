"""Numbers are valid by their check digits, all different, and by their ranges nobody's."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from data.city.numbers import UPN_LETTERS, nhs_numbers, ni_numbers, upns


def nhs_is_valid(number: str) -> bool:
    """The modulus-11 rule, written once more and differently."""
    check = 11 - sum(int(digit) * weight for digit, weight in zip(number[:9], range(10, 1, -1), strict=True)) % 11
    return check % 11 == int(number[9]) if check != 10 else False


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 500))
def test_nhs_numbers_are_test_numbers_with_a_right_check_digit(seed: int, count: int) -> None:
    numbers = nhs_numbers(count, np.random.default_rng(seed)).tolist()
    assert len(set(numbers)) == count
    assert all(number.startswith("999") and nhs_is_valid(number) for number in numbers)


def test_pupil_numbers_have_the_right_letter_and_all_differ() -> None:
    serial = np.arange(50_000)
    numbers = upns(serial % 37, 2010 + serial % 15, serial % 37_000).tolist()
    assert len(set(numbers[:37_000])) == 37_000
    for number in numbers[:500]:
        weighed = sum(int(digit) * weight for digit, weight in zip(number[1:], range(2, 14), strict=True))
        assert number[0] == UPN_LETTERS[weighed % 23]
        assert number[1:4] == "899", "no council has this number"


def test_national_insurance_numbers_bear_the_prefix_that_is_never_issued() -> None:
    numbers = ni_numbers(1000, np.random.default_rng(1)).tolist()
    assert len(set(numbers)) == 1000
    assert all(number.startswith("QQ") and len(number) == 9 and number[8] in "ABCD" for number in numbers)

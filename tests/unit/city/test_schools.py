"""School years and circles of friends."""

import numpy as np

from data.city.clock import day
from data.city.schools import CIRCLE, circles, exposure, year_group


def test_school_years_begin_in_september() -> None:
    """
    born        on          school year
    2012-08-31  2023-09-15  7, the youngest of the year
    2012-09-01  2023-09-15  6, the oldest of the year below
    2019-05-05  2023-09-15  0, reception
    """
    birth = np.array([day("2012-08-31"), day("2012-09-01"), day("2019-05-05")], np.int32)
    assert year_group(birth, day("2023-09-15")).tolist() == [7, 6, 0]


def test_a_circle_is_of_one_school_and_year_and_small() -> None:
    rng = np.random.default_rng(1)
    school, year = rng.integers(-1, 6, 3000).astype(np.int16), rng.integers(0, 12, 3000)
    circle = circles(school, year, rng.normal(size=3000))
    for number in np.unique(circle[circle >= 0]):
        members = np.flatnonzero(circle == number)
        assert len(members) <= CIRCLE
        assert len(np.unique(school[members])) == len(np.unique(year[members])) == 1
    assert (circle[(school < 0) | (year < 5)] == -1).all()


def test_exposure_is_to_friends_and_not_to_oneself() -> None:
    circle = np.array([0, 0, 0, 1, -1])
    assert exposure(circle, np.array([1.0, 0.0, 2.0, 5.0, 7.0])).tolist() == [2.0, 3.0, 1.0, 0.0, 0.0]

"""The table of rates: every published figure is counted, and one that strays says why."""

from pathlib import Path

import pytest

from data.city.identity import true_identities
from data.city.published import EXPLAINED, PUBLISHED
from data.city.rates import compare, counted, row
from data.city.simulation import Run
from data.city.writers.frame import Book


@pytest.fixture(scope="module")
def book(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The small city's book, nothing written."""
    folder: Path = tmp_path_factory.mktemp("rates")
    return Book(run, true_identities(run.lives.people, run.lives.homes, 1), folder, 1)


def test_every_published_figure_is_counted(book: Book) -> None:
    assert set(PUBLISHED) <= {name for name, _, _ in counted(book)}
    assert [told["figure"] for told in compare(book)] == list(PUBLISHED)


def test_no_share_is_over_the_whole(book: Book) -> None:
    for name, part, whole in counted(book):
        if name.endswith(("%", "(England)")):
            assert 0 <= part <= whole, name


@pytest.mark.parametrize(
    ("name", "part", "whole", "ratio", "why"),
    [
        ("looked after per 10,000", 81, 10_000, 1.0, ""),
        ("looked after per 10,000", 74, 10_000, 0.91, ""),
        ("looked after per 10,000", 10_000, 1_000_000, 1.23, ""),
        ("looked after: convicted % (England)", 25, 1000, 1.25, "rests on 25 "),
        ("absence, all pupils, autumn % (England)", 80_000, 1_000_000, 1.19, "England's"),
    ],
)
def test_a_figure_that_strays_by_more_than_a_tenth_says_why(
    name: str, part: float, whole: float, ratio: float, why: str
) -> None:
    told = row(name, part, whole)
    assert told["ratio"] == ratio
    assert told["why"].startswith(why)
    assert bool(told["why"]) == bool(why)


def test_only_published_figures_are_explained() -> None:
    assert set(EXPLAINED) <= set(PUBLISHED)

"""One page, always, and what there was no room for is counted on it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.papers import page
from data.papers.inert import inert
from data.papers.pdf import WIDTH
from data.papers.sheet import HALF, HEADING, Section, _Column, _fit, cut, sheet
from tests.unit.papers.test_pdf import HOSTILE

MARK, FOOT = "Invented city: no real people", "Taken by Ruth Osei on 1 Oct 2026"


def pages_of(document: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", document))


def made(title: str = "Yasmin Khan", *, left: list[Section], right: list[Section], below: list[Section]) -> bytes:
    return sheet(title, ["**14 years, girl**"], left, right, below, mark=MARK, foot=FOOT)


@settings(max_examples=20, deadline=None)
@given(
    counts=st.lists(st.integers(0, 120), min_size=5, max_size=5),
    words=st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=600),
)
def test_it_is_one_page_whatever_there_is_to_tell(counts: list[int], words: str) -> None:
    sections = [Section(f"Part {at}", (inert(words) or "x",) * count, keep=4) for at, count in enumerate(counts)]
    assert pages_of(made(inert(words), left=sections[:2], right=sections[2:3], below=sections[3:])) == 1


def test_what_has_no_room_is_counted_and_the_longest_section_gives_way_first() -> None:
    short, long = Section("Short", ("one", "two")), Section("Long", ("x",) * 300)
    columns = [_Column([short], HALF), _Column([long], HALF)]
    _fit(columns, _Column([], WIDTH), 400)
    assert columns[0].shown == [2]
    (shown,) = columns[1].shown
    assert 10 < shown < 300
    assert columns[1].flowables()[-1].getPlainText() == f"and {300 - shown} more"
    assert columns[1].height <= 400


def test_the_same_page_gives_the_same_bytes_and_names_nobody_in_its_title() -> None:
    told = {"left": [Section("A", ("one",))], "right": [], "below": []}
    assert made(**told) == made(**told)
    assert HEADING.encode() in made(**told)
    assert b"Yasmin" not in made(**told).split(b"/Info")[0][:200]


def test_values_are_characters_and_nothing_runs() -> None:
    lines = tuple(inert(each) for each in HOSTILE)
    document = made(inert(HOSTILE[0] * 30), left=[Section("A", lines)], right=[Section("B", lines)], below=[])
    for live in (b"/JavaScript", b"/JS", b"/URI", b"/Launch", b"/OpenAction", b"/EmbeddedFile"):
        assert live not in document
    assert pages_of(document) == 1


@pytest.mark.parametrize("value", [*HOSTILE, "O'Brien-Smith " * 40, "**bold** then a very long " * 30])
def test_a_long_value_is_cut_and_stays_what_it_was(value: str) -> None:
    line = f"**{inert(value)}**, mother"
    shown = page.bare(cut(line, 100))
    assert len(shown) <= 101
    assert page.bare(line).startswith(shown.removesuffix("…"))
    assert shown.endswith("…") == (len(page.bare(line)) > 100)

"""Cases that trainers write: kept as text and read back the same, changed step by step, refused in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.training import drafting
from analytics.training.case import NOT_JOINED, NOT_THEIRS, Case, Entry, Question, Relative
from analytics.training.cases import CASES
from analytics.training.checks import BOUNDS, OFFERED, OLDEST, choices, faults, wants_detail
from analytics.training.file import RELATIONS, lines
from analytics.training.written import as_json, of_json
from data.events import KINDS

TODAY = date(2026, 10, 1)
MAYA = CASES["maya"]
WORDS = st.text(max_size=60)


@st.composite
def entries(draw: Any, people: list[str]) -> Entry:
    """Any line that the editor could put together."""
    name = draw(st.sampled_from(sorted(OFFERED)))
    kind, ago = OFFERED[name], draw(st.integers(1, OLDEST))
    low, high = BOUNDS.get(kind.unit, (0, 0))
    value = float(draw(st.integers(low, high))) if kind.unit in BOUNDS else None
    offered = choices(name)
    detail = None
    if wants_detail(kind):
        detail = draw(st.sampled_from(sorted(offered)) if offered else st.text("abc", min_size=1))
    ended = draw(st.none() | st.integers(0, ago)) if kind.lasts else None
    mark = draw(st.sampled_from(["", NOT_THEIRS, NOT_JOINED]))
    return Entry(name, ago, value, detail, ended, draw(st.sampled_from(people)), mark)


@st.composite
def cases(draw: Any) -> Case:
    """Any case that the editor could put together, whether or not it could be taught."""
    names = draw(st.lists(st.sampled_from(["Ann", "Bo", "Cy"]), unique=True))
    case = replace(drafting.blank(), child=draw(WORDS), before=draw(WORDS), after=draw(WORDS), title=draw(WORDS))
    for name in names:
        relative = Relative(name, draw(st.sampled_from(sorted(RELATIONS))), 40, draw(st.none() | st.integers(1, 900)))
        case = replace(case, relatives=(*case.relatives, relative))
    for entry in draw(st.lists(entries(["self", *names]), max_size=5)):
        if entry not in case.entries:
            case = drafting.with_entry(case, entry)
    return replace(case, questions=tuple(Question(draw(WORDS), draw(WORDS)) for _ in range(draw(st.integers(0, 2)))))


@settings(max_examples=25, deadline=None)
@given(cases())
def test_any_case_is_read_back_as_it_was_written(case: Case) -> None:
    assert of_json(as_json(case)) == case


@settings(max_examples=25, deadline=None)
@given(cases())
def test_any_case_of_the_editor_can_be_told_line_by_line(case: Case) -> None:
    told = lines(case, TODAY)
    assert len(told) == len(case.file)
    assert not any("{" in line.said for line in told)


@pytest.mark.parametrize("name", CASES)
def test_every_case_that_comes_with_kinsight_is_read_back_too(name: str) -> None:
    assert of_json(as_json(CASES[name])) == CASES[name]


@pytest.mark.parametrize(
    "told", ["", "[]", "{}", '"maya"', '{"name": "x"}', as_json(MAYA).replace("missing", "teleported")]
)
def test_what_is_no_case_is_refused(told: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        of_json(told)


def _with(*entries: Entry) -> Case:
    return replace(MAYA, entries=entries)


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (replace(MAYA, title=""), "Give the case a title"),
        (replace(MAYA, child="Maya Smith"), "one invented name"),
        (replace(MAYA, child="X5"), "of letters alone"),
        (replace(MAYA, age=9), "aged 10 to 17"),
        (replace(MAYA, before="A girl."), "Say in a sentence or two who the child is"),
        (replace(MAYA, child="Dion"), "Two people are called Dion"),
        (replace(MAYA, relatives=(*MAYA.relatives, Relative("Lou", "parent", 20))), "too young to be the child's"),
        (replace(MAYA, relatives=(*MAYA.relatives, Relative("Lou", "aunt", 50))), "Say what Lou is to the child"),
        (_with(), "at least one line"),
        (_with(Entry("attendance", 90, ended=30)), "give its number (%)"),
        (_with(Entry("attendance", 90, value=130, ended=30)), "between 0 and 100"),
        (_with(Entry("sexual_health", 90, value=2)), "no number to it"),
        (_with(Entry("missing", 90, value=5, ended=80)), "happens on one day"),
        (_with(Entry("missing", OLDEST + 1, value=5)), "between yesterday and three years ago"),
        (_with(Entry("missing", 0, value=5)), "between yesterday and three years ago"),
        (_with(Entry("suspension", 9, value=5)), "choose or type a detail"),
        (_with(Entry("suspension", 9, value=5, detail="because")), "choose its detail from the list"),
        (_with(Entry("missing", 9, value=5), Entry("missing", 9, value=5)), "is there twice"),
        (_with(Entry("factor_cse", 9)), "what the model is asked for"),
        (replace(MAYA, after=""), "Say what happened"),
        (replace(MAYA, lesson="Well."), "what is to be learned"),
        (replace(MAYA, questions=()), "at least one question"),
        (replace(MAYA, questions=(Question("Why?"),)), "too short"),
        (replace(MAYA, before=f"{MAYA.before} She lives at BS5 6NL."), "take out a postcode"),
        (replace(MAYA, after=f"{MAYA.after} Ring 0117 496 0123."), "take out a phone"),
        (replace(MAYA, lesson=f"{MAYA.lesson} Her number was 943 476 5919."), "take out a phone, NHS"),
        (replace(MAYA, before=f"{MAYA.before} Born 12/3/2011."), "take out a date"),
        (replace(MAYA, before=f"{MAYA.before} Write to a.b@school.sch.uk."), "take out an e-mail"),
        (replace(MAYA, questions=(Question("Who is QQ 12 34 56 C then?"),)), "National Insurance"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_words(case: Case, words: str) -> None:
    assert any(words in fault for fault in faults(case)), faults(case)


def test_a_case_cannot_be_of_people_or_sources_or_lines_that_are_not_there() -> None:
    for wrong in (
        {"entries": (Entry("missing", 3, of="Uncle"),)},
        {"unseen": ("moon",)},
        {"topic": "?"},
        {"outcome": "?"},
    ):
        with pytest.raises(ValueError, match=r"not in it|no such"):
            replace(MAYA, **wrong)  # type: ignore[arg-type]


def test_a_line_of_another_child_makes_the_case_read_itself_again_without_it() -> None:
    case = drafting.with_entry(replace(MAYA, also=()), Entry("missing", 5, value=9, mark=NOT_THEIRS))
    (also,) = case.also
    assert len(case.file) == len(MAYA.file) + 1
    assert len(case.read_as(also).file) == len(MAYA.file)
    assert drafting.without_entry(case, len(case.entries) - 1).also == ()


def test_a_line_that_was_never_joined_is_not_in_the_file_until_it_is_put_right() -> None:
    case = drafting.with_entry(MAYA, Entry("missing", 5, value=9, mark=NOT_JOINED))
    assert len(case.file) == len(MAYA.file)
    assert len(case.read_as(case.also[0]).file) == len(MAYA.file) + 1


def test_who_is_taken_out_takes_their_lines_along() -> None:
    case = drafting.without_relative(MAYA, "Tanya")
    assert {entry.of for entry in case.entries} == {"self", "Dion"}
    assert [one.name for one in case.relatives] == ["Dion", "Kayleigh"]


def test_a_reading_by_sources_goes_when_the_child_is_known_to_them_after_all() -> None:
    assert drafting.with_unseen(CASES["dylan"], ()).also == ()
    assert drafting.with_unseen(CASES["dylan"], CASES["dylan"].unseen).also == CASES["dylan"].also


def test_the_same_line_or_name_twice_and_an_end_before_the_beginning_are_refused() -> None:
    with pytest.raises(ValueError, match="in the file already"):
        drafting.with_entry(MAYA, MAYA.entries[0])
    with pytest.raises(ValueError, match="called Maya already"):
        drafting.with_relative(MAYA, Relative("Maya", "sibling", 3))
    with pytest.raises(ValueError, match="ended before it began"):
        drafting.entry("in_need", "self", date(2026, 5, 2), date(2026, 5, 1), None, "N1", "", TODAY)


def test_a_grade_is_told_by_its_number() -> None:
    made = drafting.entry("domestic_child", "self", date(2026, 5, 2), None, 3.0, None, "", TODAY)
    assert made.detail == "3"
    told = lines(drafting.with_entry(MAYA, made), TODAY)
    assert "Present at a domestic abuse incident, assessed as high" in [line.said for line in told]


def test_every_kind_that_is_offered_has_bounds_for_its_number() -> None:
    assert {KINDS[name].unit for name in OFFERED if "{value}" in KINDS[name].said} <= set(BOUNDS)

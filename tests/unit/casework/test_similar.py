"""Likeness: nearest first, nobody named whom the reader may not know, and a case never finds itself."""

from __future__ import annotations

from analytics.casework import similar
from analytics.casework.space import space
from analytics.casework.weighing import near_cases
from data.journal import log


def test_the_child_most_like_the_known_cases_is_listed_first(session_of, town) -> None:
    near = similar.nearest_to_profile(session_of(), "cse", similar.Filters())
    assert near[0].person == town["yasmin"]
    assert [one.similarity for one in near] == sorted((one.similarity for one in near), reverse=True)


def test_no_known_case_is_among_those_like_the_profile(session_of) -> None:
    assert not any(one.known_case for one in similar.nearest_to_profile(session_of(), "cse", similar.Filters()))


def test_filters_keep_to_age_sex_and_area(session_of) -> None:
    near = similar.nearest_to_profile(session_of(), "cse", similar.Filters((12, 14), ("F",), ("South",)))
    assert near
    assert all(12 <= (one.years or 0) <= 14 and one.sex == "F" and one.area == "South" for one in near)


def test_outside_the_area_there_is_no_name_and_no_number(session_of) -> None:
    south = similar.nearest_to_profile(session_of("demo.north"), "cse", similar.Filters(areas=("South",)))
    assert all(one.person is None and one.name is None and one.ward is None for one in south)


def test_a_person_is_not_near_themselves(session_of, town) -> None:
    one = session_of()
    row = similar.row_of(one, "cse", town["yasmin"])
    assert row is not None
    near = similar.nearest_to(one, "cse", space(one, "cse").values[row], similar.Filters(), leave_out=row)
    assert town["yasmin"] not in [each.person for each in near]


def test_nearest_cases_tell_what_followed(session_of, town) -> None:
    one = session_of()
    row = similar.row_of(one, "cse", town["yasmin"])
    held = space(one, "cse")
    cases = similar.nearest_cases(one, "cse", near_cases(held, held.values[row or 0], row=row))
    assert len(cases) == 5
    assert cases[0].missing_before == 3
    assert "exploitation service" in cases[0].followed


def test_the_mirror_has_what_both_share_first(session_of, town) -> None:
    one = session_of()
    held = space(one, "cse")
    mirror = similar.against_profile(held, held.values[similar.row_of(one, "cse", town["yasmin"]) or 0])
    assert "Reported missing 4 times in the last 12 months" in mirror.shared
    assert "1 brother or sister now in care" in mirror.only_one


def test_those_shown_are_written_down_and_nobody_else(session_of) -> None:
    one = session_of()
    shown = similar.nearest_to_profile(one, "cse", similar.Filters(), most=3)
    entries = log.entries(one.journal, action="see similar cases")
    assert len(entries) == 1
    assert all(
        log.entries(one.journal, action="see similar cases", person=each.person) for each in shown if each.person
    )


def test_what_is_kept_in_memory_names_nobody(session_of) -> None:
    facts = space(session_of(), "cse").facts
    assert set(facts) == {"row", "years", "sex", "area", "similarity", "known_case"}

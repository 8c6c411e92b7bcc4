"""A reader's own weights, a description to look by, two people: in the town where Yasmin Khan lives."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.casework import similar
from analytics.casework.described import children_in_scope, described, of_sex, sayable
from analytics.casework.space import Space, space
from analytics.casework.weighing import PLAIN, Wishes, near_cases, near_people, themes_of
from data.access.reader import AccessRefused
from data.journal import log

OWN = Wishes((("School", 2.0),), ("missing_12m",))


def _row(one, town) -> tuple[Space, int]:
    row = similar.row_of(one, "cse", town["yasmin"])
    assert row is not None
    return space(one, "cse"), row


def test_leaving_an_indicator_out_is_giving_it_no_weight(session_of, town) -> None:
    held, row = _row(session_of(), town)
    weights = OWN.weights(held.names)
    assert weights.of[held.names.index("missing_12m")] == 0
    assert OWN.silent(held.names) == {"missing_12m"}
    changed = held.values[row].copy()
    changed[held.names.index("missing_12m")] = 99
    assert near_cases(held, held.values[row], OWN).tobytes() == near_cases(held, changed, OWN).tobytes()


def test_equal_weights_are_the_plain_order(session_of, town) -> None:
    held, row = _row(session_of(), town)
    doubled = Wishes(tuple((theme, 2.0) for theme in themes_of(held)))
    plain = near_cases(held, held.values[row], PLAIN)
    assert near_cases(held, held.values[row], doubled).tobytes() == plain.tobytes()


def test_a_child_stands_where_the_snapshot_says(session_of, town) -> None:
    held, row = _row(session_of(), town)
    np.testing.assert_allclose(
        near_cases(held, held.values[row], row=row), near_cases(held, held.values[row]), atol=2e-3
    )


def test_one_with_other_weights_is_still_nearest_to_themselves(session_of, town) -> None:
    held, row = _row(session_of(), town)
    assert int(near_people(held, held.values[row], OWN, row).argmax()) == row


def test_what_is_left_out_is_not_held_against_each_other(session_of, town) -> None:
    held, row = _row(session_of(), town)
    said = similar.against_profile(held, held.values[row])
    silent = similar.against_profile(held, held.values[row], without=frozenset({"missing_12m", "missing_24m"}))
    assert any("Reported missing" in words for words in said.shared)
    assert not any("Reported missing" in words for words in silent.shared)


def test_of_a_description_only_what_is_said_is_known(session_of) -> None:
    held = space(session_of(), "cse")
    one = described(held, {"missing_12m": 4.0, "age": 14.0})
    assert np.isnan(one).sum() == len(held.names) - 2
    assert "missing_12m" in sayable(held)
    assert "age" not in sayable(held)
    with pytest.raises(KeyError, match="no such indicators"):
        described(held, {"shoe_size": 7.0})


def test_a_description_finds_children_whom_the_reader_may_know(session_of, town) -> None:
    one = session_of("demo.north")
    held = space(one, "cse")
    near = of_sex(near_people(held, described(held, {"missing_12m": 4.0})), held.facts["sex"].to_numpy(object), "F")
    found = children_in_scope(one, held, near, 5)
    assert found
    assert all(each.person is not None and each.name and each.sex == "F" for each in found)
    assert [each.similarity for each in found] == sorted((each.similarity for each in found), reverse=True)
    shown = {each.person for each in found}
    assert all(log.entries(one.journal, action="search people", person=person) for person in shown)


def test_two_people_are_both_asked_for_at_the_gate(session_of, town) -> None:
    one = session_of("demo.north")
    rows = similar.rows_of(one, "cse", [town["yasmin"]])
    assert town["yasmin"] in rows
    elsewhere = next(
        row[0] for row in one.cursor.execute("SELECT person FROM person WHERE ward = 'W06' ORDER BY person").fetchall()
    )
    with pytest.raises(AccessRefused, match="outside your area"):
        similar.rows_of(one, "cse", [town["yasmin"], elsewhere])

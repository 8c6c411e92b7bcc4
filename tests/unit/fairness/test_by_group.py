"""Groups as they may be told: one rule for every page and paper, and nothing that gives a few children away."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.fairness.by_group import OTHERS, Group, groups

SMALLEST = 5
#: Right on the list, wrong on the list, missed, neither.
Counts = tuple[int, int, int, int]


def rows(told: dict[str, Counts], grouping: str = "ethnicity") -> pd.DataFrame:
    """Rows of ``evaluation`` as a build writes them of groups with these counts."""
    out = []
    for name, (right, wrong, missed, neither) in told.items():
        n, found, listed = right + wrong + missed + neither, right + missed, right + wrong
        shares = {
            "selection_rate": (listed, n),
            "precision_at_capacity": (right, listed),
            "recall_at_capacity": (right, found),
            "false_positive_rate": (wrong, n - found),
        }
        for metric, (part, whole) in shares.items():
            value = part / whole if whole else None
            out.append((grouping, name, metric, value, value, value, n, found))
    return pd.DataFrame(out, columns=["grouping", "group", "metric", "value", "low", "high", "n", "positives"])


def by_name(told: dict[str, Counts]) -> dict[str, Group]:
    return {each.name: each for each in groups(rows(told), "ethnicity")}


REAL: dict[str, Counts] = {
    "Asian": (3, 18, 11, 2768), "Black": (4, 23, 22, 3389), "White": (16, 155, 94, 22801), "Mixed": (9, 20, 19, 3044),
}  # fmt: skip


def test_a_small_count_takes_its_figures_with_it() -> None:
    told = by_name(REAL)
    assert told["Asian"].figures["precision_at_capacity"].withheld
    assert told["Asian"].identified is None
    assert told["White"].figures["precision_at_capacity"].value == 16 / 171


def test_what_is_withheld_is_told_of_those_groups_together() -> None:
    others = by_name(REAL)[OTHERS]
    assert others.of == ("Asian", "Black")
    assert others.figures["precision_at_capacity"].value == 7 / 48
    assert (others.children, others.identified) == (2800 + 3438, 40)


def test_where_nothing_is_withheld_or_everything_is_nobody_is_put_together() -> None:
    assert OTHERS not in by_name({name: REAL[name] for name in ("White", "Mixed")})
    assert OTHERS not in by_name({name: REAL[name] for name in ("Asian", "Black")})


def test_pairs_stand_in_order_whatever_is_not_recorded() -> None:
    told = dict.fromkeys(("not recorded,most deprived", "not recorded,not recorded", "girls,middle"), REAL["White"])
    named = [each.name for each in groups(rows(told, "sex,deprivation"), "sex,deprivation")]
    assert named == ["girls,middle", "not recorded,most deprived", "not recorded,not recorded"]


tables = st.dictionaries(
    st.sampled_from(["Asian", "Black", "Mixed", "Other", "White"]),
    st.tuples(*[st.integers(0, 60)] * 3, st.integers(100, 900)),
    min_size=2,
)


@settings(max_examples=80, deadline=None)
@given(tables)
def test_no_small_count_is_told_and_none_is_left_alone_to_be_worked_out(told: dict[str, Counts]) -> None:
    found = by_name(told)
    plain = {name: each for name, each in found.items() if not each.of}
    for name, (right, wrong, missed, _) in told.items():
        small = any(0 < count < SMALLEST for count in (right, wrong))
        assert not small or plain[name].figures["precision_at_capacity"].withheld
        assert not 0 < missed < SMALLEST or plain[name].identified is None
    withheld = [name for name, each in plain.items() if each.figures["precision_at_capacity"].withheld]
    assert len(withheld) != 1, "everybody less the others is the one"
    if OTHERS in found:
        parts = [sum(told[name][at] for name in found[OTHERS].of) for at in range(4)]
        assert all(part == 0 or part >= SMALLEST for part in parts)
        assert len(found[OTHERS].of) > 1

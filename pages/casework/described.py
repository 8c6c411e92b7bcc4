"""A description to look by: age, sex and a handful of indicators; with the known cases that come nearest to it."""

from __future__ import annotations

import math

import numpy as np
import streamlit as st

from analytics.casework import similar
from analytics.casework.described import MOST_SAID, described, of_sex, sayable
from analytics.casework.rows import each
from analytics.casework.score import numbers_allowed
from analytics.casework.similar import SEXES
from analytics.casework.space import Space, Values
from analytics.casework.weighing import Wishes, near_cases
from analytics.features.catalogue import CATALOGUE
from analytics.models.specs import SPECS
from pages.casework.mirror import case_line, followed
from pages.components.empty import empty
from pages.components.escape import text
from pages.entry.here import here

_CASES, _A_ROW = 3, 4


def description(held: Space, wishes: Wishes) -> tuple[Values, str | None] | None:
    """What is said of the child, and their sex; None until anything is."""
    age, sex = _who(held)
    chosen = st.multiselect(
        "What is known of the child", sayable(held), max_selections=MOST_SAID, key=f"described_{held.model}",
        format_func=lambda name: CATALOGUE[name].label, placeholder="Choose a few, such as times reported missing",
    )  # fmt: skip
    said = _amounts(held, chosen)
    if not said:
        empty(
            "Nobody is described yet.",
            "Say what is known of a child, real or thought of: whatever you leave open counts as not known.",
            "The nearest known cases and the nearest children in your area are listed then.",
        )
        return None
    one = described(held, said | ({"age": float(age)} if "age" in held.names and age is not None else {}))
    _cases(held, one, sex, wishes)
    st.subheader("Nearest children in your area")
    return one, sex


def _who(held: Space) -> tuple[int | None, str | None]:
    years, sexes, _ = st.columns([3, 3, 4], gap="large")
    low, high = SPECS[held.model].ages
    with years:
        age: int | None = st.selectbox(
            "Age", [None, *range(low, high + 1)], key=f"described_age_{held.model}",
            format_func=lambda age: "any" if age is None else f"{age} years",
        )  # fmt: skip
    with sexes:
        sex = st.pills("Sex", list(SEXES), format_func=lambda sex: SEXES[sex], key="described_sex")
    return age, sex


def _amounts(held: Space, chosen: list[str]) -> dict[str, float]:
    """A number for each, which begins where it begins to tell known cases apart."""
    said = {}
    for first in range(0, len(chosen), _A_ROW):
        columns = st.columns(_A_ROW, vertical_alignment="bottom")
        for column, name in zip(columns, chosen[first : first + _A_ROW], strict=False):
            rate = held.card.rate(name)
            begin = max(0, math.ceil(rate.cut)) if rate and math.isfinite(rate.cut) else 1
            with column:
                said[name] = _amount(held, name, begin, CATALOGUE[name].unit)
    return said


def _amount(held: Space, name: str, begin: int, unit: str) -> float:
    feature, key = CATALOGUE[name], f"described_{held.model}_{name}"
    if feature.aggregate in ("any", "open") and feature.scope == "self":
        told = st.segmented_control(
            feature.label, (1, 0), default=1, required=True, key=key, format_func=lambda yes: "yes" if yes else "no"
        )
        return float(1 if told is None else told)
    most = 100 if unit == "%" else None
    return float(st.number_input(f"{feature.label}{f' ({unit})' if unit else ''}", 0, most, begin, key=key))


def _cases(held: Space, one: Values, sex: str | None, wishes: Wishes) -> None:
    """The known cases that come nearest to the description, without names."""
    session = here().session
    st.subheader("Nearest known cases")
    facts = similar.case_facts(session, held.model)
    sexes = {int(row.number): row.sex for row in each(facts)}
    near = near_cases(held, one, wishes)
    near = of_sex(near, np.array([sexes.get(n) for n in range(len(near))], object), sex)
    numbered = numbers_allowed(session, held.model)
    cases = similar.nearest_cases(session, held.model, near, most=_CASES)
    if not cases:
        st.caption(f"No known case is of {text(SEXES.get(sex or '', ''))}.")
    for case in cases:
        st.markdown(f"{case_line(case, numbered)}  \n:small[{followed(case)}]")

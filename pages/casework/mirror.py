"""Two sides held against each other: what they share, where they differ, what nobody knows."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analytics.casework.similar import Case, Mirror
from pages.components.escape import text
from pages.components.words import known, listed

_SEX = {"F": "girl", "M": "boy"}


def mirror(held: Mirror, one: str, other: str) -> None:
    """Draw the three columns; ``one`` and ``other`` name the sides within a sentence: ``this child``."""
    shared, differs, unknown = st.columns([4, 5, 3], gap="medium")
    with shared:
        st.markdown("**Shared**")
        _bullets(held.shared, "Nothing that stands out in both.")
    with differs:
        st.markdown("**Differs**")
        _side(one, held.only_one)
        _side(other, held.only_other)
        if not held.only_one and not held.only_other:
            st.caption("Nothing.")
    with unknown:
        st.markdown("**Not known**")
        _bullets(held.unknown, "Everything that could be compared is known.")


def _side(whose: str, said: Sequence[str]) -> None:
    if said:
        st.markdown(f":small[Only {text(whose)}]")
        _bullets(said, "", most=5)


def _bullets(said: Sequence[str], none: str, most: int = 8) -> None:
    if not said:
        st.caption(none)
        return
    st.markdown("\n".join(f"- {text(one)}" for one in said[:most]))
    if len(said) > most:
        st.caption(f"and {len(said) - most} more")


def case_line(case: Case, number: bool = True) -> str:
    """A known case in a line, never with a name; ``number``: say how close it is. Our Markdown."""
    facts = [f"**Case {case.number + 1}**", about(case.sex, case.years), f"identified {case.year}"]
    if number and case.similarity:
        facts.append(f"closeness {case.similarity} of 100")
    return " · ".join(facts)


def about(sex: str | None, years: int | None) -> str:
    """``girl, 14 when identified``."""
    old = f"{int(years)} when identified" if known(years) else "age not known"
    return ", ".join(part for part in (_SEX.get(sex or "", ""), old) if part)


def followed(case: Case) -> str:
    """What came in the year after a case was identified; our Markdown."""
    if case.months_after < 1:
        return "Identified a short while ago: what follows is not known yet."
    span = "in the year after" if case.months_after >= 12 else f"in the {case.months_after} months after"
    services = f"{listed(list(case.followed))} began" if case.followed else "no service is recorded as begun"
    return (
        f"What followed: {services}; reported missing {case.missing_before} times in the year before, "
        f"{case.missing_after} times {span}."
    ).replace(" 1 times", " once")

"""Two sides held against each other: what they share, where they differ, what nobody knows."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analytics.casework.similar import Case, Mirror
from pages.components.escape import text
from pages.components.words import listed, plural

_MOST = 8
_SEX = {"F": "girl", "M": "boy"}


def mirror(held: Mirror, one: str, other: str) -> None:
    """Draw the three columns; ``one`` and ``other`` name the sides, in our own words or escaped."""
    shared, differs, unknown = st.columns([4, 5, 3], gap="medium")
    with shared:
        st.markdown("**Shared**")
        _bullets(held.shared, "Nothing that stands out in both.")
    with differs:
        st.markdown("**Differs**")
        _bullets([f"{one}: {said}" for said in held.only_one] + [f"{other}: {said}" for said in held.only_other], "Nothing.")
    with unknown:
        st.markdown("**Not known**")
        _bullets(held.unknown, "Everything that could be compared is known.")


def _bullets(said: Sequence[str], none: str) -> None:
    if not said:
        st.caption(none)
        return
    st.markdown("\n".join(f"- {text(one)}" for one in said[:_MOST]))
    if len(said) > _MOST:
        st.caption(f"and {plural(len(said) - _MOST, 'more')}".replace("mores", "more"))


def case_line(case: Case) -> str:
    """A known case in a line, never with a name; our Markdown."""
    facts = [f"**Case {case.number + 1}**", about(case), f"identified {case.year}"]
    if case.similarity:
        facts.append(f"closeness {case.similarity} of 100")
    return " · ".join(facts)


def about(case: Case) -> str:
    """``girl, 14 when identified``."""
    years = f"{case.years} when identified" if case.years is not None else "age not known"
    return ", ".join(part for part in (_SEX.get(case.sex or "", ""), years) if part)


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

"""Family: who belongs to it and since when, which criteria and outcomes it meets and why, and what changed."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from analytics.casework.rows import each
from analytics.families import reading
from data.access.roles import Permission
from pages.casework import family_changes, family_criteria, family_network, family_people
from pages.casework.family_opened import Opened
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.links import chosen_person, link, person_link
from pages.components.words import age_on, month, plural
from pages.entry.here import here
from pages.entry.spec import PageSpec

PAGE = PageSpec(
    path="family",
    title="Family",
    icon=":material/family_restroom:",
    group="Casework",
    needs=Permission.SEE_FAMILY,
    whom="lead professionals",
    about="One family over time: homes, kin, six criteria and ten outcomes with the records behind each.",
    place=25,
    listed=False,
)
GROWN = 18
_TABS: dict[str, Callable[[Opened], None]] = {
    "Criteria and outcomes": family_criteria.show,
    "Who and when": family_people.show,
    "Seen with": family_network.show,
    "Services and changes": family_changes.show,
}


def page() -> None:
    """The family of the person last chosen; of two families, the one that the reader picks."""
    person = chosen_person()
    if person is None:
        empty("No family is chosen yet.", "This page shows the family of one person.", "Find them on the Search page.")
        link("search")
        return
    found = reading.families(here().session, person)
    if found.empty:
        empty("No family is recorded.", "No source says with whom this person lives or who their kin are.")
        link("person")
        return
    opened = _opened(person, found)
    _header(opened, found)
    tabs = st.tabs(list(_TABS), key=f"family_tab_{person}", on_change="rerun")
    for tab, show in zip(tabs, _TABS.values(), strict=True):
        if tab.open:
            with tab:
                show(opened)


def _opened(person: int, found: pd.DataFrame) -> Opened:
    """Of several families the first that stands, until the reader picks another."""
    place = 0
    if len(found) > 1:
        called = [_called(row) for row in each(found)]
        options = list(range(len(found)))
        picked = st.segmented_control(
            "This person belongs to more than one family", options, format_func=lambda at: called[at],
            default=0, required=True, key=f"family_which_{person}",
        )  # fmt: skip
        place = int(picked or 0)
    family = int(found["number"].iloc[place])
    return Opened(person, family, reading.members(here().session, person, family))


def _called(row: object) -> str:
    name = text(getattr(row, "called", None) or "Name not recorded")
    since = getattr(row, "since", None)
    return f"{name} family" + (f", since {month(pd.Timestamp(since).date())}" if since is not None else "")


def _header(opened: Opened, found: pd.DataFrame) -> None:
    mine = found[found["number"] == opened.family].iloc[0]
    left, right = st.columns([5, 2], vertical_alignment="top")
    left.title(text(f"{mine['called'] or 'Name not recorded'} family"), anchor=False)
    left.markdown(" · ".join(_facts(opened.members, mine["ward_name"])))
    chosen = opened.members[opened.members["chosen"]].iloc[0]
    with right:
        st.caption("Opened from the page of")
        person_link(str(chosen["name"]), opened.person, "family_from")
    hidden = int((~opened.members["identified"]).sum())
    if hidden:
        st.caption(
            f":material/lock: {plural(hidden, 'member')} of {len(opened.members)} "
            f"{'is' if hidden == 1 else 'are'} outside your area: kin are named, what happened to them is not told."
        )


def _facts(members: pd.DataFrame, ward: object) -> list[str]:
    today = here().today
    now = members[members["until"].isna() & members["died"].isna()]
    ages = [None if pd.isna(born) else age_on(born.date(), today) for born in now["born"]]
    children = sum(1 for role, years in zip(now["role"], ages, strict=True)
                   if role == "child" and (years is None or years < GROWN))  # fmt: skip
    grown = sum(1 for role, years in zip(now["role"], ages, strict=True)
                if role == "child" and years is not None and years >= GROWN)  # fmt: skip
    adults = int((now["role"] == "adult").sum())
    facts = [f"**{plural(children, 'child')}**, {plural(adults, 'adult')}"]
    if grown:
        facts.append(f"{plural(grown, 'grown child')}".replace("childs", "children"))
    left = len(members) - len(now)
    if left:
        facts.append(f"{plural(left, 'former member')}")
    facts.append(text(ward) if isinstance(ward, str) else "ward not known")
    return facts

"""Similar: the nearest people to a profile, to a known case or to a person, by what sets known cases apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite

import pandas as pd
import streamlit as st

from analytics.casework import similar
from analytics.casework.described import children_in_scope, of_sex
from analytics.casework.person import header
from analytics.casework.rows import each
from analytics.casework.score import numbers_allowed
from analytics.casework.similar import SEXES, Filters, Neighbour
from analytics.casework.space import Space, SubProfile, Values
from analytics.casework.subprofiles import named
from analytics.casework.weighing import SHORT_LIST, Wishes, near_people
from analytics.features.catalogue import CATALOGUE
from analytics.models.specs import SPECS
from analytics.similarity.profile import ProfileCard
from data.access.roles import Permission, may
from pages.casework.again import again
from pages.casework.described import description
from pages.casework.find_person import find_person
from pages.casework.learned import known_cases_of, learned
from pages.casework.mirror import about, case_line, followed, mirror
from pages.casework.subprofile import sub_profile
from pages.casework.two_people import two_people
from pages.casework.weights import my_weights, said
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.links import person_link
from pages.components.tables import table
from pages.components.words import plural
from pages.entry.here import fragment, here
from pages.entry.spec import PageSpec

PAGE = PageSpec(
    path="similar",
    title="Similar",
    icon=":material/group:",
    group="Casework",
    needs=Permission.SEE_SIMILAR,
    whom="lead professionals and analysts",
    about="Find the children most like a known case, a group of known cases, another child or a description.",
    place=30,
)
_FIRST = 8
_PROFILE, _CASE, _PERSON, _DESCRIBED, _TWO = "A profile", "A known case", "A person", "A description", "Two people"
_NAMED = (_PERSON, _TWO)
_ALL = "all"


@dataclass(frozen=True)
class Target:
    """What to be like: a row of indicators, or a profile where it is None; ``other`` names it within a sentence."""

    one: Values | None
    row: int | None
    other: str
    group: SubProfile | None = None
    sex: str | None = None


def page() -> None:
    """What to be like on top, filters, then the nearest people and how they compare."""
    session = here().session
    st.title("Similar people")
    model = known_cases_of("similar_of")
    held = learned(session, model)
    if held is None:
        return
    st.markdown(
        "Likeness is learned from what sets known cases apart from other children of the city, not from how near two "
        "records are. It finds who to ask about; it says of nobody that they are exploited."
    )
    mode, wishes = _asked(held)
    if mode == _TWO:
        two_people(held, wishes)
        return
    ways: dict[str, Callable[[], Target | None]] = {
        _PROFILE: lambda: _profile(held),
        _CASE: lambda: _case(held),
        _PERSON: lambda: _person(held),
        _DESCRIBED: lambda: _described(held, wishes),
    }
    target = ways[mode]()
    if target is None:
        return
    began = session.snapshot.id
    fragment(lambda: _nearest(began, held, target, wishes))()


def _asked(held: Space) -> tuple[str, Wishes]:
    """Which way to look, and what is to count."""
    modes = [_PROFILE, _CASE, _PERSON, _DESCRIBED, _TWO]
    if not may(here().reader.role, Permission.SEARCH):
        modes = [mode for mode in modes if mode not in _NAMED]
    mode = st.segmented_control("Most like", modes, default=_PROFILE, required=True, key="similar_mode")
    wishes = my_weights(held, f"similar_{held.model}")
    said(wishes)
    return mode or _PROFILE, wishes


def _profile(held: Space) -> Target:
    """All known cases, or one of the groups among them under the name it goes by."""
    groups = {str(one.group.number): one for one in named(here().session, held)}
    every = f"{SPECS[held.model].label}: all known cases"
    words = {_ALL: every} | {key: f"{one.name} ({plural(len(one.group.cases), 'case')})" for key, one in groups.items()}
    chosen = st.selectbox("Profile", list(words), format_func=lambda key: words[key], key="similar_profile") or _ALL
    if held.ungrouped:
        st.caption(held.ungrouped)
    group = groups.get(chosen)
    card = held.card if group is None else held.card_of(group.group)
    if group is not None:
        sub_profile(group, held.model)
    with st.expander(f"The profile's card: {plural(card.n, 'known case')}, and what is common among them"):
        _card(card)
    return Target(None, None, every if group is None else group.name, None if group is None else group.group)


def _described(held: Space, wishes: Wishes) -> Target | None:
    """A child who is only described, with the known cases nearest to the description."""
    told = description(held, wishes)
    if told is None:
        return None
    one, sex = told
    return Target(one, None, "the description", sex=sex)


def _card(card: ProfileCard) -> None:
    """Each indicator's rate among the known cases and among all children, with how often more that is."""
    rows = [
        (
            CATALOGUE[rate.indicator].label,
            f"{'at least' if rate.at_least else 'at most'} {CATALOGUE[rate.indicator].figure(rate.cut)}",
            f"{100 * rate.cases:.0f} %",
            f"{100 * rate.cohort:.0f} %",
            "never elsewhere" if rate.lift is None else f"{rate.lift:.1f} times",
            CATALOGUE[rate.indicator].theme,
        )
        for rate in card.rates
        if isfinite(rate.cut) and rate.cases > 0 and CATALOGUE[rate.indicator].aggregate != "days_since"
    ]
    st.caption(
        "As the known cases were at least 90 days before they were identified, against all children of 10 to 17 today."
    )
    frame = pd.DataFrame(rows, columns=["indicator", "cut", "cases", "cohort", "lift", "theme"])
    table(
        frame,
        "similar_card",
        {
            "indicator": "Indicator",
            "cut": "Counted from",
            "cases": "Of known cases",
            "cohort": "Of all children",
            "lift": "More often by",
            "theme": "Theme",
        },
        rows=10,
    )


def _case(held: Space) -> Target | None:
    session = here().session
    names = {
        row.number: f"Case {row.number + 1}: {about(row.sex, row.years)}, in {row.identified_on.year}"
        for row in each(similar.case_facts(session, held.model))
    }
    number = st.selectbox(
        "Known case",
        list(names),
        format_func=lambda n: names[n],
        key="similar_case",
        index=None,
        placeholder="Choose a known case",
    )
    if number is None:
        st.caption(
            "Choose one, and the children whose records come nearest to it are listed here. Nobody's name is told."
        )
        return None
    case = similar.cases(session, held.model, [number])[0]
    st.markdown(f"{case_line(case)}  \n:small[{followed(case)}]")
    return Target(held.cases[number], None, "this case")


def _person(held: Space) -> Target | None:
    session = here().session
    chosen = find_person("similar") or st.session_state.get("similar_person")
    if chosen is None:
        return None
    row = similar.row_of(session, held.model, chosen)
    name = header(session, chosen).name
    if row is None:
        low, high = SPECS[held.model].ages
        empty(f"{text(name)} is not compared.", f"Only children aged {low} to {high} who live here are.")
        return None
    st.markdown(f"Children most like **{text(name)}**")
    return Target(held.values[row], row, name)


def _filters(held: Space) -> Filters:
    ages, sexes, areas = st.columns([3, 2, 3], gap="large")
    with ages:
        youngest, oldest = SPECS[held.model].ages
        low, high = st.slider("Age", youngest, oldest, (youngest, oldest), key="similar_ages")
    with sexes:
        chosen = st.pills(
            "Sex", list(SEXES), selection_mode="multi", format_func=lambda s: SEXES[s], key="similar_sexes"
        )
    with areas:
        every = sorted(held.facts["area"].dropna().unique())
        where = st.pills("Area", every, selection_mode="multi", format_func=text, key="similar_areas")
    return Filters((low, high), tuple(chosen), tuple(where))


def _nearest(began: str, held: Space, target: Target, wishes: Wishes) -> None:
    """``held`` and ``target`` are of the snapshot ``began``: in another one the same row is another child."""
    session = here().session
    if session.snapshot.id != began:
        st.rerun()
    numbered = numbers_allowed(session, held.model)
    if not numbered:
        st.caption("In order of likeness. No numbers are shown: the model has not passed, or nobody has approved it.")
    near = _found(held, target, wishes)
    if not near:
        empty("Nobody is found.", "There are no such children here.", "Widen age, sex or area, or describe less.")
        return
    if wishes.any:
        st.caption(f"Of the {SHORT_LIST} nearest as learned, in the order of your weights.")
    count = st.session_state.get("similar_shown", _FIRST)
    for one_near in near[:count]:
        compared = _compared(held, target, one_near, wishes.silent(held.names))
        _row(one_near, compared, target, numbered)
    if len(near) > count and st.button(f"Show {len(near) - count} more", key="similar_more"):
        st.session_state["similar_shown"] = len(near)
        again()


def _found(held: Space, target: Target, wishes: Wishes) -> list[Neighbour]:
    session = here().session
    if target.other == "the description" and target.one is not None:
        sexes = held.facts["sex"].to_numpy(object)
        near = of_sex(near_people(held, target.one, wishes), sexes, target.sex)
        return children_in_scope(session, held, near, similar.MOST)
    filters = _filters(held)
    if target.one is None:
        return similar.nearest_to_profile(session, held.model, filters, group=target.group, wishes=wishes)
    return similar.nearest_to(session, held.model, target.one, filters, leave_out=target.row, wishes=wishes)


def _compared(held: Space, target: Target, near: Neighbour, without: frozenset[str]) -> similar.Mirror:
    theirs = held.values[near.row]
    if target.one is None:
        return similar.against_profile(held, theirs, target.group, without)
    return similar.against(held, theirs, target.one, without)


def _row(near: Neighbour, compared: similar.Mirror, target: Target, numbered: bool) -> None:
    with st.container(border=True, gap=None):
        name, likeness, shared, button = st.columns([3, 2, 6, 2], gap="medium", vertical_alignment="center")
        with name, st.container(gap=None):
            _who(near)
        if numbered:
            likeness.markdown(f"likeness **{near.similarity}** of 100")
        shared.markdown(
            ":small[" + ("  \n".join(text(said) for said in compared.shared[:3]) or "Nothing single stands out.") + "]"
        )
        key = f"similar_compare_{near.row}"
        opened = st.session_state.get(key, False)
        if button.button("Close" if opened else "Compare", key=f"{key}_button", width="stretch"):
            st.session_state[key] = not opened
            again()
        if opened:
            mirror(compared, "this child", "common among known cases" if target.one is None else target.other)


def _who(near: Neighbour) -> None:
    if near.person is not None and near.name is not None:
        person_link(near.name, near.person, "similar")
    else:
        st.markdown(
            ":material/lock: a child outside your area"
            if may(here().reader.role, Permission.SEE_PERSON)
            else ":material/lock: a child"
        )
    sex = {"F": "girl", "M": "boy"}.get(near.sex or "", "")
    facts = [plural(near.years, "year") if near.years is not None else "", sex, near.ward or near.area or ""]
    known = " · :red-badge[identified]" if near.known_case else ""
    st.markdown(f":small[{text(', '.join(fact for fact in facts if fact))}]{known}")

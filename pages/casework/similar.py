"""Similar: the nearest people to a profile, to a known case or to a person, by what sets known cases apart."""

from __future__ import annotations

from math import isfinite

import pandas as pd
import streamlit as st

from analytics.casework import similar
from analytics.casework.person import header
from analytics.casework.rows import each
from analytics.casework.score import numbers_allowed
from analytics.casework.search import search
from analytics.casework.similar import SEXES, Filters, Neighbour
from analytics.casework.space import Space, SubProfile, Values
from analytics.casework.subprofiles import named
from analytics.features.catalogue import CATALOGUE
from analytics.models.specs import MODEL
from analytics.similarity.profile import ProfileCard
from data.access.roles import Permission, may
from pages.casework.again import again
from pages.casework.learned import learned
from pages.casework.mirror import about, case_line, followed, mirror
from pages.casework.subprofile import sub_profile
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
    about="Find the children most like a known case, a group of known cases or another child.",
    place=30,
)
_FIRST = 8
PROFILES = {MODEL: "Child sexual exploitation: all known cases"}
_MODES = ("A profile", "A known case", "A person")


Target = tuple[Values | None, int | None, str, SubProfile | None]


def page() -> None:
    """What to be like on top, filters, then the nearest people and how they compare."""
    session = here().session
    st.title("Similar people")
    held = learned(session)
    if held is None:
        return
    st.markdown(
        "Likeness is learned from what sets known cases apart from other children of the city, not from how near two "
        "records are. It finds who to ask about; it says of nobody that they are exploited."
    )
    modes = _MODES if may(here().reader.role, Permission.SEARCH) else _MODES[:2]
    mode = st.segmented_control("Most like", modes, default=_MODES[0], required=True, key="similar_mode")
    target = {"A profile": _profile, "A known case": _case, "A person": _person}[mode or _MODES[0]](held)
    if target is None:
        return
    began = session.snapshot.id
    fragment(lambda: _nearest(began, held, *target))()


def _profile(held: Space) -> Target:
    """All known cases, or one of the groups among them under the name it goes by."""
    groups = {str(one.group.number): one for one in named(here().session, held)}
    words = PROFILES | {key: f"{one.name} ({plural(len(one.group.cases), 'case')})" for key, one in groups.items()}
    chosen = st.selectbox("Profile", list(words), format_func=lambda key: words[key], key="similar_profile") or MODEL
    if held.ungrouped:
        st.caption(held.ungrouped)
    group = groups.get(chosen)
    card = held.card if group is None else held.card_of(group.group)
    if group is not None:
        sub_profile(group)
    with st.expander(f"The profile's card: {plural(card.n, 'known case')}, and what is common among them"):
        _card(card)
    return None, None, PROFILES[MODEL] if group is None else group.name, None if group is None else group.group


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
        for row in each(similar.case_facts(session, MODEL))
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
    case = similar.cases(session, MODEL, [number])[0]
    st.markdown(f"{case_line(case)}  \n:small[{followed(case)}]")
    return held.cases[number], None, "this case", None


def _person(held: Space) -> Target | None:
    session = here().session
    typed = st.text_input(
        "Find the person",
        key="similar_query",
        type="search",
        placeholder="name, date of birth, postcode or number",
        max_chars=200,
    )
    if (typed or "").strip():
        found = search(session, typed).cards
        options = {
            card.person: f"{card.name}, born {card.birth_date:%Y}" if card.birth_date else card.name for card in found
        }
        chosen: int | None = st.selectbox(
            "Which one", list(options), format_func=lambda p: options[p], key="similar_choice"
        )
    else:
        chosen = st.session_state.get("similar_person")
    if chosen is None:
        return None
    row = similar.row_of(session, MODEL, chosen)
    name = header(session, chosen).name
    if row is None:
        empty(f"{text(name)} is not compared.", "Only children aged 10 to 17 who live here are.")
        return None
    st.markdown(f"Children most like **{text(name)}**")
    return held.values[row], row, name, None


def _filters(held: Space) -> Filters:
    ages, sexes, areas = st.columns([3, 2, 3], gap="large")
    with ages:
        low, high = st.slider("Age", 10, 17, (10, 17), key="similar_ages")
    with sexes:
        chosen = st.pills(
            "Sex", list(SEXES), selection_mode="multi", format_func=lambda s: SEXES[s], key="similar_sexes"
        )
    with areas:
        every = sorted(held.facts["area"].dropna().unique())
        where = st.pills("Area", every, selection_mode="multi", format_func=text, key="similar_areas")
    return Filters((low, high), tuple(chosen), tuple(where))


def _nearest(
    began: str, held: Space, one: Values | None, row: int | None, other: str, group: SubProfile | None = None
) -> None:
    """``held``, ``one`` and ``row`` are of the snapshot ``began``: in another one the same row is another child."""
    session = here().session
    if session.snapshot.id != began:
        st.rerun()
    filters = _filters(held)
    if group is not None:
        near = similar.nearest_to_group(session, MODEL, group, filters)
    elif one is None:
        near = similar.nearest_to_profile(session, MODEL, filters)
    else:
        near = similar.nearest_to(session, MODEL, one, filters, leave_out=row)
    numbered = numbers_allowed(session, MODEL)
    if not numbered:
        st.caption("In order of likeness. No numbers are shown: the model has not passed, or nobody has approved it.")
    if not near:
        empty("Nobody fits the filters.", "There are no such children here.", "Widen age, sex or area.")
        return
    count = st.session_state.get("similar_shown", _FIRST)
    for one_near in near[:count]:
        _row(one_near, _held(held, one, one_near, group), other, one is None, numbered)
    if len(near) > count and st.button(f"Show {len(near) - count} more", key="similar_more"):
        st.session_state["similar_shown"] = len(near)
        again()


def _row(near: Neighbour, compared: similar.Mirror, other: str, profile: bool, numbered: bool) -> None:
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
            mirror(compared, "this child", "common among known cases" if profile else other)


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


def _held(held: Space, one: Values | None, near: Neighbour, group: SubProfile | None) -> similar.Mirror:
    theirs = held.values[near.row]
    return similar.against_profile(held, theirs, group) if one is None else similar.against(held, theirs, one)

"""Heightened risk: the ranked list of the reader's area, why in one line, and to whom each child is allocated."""

from __future__ import annotations

import streamlit as st

from analytics.casework.heightened import PAGE as FEW
from analytics.casework.heightened import Counts, Filters, Ranked, counts, ranked
from analytics.casework.lists import Since, offered, since
from analytics.casework.score import ModelNote
from analytics.models.specs import SPECS
from data.access.roles import Permission, may
from pages.casework.again import again
from pages.casework.heightened_filters import filters
from pages.casework.heightened_row import row
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.links import link
from pages.components.words import day, listed, number, plural
from pages.entry.here import fragment, here
from pages.entry.spec import PageSpec

PAGE = PageSpec(
    path="heightened",
    title="Heightened risk",
    icon=":material/format_list_numbered:",
    group="Casework",
    needs=Permission.SEE_LIST,
    whom="lead professionals and managers",
    about="The children of your area whose records look most like known cases, and why.",
    place=40,
)


def page() -> None:
    """Which list, what it says, filters and the list itself, the last two as one fragment."""
    st.title("Heightened risk")
    notes = offered(here().session)
    shown = {note.name: note for note in notes if not note.withheld}
    withheld = [note for note in notes if note.withheld]
    if not shown:
        _nothing(withheld)
        return
    which, about = st.columns([4, 9], gap="medium", vertical_alignment="center")
    with which:
        model = _chosen(shown)
    about.markdown(
        f"A place on this list says that the **records** look like those of children who later {_happened(model)}. "
        "Some on it are not at risk, and some who are will never be on it. You decide."
    )
    if caveat := shown[model].caveat:
        st.info(text(caveat), icon=":material/science:")
    fragment(lambda: _list(model))()
    _withheld(withheld)


def _nothing(withheld: list[ModelNote]) -> None:
    empty(
        "There is no list.",
        text(withheld[0].withheld) if withheld else "No model has been built.",
        "Search and similar cases work without it.",
    )
    _withheld(withheld[1:])
    if may(here().reader.role, Permission.SEE_SIMILAR):
        link("similar", "Children whose records look most like known cases")
    link("model", "How good the models are")


def _chosen(shown: dict[str, ModelNote]) -> str:
    """The model whose list is shown; where there is one alone, its name stands there in words."""
    if len(shown) == 1:
        (note,) = shown.values()
        st.markdown(f"**{text(note.label)}**")
        return note.name
    return st.selectbox("List", list(shown), format_func=lambda name: shown[name].label, key="heightened_model")


def _happened(model: str) -> str:
    """What it was that happened to those whom the list looks for, in words."""
    spec = SPECS[model]
    return text(f"{spec.happened} as known cases of {spec.label.lower()}" if spec.profile else spec.happened)


def _withheld(notes: list[ModelNote]) -> None:
    if notes:
        with st.expander(f"No list of {listed([note.label.lower() for note in notes], 'or')}"):
            for note in notes:
                st.markdown(f"**{text(note.label)}.** {text(note.withheld or '')}")


def _list(model: str) -> None:
    session = here().session
    compared = since(session, model)
    whole = counts(session, model, compared=compared)
    _capacity(whole)
    if not whole.above:
        empty(
            f"Nobody {_where()} is on the list.",
            "No child here is among those whose records look most like known cases.",
        )
        return
    wanted = filters(model, whole, compared)
    count = st.session_state.get("heightened_shown", FEW)
    found = ranked(session, model, wanted, count)
    _summary(found, compared)
    if not found.children:
        _left_nobody(wanted, compared)
    for child in found.children:
        row(child, model, compared)
    left = found.counts.fits - len(found.children)
    if left and st.button(f"Show {min(FEW, left)} more", key="heightened_more"):
        st.session_state["heightened_shown"] = count + FEW
        again()


def _capacity(whole: Counts) -> None:
    """Places beside what waits for one: the list is as long as it is, the places are as many as there are."""
    share = "the whole city's" if here().reader.wards is None else "your area's share of the city's"
    told = "as your manager said" if whole.told else share
    st.markdown(
        f"**Capacity {number(whole.places)}** :gray[({told})] · **{number(whole.taken)}** allocated · "
        f"**{number(whole.heightened)}** above the line, **{number(whole.waiting)}** of them waiting"
    )


def _summary(found: Ranked, compared: Since) -> None:
    whole = found.counts
    new = f"; {number(whole.new)} of them new or risen {_when(compared)}" if compared.on else ""
    st.markdown(
        f":small[As of {day(whole.as_of)}, {plural(whole.above, 'child')} {_where()} stand at heightened or "
        f"raised{new}. **{number(whole.fits)}** as chosen here.]"
    )


def _where() -> str:
    return "in the city" if here().reader.wards is None else "in your area"


def _when(compared: Since) -> str:
    return f"since {day(compared.on)}" if compared.build is None else f"since the list of {day(compared.on)}"


def _left_nobody(wanted: Filters, compared: Since) -> None:
    if wanted == Filters(bands=wanted.bands, ages=wanted.ages, new_only=True):
        empty("Nobody is new.", f"Nobody has come to this level {_when(compared)}.")
    else:
        empty(
            "Nobody fits the filters.", "There are children on the list, and none of them fits.", "Take a filter away."
        )

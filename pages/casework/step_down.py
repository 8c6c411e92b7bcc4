"""Step-down: people allocated or watched whose level fell, and what is open to them that might close."""

from __future__ import annotations

import streamlit as st

from analytics.casework.lists import offered
from analytics.casework.stepping_down import Fallen, stepping_down
from analytics.models.specs import SPECS
from data.access.roles import Permission
from pages.casework.cards import head
from pages.components import look
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.links import link
from pages.components.words import day, listed
from pages.entry.here import here
from pages.entry.spec import PageSpec

PAGE = PageSpec(
    path="step-down",
    title="Step-down",
    icon=":material/trending_down:",
    group="Casework",
    needs=Permission.SEE_LIST,
    whom="lead professionals and managers",
    about="People allocated or watched whose level has fallen, and what might close.",
    place=46,
)


def page() -> None:
    """What a fall means, then each person, by list."""
    st.title(PAGE.title)
    shown = {note.name: note for note in offered(here().session) if not note.withheld}
    if not shown:
        empty("There is nothing to compare.", "No model may be shown now, so no level is known.")
        link("model", "How good the models are")
        return
    st.markdown(
        "These are people allocated in your area, or watched by you, who stand at a **lower level** than in the year "
        "before. A fall is no proof of safety: records also go quiet when nobody looks any more. Ask before you close."
    )
    fell = stepping_down(here().session, list(shown))
    found = {shown[name].label: people for name, people in fell.items()}
    for label, people in found.items():
        if people:
            st.subheader(text(label))
            for one in people:
                _one(one, label)
    quiet = [label for label, people in found.items() if not people]
    if len(quiet) == len(found):
        empty("Nobody's level has fallen.", "Of those allocated in your area or watched by you, nobody stands lower.")
    elif quiet:
        st.caption(f"Nobody's level has fallen in {listed([label.lower() for label in quiet])}.")


def _one(one: Fallen, label: str) -> None:
    with st.container(border=True, gap=None):
        name, fell, state = st.columns([3, 6, 4], gap="medium", vertical_alignment="center")
        with name:
            head(one, f"step_down_{label}")
        fell.markdown(_fell(one))
        state.markdown(_state(one))


def _fell(one: Fallen) -> str:
    lines = [f"{look.band_words(one.band)}, was {one.band_before}; last above this level on {day(one.higher_on)}"]
    if one.quieter:
        lines.append(f":small[{text('; '.join(one.quieter))}]")
    if one.unseen:
        lines.append(f":small[:material/visibility_off: Not known any more: {text(', '.join(one.unseen).lower())}]")
    return "  \n".join(lines)


def _state(one: Fallen) -> str:
    services = listed([text(service) for service in one.services])
    if one.still:
        above = listed([f"{band} in {text(SPECS[model].label.lower())}" for model, band in one.still])
        lines = [f":red-badge[:material/front_hand: not to step down]  \n**Still {above}**"]
        lines.append(f"Open: {services}" if services else "Nothing open")
    else:
        lines = [f"To review, whether it might close: {services}" if services else "Nothing open"]
    if one.key_worker:
        lines.append(f"**With {text(one.key_worker)}** since {day(one.from_date)}")
    if one.watched:
        lines.append(":material/notifications: you watch")
    return "  \n".join(lines)

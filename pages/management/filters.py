"""The filters of a management page in one row, kept in the address and the session; and saved views of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from analytics.management import views
from data.access.reader import AccessRefused
from data.access.roles import Permission, may
from data.journal.accounts import reader_names
from data.journal.views import SavedView
from pages.casework.again import again
from pages.components.escape import text
from pages.entry.here import here

#: The first choice of a filter that narrows nothing.
ALL = ""


@dataclass(frozen=True)
class Filter:
    """One box: ``options`` says what each value is called; the first is what stands there until another is chosen.

    They may follow from what was chosen in the boxes before it. Figures alone stand in an address, so no value may be
    of a person. A value that narrows nothing is `ALL`.
    """

    name: str
    label: str
    options: Mapping[str, str] | Callable[[Mapping[str, str]], Mapping[str, str]]
    help: str | None = None
    wide: int = 3

    def offered(self, chosen: Mapping[str, str]) -> Mapping[str, str]:
        """What can be chosen, where ``chosen`` stands in the other boxes."""
        return self.options(chosen) if callable(self.options) else self.options


def filter_row(page: str, wanted: Sequence[Filter]) -> dict[str, str]:
    """The boxes beside each other, saved views at the end. The chosen value by name of the filter."""
    places = st.columns([*(one.wide for one in wanted), 3], gap="small", vertical_alignment="bottom")
    chosen: dict[str, str] = {}
    for place, one in zip(places, wanted, strict=False):
        with place:
            chosen[one.name] = _box(page, one, one.offered(chosen))
    with places[-1]:
        saved(page, wanted, chosen)
    return chosen


def saved(page: str, wanted: Sequence[Filter], chosen: Mapping[str, Any]) -> None:
    """Saved views of what is ``chosen`` by name, for whoever may save them; a box's key is ``page`` and its name."""
    if may(here().reader.role, Permission.SAVE_VIEW):
        _views(page, wanted, chosen)
    if said := st.session_state.pop(f"{page}_view_said", None):
        st.caption(f":material/check_circle: {said}")


def told(wanted: Sequence[Filter], chosen: Mapping[str, str]) -> dict[str, str]:
    """What is narrowed, in words, for the head of what leaves the page: ``{"Area": "North"}``."""
    return {one.label: one.offered(chosen)[chosen[one.name]] for one in wanted if chosen[one.name] != ALL}


def _box(page: str, one: Filter, options: Mapping[str, str]) -> str:
    key = f"{page}_{one.name}"
    # A value that is no longer offered, such as a ward after its area was changed, narrows nothing any more.
    if st.session_state.get(key) not in (None, *options):
        st.session_state[key] = next(iter(options))
    return str(
        st.selectbox(
            one.label, list(options), format_func=lambda value: options[value], key=key, help=one.help,
            bind="query-params", persist_state="session",
        )
    )  # fmt: skip


def _views(page: str, wanted: Sequence[Filter], chosen: Mapping[str, Any]) -> None:
    """Saved views: chosen, saved, renamed, shared, deleted."""
    found = views.views(here().session, page)
    names, mine = reader_names(here().session.journal), here().session.reader_id
    with st.popover("Views", icon=":material/bookmark:", width="stretch"), st.container(width=340):
        for one in found:
            _one(page, wanted, one, "" if one.by == mine else f" ({names.get(one.by, one.by)})")
        if not found:
            st.caption("A view keeps the filters as they stand now, under a name.")
        with st.form(f"{page}_view_new", border=False, clear_on_submit=True):
            name = st.text_input("Save these filters as", max_chars=views.LONGEST_NAME, key=f"{page}_view_name")
            shared = st.checkbox("Colleagues of my role may use it", key=f"{page}_view_share")
            if st.form_submit_button("Save", icon=":material/bookmark_add:"):
                _done(page, lambda: views.save(here().session, page, name, chosen, shared), "The view is saved.")


def _one(page: str, wanted: Sequence[Filter], one: SavedView, whose: str) -> None:
    """A button that sets the filters; for one's own, another that opens what can be done with it."""
    name, change = st.columns([3, 2], vertical_alignment="center")
    shared = " · shared" if one.shared and not whose else ""
    name.button(
        f"{text(one.name)}{text(whose)}{shared}", key=f"{page}_view_{one.number}", type="tertiary",
        icon=":material/bookmark:", on_click=_set, args=(page, wanted, one.chosen),
    )  # fmt: skip
    if whose:
        return
    with change:
        opened = st.toggle("Change", key=f"{page}_view_change_{one.number}")
    if opened:
        with st.form(f"{page}_view_form_{one.number}", border=False):
            called = st.text_input("Name", one.name, views.LONGEST_NAME, key=f"{page}_view_call_{one.number}")
            share = st.checkbox("Colleagues of my role may use it", one.shared, key=f"{page}_view_with_{one.number}")
            keep, away = st.columns(2)
            if keep.form_submit_button("Rename"):
                _done(page, lambda: views.rename(here().session, one, called, share), "The view is changed.")
            if away.form_submit_button("Delete"):
                _done(page, lambda: views.delete(here().session, one), "The view is deleted.")


def _set(page: str, wanted: Sequence[Filter], chosen: Mapping[str, Any]) -> None:
    """Before the next run: every filter as the view has it; one that the view does not know narrows nothing.

    What a box offers may follow from another, so whether a value is still offered is seen when the box is drawn.
    """
    for one in wanted:
        st.session_state[f"{page}_{one.name}"] = chosen.get(one.name, next(iter(one.offered(chosen))))


def _done(page: str, write: Any, said: str) -> None:
    try:
        write()
    except AccessRefused as refusal:
        st.error(text(str(refusal)))
        return
    st.session_state[f"{page}_view_said"] = said
    again()

"""What the list can be narrowed by: the two that are used most on the page, the rest one click away."""

from __future__ import annotations

from typing import Any

import streamlit as st

from analytics.casework.heightened import ANYBODY, MINE, NOTHING, TAKEN, WAITING, Counts, Filters, grouped
from analytics.casework.lists import Since
from analytics.casework.services import SERVICES
from analytics.casework.subprofiles import named
from analytics.models.specs import SPECS
from data.access.roles import Permission, may
from pages.components.words import day
from pages.entry.here import here

_SHOWS = {"Heightened": ("heightened",), "With raised": ("heightened", "raised")}
_ALLOCATED = {ANYBODY: "Anybody", WAITING: "Waiting", TAKEN: "Allocated", MINE: "Allocated to me"}
_SEXES = {"F": "Girls", "M": "Boys"}


def filters(model: str, whole: Counts, compared: Since) -> Filters:
    """The reader's choice for the list of ``model``."""
    level, allocated, new = st.columns([4, 5, 5], gap="medium", vertical_alignment="bottom")
    with level:
        shows = st.segmented_control("Level", list(_SHOWS), default="Heightened", required=True, key="heightened_level")
    with allocated:
        taken = st.selectbox("Whom", _offered(), format_func=lambda one: _ALLOCATED[one], key="heightened_allocated")
    with new:
        new_only = st.toggle(
            f"New since {day(compared.on)}",
            key="heightened_new",
            disabled=compared.on is None,
            help="At this level for the first time, or risen to it, since the list of that day.",
        )
    rest = _more(model, whole)
    return Filters(bands=_SHOWS[shows or "Heightened"], allocated=taken, new_only=new_only, **rest)


def _offered() -> list[str]:
    return [one for one in _ALLOCATED if one != MINE or may(here().reader.role, Permission.WATCH)]


def _more(model: str, whole: Counts) -> dict[str, Any]:
    """The rest; its head says how many are set."""
    ages = SPECS[model].ages
    set_now = sum(_is_set(name, ages) for name in ("areas", "wards", "sexes", "kinds", "group", "ages"))
    # In the page and no popover: what that holds stands behind all the page for whoever has no mouse.
    head = f"Filters ({set_now})" if set_now else "Filters"
    with st.expander(head, icon=":material/tune:", key="heightened_filters"):
        return _fields(model, whole, ages)


def _fields(model: str, whole: Counts, ages: tuple[int, int]) -> dict[str, Any]:
    where, who, what = st.columns(3, gap="medium")
    areas: list[str] = []
    with where:
        if len(whole.areas) > 1:
            areas = st.multiselect("Area", whole.areas, key="heightened_areas", placeholder="All areas")
        wards = st.multiselect("Ward", whole.wards, key="heightened_wards", placeholder="All wards")
    with who:
        low, high = st.slider("Age", *ages, ages, key=f"heightened_ages_{model}")
        sexes = st.pills(
            "Sex", list(_SEXES), selection_mode="multi", format_func=lambda s: _SEXES[s], key="heightened_sexes"
        )
    with what:
        open_to = {NOTHING: "nothing"} | SERVICES
        kinds = st.multiselect(
            "Open to", list(open_to), format_func=lambda k: open_to[k], key="heightened_kinds",
            placeholder="Any or nothing",
        )  # fmt: skip
        group = _group(model)
    return {
        "areas": tuple(areas), "wards": tuple(wards), "ages": (low, high), "sexes": tuple(sexes),
        "kinds": tuple(kinds), "group": group,
    }  # fmt: skip


def _group(model: str) -> int | None:
    """Nearest to which group of known cases, where there are groups."""
    held = grouped(here().session, model)
    if held is None:
        return None
    names = {one.group.number: one.name for one in named(here().session, held)}
    return st.selectbox(
        "Most like the group", list(names), index=None, format_func=lambda n: names[n], key=f"heightened_group_{model}",
        placeholder="Any group of known cases",
    )  # fmt: skip


def _is_set(name: str, ages: tuple[int, int]) -> bool:
    kept = [value for key, value in st.session_state.items() if str(key).startswith(f"heightened_{name}")]
    return any(value and tuple(value) != ages if name == "ages" else value not in (None, [], ()) for value in kept)

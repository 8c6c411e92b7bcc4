"""What the views of Planning share: the model and the places asked about, what was measured, and how it is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from analytics.disclosure.control import DEFAULT
from analytics.fairness.reading import Model, models, rows_of
from analytics.management.capacity import Curve, Range, Scenario, curve, most, scenario
from analytics.management.demand import Demand, demand
from analytics.management.export import Head
from analytics.management.fair import Areas, Need, areas, need
from analytics.models.spec import ModelSpec
from analytics.models.specs import SPECS
from data.access.gate import Session, cache_key
from data.journal.casework import team_places
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import number, plural
from pages.management.filters import Filter, saved

#: Children whom one key worker has at a time, until somebody says otherwise.
USUAL = 12
#: What the boxes are called in the session and in saved views.
_PAGE = "planning_list"
_MODEL, _WORKERS = f"{_PAGE}_model", f"{_PAGE}_workers"


@dataclass(frozen=True)
class Asked:
    """The model and the list of ``places`` that are asked about, with what was measured of it."""

    model: Model
    spec: ModelSpec
    rows: pd.DataFrame
    curve: Curve
    where: Areas
    need: Need
    workers: int
    places: int

    @property
    def children(self) -> int:
        return int(self.where.asked.sum())

    @property
    def whole(self) -> Scenario:
        return scenario(self.curve, self.children, self.places)


def asked(session: Session) -> Asked | None:
    """The controls, and what they ask for; None, said on the page, where nothing was measured."""
    known = [one for one in models(session) if one.name in SPECS]
    if not known:
        empty("What key workers would reach would be here.", "The store holds no model of a list of children.")
        return None
    boxes = st.columns([3, 2, 2, 2, 2], vertical_alignment="bottom")
    names = {one.name: one for one in known}
    # A view may have been saved of a model that is there no more.
    if st.session_state.get(_MODEL) not in (None, *names):
        del st.session_state[_MODEL]
    picked = boxes[0].selectbox(
        "List", list(names), format_func=lambda name: names[name].label, key=_MODEL, on_change=_another
    )
    spec, rows, told, where, needed = _measured(session, cache_key(session), picked)
    if told is None or needed is None:
        empty(
            "What key workers would reach would be here.", "No list of this model has been measured on enough children."
        )
        return None
    caseload = boxes[2].number_input("Children each at a time", 1, 60, USUAL, key=f"{_PAGE}_caseload")
    longest = most(told, int(where.asked.sum()))
    usual = min(_usual(session, told, where), longest)
    workers = boxes[1].number_input("Key workers", 1, 2_000, max(1, round(usual / caseload)), key=_WORKERS)
    places = min(int(workers * caseload), longest)
    boxes[3].markdown(f"= **{plural(places, 'child')}** at a time")
    with boxes[4]:
        chosen = {"model": picked, "caseload": int(caseload), "workers": int(workers)}
        saved(_PAGE, [Filter(name, name, {str(value): ""}) for name, value in chosen.items()], chosen)
    _withheld(names[picked])
    if workers * caseload > longest:
        st.warning(
            f"Lists of up to {number(longest)} children were measured. Beyond that nobody knows what a list would "
            f"find, so {number(longest)} are shown."
        )
    return Asked(names[picked], spec, rows, told, where, needed, int(workers), places)


def _another() -> None:
    """Another list was chosen: as many key workers as are usual for it."""
    st.session_state.pop(_WORKERS, None)


def _usual(session: Session, told: Curve, where: Areas) -> int:
    """Places that managers have set for teams, else those that the model was declared for."""
    given = sum(team_places(session.journal).values())
    return given or round(told.places * where.asked.sum() / told.children)


@st.cache_data(show_spinner="Reading what was measured …", max_entries=20)
def _measured(
    _session: Session, key: tuple[Any, ...], model: str
) -> tuple[ModelSpec, pd.DataFrame, Curve | None, Areas, Need | None]:
    """Cached by snapshot and scope (``key``) and model; what areas need is None where too little was measured."""
    spec, rows, where = SPECS[model], rows_of(_session, model), areas(_session, model)
    told = curve(rows)
    return spec, rows, told, where, None if told is None or where.asked.empty else need(where, rows, told)


@st.cache_data(show_spinner="Counting months and trying forecasts on the past …", max_entries=4)
def demanded(_session: Session, key: tuple[Any, ...]) -> Demand:
    """Cached by snapshot and scope (``key``)."""
    return demand(_session)


def _withheld(model: Model) -> None:
    if model.withheld:
        st.info(
            f"{text(model.withheld)}  \n**No child's score is read here.** What follows is worked out from how its "
            "list did when it was measured, for planning alone.",
            icon=":material/visibility_off:",
        )


def head_of(found: Asked, what: str) -> Head:
    """What leaves the page of a list is headed by."""
    when = f"A list of {number(found.places)} of {number(found.children)} children"
    notes = (f"Measured on {number(found.curve.children)} children, by what was recorded of them afterwards.",)
    return Head(what, when, DEFAULT.words, {"List": found.model.label}, notes)


def within(spec: ModelSpec) -> str:
    """``were identified within 12 months``: whom it was right to look for."""
    return f"{spec.happened} within {spec.horizon_months} months"


def ranged(told: Range | None, decimals: int = 0) -> str:
    """``43 (31 to 55)``; a figure that may not be told is ``c``."""
    if told is None:
        return "c"
    value, low, high = (number(one, decimals) for one in (told.value, told.low, told.high))
    return f"{value} ({low} to {high})"


def one(value: float | None) -> str:
    """An expected number, whole; ``c`` where it may not be told."""
    return "c" if value is None or pd.isna(value) else number(value)

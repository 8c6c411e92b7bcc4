"""Whom a request is about: found by what their proof says, and chosen among those who fit."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from analytics.governance import erasure
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import day
from pages.entry.here import here


def choose_subject(key: str, otherwise: str) -> tuple[int, str] | None:
    """The person and how they are called; None until one is chosen. ``otherwise`` follows where nobody is found."""
    left, middle, right = st.columns([2, 2, 1])
    own = left.text_input("An agency's number, NHS number or person's number", key=f"{key}_number")
    surname = middle.text_input("Or surname", key=f"{key}_surname")
    born = right.date_input(
        "with date of birth", None, min_value=date(1900, 1, 1), max_value=here().today, format="DD/MM/YYYY",
        key=f"{key}_born",
    )  # fmt: skip
    if not own.strip() and not (surname.strip() and born):
        st.caption("Whoever asks proves who they are; look them up by what their proof says.")
        return None
    found = erasure.find(here().session, own, surname, born)
    if found.empty:
        empty("Whom it is about would be shown here.", "Nobody is held under this.", otherwise)
        return None
    names = {int(row["person"]): _name(row) for row in found.to_dict("records")}
    person = st.radio("Whom it is about", list(names), format_func=names.__getitem__, key=f"{key}_person")
    return None if person is None else (int(person), names[int(person)])


def _name(row: dict[Any, Any]) -> str:
    born = (
        f"born {day(row['birth_date'].date())}" if row["birth_date"] == row["birth_date"] else "date of birth not known"
    )
    where = f", {text(row['ward_name'])}" if isinstance(row["ward_name"], str) else ""
    return f"{text(row['forename'] or '')} {text(row['surname'] or '')}, {born}{where}"

"""How many contacts a pilot needs, from what this hub measured of itself: said before it begins."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.triage import pilot_size
from analytics.triage.pilot_facts import Followed
from analytics.triage.pilot_measures import MEASURES
from analytics.triage.pilot_size import FAMILY, WEEK, WORKER, Base, Size
from analytics.triage.pilot_words import SHORT, day
from data.journal.pilot import BY_CONTACT, BY_WEEK, KINDS, SHADOW
from pages.components import tables
from pages.components.empty import empty
from pages.components.words import number, plural

_SPANS = (8, 13, 26, 52)
_FEWEST = 200
_CAUTION = (
    "**By contact**, workers have contacts in both arms, so what they differ by cancels; contacts of one family fall "
    "on both arms as well, and the number is a cautious one. **By week**, whatever makes one week unlike another "
    "counts, one more week an arm makes up for how few there are, and weeks come in fours. Worked out from a year "
    "past: a shorter pilot has fewer contacts a family. Two-sided; Fleiss, Levin and Paik (2003), Kish (1965), Hayes "
    "and Moulton (2017)."
)


def planning(found: Followed) -> None:
    """Level, power and the smallest difference worth finding; contacts and weeks for each kind of pilot."""
    if len(found.rows) < _FEWEST:
        empty("How many contacts a pilot needs would be here.", "The year past has too few contacts to measure by.")
        return
    what, worth, sure, power = st.columns([5, 3, 2, 2], vertical_alignment="bottom")
    names = [name for name, one in MEASURES.items() if one.decides]
    measure = what.selectbox("The figure that is to decide", names, format_func=_words, key="pilot_plan_measure")
    points = worth.number_input(
        "Smallest difference, of 100", 0.1, 50.0, 3.0, 0.5, format="%.1f", key="pilot_smallest",
        help="The smallest one worth finding; in shadow, with nothing to compare, how exactly to know the share.",
    )  # fmt: skip
    level = 1 - sure.selectbox("Sure to", (0.95, 0.99, 0.90), format_func="{:.0%}".format, key="pilot_level")
    strength = power.selectbox("Power", (0.8, 0.9, 0.95), format_func="{:.0%}".format, key="pilot_power")
    try:
        one = pilot_size.base(found.rows, measure, (found.until - found.since).days / 7)
    except ValueError:
        empty("How many contacts it takes would be here.", "No contact of the year past has this figure.")
        return
    st.markdown(_told(found, one))
    _needed(one, points / 100, level, strength)
    if MEASURES[measure].decides != (SHADOW,):
        _found(one, level, strength)
    st.caption(_CAUTION)


def _words(name: str) -> str:
    return MEASURES[name].words


def _told(found: Followed, one: Base) -> str:
    """What the hub measured of itself, in sentences."""
    alike = ", ".join(
        f"{label} {one.alike[group]:.3f} ({number(one.size[group])} contacts)"
        for group, label in ((FAMILY, "a family"), (WORKER, "a worker"), (WEEK, "a week"))
    )
    return (
        f"From {day(found.since)} to {day(found.until)} it was **{100 * one.share:.1f} of 100** contacts here, "
        f"of about **{number(one.a_week)}** a week.  \n:small[How alike the contacts of one are, 0 to 1: {alike}.]"
    )


def _needed(one: Base, smallest: float, level: float, power: float) -> None:
    rows = []
    for kind in KINDS:
        if kind not in MEASURES[one.measure].decides:
            continue
        size = _size(one, kind, smallest, level, power)
        rows.append(
            {
                "kind": SHORT[kind].capitalize(),
                "contacts": number(size.contacts) if size else "no share lies so far away",
                "weeks": plural(size.weeks, "week") if size else "",
                "again": _until(one, size) if size else "",
                "effect": f"{one.effect(kind):.2f}",
            }
        )
    columns = {
        "kind": "Pilot", "contacts": "Contacts in all", "weeks": "At this hub's volume",
        "again": "Until the figure is whole", "effect": "Design effect",
    }  # fmt: skip
    tables.table(pd.DataFrame(rows), "pilot_needed", columns)


def _size(one: Base, kind: str, smallest: float, level: float, power: float) -> Size | None:
    try:
        return pilot_size.needed(one, kind, smallest, level, power)
    except ValueError:
        return None


def _until(one: Base, size: Size) -> str:
    return plural(size.weeks + -(-MEASURES[one.measure].days // 7), "week")


def _found(one: Base, level: float, power: float) -> None:
    st.markdown("**The other way round:** the smallest difference, of 100 contacts, that so many weeks would find.")
    rows = []
    for kind in (BY_CONTACT, BY_WEEK):
        sizes = [pilot_size.found_in(one, kind, weeks, level, power) for weeks in _SPANS]
        told = ["none" if size is None else f"{100 * size:.1f}" for size in sizes]
        rows.append({"kind": SHORT[kind].capitalize()} | dict(zip(map(str, _SPANS), told, strict=True)))
    columns = {"kind": "Pilot"} | {str(weeks): plural(weeks, "week") for weeks in _SPANS}
    tables.table(pd.DataFrame(rows), "pilot_found", columns)

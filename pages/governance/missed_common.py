"""What the missed have in common, in words a social worker uses, and the tables behind."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analytics.disclosure.control import DEFAULT, HIDDEN
from analytics.missed.common import Difference, Pattern, pattern
from analytics.missed.pattern import BOOKS, HEARD, INDICATOR, UNKNOWN
from pages.components import tables
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import listed, plural
from pages.entry.here import here
from pages.governance.fairness_words import NAMED

#: As many as people take in at once.
SAID = 4


def common(model: str) -> None:
    """Sentences first: what the missed had less of, more of, and who had not heard of them."""
    told = pattern(here().session, model)
    if told is None:
        empty("What the missed have in common would be here.", "Nobody was missed in the year measured.")
        return
    if told.missed is None:
        empty(
            "What the missed have in common would be here.",
            "Too few were missed to speak of them together without speaking of each.",
        )
        return
    found = "those on the list" if told.found is None else f"the {plural(told.found, 'child')} on the list"
    st.markdown(
        f"**{plural(told.missed, 'child')} who were missed, beside {found} who were identified too.** "
        "Of the day of measurement, at least 90 days before any of them was identified."
    )
    if told.found is None:
        _beside_others(told)
    else:
        _said("The missed had less of this", told.of(INDICATOR), fewer=True)
        _said("The missed had more of this", told.of(INDICATOR), fewer=False)
        _sources(told)
    _tables(told)
    st.caption(
        f"{DEFAULT.words} *Clear*: more than chance gives, even with so many comparisons (at most one in ten of them "
        "is chance all the same). What goes with being missed need not be its cause."
    )


def _said(title: str, differences: Sequence[Difference], fewer: bool) -> None:
    """The widest differences of one direction as a list; those that may be chance say so."""
    mine = [one for one in differences if (one.gap < 0 if fewer else one.gap > 0)]
    clear = [one for one in mine if one.clear] or [one for one in mine if abs(one.gap) >= 0.1]
    if not clear:
        return
    sure = "" if clear[0].clear else " :gray[(may be chance)]"
    lines = "\n".join(f"- {text(one.label)}{_cut(one)}: {_shares(one)}" for one in clear[:SAID])
    st.markdown(f"**{title}**{sure}\n\n{lines}")


def _beside_others(told: Pattern) -> None:
    """Where hardly anybody was found, all that can be said is how the missed differ from other children."""
    st.markdown(
        "Too few of those identified were on the list to say what sets the missed apart from them. "
        "This is what set the missed apart from other children, and did not lift them onto the list:"
    )
    wide = sorted((one for one in told.of(INDICATOR) if one.ahead >= 0.1), key=lambda one: (-one.ahead, one.label))
    lines = [
        f"- {text(one.label)}{_cut(one)}: {_share(one.missed)} of the missed, {_share(one.others)} of other children"
        for one in wide[: 2 * SAID]
    ]
    st.markdown("\n".join(lines) or ":gray[Nothing that can be shown without speaking of a few.]")


def _cut(one: Difference) -> str:
    return f", {text(one.cut)}" if one.cut else ""


def _shares(one: Difference) -> str:
    said = f"{_share(one.missed)} of the missed, {_share(one.found)} of those on the list"
    return said if one.others is None else f"{said}, {_share(one.others)} of other children"


def _share(share: float | None) -> str:
    return HIDDEN if share is None else f"{100 * share:.0f} %"


def _sources(told: Pattern) -> None:
    """Who had told of them in two years, and whose books they were on."""
    lines = []
    silent = [one for one in told.of(HEARD) if one.gap < 0 and (one.clear or one.gap <= -0.1)]
    if silent:
        names = [f"{text(one.label)} ({_share(one.missed)} against {_share(one.found)})" for one in silent[:SAID]]
        lines.append(f"- Had told of fewer of the missed in the two years before: {listed(names)}")
    off = [one for one in told.of(BOOKS) if one.gap < 0 and (one.clear or one.gap <= -0.1)]
    if off:
        names = [f"{text(one.label)} ({_share(one.missed)} against {_share(one.found)})" for one in off[:SAID]]
        lines.append(f"- Had fewer of the missed on their books: {listed(names)}")
    blank = [one for one in told.of(UNKNOWN) if one.gap > 0 and (one.clear or one.gap >= 0.1)]
    if blank:
        names = [f"*{text(one.label)}* ({_share(one.missed)} against {_share(one.found)})" for one in blank[:SAID]]
        lines.append(f"- Not known of more of the missed: {listed(names)}")
    if lines:
        st.markdown("**Who knew less of them**\n\n" + "\n".join(lines))


def _tables(told: Pattern) -> None:
    titles = {
        INDICATOR: "Every indicator",
        HEARD: "Sources that had told something of them in two years",
        BOOKS: "Sources whose books they were on",
        UNKNOWN: "What was not known of them",
    }
    groups = {name: NAMED[name] for name in NAMED if told.of(name)}
    with st.expander("All of it as tables"):
        titles |= groups
        there = [what for what in titles if told.of(what)]
        what = st.selectbox("Table", there, format_func=titles.__getitem__, key="missed_table")
        frame = pd.DataFrame(
            [
                (one.label, one.cut, *(_share(s) for s in (one.missed, one.found, one.others)), _lift(one),
                 "clear" if one.clear else "")
                for one in told.of(what)
            ],
            columns=["label", "cut", "missed", "found", "others", "lift", "clear"],
        )  # fmt: skip
        columns = {
            "label": titles[what] if what in groups else "What",
            "cut": "Counted from",
            "missed": "Of the missed",
            "found": "Of those on the list",
            "others": "Of other children",
            "lift": "Missed against listed",
            "clear": "Beyond chance",
        }
        if what != INDICATOR:
            del columns["cut"]
        tables.table(frame, key=f"missed_table_{what}", columns=columns, rows=10)


def _lift(one: Difference) -> str:
    return "–" if one.lift is None else f"{one.lift:.1f} times"

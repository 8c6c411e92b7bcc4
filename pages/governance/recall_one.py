"""One recalled person: each showing of the score, what its reader thought before and decided after."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from analytics.recall.export import judged
from analytics.recall.recall import Recalled, Shown
from data.access.roles import ROLES, Permission
from pages.components import look
from pages.components.escape import text
from pages.components.words import day, moment, odds, plural

_HOW = {Permission.SEE_SCORE.value: "on the person's page", Permission.SEE_LIST.value: "on the ranked list"}
_SHOWN = 10


def show_one(one: Recalled) -> None:
    """Latest first, in sentences."""
    with st.container(border=True):
        st.markdown(f"**{text(one.name)}**" + (f" · {text(one.note)}" if one.note else ""))
        latest = list(reversed(one.shown))
        st.markdown("\n".join(f"- {_said(each)}" for each in latest[:_SHOWN]))
        if len(latest) > _SHOWN:
            st.caption(f"and {plural(len(latest) - _SHOWN, 'earlier showing')}: all are in the download.")
        for row in one.allocations:
            ended = f": {text(row['outcome'])}" if row["outcome"] else ""
            st.markdown(
                f":material/person_add: Given to **{text(row['who'])}** from {_day(row['from_date'])} "
                f"({text(row['purpose'])}); {text(row['status'])}{ended}"
            )
        for row in one.told:
            st.markdown(f":material/check: Told {text(row['whom'])} on {_day(row['told_on'])}, by {text(row['who'])}")


def _said(shown: Shown) -> str:
    seen = shown.showing
    role = ROLES[seen.role].label.lower() if seen.role in ROLES else "unknown role"
    said = (
        f"{moment(datetime.fromisoformat(seen.at))}: **{text(shown.reader)}** ({role}) "
        f"{_HOW.get(seen.action, 'elsewhere')}"
    )
    if seen.band:
        told = f", {odds(seen.probability)}" if seen.probability is not None else ""
        said += f", {look.band_words(seen.band)}{told}"
    if before := judged(shown.judgement):
        said += f"; before: {before}"
    if shown.decision is not None:
        because = f" ({text(shown.decision['reason'])})" if shown.decision["reason"] else ""
        said += f"; after: **{text(shown.decision['view'])}**{because}, {text(shown.decision['action'] or 'no action')}"
    return said


def _day(iso: str) -> str:
    return day(datetime.fromisoformat(iso).date())

"""The head of a person's page: who, where, with whom, what is open, and what is new."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.casework.person import Header, News, news, strengths, watch
from analytics.casework.rows import each
from data.access.roles import Permission, may
from pages.components.escape import text
from pages.components.links import open_lineage
from pages.components.words import age, day, listed, plural, who
from pages.entry.here import here

_PHRASES = 6


def show_header(head: Header, happened: pd.DataFrame, looked: str | None) -> None:
    """Name and facts, open services and the lead professional, then what is new and what protects."""
    today = here().today
    left, right = st.columns([5, 2], vertical_alignment="top")
    with left:
        st.title(text(head.name))
        st.markdown(" · ".join(_facts(head)))
    with right:
        _lead(head, happened)
    st.markdown(_news(news(happened, looked, today)))
    if said := _strengths(strengths(happened, today)):
        st.markdown(said)


def _facts(head: Header) -> list[str]:
    who_is = who(head.birth_date, head.sex, here().today)
    if head.death_date:
        who_is = f"died {day(head.death_date)}, at {age(head.birth_date, head.death_date)}"
    facts = [f"**{who_is}**", f"born {day(head.birth_date)}", text(head.ward or "ward not known")]
    if head.family:
        facts.append(f"{text(head.family)} family")
    facts.append(f"open: {listed(list(head.services))}" if head.services else "no service open")
    return facts


def _lead(head: Header, happened: pd.DataFrame) -> None:
    """Who holds the case: the allocation made here, else the worker whom social care names."""
    if head.allocated_to:
        st.markdown(f"**Key worker**  \n{text(head.allocated_to)}, since {day(head.allocated_on)}")
    else:
        worker = happened[(happened["kind"] == "worker") & happened["ended_on"].isna() & happened["detail"].notna()]
        st.markdown(
            "**Lead professional**  \n" + (text(worker.iloc[0]["detail"]) if len(worker) else "nobody is named")
        )
    with st.container(horizontal=True, gap="medium"):
        _buttons(head)


def _buttons(head: Header) -> None:
    if may(here().reader.role, Permission.WATCH):
        label = "Stop watching" if head.watched else "Watch"
        icon = ":material/notifications_off:" if head.watched else ":material/notifications:"
        if st.button(
            label, key="person_watch", icon=icon, type="tertiary", help="A watched person is marked in your lists."
        ):
            watch(here().session, head.person, not head.watched)
            st.rerun()
    if may(here().reader.role, Permission.TRACE) and st.button(
        "Where figures come from", key="person_lineage", icon=":material/account_tree:", type="tertiary"
    ):
        open_lineage(head.person)


def _news(new: News) -> str:
    when = (
        f"Since you last looked ({day(new.last_looked.date())})"
        if new.last_looked
        else f"Since {day(new.since)} (you have not looked before)"
    )
    if not new.phrases:
        return f":material/history: **{when}:** nothing new has come in."
    shown = [text(phrase) for phrase in new.phrases[:_PHRASES]]
    rest = len(new.phrases) - len(shown)
    return (
        f":material/history: **{when}:** "
        + "; ".join(shown)
        + (f"; and {plural(rest, 'more thing')}" if rest else "")
        + "."
    )


def _strengths(good: pd.DataFrame) -> str:
    if good.empty:
        return ":material/shield: **Strengths:** none recorded. Records tell of trouble sooner than of what goes well."
    said = [text(row.said if row.times == 1 else f"{row.label}, {row.times} times in two years") for row in each(good)]
    return ":material/shield: **Strengths:** " + " · ".join(said[:5])

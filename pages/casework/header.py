"""The head of a person's page: who, where, with whom, what is open, whom to call, and what is new."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.casework.calls import Desk, Worker, desks, workers
from analytics.casework.last_seen import Look
from analytics.casework.person import Header, News, news, strengths
from analytics.casework.rows import each
from data.access.roles import Permission, may
from pages.casework.take_along import show_take_along
from pages.casework.watch_button import watch_button
from pages.components.escape import text
from pages.components.links import open_lineage
from pages.components.words import age, day, listed, plural, who
from pages.entry.here import here

_PHRASES, _STRENGTHS, _OPEN = 6, 5, 3


def show_header(head: Header, happened: pd.DataFrame, looked: Look | None) -> None:
    """Name and facts, open services and the lead professional, then what is new and what protects."""
    today = here().today
    named, others = workers(happened), desks(happened)
    left, right = st.columns([5, 2], vertical_alignment="top")
    with left:
        st.title(text(head.name), anchor=False)
        st.markdown(" · ".join(_facts(head)))
    with right:
        st.markdown(_lead(head, named, others))
    with st.container(horizontal=True, gap="medium"):
        if others or named:
            _whom_to_call(named, others)
        _buttons(head)
    st.markdown(f"{_news(news(happened, looked, today))}\n\n{_strengths(strengths(happened, today))}")


def _facts(head: Header) -> list[str]:
    who_is = who(head.birth_date, head.sex, here().today)
    if head.death_date:
        who_is = f"died {day(head.death_date)}, at {age(head.birth_date, head.death_date)}"
    facts = [f"**{who_is}**", f"born {day(head.birth_date)}", text(head.ward or "ward not known")]
    if head.family:
        facts.append(f"{text(head.family)} family")
    facts.append(f"open: {listed(list(head.services))}" if head.services else "no service open")
    return facts


def _lead(head: Header, named: list[Worker], others: list[Desk]) -> str:
    """Who holds the case: the allocation made here, else the worker whom the sources name, else whom to ask."""
    if head.allocated_to:
        return f"**Key worker**  \n{text(head.allocated_to)}  \n:small[since {day(head.allocated_on)}]"
    if named:
        return f"**Lead professional**  \n{_worker(named[0])}"
    serving = [one.owner for one in others if one.serves]
    ask = f"Open there: ask {text(serving[0])}." if serving else "No service is open."
    return f"**Lead professional**  \nNobody is named by any agency.  \n:small[{ask}]"


def _worker(one: Worker) -> str:
    team = f", {text(one.team)}" if one.team else ""
    return f"{text(one.name)}{team}  \n:small[{one.role} since {day(one.since)}]"


def _whom_to_call(named: list[Worker], others: list[Desk]) -> None:
    """Named workers first, then the desk of every agency that has written of this person."""
    lines = [f"- **{text(one.name)}**, {text(one.team or one.role)} · {text(one.call)}" for one in named]
    lines += [_desk(one) for one in others]
    with st.popover("Whom to call", icon=":material/call:", type="tertiary"):
        st.markdown("\n".join(lines))


def _desk(one: Desk) -> str:
    if one.open_now:
        rest = len(one.open_now) - _OPEN
        standing = [*one.open_now[:_OPEN], *([f"{rest} more"] if rest > 0 else [])]
        knows = f"open: {text(listed(standing))}"
    else:
        knows = f"last wrote of {day(one.latest_on)}"
    return f"- **{text(one.owner)}** :small[{knows}]  \n  {text(one.call or 'no desk is named in its declaration')}"


def _buttons(head: Header) -> None:
    if may(here().reader.role, Permission.WATCH):
        watch_button(head.person)
    if may(here().reader.role, Permission.TRACE) and st.button(
        "Where figures come from", key="person_lineage", icon=":material/account_tree:", type="tertiary"
    ):
        open_lineage(head.person)
    show_take_along(head.person)


def _news(new: News) -> str:
    when = (
        f"Since you last looked ({day(new.last_looked.date())})"
        if new.last_looked
        else f"New since {day(new.since)} (you have not looked before)"
    )
    if not new.phrases:
        return f":material/history: **{when}:** nothing new has come in."
    # A number stays on the line of its unit.
    shown = [text(phrase).replace(" \\%", "\u00a0\\%") for phrase in new.phrases[:_PHRASES]]
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
    rest = len(said) - _STRENGTHS
    more = f" · and {plural(rest, 'more kind')}, in the story" if rest > 0 else ""
    return ":material/shield: **Strengths:** " + " · ".join(said[:_STRENGTHS]) + more

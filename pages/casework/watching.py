"""Watching: what is new about the people whom the reader watches, why they do, and until when."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from analytics.casework.allocations import today
from analytics.casework.watching import USUAL, Move, Watched, run_out, stop, watch, watched
from data.access.roles import Permission
from pages.casework.again import again
from pages.casework.cards import head
from pages.components import look
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.links import person_link
from pages.components.words import day, number, plural
from pages.entry.here import fragment, here
from pages.entry.spec import PageSpec

PAGE = PageSpec(
    path="watching",
    title="Watching",
    icon=":material/notifications:",
    group="Casework",
    needs=Permission.WATCH,
    whom="lead professionals",
    about="What is new about the people you watch.",
    place=44,
)
_PHRASES = 5


def page() -> None:
    """Those with news first, the others after them, then watches that have run out."""
    st.title(PAGE.title)
    fragment(_watching)()


def _watching() -> None:
    mine, over = watched(here().session), run_out(here().session)
    if not mine:
        empty(
            "You watch nobody.",
            "What comes in about somebody you watch would stand here.",
            "Press Watch on a person's page, and say why and until when.",
        )
    else:
        _summary(mine)
    for one in mine:
        _one(one)
    if over:
        st.subheader("Watches that have run out")
        for one in over:
            _over(one)


def _summary(mine: tuple[Watched, ...]) -> None:
    new = sum(bool(one.news or one.moves) for one in mine)
    told = f"**{number(new)}** of them with news" if new else "nothing new about any of them"
    st.markdown(f"You watch **{plural(len(mine), 'person')}**: {told}. The records speak of {day(here().today)}.")


def _one(one: Watched) -> None:
    with st.container(border=True, gap=None):
        name, news, why = st.columns([3, 6, 4], gap="medium", vertical_alignment="center")
        with name:
            head(one, "watching")
        news.markdown(_news(one))
        with why, st.container(gap="xsmall"):
            until = f"until {day(one.until)}" if one.until else "with no end set"
            st.markdown(f":small[Since {day(one.since)}, {until}" + (f": {text(one.reason)}]" if one.reason else "]"))
            if st.button("Stop watching", key=f"watching_stop_{one.person}", type="tertiary"):
                stop(here().session, one.person)
                again()


def _news(one: Watched) -> str:
    """What came in since the reader last looked, levels first."""
    looked = f"since you looked on {day(one.looked.date())}" if one.looked else "since you began to watch"
    if not one.news and not one.moves:
        return f":gray[Nothing new {looked}.]"
    phrases = [text(phrase) for phrase in one.news[:_PHRASES]]
    rest = len(one.news) - len(phrases)
    lines = [_moved(move) for move in one.moves]
    if phrases:
        lines.append(
            f"New {looked}: " + "; ".join(phrases) + (f"; and {plural(rest, 'more thing')}" if rest else "") + "."
        )
    return "  \n".join(lines)


def _moved(move: Move) -> str:
    return f"**{text(move.label)}:** {look.band_words(move.now)}; it was {move.before} when you last looked"


def _over(one: Watched) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        person_link(one.name, one.person, "watching_over")
        st.markdown(f"until {day(one.until)}" + (f": {text(one.reason)}" if one.reason else ""), width="stretch")
        if st.button("Watch again", key=f"watching_again_{one.person}"):
            watch(here().session, one.person, one.reason or "Watched again", today(here().session) + timedelta(USUAL))
            again()
        if st.button("Let it end", key=f"watching_end_{one.person}", type="tertiary"):
            stop(here().session, one.person)
            again()

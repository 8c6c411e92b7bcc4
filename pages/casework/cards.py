"""A person as a card: enough to tell one from another, and one click from their page."""

from __future__ import annotations

from datetime import date
from typing import Protocol

import streamlit as st

from analytics.casework.search import Card
from analytics.casework.tell import source_label
from data.access.roles import Permission, may
from pages.components.escape import text
from pages.components.links import person_link
from pages.components.words import day, listed, who
from pages.entry.here import here

_ALIASES = 3


class Somebody(Protocol):
    """Whoever stands in a list of daily work."""

    @property
    def person(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def birth_date(self) -> date | None: ...
    @property
    def sex(self) -> str | None: ...
    @property
    def ward(self) -> str | None: ...


def head(one: Somebody, key: str) -> None:
    """Their name, which opens their page where the reader's role includes it, above age, sex and ward."""
    with st.container(gap=None):
        if may(here().reader.role, Permission.SEE_PERSON):
            person_link(one.name, one.person, key)
        else:
            st.markdown(f"**{text(one.name)}**")
        st.markdown(f":small[{who(one.birth_date, one.sex, here().today)} · {text(one.ward or 'ward not known')}]")


def card(one: Card, key: str, today: date) -> None:
    """Draw a card; ``key`` tells it from the same person elsewhere on the page."""
    with st.container(border=True, gap="xsmall"):
        name, about, where, services = st.columns([3, 3, 3, 4], vertical_alignment="center")
        with name:
            person_link(one.name, one.person, key)
        about.markdown(f"{who(one.birth_date, one.sex, today)}  \n:small[born {day(one.birth_date)}]")
        family = f"  \n:small[{text(one.family)} family]" if one.family else ""
        where.markdown(f"{text(one.ward or 'ward not known')}{family}")
        open_now = listed(list(one.services)) if one.services else "nothing open"
        services.markdown(f"{'**Open:** ' if one.services else ''}{open_now}")
        if said := _small(one):
            st.caption(said)


def _small(one: Card) -> str:
    others = [
        f"{text(name)} ({', '.join(_agency(source) for source in sources)})" for name, sources in one.aliases[:_ALIASES]
    ]
    also = f"Also recorded as {'; '.join(others)}" if others else ""
    left = f" and {len(one.aliases) - _ALIASES} other ways" if len(one.aliases) > _ALIASES else ""
    matched = f"Matched on {listed(list(one.matched))}" if one.matched and one.matched != ("name",) else ""
    return " · ".join(part for part in (also + left, matched) if part)


def _agency(source: str) -> str:
    label = source_label(source)
    return text(label[:1].lower() + label[1:] if not label[:2].isupper() else label)

"""Take along: one page for a meeting as PDF, and the link to this person for the team's main system."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analytics.casework.rows import each
from analytics.casework.score import Part
from analytics.casework.take_along import Spoken, Taken, taken
from data.access.roles import Permission, may
from data.papers.inert import inert
from data.papers.sheet import Section, sheet
from pages.casework.score import chance, position
from pages.components.look import INVENTED, SENSITIVE, band_words
from pages.components.words import age, day, listed, signed, span, who
from pages.entry.here import here
from pages.entry.settings import address

_OPEN, _REASONS = 3, 4


def show_take_along(person: int) -> None:
    """A button that opens two steps: prepare, which is written down, and download; and the link."""
    if not may(here().reader.role, Permission.TAKE_ALONG):
        return
    with st.popover("Take along", icon=":material/description:", type="tertiary"):
        st.markdown("One page for a meeting, with your name, the day and your reason for access on it.")
        if st.button("Prepare the page", key=f"person_take_{person}", icon=":material/picture_as_pdf:"):
            made = paper(taken(here().session, person))
            st.download_button(
                "Download the page", made, "kinsight-meeting.pdf", "application/pdf", type="primary",
                key=f"person_download_{person}", icon=":material/download:", on_click="ignore",
            )  # fmt: skip
        st.caption("The log says that you took it. Shred it after the meeting; the records change, the paper does not.")
        st.markdown("**Link to this person** for your case-management system. It names nobody.")
        st.code(f"{address(st.context.url or '')}/person?id={person}", language=None)


def paper(told: Taken) -> bytes:
    """The page as PDF."""
    reader, invented = here().reader, here().snapshot.invented
    purpose = inert(reader.purpose).replace("\\", "")
    return sheet(
        inert(told.header.name),
        [" · ".join(_facts(told)), *_flags(told)],
        [
            Section("Open services", _services(told), keep=4),
            Section("Whom to call", _calls(told), keep=2),
            Section("Family and household", _family(told.family), keep=3),
            Section("Strengths", _strengths(told.strengths), keep=2),
        ],
        [Section("What happened lately, latest first", _happened(told.happened), keep=6)],
        [
            *(Section(f"Score: {inert(one.note.label)}", _score(one), keep=5, firm=True) for one in told.spoken),
            _limits(told),
        ],
        mark=INVENTED if invented else SENSITIVE,
        foot=f"Taken by {reader.name[:40]} on {day(told.taken_on)} for: {purpose}. Records to {day(here().today)}.",
    )


def _facts(told: Taken) -> list[str]:
    head = told.header
    about = who(head.birth_date, head.sex, here().today)
    if head.death_date:
        about = f"died {day(head.death_date)}, at {age(head.birth_date, head.death_date)}"
    facts = [f"**{about}**", f"born {day(head.birth_date)}", inert(head.ward or "ward not known")]
    return facts + ([f"{inert(head.family)} family"] if head.family else [])


def _flags(told: Taken) -> list[str]:
    flags = []
    if told.standing.restricted:
        flags.append("**Use of these data is restricted.** Ask information governance before you rely on them.")
    if told.standing.open:
        some = "; ".join(inert(each.which) for each in told.standing.open)
        flags.append(f"**Contested by the person concerned, not decided yet:** {some}")
    return flags


def _services(told: Taken) -> tuple[str, ...]:
    return tuple(each.capitalize() for each in told.header.services) or ("None is recorded as open.",)


def _calls(told: Taken) -> tuple[str, ...]:
    lines = []
    if told.header.allocated_to:
        lines.append(f"**{inert(told.header.allocated_to)}**, key worker since {day(told.header.allocated_on)}")
    for one in told.workers:
        lines.append(f"**{inert(one.name)}**, {inert(one.team or one.role)} · {inert(one.call)}")
    for desk in told.desks:
        knows = (
            f"open: {inert(listed(list(desk.open_now[:_OPEN])))}" if desk.open_now else f"last {day(desk.latest_on)}"
        )
        lines.append(f"**{inert(desk.owner)}** · {inert(desk.call or 'no desk named')} ({knows})")
    return tuple(lines) or ("No agency has recorded anything.",)


def _family(rows: pd.DataFrame) -> tuple[str, ...]:
    return tuple(_relative(row) for row in each(rows)) or ("No source says who the family is.",)


def _relative(row: object) -> str:
    born, died = (getattr(row, name) for name in ("born", "died"))
    years = (
        f"died {day(died.date())}" if not pd.isna(died) else age(None if pd.isna(born) else born.date(), here().today)
    )
    where = (
        "same address"
        if getattr(row, "lives_with", False)
        else inert(getattr(row, "ward", None) or "address not known")
    )
    services = getattr(row, "services", "")
    return f"**{inert(getattr(row, 'name', ''))}**, {inert(getattr(row, 'tie', ''))} · {years} · {where}" + (
        f" · open: {inert(services)}" if services else ""
    )


def _happened(rows: pd.DataFrame) -> tuple[str, ...]:
    return tuple(_event(row) for row in each(rows)) or ("No events are recorded.",)


def _event(row: object) -> str:
    began, ended = (getattr(row, name) for name in ("occurred_on", "ended_on"))
    last = None if pd.isna(ended) else ended.date()
    when = span(began.date(), last) if getattr(row, "lasts", False) else day(began.date())
    return f"**{when}** {inert(getattr(row, 'said', ''))} ({inert(getattr(row, 'from_source', ''))})"


def _strengths(rows: pd.DataFrame) -> tuple[str, ...]:
    said = tuple(
        inert(row.said if row.times == 1 else f"{row.label}, {row.times} times in two years") for row in each(rows)
    )
    return said or ("None recorded. Records tell of trouble sooner than of what goes well.",)


def _score(one: Spoken) -> tuple[str, ...]:
    """The level in words, what raises and lowers it, and what stands beside every score."""
    told = one.score
    words, _ = chance(told, one.note.happened)
    lacked = f" It had seen nothing from {inert(listed(list(told.lacked)))} of this child." if told.lacked else ""
    cannot = "; ".join(inert(each[:1].lower() + each[1:]) for each in one.note.cannot_know)
    return (
        f"**{band_words(told.band).capitalize()}**. {position(told.percentile)}, as of {day(told.as_of)}. {words}",
        *([f"**{inert(one.note.caveat)}**"] if one.note.caveat else []),
        _reasons("What raises it", [part for part in told.parts if part.points > 0]),
        _reasons("What lowers it", [part for part in told.parts if part.points < 0]),
        f"It does not know: {cannot}.{lacked}",
    )


def _reasons(title: str, parts: Sequence[Part]) -> str:
    """The weightiest in a line, each with its points, and how many more there are."""
    said = [f"{inert(part.sentence)} ({signed(part.points)})" for part in parts[:_REASONS]]
    more = [f"and {len(parts) - _REASONS} smaller"] if len(parts) > _REASONS else []
    return f"**{title}:** {'; '.join([*said, *more]) or 'nothing that it has seen'}"


def _limits(told: Taken) -> Section:
    lines = [
        f"Told from what agencies had recorded by {day(here().today)}. What nobody recorded is not here, and silence "
        "does not mean that nothing happened.",
        "A decision is a person's. No score decides anything.",
    ]
    if told.unjudged:
        names = inert(listed([note.label for note in told.unjudged]))
        lines.append(f"No score is printed for {names}: the reader has not said what they think themselves.")
    if told.silent:
        lines += [f"{inert(voice.note.label)}: no score. {inert(voice.why)}" for voice in told.silent]
    if told.standing.restricted:
        lines.append("No score is printed: use of this person's data is restricted.")
    return Section("Limits", tuple(lines), keep=3)

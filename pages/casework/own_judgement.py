"""My judgement: what the reader thought, before any score, beside what followed. Shown to nobody else."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analytics.casework.score import WORRY
from analytics.governance.linkage import interval
from analytics.training.case import OUTCOME_WORDS
from analytics.training.own_judgement import (
    LEAST,
    LEAST_EACH,
    Followed,
    Level,
    Taught,
    concordance,
    followed,
    rooms_attended,
    taught,
    verdicts,
)
from data.access.roles import Permission, may
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import day_of, plural, share
from pages.entry.here import here
from pages.entry.spec import PageSpec

PAGE = PageSpec(
    path="my-judgement",
    title="My judgement",
    icon=":material/balance:",
    group="Casework",
    needs=Permission.SEE_OWN,
    whom="those who judge, at work or in training",
    about="What you thought before you saw a score, beside what followed. Only you see it.",
    place=60,
)


def page() -> None:
    """At work, then in training."""
    st.title(PAGE.title)
    st.caption("Only your own, and only you see it. It is for learning: it rates nobody.")
    if may(here().reader.role, Permission.JUDGE):
        st.subheader("At work")
        _work(followed(here().session))
    st.subheader("In training, on invented children")
    _training(taught(here().session), rooms_attended(here().session))


def _work(found: Sequence[Followed]) -> None:
    if not found:
        empty(
            "What followed your judgements would be here.", "You have not judged yet: a child's score asks you first."
        )
    for one in found:
        with st.container(border=True):
            _model(one)


def _model(one: Followed) -> None:
    st.markdown(f"**{text(one.label)}**: of children you judged, those who {text(one.happened)} within a year")
    if one.too_new:
        st.markdown(f"{plural(one.too_new, 'judgement')} of yours, not a year old: what follows is not known yet.")
    if one.judged < LEAST:
        st.markdown(
            f"{plural(one.judged, 'judgement')} with a year behind: too few to say anything. {LEAST} is the least."
        )
        return
    st.markdown(
        "\n".join(["| You were | Judged | Happened | Share, and where it may lie |", "|---|---|---|---|", *_rows(one)])
    )
    st.markdown(_sorted(one.levels, "Over all your judgements"))
    for year, levels in one.years.items():
        if len(one.years) > 1:
            st.markdown(f"- {_sorted(levels, str(year))}")
    st.caption(
        "Identified is not the same as harmed: some harm is never found. Help that came because you were worried may "
        "be why nothing followed."
    )


def _rows(one: Followed) -> list[str]:
    return [f"| {WORRY[level.worry]} | {level.judged} | {level.came} | {_share(level)} |" for level in one.levels]


def _share(level: Level) -> str:
    """A share with its interval, or that there are too few."""
    if level.judged < LEAST:
        return f"fewer than {LEAST}: no share"
    low, high = interval(level.came, level.judged)
    return f"{100 * level.came / level.judged:.0f} % ({100 * low:.0f} to {100 * high:.0f} %)"


def _sorted(levels: Sequence[Level], when: str) -> str:
    """How well worry told children apart, as odds that anybody can picture."""
    found = concordance(levels)
    if found is None:
        return (
            f"{when}: too few to tell how well you told them apart ({LEAST} judgements are the least, with "
            f"{LEAST_EACH} children it happened to and {LEAST_EACH} it did not)."
        )
    part, came, rest = found
    return (
        f"{when}: take one of the {came} it happened to and one of the {rest} it did not. You were more worried about "
        f"the first in {round(10 * part)} of 10 such pairs; a coin would be in 5."
    )


def _training(answers: Sequence[Taught], rooms: Sequence[str]) -> None:
    if rooms:
        st.markdown(f"You took part in {plural(len(rooms), 'room session')}, last on {day_of(rooms[-1])}.")
    if not answers:
        empty("Your answers to guided cases would be here.", "You gave none while you were signed in.")
        return
    right, over, under = verdicts(answers)
    asked = right + over + under
    st.markdown(
        f"Your first answer fitted what happened in **{share(right, asked)}**. In {over} you were more worried than it "
        f"bore out, in {under} not worried enough." + (" Too few cases to read a habit from." if asked < LEAST else "")
    )
    rows = [
        f"| {day_of(one.on)} | {text(one.child)} | {WORRY[one.worry]} | {OUTCOME_WORDS[one.outcome]} |"
        for one in answers
    ]
    st.markdown("\n".join(["| Day | Case | You were | What happened |", "|---|---|---|---|", *rows]))

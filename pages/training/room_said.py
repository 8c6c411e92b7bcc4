"""What a room said, on the wall: how many said what, and how far it agrees."""

from __future__ import annotations

import streamlit as st

from analytics.training.room import Feedback, Round
from analytics.training.room_steps import AFTER, ASKED, DISCUSS, JUDGE, READ, SCALE, SCORE
from analytics.training.tally import FITS_BAND, FITS_OUTCOME, WORRY
from pages.components import bars
from pages.components.bars import Bar
from pages.components.escape import text
from pages.components.words import listed, plural, share

_FEW = 8


def said(this: Round, seats: int, step: str, *, hidden: bool) -> None:
    """The answers of a round at ``step``; ``hidden``: their number alone."""
    told = this.said
    if step == READ:
        st.markdown(f"### {plural(seats, 'person')} in the room")
        return
    st.markdown(f"### {told.answered} of {seats} answered")
    if hidden:
        st.markdown("What they said is shown with the score.")
        return
    bars.bars(_counted(told.before), longest=max(seats, 1))
    if step != JUDGE:
        st.markdown("\n".join(f"- {line}" for line in agreement(this, over=step == AFTER)))
    if step in (DISCUSS, AFTER) and told.answered_now:
        st.markdown(f"**Having seen the score**: {told.answered_now} answered again")
        bars.bars(_counted(told.now), longest=max(seats, 1))
    if step in (JUDGE, SCORE) and told.reasons:
        st.markdown("**Because**")
        st.markdown("\n".join(f"- {text(why)}" for why in told.reasons[:_FEW]))
        if len(told.reasons) > _FEW:
            st.caption(f"and {len(told.reasons) - _FEW} more, in the summary")


def agreement(this: Round, *, over: bool) -> list[str]:
    """How far the room agrees with itself, with the model and, once it is ``over``, with the outcome: in sentences."""
    told = this.said
    if told.same is None:
        return ["Fewer than two answered: there is nothing to compare."]
    lines = [f"**With each other**: two of you at random gave the same answer {_tenths(told.same)}."]
    if this.told is not None:
        band = this.told.band
        fits = f"{share(told.with_model(band), told.answered)} said {listed(list(FITS_BAND[band]), 'or')}"
        lines.append(f"**With the model** ({band}): {fits}.")
    if over:
        lines.append(_with_outcome(this))
    up, down = told.moved
    if told.answered_now:
        lines.append(f"**After the score**: {up} became more worried and {down} less.")
    return lines


def _with_outcome(this: Round) -> str:
    right = this.said.with_outcome(this.outcome)
    if right is None:
        return "**With the outcome**: harm came, but not the one you were asked about."
    fits = listed(list(FITS_OUTCOME[this.outcome]), "or")
    return f"**With the outcome**: {share(right, this.said.answered)} said {fits}."


def _tenths(part: float) -> str:
    return f"{round(10 * part)} times of 10"


def _counted(counts: tuple[int, ...]) -> list[Bar]:
    return [Bar(words, count, str(count)) for words, count in zip(WORRY, counts, strict=True)]


def asked_back(found: Feedback, seats: int) -> None:
    """What the room thinks of the session, as it comes."""
    for column, (name, counts) in zip(st.columns(len(found.counts), gap="large"), found.counts.items(), strict=True):
        with column:
            st.markdown(f"**{ASKED[name]}** {sum(counts)} of {seats} answered")
            bars.bars([Bar(w, c, str(c)) for w, c in zip(SCALE, counts, strict=True)], longest=max(seats, 1))
    if found.words:
        st.markdown("**In your own words**")
        st.markdown("\n".join(f"- {text(words)}" for words in found.words))

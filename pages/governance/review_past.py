"""What was decided: where reviewers differ, the latest verdicts, and what has come of each."""

from __future__ import annotations

import streamlit as st

from analytics.governance.review_past import Disagreement, Effect, Past, disagreements, past, withdraw
from data.journal.link_reviews import DECIDED
from pages.casework.again import again
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import listed, moment, plural
from pages.entry.here import here
from pages.governance.review_words import VERDICTS

_ICONS = {
    Effect.SPLITS: ":material/schedule:", Effect.JOINS: ":material/schedule:", Effect.TWO: ":material/check:",
    Effect.ONE: ":material/check:", Effect.NOT_SPLIT: ":material/error:", Effect.NOT_JOINED: ":material/error:",
}  # fmt: skip


def decided() -> None:
    """Disagreements first, then every act, newest first."""
    for one in disagreements(here().session):
        _disagreement(one)
    acts = past(here().session)
    if not acts:
        empty("Every verdict would be listed here.", "Nobody has judged a pair yet.")
    for act in acts:
        _act(act)


def _disagreement(one: Disagreement) -> None:
    words = "; ".join(f"{text(said.by)} says *{VERDICTS[said.act.verdict].lower()}*{_why(said)}" for said in one.words)
    st.warning(
        f"**Reviewers differ on {listed([text(name) for name in one.names])}**: {words}. "
        "The last word counts until you agree.",
        icon=":material/forum:",
    )


def _why(said: Past) -> str:
    return f" ({text(said.act.reason)})" if said.act.reason else ""


def _act(one: Past) -> None:
    with st.container(border=True, gap=None):
        what, came, back = st.columns([5, 4, 2], vertical_alignment="center")
        whom = listed([text(name) for name in one.names]) or "records that are no longer sent"
        parts = f", {plural(len(one.act.pairs), 'pair')} of records" if len(one.act.pairs) > 1 else ""
        what.markdown(
            f"**{VERDICTS[one.act.verdict]}**: {whom}{parts}{_why(one)}  \n:small[{text(one.by)}, {moment(one.at)}]"
        )
        came.markdown(f"{_ICONS.get(one.effect, ':material/remove:')} {one.effect.value.capitalize()}")
        stands = one.act.verdict in DECIDED and one.effect is not Effect.OVERTAKEN
        if stands and back.button("Take back", key=f"review_withdraw_{one.act.number}", type="tertiary"):
            withdraw(here().session, one.act)
            again()

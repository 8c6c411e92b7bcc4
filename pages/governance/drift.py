"""Drift: whether each model still looks at what it learned from, in words first, then by as-of date."""

from __future__ import annotations

import streamlit as st

from analytics.drift.limits import DRIFTED, MOVED_SHARE, STEADY, WATCH
from analytics.drift.reading import Indicator, Judged, compared, judged, moved, series
from analytics.drift.stability import A_LITTLE, MUCH
from data.access.roles import Permission
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.links import link
from pages.components.words import plural
from pages.entry.here import here
from pages.entry.spec import PageSpec
from pages.governance.drift_charts import four_charts, indicators_chart

PAGE = PageSpec(
    path="drift",
    title="Drift",
    icon=":material/trending_up:",
    group="Governance",
    needs=Permission.SEE_MODELS,
    whom="those who use or answer for the models",
    about="Whether each model still looks at children like those it learned from, and what moved.",
    place=34,
)
_NAMED = 5


def page() -> None:
    """One model's drift."""
    st.title(PAGE.title)
    known = judged(here().session)
    if not known:
        empty("What moved would be shown here.", "This snapshot holds no model.")
        return
    labels = [one.label for one in known]
    label = st.segmented_control("Model", labels, default=labels[0], required=True, key="drift_model")
    chosen = known[labels.index(label or labels[0])]
    if chosen.state is None:
        empty("What moved would be shown here.", f"This model has learned nothing yet. {text(chosen.reason)}")
        return
    rows = series(here().session, chosen.model)
    found = moved(rows)
    _verdict(chosen)
    _indicators_in_words(found, compared(rows))
    four_charts(rows)
    indicators_chart(rows, found)
    _rules()


def _verdict(one: Judged) -> None:
    reason = text(one.reason)
    if one.state == DRIFTED:
        st.warning(
            f"**Drifted: its scores are withheld.** {reason} Evidence and similar cases are shown as ever.",
            icon=":material/visibility_off:",
        )
        link("model", "What can be done about a model")
    elif one.state == WATCH:
        st.info(f"**Worth watching.** {reason}", icon=":material/visibility:")
    elif one.state == STEADY:
        st.success(f"**Steady.** {reason}", icon=":material/check_circle:")


def _indicators_in_words(found: list[Indicator], of: int) -> None:
    if not found:
        st.markdown(f"Children today look much like those it learned from: none of {plural(of, 'indicator')} moved.")
        return
    few = len(found) < MOVED_SHARE * of
    opening = "Children today look much like those it learned from, but" if few else "Children today look unlike:"
    st.markdown(f"{opening} {len(found)} of {plural(of, 'indicator')} moved:")
    st.markdown(
        "\n".join(
            f"- **{text(one.label)}**: {text(one.changed)}.  \n  :small[{text(one.do)}]" for one in found[:_NAMED]
        )
    )
    if len(found) > _NAMED:
        st.caption(f"and {plural(len(found) - _NAMED, 'more')} in the chart below.")
    link("sources", "How fresh and complete each source is")


def _rules() -> None:
    st.caption(
        f"Spreads are compared by the population stability index, less what chance gives: from {A_LITTLE} a score is "
        f"watched, from {MUCH} its model is withheld; an indicator alone is only ever watched. Scores and lists are "
        "held against the same time of the year that the model was measured in, chances against a year before. A "
        "model is withheld as well when its chances are out by half, the list would be twice or half as long, or "
        f"{100 * MOVED_SHARE:.0f} % of its indicators moved. The next build judges anew."
    )

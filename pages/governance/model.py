"""Model: what it asks, how well it answers, for whom it answers less well, and whether its score is shown."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd
import streamlit as st

from analytics.evaluation.names import ESTIMATORS
from analytics.governance.models import figures, models
from data.access.roles import Permission
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import day, number
from pages.entry.here import here
from pages.entry.spec import PageSpec
from pages.governance.model_figures import by_group, calibration, overall

PAGE = PageSpec(
    path="model",
    title="Model",
    icon=":material/insights:",
    group="Governance",
    needs=Permission.SEE_MODELS,
    whom="those who use or answer for the models",
    about="What the model asks, how often it is right, and for whom less often.",
    place=30,
)


def page() -> None:
    """One model's card."""
    st.title(PAGE.title)
    known = models(here().session)
    if not known:
        empty("A model's card would be here.", "This snapshot holds no model.")
        return
    labels = [row["spec"]["label"] for row in known]
    chosen = known[labels.index(st.selectbox("Model", labels, key="model_chosen"))] if len(known) > 1 else known[0]
    _declared(chosen)
    found = figures(here().session, chosen["model"])
    if found.empty:
        empty("Its measured figures would be here.", text(chosen["reason"]))
        return
    good, whom, chances, spec = st.tabs(["How good", "For whom", "Are its chances right", "Declaration"])
    with good:
        overall(chosen, found)
    with whom:
        by_group(chosen, found)
    with chances:
        calibration(chosen, found)
    with spec:
        _spec(chosen)


def _declared(row: dict[Hashable, Any]) -> None:
    spec = row["spec"]
    st.subheader(text(spec["label"]))
    st.markdown(f"It asks: *{text(spec['question'])}*")
    if row["withheld"] is not None:
        st.warning(f"**{text(row['withheld'])}**", icon=":material/visibility_off:")
    elif row["caveat"] is not None:
        st.info(text(row["caveat"]), icon=":material/science:")
    else:
        st.success(f"**Its score is shown.** {text(row['reason'])}", icon=":material/visibility:")
    st.caption(
        f"{ESTIMATORS.get(row['estimator'], 'No estimator was chosen')} · version {text(row['version'])} · "
        f"trained on what was known by {day(row['trained'])}"
    )


def _spec(row: dict[Hashable, Any]) -> None:
    spec = row["spec"]
    mark, places = spec["pass_mark"], spec["capacity"]
    st.markdown(
        f"- **Pass mark, fixed before training:** at least {100 * mark['precision']:.0f} % of the list right, "
        f"*and* a lead over {ESTIMATORS[mark['rival']].lower()} whose interval lies above zero\n"
        f"- **Places on the list:** {number(places['places'])} for every {number(places['families'])} families, "
        f"{number(places['least'])} at least\n"
        f"- **Ages:** {spec['ages'][0]} to {spec['ages'][1]}\n"
        f"- **To be reviewed by:** {day(pd.Timestamp(spec['review_on']).date())}\n"
        "- **It cannot know:**\n" + "\n".join(f"    - {text(words)}" for words in spec["cannot_know"])
    )

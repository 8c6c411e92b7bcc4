"""The measured figures of a model, as people read them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analytics.evaluation.names import ESTIMATORS
from analytics.fairness.by_group import groups
from analytics.registry.card import Card
from analytics.registry.summary import measured
from pages.components import charts, tables
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.look import ACCENT, QUIET
from pages.governance.fairness_words import NAMED, group_table

METRICS = {
    "precision_at_capacity": "Right, of its list",
    "recall_at_capacity": "Found, of those to be found",
    "false_per_true": "Wrong for each right one",
    "average_precision": "Average precision",
    "auc": "Pairs in right order",
    "calibration_error": "Off by, in top 5 %",
}
_SHARES = {"precision_at_capacity", "recall_at_capacity", "auc", "calibration_error"}


def compared(card: Card) -> None:
    """Every way of ranking side by side."""
    if card.figures.empty:
        empty("Its measured figures would be here.", text(card.standing.measured_why))
        return
    st.markdown("**Side by side.** With the ends of the 95 % interval, from 200 resamplings of families.")
    tables.table(_compared(card.figures), key="model_compared", columns={"name": "Way of ranking", **METRICS})
    ceiling = measured(card.figures, card.estimator, "ceiling")
    if ceiling is not None and ceiling.value < 1:
        best = f"{100 * ceiling.value:.0f} %"
        st.caption(f"The list is longer than the number later identified: at best {best} of it could be right.")


def _compared(found: pd.DataFrame) -> pd.DataFrame:
    """A row an estimator, best first, each figure with its interval as text."""
    overall = found[(found["grouping"] == "all") & (found["label"] == "identified") & found["metric"].isin(METRICS)]
    cells = overall.assign(cell=[_cell(row) for row in overall.itertuples()])
    wide = cells.pivot(index="estimator", columns="metric", values="cell").reindex(columns=list(METRICS)).fillna("–")
    order = (
        overall[overall["metric"] == "average_precision"].set_index("estimator")["value"].sort_values(ascending=False)
    )
    wide = wide.reindex(order.index)
    return wide.assign(name=[ESTIMATORS.get(str(name), str(name)) for name in wide.index])


def _cell(row: Any) -> str:
    """``38 % (31 to 45)``."""
    if pd.isna(row.value):
        return "none found" if row.metric == "false_per_true" else "–"
    if row.metric in _SHARES:
        return f"{100 * row.value:.0f} % ({100 * row.low:.0f} to {100 * row.high:.0f})"
    high = "∞" if pd.isna(row.high) else f"{row.high:.2g}"
    return f"{row.value:.2g} ({row.low:.2g} to {high})"


def by_group(card: Card) -> None:
    """Its errors by group, under the same rule as on the page Fairness."""
    st.markdown(
        "The same figures in each group. Where the intervals of two groups don't overlap, the model serves them "
        "unequally; a wide interval says that there are too few children to tell. The page Fairness draws them."
    )
    grouping = st.segmented_control(
        "Group by", list(NAMED), format_func=NAMED.__getitem__, default="sex", required=True, key="model_grouping"
    )
    told = groups(card.figures[card.figures["estimator"] == card.estimator], grouping)
    if told:
        group_table(told, key="model_groups")
    else:
        empty("Figures by group would be here.", "This model was not measured by this grouping.")


def calibration(card: Card) -> None:
    """Chance told against share found, in ten equal groups of the top 5 %."""
    found = card.figures
    rows = found[(found["estimator"] == card.estimator) & (found["grouping"] == "calibration")]
    if rows.empty:
        empty("A comparison of chances told and found would be here.", "It was not measured for this model.")
        return
    told = rows[rows["metric"] == "told"].sort_values("group")
    seen = rows[rows["metric"] == "found"].sort_values("group")
    says = "Points on the line mean that chances are what they say; above it, more were identified than was told."
    error, plain = (measured(found, card.estimator, m) for m in ("calibration_error", "calibration_error_of_constant"))
    if error is not None and plain is not None:
        says += f" On average it is off by {100 * error.value:.1f} points"
        says += f"; telling everyone the same chance, by {100 * plain.value:.1f}."
    charts.show(_told_and_found(told, seen), key="model_calibration", says=says)


def _told_and_found(told: pd.DataFrame, seen: pd.DataFrame) -> go.Figure:
    fig = charts.figure(height=340)
    x, y = 100 * told["value"].to_numpy(), 100 * seen["value"].to_numpy()
    high, low = 100 * seen["high"].to_numpy() - y, y - 100 * seen["low"].to_numpy()
    top = max(x.max(), (y + high).max())
    fig.add_scatter(x=[0, top], y=[0, top], mode="lines", line={"color": QUIET, "dash": "dot"}, name="exactly right")
    fig.add_scatter(
        x=x, y=y, mode="markers", name="a tenth of the top 5 %", marker={"size": 9, "color": ACCENT},
        error_y={"type": "data", "array": high, "arrayminus": low, "color": ACCENT, "thickness": 1},
        hovertemplate="told %{x:.0f} %, found %{y:.0f} %<extra></extra>",
    )  # fmt: skip
    fig.update_xaxes(title="Chance told, %", rangemode="tozero")
    fig.update_yaxes(title="Later identified, %", rangemode="tozero")
    return fig

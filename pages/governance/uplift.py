"""What a model of benefit is worth: places given by its list against places drawn by lot, in contacts spared."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analytics.evaluation.names import ESTIMATORS
from analytics.features.catalogue import CATALOGUE
from analytics.uplift.measure import LABEL
from analytics.uplift.reading import figures
from pages.components import charts, tables
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.look import ACCENT, QUIET
from pages.components.words import minus, number, plural
from pages.entry.here import here

EVERYBODY, RISK = "everybody", "highest_risk"
TOO_FEW = "Too few families were drawn and followed for a year."
#: Differences shown of those that there are.
WIDEST = 12


def trial_figures(model: str, estimator: str | None) -> pd.DataFrame:
    """What was measured of a model of benefit in the draws by lot; empty where nothing was."""
    found = figures(here().session, model)
    return found[(found["label"] == LABEL) & (estimator is not None)]


def _one(found: pd.DataFrame, estimator: str, metric: str) -> pd.Series | None:
    rows = found[(found["estimator"] == estimator) & (found["grouping"] == "all") & (found["metric"] == metric)].dropna(
        subset=["value"]
    )
    return rows.iloc[0] if len(rows) else None


def list_worth(found: pd.DataFrame, estimator: str | None, offer: str) -> None:
    """The lead over lots in contacts, the rivals, and the curve; ``offer`` is what is offered, in words."""
    if estimator is None or found.empty:
        empty("What its list would spare would be here.", TOO_FEW)
        return
    lead, whole = _one(found, estimator, "lead_over_lot"), _one(found, EVERYBODY, "spared_per_100")
    if lead is not None and whole is not None:
        with st.container(border=True):
            st.markdown(f"**{_lead_in_words(lead, offer)}**")
            st.caption(
                f"Measured on {plural(int(whole['n']), 'family', 'families')}; {number(whole['positives'])} of them "
                f"were offered a place. Drawn by lot, 100 places spare {_spared(whole)}. It counts contacts with the "
                "hub about the family's children in the year after the draw, each once. A contact less need not be a "
                "worry less."
            )
    st.markdown("**Side by side.** Contacts spared by 100 places, with the ends of the 95 % interval.")
    columns = {
        "name": "Who is offered a place first", "spared": "Spared by 100 places", "lead": "More than by lot",
        "qini": "Qini coefficient",
    }  # fmt: skip
    tables.table(_compared(found, estimator), key="uplift_compared", columns=columns)
    charts.show(_curve(found, estimator), key="uplift_curve", says=_curve_in_words(found, estimator))


def _lead_in_words(lead: pd.Series, offer: str) -> str:
    """What a reader may take away, and no more than the interval allows."""
    low, high = lead["low"], lead["high"]
    ends = f"between {minus(low)} and {minus(high)}"
    if low > 0:
        return (
            f"Offering 100 places on {text(offer)} by this list instead of by lot would spare about "
            f"{lead['value']:.0f} more contacts with the hub in the year after ({ends})."
        )
    if high < 0:
        return f"Offering places on {text(offer)} by this list would spare fewer contacts than drawing lots ({ends})."
    return (
        f"It cannot be told whether offering places on {text(offer)} by this list would spare more contacts than "
        f"drawing lots: the difference for 100 places lies {ends}."
    )


def _spared(row: pd.Series) -> str:
    if row["low"] < 0:
        return f"between {minus(row['low'])} and {minus(row['high'])} contacts, which may be none"
    return f"about {row['value']:.0f} contacts (between {row['low']:.0f} and {row['high']:.0f})"


def _compared(found: pd.DataFrame, estimator: str) -> pd.DataFrame:
    """A row a way of giving places: this list, lots, and the others."""
    ways = [estimator, EVERYBODY, RISK, *sorted(set(found["estimator"]) - {estimator, EVERYBODY, RISK, "assignment"})]
    metrics = {"spared": "spared_per_100", "lead": "lead_over_lot", "qini": "qini"}
    rows = []
    for way in ways:
        told = {name: _cell(_one(found, way, metric), 3 if name == "qini" else 0) for name, metric in metrics.items()}
        label = "Drawn by lot" if way == EVERYBODY else ESTIMATORS.get(way, way)
        rows.append({"name": f"This list: {label.lower()}" if way == estimator else label, **told})
    return pd.DataFrame(rows)


def _cell(row: pd.Series | None, decimals: int) -> str:
    if row is None:
        return "–"
    value, low, high = (minus(row[name], decimals) for name in ("value", "low", "high"))
    return f"{value} ({low} to {high})"


def _curve_in_words(found: pd.DataFrame, estimator: str) -> str:
    qini = _one(found, estimator, "qini")
    says = (
        "Each line tells what is spared when the first so many of a list are offered a place; the dotted one is lots."
    )
    if qini is None:
        return says
    above = "surely" if qini["low"] > 0 else "not surely"
    return f"{says} The area between the list's line and the dotted one is {above} above nought."


def _curve(found: pd.DataFrame, estimator: str) -> go.Figure:
    """Contacts spared for each 100 families who might be offered a place, by how many are."""
    fig = charts.figure(height=340)
    curves = found[found["grouping"] == "curve"].assign(share=lambda rows: rows["group"].astype(int))
    mine = curves[curves["estimator"] == estimator].sort_values("share")
    risk = curves[curves["estimator"] == RISK].sort_values("share")
    if mine.empty:
        return fig
    end = float(mine["value"].iloc[-1])
    fig.add_scatter(
        x=[*mine["share"], *mine["share"][::-1]], y=[*mine["high"], *mine["low"][::-1]], fill="toself", mode="lines",
        line={"width": 0}, fillcolor="rgba(29, 94, 168, 0.12)", hoverinfo="skip", name="95 % interval of the list",
    )  # fmt: skip
    fig.add_scatter(x=[0, 100], y=[0, end], mode="lines", line={"color": QUIET, "dash": "dot"}, name="by lot")
    for name, rows, line in (("highest risk first", risk, {"color": QUIET}), ("this list", mine, {"color": ACCENT})):
        fig.add_scatter(
            x=rows["share"], y=rows["value"], mode="lines", name=name, line=line,
            hovertemplate="%{x} % offered: %{y:.1f} spared<extra></extra>",
        )  # fmt: skip
    fig.update_xaxes(title="Offered a place, % of the list", range=[0, 100])
    fig.update_yaxes(title="Contacts spared for 100 on the list")
    return fig


def by_tenth(found: pd.DataFrame, estimator: str | None, offer: str) -> None:
    """What was told and what was found, from the tenth who should benefit most to the tenth who should least."""
    if estimator is None or found.empty:
        empty("Whom it would spare most would be here.", TOO_FEW)
        return
    rows = found[(found["estimator"] == estimator) & (found["grouping"] == "tenth")]
    wide = rows.pivot(index="group", columns="metric", values="value").sort_index()
    seen = rows[rows["metric"] == "found"].sort_values("group")
    fig = charts.figure(height=340)
    fig.add_bar(
        x=seen["group"].astype(int), y=seen["value"], name="found", marker={"color": ACCENT},
        error_y={"type": "data", "array": seen["high"] - seen["value"], "arrayminus": seen["value"] - seen["low"],
                 "color": QUIET, "thickness": 1},
        hovertemplate="tenth %{x}: %{y:.0f} spared<extra></extra>",
    )  # fmt: skip
    fig.add_scatter(
        x=wide.index.astype(int), y=wide["told"], mode="markers", name="told",
        marker={"size": 9, "color": QUIET, "symbol": "diamond"},
    )  # fmt: skip
    fig.update_xaxes(title="Tenth of the list, the highest first", dtick=1)
    fig.update_yaxes(title="Contacts spared by 100 places")
    says = (
        f"Contacts spared by 100 places on {text(offer)} in each tenth of the list. Bars below nought are families who "
        "had more contacts after an offer. Where an interval crosses nought, it cannot be told whether the offer did "
        "anything."
    )
    charts.show(fig, key="uplift_tenths", says=says)


def by_lot(found: pd.DataFrame) -> None:
    """Whether those offered a place and those left waiting were alike before the draw."""
    rows = found[found["grouping"] == "balance"]
    told, apart = _one(found, "assignment", "arm_told"), _one(found, "assignment", "apart")
    if told is None or apart is None or rows.empty:
        empty("How alike the two groups were would be here.", TOO_FEW if found.empty else "It was not measured.")
        return
    many = int(apart["value"])
    said = "in none" if many == 0 else f"in {plural(many, 'indicator')}"
    st.markdown(
        f"Those offered a place and those left waiting were compared in {plural(len(rows), 'indicator')} as of the "
        f"draw: they differ {said} more than chance allows. From all of them together one can tell who was offered a "
        f"place in {100 * told['value']:.0f} of 100 pairs (between {100 * told['low']:.0f} and "
        f"{100 * told['high']:.0f}); tossing a coin tells 50."
    )
    widest = rows.reindex(rows["value"].abs().sort_values(ascending=False).index).head(WIDEST)
    frame = pd.DataFrame(
        {
            "name": [CATALOGUE[name].label if name in CATALOGUE else name for name in widest["group"]],
            "cell": [_cell(row, 2) for _, row in widest.iterrows()],
        }
    )
    columns = {"name": "Indicator, the widest apart first", "cell": "Difference, in standard deviations"}
    tables.table(frame, key="uplift_balance", columns=columns)

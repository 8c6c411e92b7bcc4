"""For whom linkage is less good: by sex, ethnicity and age, against the truth where it is known, and as can be seen."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.disclosure.control import DEFAULT, HIDDEN, shown
from analytics.governance import linkage
from analytics.governance.linkage import GAP, LEAST_PAIRS, Overview
from pages.components import charts, tables
from pages.components.look import ACCENT, QUIET, SERIES
from pages.components.words import known, listed, number
from pages.entry.here import here

_BY = {"Ethnicity": "ethnicity", "Sex": "sex", "Age": "age"}


def for_whom(told: Overview) -> None:
    """Linkage errors are not equal: whoever moves often, or is spelt in many ways, is linked less well."""
    picked = st.radio("By", list(_BY), horizontal=True, key="linkage_by")
    grouping = _BY[picked or "Ethnicity"]
    rows = linkage.measured(here().session, grouping)
    if not rows.empty:
        _measured(rows, told, picked)
    _seen(grouping, picked)


def _measured(rows: pd.DataFrame, told: Overview, picked: str) -> None:
    """Precision and recall of each group, with their intervals and the gap that counts."""
    fig = charts.figure(90 + 34 * len(rows))
    for column, label, colour, symbol in (
        ("recall", "recall", ACCENT, "circle"), ("precision", "precision", SERIES[1], "diamond"),
    ):  # fmt: skip
        error = {
            "array": 100 * (rows[f"{column}_high"] - rows[column]), "symmetric": False,
            "arrayminus": 100 * (rows[column] - rows[f"{column}_low"]), "color": QUIET, "thickness": 1,
        }  # fmt: skip
        marker = {"color": colour, "symbol": symbol, "size": 9}
        fig.add_scatter(
            x=100 * rows[column], y=[charts.label(label) for label in rows["label"]], mode="markers", name=label,
            marker=marker, error_x=error, hovertemplate="%{x:.1f} %",
        )  # fmt: skip
    fig.update_yaxes(autorange="reversed")
    fig.update_xaxes(ticksuffix=" %", title="Bars: 95 % intervals")
    charts.show(fig, f"linkage_for_{picked}", _gap(rows, told))
    percent = {name: st.column_config.NumberColumn(label, format="%.1f %%") for name, label in _FIGURES.items()}
    tables.table(
        rows.assign(
            **{name: 100 * rows[name] for name in _FIGURES},
            mark=["! behind" if behind else "" for behind in rows["behind"]],
            pairs=[HIDDEN if not known(pairs) else number(pairs) for pairs in rows["pairs"]],
        ),
        key="linkage_measured", rows=16,
        columns={"label": picked, "pairs": "Pairs", **percent, "mark": f"More than {GAP:.2f} behind"},
    )  # fmt: skip
    st.caption(
        "Measured against the invented city's truth: it can't be, with real files. Groups with fewer than "
        f"{LEAST_PAIRS} pairs are withheld."
    )


_FIGURES = {"precision": "Precision", "recall": "Recall", "f1": "F1"}


def _gap(rows: pd.DataFrame, told: Overview) -> str:
    whole = f"{100 * told.quality['f1']:.1f} %" if "f1" in told.quality else "that of all"
    late = rows.loc[rows["behind"], "label"].tolist()
    if late:
        return f"**Behind: {listed(late)}**, with an F1 more than {GAP:.2f} below that of all ({whole})."
    return f"No group's F1 is more than {GAP:.2f} below that of all ({whole})."


def _seen(grouping: str, picked: str) -> None:
    """What any council can see: by what the clients of each group were linked."""
    counts = linkage.seen(here().session, grouping)
    st.markdown(
        "**By what each group's records were linked.** A group with few official numbers, or many records that were "
        "linked with nobody, is one whose stories are told in pieces."
    )
    frame = counts.map(shown).reset_index(names=picked)
    tables.table(frame, key="linkage_seen", rows=16)
    st.caption(f"Clients of agencies, by the group of their person. {DEFAULT.words}")

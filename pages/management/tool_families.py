"""Outcomes of the tool, families: needs of a year ago that have shown no more, and who could be claimed for."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analytics.families.outcomes import OUTCOMES, SUSTAINED
from analytics.management.export import Head
from analytics.management.sustained import CLAIM, Counted, counted, sustained
from analytics.management.tool_outcomes import Given
from data.access.gate import Session, cache_key
from pages.components import charts
from pages.components.empty import empty
from pages.components.look import ACCENT
from pages.components.words import day, number
from pages.management.filters import ALL, Filter, filter_row, told
from pages.management.takeaway import chart, table
from pages.management.tool_parts import NUDGED, of_100
from pages.management.tool_parts import counted as said_count

_WHOSE = {ALL: "All families", "allocated": "A child of theirs was allocated"}
_COLUMNS = {
    "outcome": "Outcome", "families": "In need", "sustained": "Sustained", "share": "Of 100",
    "needed": "Still", "unknown": "Not known",
}  # fmt: skip


def show(session: Session, every: Given) -> None:
    """The filters, the claim in a sentence, and each outcome."""
    found = _counted(session, cache_key(session), every, every.mark)
    if found.rows.empty or found.was is None or found.now is None or found.was == found.now:
        empty(
            "Outcomes that families sustained would be here.",
            "The store holds no assessment of families a year apart, or no family with three needs a year ago.",
        )
        return
    areas = {area: area for area in sorted(found.rows["area"].dropna().unique())}
    wanted = [Filter("area", "Area", {ALL: "Whole city"} | areas), Filter("whose", "Families", _WHOSE, wide=4)]
    chosen = filter_row("tool_families", wanted)
    safe = sustained(found, chosen["area"], chosen["whose"] == "allocated").table
    head = Head(
        "Family outcomes sustained", f"{day(found.was)} to {day(found.now)}", NUDGED, told(wanted, chosen),
        (f"Families with {OUTCOMES.reach} needs or more on {day(found.was)}.",),
    )  # fmt: skip
    _claim(pd.Series(safe.loc[CLAIM]), found)
    frame = _frame(safe)
    left, right = st.columns([2, 3])
    with left:
        _chart(frame, head)
    with right:
        shown = frame.assign(
            **{name: frame[name].map(said_count) for name in ("families", "sustained", "needed", "unknown")}
        )
        table(shown.assign(share=frame["said"]), "tool_outcomes", head, _COLUMNS, rows=10, out=frame)
    st.caption(
        f"{NUDGED} *Sustained*: the family was in need of it a year ago, and by what agencies recorded no sign of it "
        f"has shown for {SUSTAINED} months or longer. Records show needs sooner than their absence: before anything is "
        "claimed, somebody who knows the family says that it holds. *Not known*: a source fell silent, or the family "
        "is together no more."
    )


@st.cache_data(show_spinner="Counting families …", max_entries=4, hash_funcs={Given: lambda _: 0})
def _counted(_session: Session, key: tuple[Any, ...], _every: Given, mark: str) -> Counted:
    """Cached by snapshot and scope (``key``) and by which allocations there are (``mark``)."""
    return counted(_session, [int(one) for one in _every.rows["person"]])


def _claim(row: pd.Series, found: Counted) -> None:
    if pd.isna(row["families"]) or not row["families"]:
        st.markdown("**Too few families** had three needs a year ago to tell of them here.")
        return
    said = f"**{number(row['families'])} families** had {OUTCOMES.reach} needs or more on {day(found.was)}. "
    if pd.isna(row["sustained"]):
        said += "Too few of them to tell have sustained every outcome since."
    else:
        said += (
            f"**{number(row['sustained'])}** have sustained every outcome since, as far as is recorded: "
            f"{of_100(row['sustained'], row['families'])}. These are whom a claim could be looked into for."
        )
    st.markdown(said)


def _frame(safe: pd.DataFrame) -> pd.DataFrame:
    rows = safe.drop(index=CLAIM)
    share = (100 * rows["sustained"] / rows["families"].where(rows["families"] > 0)).clip(upper=100)
    said = [
        of_100(part, whole).replace(" of 100", "")
        for part, whole in zip(rows["sustained"].tolist(), rows["families"].tolist(), strict=True)
    ]
    labels = [OUTCOMES[str(name)].label for name in rows.index]
    return rows.assign(outcome=labels, share=share.round(1), said=said).reset_index(drop=True)


def _chart(frame: pd.DataFrame, head: Head) -> None:
    known = frame.dropna(subset=["share"]).sort_values("share")
    if known.empty:
        st.markdown("Of no outcome may a share be told: too few families.")
        return
    fig = charts.figure(height=60 + 30 * len(known))
    fig.add_bar(
        x=list(known["share"]), y=list(known["outcome"]), orientation="h", marker={"color": ACCENT},
        text=[f"{one:.0f}" for one in known["share"]], textposition="outside", cliponaxis=False,
        hovertemplate="%{y}: %{x:.0f} of 100 sustained<extra></extra>",
    )  # fmt: skip
    fig.update_xaxes(title="sustained, of 100 families", range=[0, 120])
    best = known.iloc[-1]
    says = f"**{best['outcome']}** was sustained most: by {best['share']:.0f} of 100 families who were in need of it."
    columns = {"outcome": "Outcome", "share": "Sustained, of 100 in need a year ago"}
    chart(fig, "tool_sustained", says, head, known[["outcome", "share"]], columns, wide=0.38)

"""Consistency: who decides otherwise than colleagues would, at equal risk; what agencies send that leads nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from analytics.disclosure.control import DEFAULT
from analytics.triage.consistency import (
    AGENCY,
    MONTH,
    NATURAL,
    STEPS,
    TEAM,
    WORKER,
    Agreement,
    Report,
)
from analytics.triage.even import consistency, named
from data.access.gate import Session, cache_key
from data.access.roles import Permission, may
from data.codes import CONTACT_REASON
from pages.components import charts, tables
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.look import ACCENT, BANDS, QUIET
from pages.components.words import listed, minus, number, plural
from pages.entry.here import here
from pages.entry.spec import PageSpec

PAGE = PageSpec(
    path="consistency",
    title="Consistency",
    icon=":material/balance:",
    group="Hub",
    needs=Permission.SEE_CONSISTENCY,
    whom="managers and analysts",
    about="Whether the hub decides alike on contacts that are alike: by team, worker, month and agency.",
    place=20,
)
_UNUSUAL = BANDS["heightened"]
_RULE = (
    "Beside the others at equal risk: reason, agency, words, ages and what was known of the family. Nobody's own "
    "decisions teach what is expected of them. Differences that are natural among people are allowed for, and "
    "the more are looked at, the further somebody must stand out."
)  # fmt: skip


def page() -> None:
    """What stands out, in sentences; then a chart at a time."""
    st.title(PAGE.title)
    found = _report(here().session, cache_key(here().session))
    if found.of(WORKER).empty and found.of(AGENCY).empty:
        empty(
            "How evenly contacts are decided would be here.",
            "Too few decided contacts are recorded: a worker needs 40 in two years, a team or agency 100.",
        )
        return
    names = _names()
    _sentences(found, names)
    views = {
        "Workers": lambda: _workers(found, names),
        "Teams": lambda: _dots(found.of(TEAM), "teams", _teams_say(found)),
        "Months": lambda: _dots(found.of(MONTH), "months", _months_say(found)),
        "Agencies": lambda: _agencies(found),
        "Where": lambda: _where(found),
        "Agreement": lambda: _agreement(found),
    }
    picked = st.segmented_control(
        "View", list(views), default="Workers", required=True, key="consistency_view", label_visibility="collapsed"
    )
    views[picked]()
    st.caption(f"{_RULE} {DEFAULT.words} A figure is a reason to talk, not a judgement of anybody.")


@st.cache_data(show_spinner=False, max_entries=4)
def _report(_session: Session, key: tuple[Any, ...]) -> Report:
    """Cached by snapshot, scope and whether suggestions may be shown (``key``)."""
    return consistency(_session)


def _names() -> Mapping[str, str]:
    """Names behind the pseudonyms, where a manager asked for them in this view; else nothing."""
    if not may(here().reader.role, Permission.NAME_WORKERS):
        return {}
    with st.sidebar:
        wanted = st.toggle("Show workers' names", key="consistency_names", help="The log says that you looked.")
    return {alias: text(name) for alias, name in named(here().session).items()} if wanted else {}


def _sentences(found: Report, names: Mapping[str, str]) -> None:
    lately = found.units[found.units["unusual"]]
    said = [_one(row, names) for row in lately.to_dict("records")]
    looked = listed([plural(len(found.of(kind)), *noun) for kind, noun in _NOUNS.items() if len(found.of(kind))])
    st.markdown(f"**{number(found.contacts)} contacts** of the last two years were compared: {looked}.")
    if not said:
        st.markdown("**Nobody stands out** by more than chance and the natural differences among people.")
        return
    st.markdown("\n".join(f"- {each}" for each in said))
    st.markdown("Nobody else stands out by more than chance and the natural differences among people.")


_NOUNS = {WORKER: ("worker",), TEAM: ("team",), MONTH: ("month",), AGENCY: ("agency", "agencies")}


def _one(row: Mapping[Any, Any], names: Mapping[str, str]) -> str:
    """One unusual unit in a sentence with its interval."""
    who, size = f"**{_who(row, names)}**", abs(row["shift"])
    low, high = sorted((abs(row["low"]), abs(row["high"])))
    sure = f"(between {number(low)} and {number(high)})"
    if row["kind"] == AGENCY:
        return (
            f"{who}: **{number(size)} more of 100** contacts led nowhere, with no other agency worried a year before "
            f"or after, than of other agencies' contacts for the same reasons {sure}."
        )  # fmt: skip
    way = "higher" if row["shift"] > 0 else "lower"
    beside = {WORKER: f"colleagues of {text(row['place'])}", TEAM: "the other teams", MONTH: "in other months"}
    verb = "was graded" if row["kind"] == MONTH else "grades"
    than = beside[row["kind"]] + ("" if row["kind"] == MONTH else " would")
    return f"{who} {verb} about **{number(size)} of 100** contacts a level **{way}** than {than} {sure}."


def _who(row: Mapping[Any, Any], names: Mapping[str, str]) -> str:
    if row["kind"] == MONTH:
        return pd.Period(row["name"]).strftime("%b %Y")
    if row["kind"] == AGENCY:
        return text(str(row["name"]).capitalize())
    return names.get(row["name"], text(row["name"]))


def _workers(found: Report, names: Mapping[str, str]) -> None:
    """A funnel: contacts to the right, difference upwards, and the limits within which differences are natural."""
    rows = found.of(WORKER).sort_values("contacts")
    if rows.empty:
        empty("Workers would be compared here.", "None has a colleague and 40 decided contacts in two years.")
        return
    fig = charts.figure(height=330)
    for side, label in ((1, "what chance and nature allow"), (-1, "")):
        fig.add_scatter(
            x=rows["contacts"], y=side * rows["limit"].rolling(5, 1, center=True).mean(), mode="lines", name=label,
            line={"color": QUIET, "dash": "dot", "shape": "spline"}, showlegend=side > 0, hoverinfo="skip",
        )  # fmt: skip
    for unusual, label in ((False, "worker"), (True, "stands out")):
        part = rows[rows["unusual"] == unusual]
        told = [f"{charts.label(_who(row, names))}, {charts.label(row['place'])}" for row in part.to_dict("records")]
        # Names by turns to either side of their marks: two who stand close do not write over each other.
        sides = [f"middle {('left', 'right')[n % 2]}" for n in range(len(part))]
        fig.add_scatter(
            x=part["contacts"], y=part["shift"], mode="markers+text" if unusual else "markers", name=label, text=told,
            textposition=sides, hovertemplate="%{text}: %{y:.0f} of 100<extra></extra>",
            marker={"size": 10, "color": _UNUSUAL if unusual else ACCENT, "symbol": "diamond" if unusual else "circle"},
        )  # fmt: skip
    fig.update_yaxes(title="levels for each 100 contacts", zeroline=True)
    fig.update_xaxes(title="contacts decided in two years")
    says = (
        "Each mark is a worker beside the others **of the same team**. Above nought, contacts are graded higher than "
        "colleagues would grade them; between the dotted lines a difference is within what chance and nature allow."
    )
    charts.show(fig, key="consistency_workers", says=says)
    _table(rows, "workers", names, place="Team")


def _teams_say(found: Report) -> str:
    few = "Fewer than three teams can be compared. " if found.of(TEAM).empty else ""
    return (
        f"{few}Each team beside the others, by what its workers have in common: whoever stands far out does not count."
    )


def _months_say(found: Report) -> str:
    return (
        "Each month beside the others, at equal risk. A step that lasts points to a change of practice or thresholds."
    )


def _dots(rows: pd.DataFrame, key: str, says: str) -> None:
    """Dots with their intervals, and a tick at either limit."""
    if rows.empty:
        empty("A comparison would be here.", "Too few contacts were decided to compare.")
        return
    rows = rows if key == "months" else rows.sort_values("shift")
    labels = [charts.label(_who(row, {})) for row in rows.to_dict("records")]
    fig = charts.figure(height=330 if len(rows) > 5 else 240)
    colour = [_UNUSUAL if each else ACCENT for each in rows["unusual"]]
    reach = rows["high"] - rows["shift"]
    upright = key == "months"
    bars = {"type": "data", "array": reach, "color": QUIET}
    place = {"x": labels, "y": rows["shift"]} if upright else {"x": rows["shift"], "y": labels}
    fig.add_scatter(
        **place,
        **{"error_y" if upright else "error_x": bars},
        mode="markers",
        name="with 95 % interval",
        marker={"size": 10, "color": colour},
    )
    for side in (1, -1) if key != "agencies" else (1,):
        at = {"x": labels, "y": side * rows["limit"]} if upright else {"x": side * rows["limit"], "y": labels}
        symbol = "line-ew-open" if upright else "line-ns-open"
        fig.add_scatter(
            **at, mode="markers", marker={"symbol": symbol, "size": 14, "color": QUIET, "line": {"width": 2}},
            name="what chance and nature allow", showlegend=side > 0, hoverinfo="skip",
        )  # fmt: skip
    title = "contacts of 100" if key == "agencies" else "levels for each 100 contacts"
    (fig.update_yaxes if upright else fig.update_xaxes)(title=title, zeroline=True)
    charts.show(fig, key=f"consistency_{key}", says=says)


def _agencies(found: Report) -> None:
    rows = found.of(AGENCY)
    says = (
        "Contacts that led nowhere and about which **no other agency was worried** a year before or after, "
        f"beside other agencies' contacts of equal reason and age. Up to {100 * NATURAL:.0f} of 100 count as natural."
    )
    _dots(rows, "agencies", says)
    if rows.empty:
        return
    _table(rows, "agencies", {}, history="Led nowhere, at equal family history")
    st.markdown(
        "**What this cannot tell.** An agency that meets people whom nobody else meets looks like one that sends "
        "on what it sees nothing of: read some of its contacts before you speak to it. Reasons that one agency alone "
        "brings are left out. What an agency keeps to itself leaves no trace here: a low figure is no proof of good "
        "referring. Contacts of the last year are left out, since it is not yet known who else will be worried."
    )  # fmt: skip


def _table(rows: pd.DataFrame, key: str, names: Mapping[str, str], **more: str) -> None:
    rows = rows.sort_values("shift", ascending=False)
    shown = rows.assign(
        who=[_who(row, names).replace("\\", "") for row in rows.to_dict("records")],
        between=[f"{minus(low)} to {minus(high)}" for low, high in rows[["low", "high"]].to_numpy()],
        unusual=["yes" if each else "no" for each in rows["unusual"]],
    )
    columns = {
        "who": "Who", **({"place": more["place"]} if "place" in more else {}),
        "contacts": st.column_config.NumberColumn("Contacts", format="localized"),
        "shift": st.column_config.NumberColumn("More of 100", format="%+.0f"), "between": "95 % interval",
        **({"history": st.column_config.NumberColumn(more["history"], format="%+.0f")} if "history" in more else {}),
        "unusual": "Stands out",
    }  # fmt: skip
    tables.table(shown, key=f"consistency_{key}_table", columns=columns, rows=8)


_BY = "{} contacts, by how many workers typically differ."


def _where(found: Report) -> None:
    """By reason and by step: how far apart workers are."""
    if found.where.empty:
        empty("Where workers differ would be here.", "Too few contacts were decided.")
        return
    left, right = st.columns(2)
    reasons = found.where[found.where["kind"] == "reason"].dropna().sort_values("spread", ascending=False)
    with left:
        if reasons.empty:
            empty("Reasons would be compared here.", "No reason has 200 contacts in two years.")
        else:
            most = CONTACT_REASON.labels.get(str(reasons["part"].iloc[0]), "other")
            st.markdown(f"**By reason:** workers differ most about **{most}**. {_BY.format('Levels for each 100')}")
            labelled = reasons.assign(
                part=[CONTACT_REASON.labels.get(each, each).capitalize() for each in reasons["part"]]
            )
            _spread(labelled, "reason", "Reason")
    with right:
        steps = found.where[found.where["kind"] == "step"]
        labelled = steps.assign(part=[f"{STEPS[int(each)].capitalize()} or more" for each in steps["part"]])
        most = str(labelled.sort_values("spread", ascending=False)["part"].iloc[0])
        st.markdown(f"**By level:** workers differ most about **{most.lower()}**. {_BY.format('Of 100')}")
        _spread(labelled, "step", "Decided")


def _spread(rows: pd.DataFrame, key: str, title: str) -> None:
    columns = {
        "part": title,
        "contacts": st.column_config.NumberColumn("Contacts", format="localized"),
        "spread": st.column_config.NumberColumn("Differ by", format="%.0f"),
    }
    tables.table(rows, key=f"consistency_{key}_table", columns=columns, rows=9)


def _agreement(found: Report) -> None:
    st.markdown("Agreement is 1 where two gradings are always the same and 0 where they agree by chance alone.")
    left, right = st.columns(2)
    with left:
        _kappa(
            "Workers and the suggestion", found.agreement.get("suggestion"),
            "No suggestion may be shown at present, or there is none.",
        )  # fmt: skip
    with right:
        _kappa(
            "Two workers, told the same twice", found.agreement.get("twice"),
            "Fewer than 40 contacts were made by two agencies within three days and read by two workers.",
        )  # fmt: skip
    st.markdown(
        "*Told twice* is about the same people for the same reason, from two agencies within three days. The second "
        "worker may know what the first decided, and two agencies may describe one event differently."
    )  # fmt: skip


def _kappa(title: str, found: Agreement | None, none: str) -> None:
    if found is None or found.kappa.value is None:
        empty(title, none)
        return
    kappa = found.kappa
    with st.container(border=True):
        st.metric(title, f"{kappa.value:.2f}")
        sure = "" if kappa.low is None else f", 95 % interval {kappa.low:.2f} to {kappa.high:.2f}"
        st.markdown(
            f"Of {plural(found.contacts, 'contact')}{sure}. The same level in {number(100 * found.same)} of 100."
        )

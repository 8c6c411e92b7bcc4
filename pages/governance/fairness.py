"""Fairness: for whom a model is wrong more often, and which indicators give away what it is not told."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.fairness.by_group import EVERYBODY, GROUPINGS, groupings, groups
from analytics.fairness.reading import Model, Proxy, models, proxies, rows_of
from analytics.fairness.watching import gaps
from data.access.roles import Permission
from pages.components import charts, tables
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import listed
from pages.entry.here import here
from pages.entry.spec import PageSpec
from pages.governance.fairness_watched import watched
from pages.governance.fairness_words import FIGURES, NAMED, chart, group_table, named, sentences

PAGE = PageSpec(
    path="fairness",
    title="Fairness",
    icon=":material/balance:",
    group="Governance",
    needs=Permission.SEE_MODELS,
    whom="those who use or answer for the models",
    about="For whom a model is wrong more often, and what gives away who somebody is.",
    place=34,
)
#: From here on an AUC is said to tell a group from the rest; below, it is hardly better than drawing lots.
TELLS = 0.6
_NAMES = ("a little", "fairly well", "well")


def page() -> None:
    """One model: its errors by group, then its proxies."""
    st.title(PAGE.title)
    known = models(here().session)
    if not known:
        empty("How a model treats different groups would be here.", "This snapshot holds no model.")
        return
    chosen = _chosen(known)
    rows = rows_of(here().session, chosen.name)
    errors, given_away, watching, meaning = st.tabs(
        ["For whom it errs", "What gives a group away", "Who is watched", "What each figure means"]
    )
    with errors:
        _errors(chosen, rows)
    with given_away:
        _proxies(proxies(here().session, chosen.name))
    with watching:
        watched(gaps(here().session, chosen.name))
    with meaning:
        _meanings()


def _chosen(known: list[Model]) -> Model:
    labels = [model.label for model in known]
    label = st.segmented_control("Model", labels, default=labels[0], required=True, key="fairness_model")
    chosen = known[labels.index(label or labels[0])]
    if chosen.withheld is not None:
        st.caption(f":material/visibility_off: {text(chosen.withheld)} Its figures are told all the same.")
    return chosen


def _errors(chosen: Model, rows: pd.DataFrame) -> None:
    there = groupings(rows)
    if not there:
        empty("Figures by group would be here.", text(chosen.reason), "Without them nobody should rely on it.")
        return
    grouping = _grouping(there)
    metric = st.segmented_control(
        "Figure",
        list(FIGURES),
        format_func=lambda name: FIGURES[name].label,
        default="precision_at_capacity",
        required=True,
        key="fairness_figure",
    )
    everybody = groups(rows, EVERYBODY)
    told = groups(rows, grouping)
    st.markdown("\n\n".join(sentences(told, everybody, metric)))
    if any(group.figures.get(metric) and group.figures[metric].value is not None for group in told):
        charts.show(
            chart(told, everybody, metric), key=f"fairness_chart_{grouping}_{metric}", says=FIGURES[metric].says
        )
    with st.expander("The table behind it: every figure of every group", expanded=len(told) <= 3):
        group_table(told, key="fairness_table")


def _grouping(there: list[str]) -> str:
    """One grouping, or two that cross."""
    single = [name for name in there if "," not in name]
    first, second = st.columns([3, 2])
    with first:
        one = st.segmented_control(
            "Group by", single, format_func=NAMED.__getitem__, default=single[0], required=True, key="fairness_by"
        )
    crossed = [name for name in there if "," in name and one in name.split(",")]
    with second:
        others = {pair: next(name for name in pair.split(",") if name != one) for pair in crossed}
        pair = st.selectbox(
            "and by",
            [None, *crossed],
            format_func=lambda name: "nothing else" if name is None else NAMED[others[name]].lower(),
            key=f"fairness_and_{one}",
            disabled=not crossed,
            help=None if crossed else "Pairs of groups were not measured in this build.",
        )
    return pair or one


def _proxies(found: list[Proxy]) -> None:
    """Each grouping: how well it can be told, and by what most."""
    if not found:
        empty(
            "What gives sex, ethnicity and poverty away would be here.",
            "It was not measured for this model in this build.",
        )
        return
    st.markdown(
        "**Sex and ethnicity are not among the indicators, but these come closest to telling them.** A model can act "
        "on what it is not told if indicators go with it. How poor the area is, is an indicator itself."
    )
    for grouping in [name for name in GROUPINGS if any(one.grouping == name for one in found)]:
        st.subheader(NAMED[grouping])
        mine = [one for one in found if one.grouping == grouping]
        for group in _groups_told(mine):
            _one_group([one for one in mine if one.group == group])
    st.caption(
        "50 of 100 pairs is drawing lots, 100 is certainty. All together: a rule fitted to tell the group, tried on "
        "families that it had not seen. Intervals: 95 %, counting families. Not known counts as least."
    )


def _groups_told(mine: list[Proxy]) -> list[str]:
    """Of two groups one says it all; of more, those that are told best first."""
    together = sorted((one for one in mine if one.indicator is None), key=lambda one: (-one.auc, one.group))
    return [one.group for one in together[:1]] if len(together) == 2 else [one.group for one in together]


def _one_group(mine: list[Proxy]) -> None:
    together = next(one for one in mine if one.indicator is None)
    alone = [one for one in mine if one.indicator is not None and one.low > 0.5]
    who = named(together.grouping, together.group)
    strong = [one for one in alone if one.auc >= TELLS] or alone[:1]
    said = (
        f"**{text(who[:1].upper() + who[1:])}:** of 100 pairs of one of them and one other child, all indicators "
        f"together tell **{_pairs(together)}** rightly: {_strength(together.auc)}."
    )
    if strong:
        best = [f"*{text(one.label)}* ({_pairs(one)})" for one in strong[:3]]
        said += f" By itself most: {listed(best)}."
    st.markdown(said)
    with st.expander(f"The ten that tell most: {text(who)}"):
        tables.table(
            pd.DataFrame(
                [
                    (one.label, _pairs(one), "more" if one.more else "less", _strength(one.auc))
                    for one in mine
                    if one.indicator is not None
                ],
                columns=["indicator", "pairs", "more", "strength"],
            ),
            key=f"fairness_proxy_{together.grouping}_{together.group}",
            columns={
                "indicator": "Indicator",
                "pairs": "Of 100 pairs, rightly",
                "more": "This group has",
                "strength": "So it tells the group",
            },
            rows=10,
        )


def _pairs(one: Proxy) -> str:
    return f"{100 * one.auc:.0f}, between {100 * one.low:.0f} and {100 * one.high:.0f}"


def _strength(auc: float) -> str:
    if auc < 0.55:
        return "hardly better than drawing lots"
    return _NAMES[0] if auc < TELLS + 0.05 else _NAMES[1] if auc < 0.8 else _NAMES[2]


def _meanings() -> None:
    st.markdown(
        "The list is the one that workers have places for. *Identified* means by professionals, in the twelve months "
        "that begin 90 days after the day of measurement. It is not the same as exploited or harmed: **a group that "
        "is looked at less is identified less, and then the model looks wrong about it where it may be right.**"
    )
    for figure in FIGURES.values():
        st.markdown(f"- **{figure.label}:** {figure.means}")
    st.markdown(
        "No model can be equal in all of these at once where groups are identified at different rates. Which one has "
        "to be equal is a decision for people, and belongs in the impact assessment."
    )

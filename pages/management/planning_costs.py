"""Planning, costs: what a list, a child rightly reached and the year to come would cost, where costs are given."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.disclosure.control import DEFAULT
from analytics.management.capacity import Range
from analytics.management.costs import Costs, costs, each
from analytics.management.demand import CITY, SERIES, year_of
from analytics.management.export import Head
from data.access.gate import Session, cache_key
from data.snapshot.engine import StoreError
from pages.components.empty import empty, problem
from pages.components.escape import text
from pages.components.words import number
from pages.management.planning_parts import asked, demanded
from pages.management.takeaway import table

_HOW = """
    from analytics.management.costs import Costs

    COSTS = Costs(source="Finance, budget 2026/27", key_worker=52_000, begun={"early_help": 2_400})
"""


def show(session: Session) -> None:
    """What the council declared, and what follows from it."""
    try:
        given = costs()
    except StoreError as error:
        problem("The costs that were given can't be used.", f"Whoever keeps the server mends this: {text(str(error))}.")
        return
    if given is None:
        empty(
            "What each outcome costs would be here.",
            "No costs have been given, and none are made up.",
            "Whoever keeps the server puts a file such as this into the folder `costs` of `KINSIGHT_LOCAL` "
            f"(the figures are an example):\n\n{_HOW}",
        )
        return
    st.markdown(f"Costs as declared: **{text(given.source)}**.")
    if given.key_worker is not None:
        _workers(session, given.key_worker)
    if given.begun:
        _year(session, given)


def _workers(session: Session, a_year: float) -> None:
    found = asked(session)
    if found is None:
        return
    whole, total = found.whole, found.workers * a_year
    right = each(total, whole.found)
    said = (
        f"**{number(found.workers)} key workers** at £{number(a_year)} a year cost **£{number(total)}**: "
        f"£{number(total / whole.reached)} for each of {number(whole.reached)} children reached"
    )
    said += f", and about **£{_pounds(right)}** for each rightly reached." if right else "."
    st.markdown(said)
    st.caption("For a year in which each place is held by one child. What is spared by reaching a child isn't known.")


def _pounds(told: Range) -> str:
    return f"{number(told.value)} ({number(told.low)} to {number(told.high)})"


def _year(session: Session, given: Costs) -> None:
    found = demanded(session, cache_key(session))
    rows = []
    for kind, price in given.begun.items():
        told = found.told((kind, CITY))
        year = None if told is None else Range(*year_of(told))
        rows.append(
            {
                "kind": SERIES[kind], "price": f"£{number(price)}",
                "count": "too few to forecast" if year is None else _pounds(year),
                "cost": "–" if year is None else f"£{_pounds(year * price)}",
            }
        )  # fmt: skip
    st.markdown("**The twelve months to come**, if as many begin as are expected:")
    columns = {"kind": "Help", "price": "Each time it begins", "count": "Expected to begin", "cost": "Cost"}
    head = Head("What the year to come would cost", "The twelve months to come", DEFAULT.words, {}, (given.source,))
    table(pd.DataFrame(rows), "planning_year", head, columns)

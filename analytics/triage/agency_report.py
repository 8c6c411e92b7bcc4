"""What a partner agency is told of its own contacts, as a paper: protected counts alone, nobody's story."""

from __future__ import annotations

import pandas as pd

from analytics.disclosure.control import DEFAULT, shown
from analytics.triage.demand import Demand
from data.codes import CONTACT_OUTCOME, CONTACT_REASON
from data.papers.inert import inert
from data.papers.pdf import pdf
from data.papers.words import grid

_CANNOT = (
    "These are counts of what the hub recorded. That nobody was asked, or that nothing more was done, does not mean "
    "that the contact was wrong: a worry that proves to be none was still worth a call. What was not passed on is not "
    "here. Nothing in this paper is about any one person."
)


def paper(found: Demand, agency: str, *, mark: str, foot: str) -> bytes:
    """The report as PDF; the same counts give the same bytes."""
    return pdf(markdown(found, agency), mark=mark, foot=foot)


def markdown(found: Demand, agency: str) -> str:
    """The report as the little Markdown of our papers."""
    head = f"# Contacts with the hub from: {inert(agency)}"
    span = f"{found.since:%b %Y} to {_last(found):%b %Y}, contacts that were decided. {DEFAULT.words}"
    reasons = found.reasons.rename(index=lambda code: str(CONTACT_REASON.labels.get(code, code)).capitalize())
    months = found.months.rename(index=lambda month: f"{month:%b %Y}")
    again = found.again.rename(index=lambda code: str(CONTACT_OUTCOME.labels.get(code, code)).capitalize())
    parts = [
        head,
        span,
        "## Why you called, and whether anybody else was asked",
        _table(reasons, "Reason", {"all": "Contacts", "unshared": "Needed no sharing"}),
        "## Month by month",
        _table(months, "Month", {"all": "Contacts", "unshared": "Needed no sharing"}),
        "## Other agencies were asked",
        _table(found.checks, "From", {"all": "Checks", "nothing": "Told of nothing, led nowhere"}),
        "## Contacts of the year before: came another within twelve months?",
        _table(again, "Decided first", {"all": "Contacts", "again": "Another came"}),
        "## What this cannot tell",
        _CANNOT,
    ]
    return "\n\n".join(parts)


def _last(found: Demand) -> pd.Timestamp:
    return pd.Timestamp(found.until) - pd.Timedelta(days=1)


def _table(rows: pd.DataFrame, first: str, columns: dict[str, str]) -> str:
    if rows.empty:
        return "None is recorded."
    told = [[inert(label), *(shown(row[name]) for name in columns)] for label, row in rows.iterrows()]
    return grid([[first, *columns.values()], *told])

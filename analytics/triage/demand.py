"""What reaches the hub, and what it need not have been: contacts that needed no sharing, repeats, checks for nothing.

Every count that leaves this file has passed `analytics.disclosure.control`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from analytics.disclosure.control import protect
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.contacts import LOW_OUTCOMES

AGAIN_DAYS = 365
_ONE = """
one AS (
    SELECT contact, min(received_at) AS received_at, coalesce(min(agency), 'not said') AS agency,
           coalesce(min(reason), 'other') AS reason, max(outcome) AS outcome, max(shared_with) AS shared_with,
           max(checks_found) AS checks_found
    FROM contact WHERE received_at >= $since AND received_at < $until GROUP BY contact
)"""
_COUNTS = f"""
WITH {_ONE}
SELECT date_trunc('month', received_at)::DATE AS month, agency, reason, count(*) AS "all",
       count(*) FILTER (shared_with IS NULL) AS unshared
FROM one WHERE outcome IS NOT NULL GROUP BY ALL ORDER BY ALL
"""
_AGAIN = f"""
WITH {_ONE},
again AS (
    SELECT DISTINCT a.contact FROM contact a JOIN contact b USING (person)
    WHERE b.contact <> a.contact AND a.received_at >= $since AND a.received_at < $until
      AND date_diff('day', a.received_at, b.received_at) BETWEEN 4 AND {AGAIN_DAYS}
)
SELECT agency, outcome, count(*) AS "all", count(again.contact) AS again
FROM one LEFT JOIN again USING (contact) WHERE outcome IS NOT NULL GROUP BY ALL ORDER BY ALL
"""
_CHECKS = f"""
WITH {_ONE}
SELECT agency, count(shared_with) AS "all", count(*) FILTER (checks_found = 'concern') AS concern,
       count(*) FILTER (empty) AS nothing, count(*) FILTER (empty AND NOT ask) AS spared,
       count(*) FILTER (shared_with IS NOT NULL AND checks_found = 'concern' AND NOT ask) AS lost,
       count(ask) AS suggested
FROM (SELECT *, shared_with IS NOT NULL AND checks_found = 'nothing' AND outcome IN {LOW_OUTCOMES} AS empty FROM one)
LEFT JOIN contact_score USING (contact) WHERE outcome IS NOT NULL GROUP BY agency ORDER BY agency
"""


@dataclass(frozen=True)
class Demand:
    """A year of contacts, of all agencies or of one. Counts are protected: NaN where one is withheld.

    ``months``, ``agencies``, ``reasons``: contacts that were decided (``all``) and those where nobody was asked
    (``unshared``), by their index. ``again``: by what was decided first, contacts (``all``) and those about somebody
    of whom another contact came within a year (``again``). ``checks``: by agency, checks made (``all``) and those that
    told of nothing and led nowhere (``nothing``); of these, what the suggestion would not have asked for (``spared``),
    and of checks that told of a concern (``lost``), where suggestions may be shown.
    """

    since: date
    until: date
    months: pd.DataFrame
    agencies: pd.DataFrame
    reasons: pd.DataFrame
    again: pd.DataFrame
    checks: pd.DataFrame
    suggested: bool


@dataclass(frozen=True)
class Counted:
    """The counts themselves, before the rule: nothing of this leaves the server. Frames as the queries give them."""

    since: date
    until: date
    counts: pd.DataFrame
    again: pd.DataFrame
    checks: pd.DataFrame


def counted(session: Session) -> Counted:
    """The last twelve whole months; repeats are of the twelve before those, since a year must have passed."""
    until = session.snapshot.today.replace(day=1)
    since = until.replace(year=until.year - 1)
    return Counted(
        since, until, _ask(session, _COUNTS, since, until),
        _ask(session, _AGAIN, since.replace(year=since.year - 1), since), _ask(session, _CHECKS, since, until),
    )  # fmt: skip


def demand(found: Counted, agency: str | None = None) -> Demand:
    """What may be told of all agencies, or of one.

    What is withheld of one agency is withheld so that neither its own totals nor those of all agencies give it away.
    """
    counts, again, checks = found.counts, found.again, found.checks
    suggested = bool(checks["suggested"].sum())
    months, reasons, repeats = (
        _of(frame, by, "all", part, agency)
        for frame, by, part in (
            (counts, "month", "unshared"),
            (counts, "reason", "unshared"),
            (again, "outcome", "again"),
        )
    )
    kept = checks["agency"].eq(agency) if agency else checks["agency"].notna()
    agencies = parted(counts.groupby("agency")[["all", "unshared"]].sum(), "unshared")
    by_agency = checks.set_index("agency")
    made = parted(by_agency, "nothing")
    for whole, part in (("nothing", "spared"), ("concern", "lost")):
        made[part] = parted(by_agency.drop(columns="all").rename(columns={whole: "all"}), part)[part]
    made = made.loc[checks.loc[kept, "agency"]]
    return Demand(found.since, found.until, months, agencies, reasons, repeats, made, suggested)


def parted(counts: pd.DataFrame, part: str) -> pd.DataFrame:
    """``counts`` with the columns ``all`` and ``part`` of it, safe to show: neither part nor rest can be worked out."""
    both = protect(pd.DataFrame({part: counts[part], "rest": counts["all"] - counts[part]}))
    whole = protect(counts[["all"]], row_totals=False)["all"]
    hidden = both.isna().any(axis=1)
    return pd.DataFrame({"all": whole, part: both[part].where(~hidden & whole.notna())})


def within(counts: pd.DataFrame, by: str, part: str, agency: str) -> pd.DataFrame:
    """The same of one agency, by ``by``: protected among all agencies at once, whose totals are told as well."""
    wide = counts.pivot_table(index=by, columns="agency", values=["all", part], aggfunc="sum", fill_value=0)
    every, some = pd.DataFrame(wide["all"]), pd.DataFrame(wide[part])
    whole, hidden = protect(every), protect(some).isna() | protect(every - some).isna()
    mine = pd.DataFrame({"all": whole[agency], part: some[agency].where(~hidden[agency] & whole[agency].notna())})
    return mine[every[agency] > 0]


def _of(counts: pd.DataFrame, by: str, whole: str, part: str, agency: str | None) -> pd.DataFrame:
    if agency is not None and counts["agency"].eq(agency).any():
        return within(counts, by, part, agency)
    return parted(counts.groupby(by)[[whole, part]].sum() if agency is None else counts.iloc[:0].set_index(by), part)


def _ask(session: Session, query: str, since: date, until: date) -> pd.DataFrame:
    asked: dict[str, Any] = {"since": since, "until": until}
    return serve(session, Permission.SEE_DEMAND, query, asked, what="contacts")

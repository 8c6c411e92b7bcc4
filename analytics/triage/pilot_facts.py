"""The contacts of a pilot, or of a year past, one row each: what was decided, what was suggested, what followed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from analytics.triage import practice
from analytics.triage.arrived import bound, submitted, told_table
from analytics.triage.clock import hub_now, hub_time
from analytics.triage.desk import RAISED
from analytics.triage.harm import SERIOUS
from analytics.triage.pilot_measures import AFTER_DAYS, AGAIN_DAYS, HARM_DAYS
from analytics.triage.queue import SERVICE_HOURS
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.contacts import GRADES
from data.journal import hub
from data.journal.pilot import SHADOW, Pilot

YEAR = 365
_SAID = ("agency", "reason")
_ROWS = f"""
WITH {told_table(*_SAID)}, every AS (
    SELECT contact, person, received_at, agency, reason, outcome, worker, shared_with, closed_at FROM contact
    WHERE NOT list_contains($told_contact::VARCHAR[], contact)
    UNION ALL SELECT *, NULL, NULL, NULL, NULL FROM told
), own AS (SELECT * FROM every WHERE received_at >= $since AND received_at < $until
), kin AS (SELECT person, min(family) AS family FROM family_member GROUP BY person
), met AS (
    SELECT a.contact, min(date_diff('day', a.received_at, b.received_at)) FILTER (
               date_diff('day', a.received_at, b.received_at) BETWEEN {AFTER_DAYS} + 1 AND {AGAIN_DAYS}) AS again,
           count(DISTINCT b.contact) FILTER (b.received_at < a.received_at) AS prior
    FROM own a JOIN every b USING (person)
    WHERE b.contact <> a.contact AND b.received_at >= a.received_at - INTERVAL {YEAR} DAY
      AND b.received_at < a.received_at + INTERVAL {AGAIN_DAYS + 1} DAY
    GROUP BY a.contact
), hurt AS (
    SELECT a.contact, min(e.occurred_on - a.received_at::DATE) AS harm FROM own a JOIN event e USING (person)
    WHERE list_contains($serious::VARCHAR[], e.kind) AND e.occurred_on > a.received_at::DATE + {AFTER_DAYS}
      AND e.occurred_on <= a.received_at::DATE + {HARM_DAYS}
    GROUP BY a.contact
)
SELECT o.contact, min(o.received_at) AS received_at, coalesce(min(o.agency), 'not said') AS agency,
       coalesce(min(o.reason), 'other') AS reason, count(DISTINCT o.person)::INTEGER AS people,
       min(date_diff('day', p.birth_date, o.received_at::DATE)) / 365.25 AS youngest,
       dense_rank() OVER (ORDER BY min(coalesce(kin.family, -o.person)))::BIGINT AS kin,
       dense_rank() OVER (ORDER BY max(o.worker))::BIGINT AS worker, max(o.outcome) AS outcome,
       max(o.shared_with) IS NOT NULL AS asked, max(o.closed_at) AS closed_at, max(s.level) AS suggested,
       max(met.again) AS again, coalesce(max(met.prior), 0)::INTEGER AS prior, max(hurt.harm) AS harm
FROM own o JOIN person p USING (person) LEFT JOIN kin USING (person) LEFT JOIN met USING (contact)
     LEFT JOIN hurt USING (contact) LEFT JOIN contact_score s USING (contact)
GROUP BY o.contact ORDER BY o.contact
"""
_FEED = ("contact", "received_at", "agency", "reason", "people", "youngest", "kin", "worker", "asked", "prior")
_UNSCORED = "LEFT JOIN (SELECT NULL::VARCHAR AS contact, NULL::INTEGER AS level) s USING (contact)"


@dataclass(frozen=True)
class Followed:
    """``rows``: contacts as `pilot_measures` reads them, and what was known of them before they fell into an arm.

    ``until``: the first day that is not in it; ``today``: the day of the records that say what followed; ``pilot``:
    None of a year past, when there was none.
    """

    rows: pd.DataFrame
    since: date
    until: date
    today: date
    pilot: Pilot | None


def of_pilot(session: Session, pilot: Pilot) -> Followed:
    """The contacts that fell into an arm of ``pilot``."""
    until = pilot.ends_on + timedelta(days=1)
    if pilot.stopped_at is not None:
        until = min(until, hub_time(session, datetime.fromisoformat(pilot.stopped_at)).date() + timedelta(days=1))
    rows = _rows(session, pilot.starts_on, until)
    arms = practice.arms(session, pilot, dict(zip(rows["contact"], rows["received_at"], strict=True)))
    rows = rows.assign(arm=rows["contact"].map(arms))
    rows = rows[rows["arm"].notna()].reset_index(drop=True)
    return Followed(rows, pilot.starts_on, until, session.snapshot.today, pilot)


def of_past(session: Session) -> Followed:
    """The contacts of the last year whose aftermath is whole, beside what the grader says of them now."""
    until = session.snapshot.today - timedelta(days=HARM_DAYS)
    since = until - timedelta(days=YEAR)
    rows = _rows(session, since, until)
    return Followed(rows.assign(arm=SHADOW), since, until, session.snapshot.today, None)


def _rows(session: Session, since: date, until: date) -> pd.DataFrame:
    asked = bound(submitted(session), *_SAID) | {"since": since, "until": until, "serious": list(SERIOUS)}
    scored = "contact_score" in session.snapshot.tables
    query = _ROWS if scored else _ROWS.replace("LEFT JOIN contact_score s USING (contact)", _UNSCORED)
    rows = serve(session, Permission.SEE_PILOT, query, asked, what="contacts followed up")
    rows["received_at"] = pd.to_datetime(rows["received_at"])
    return _followed(_here(session, rows), session.snapshot.today, hub_now(session))


def _here(session: Session, feed: pd.DataFrame) -> pd.DataFrame:
    """What was graded and decided here put in the place of what the feed says."""
    numbers = feed["contact"]
    grades: dict[str, Any] = {}
    for row in hub.grades(session.journal):
        grades.setdefault(row["contact"], row)
    decided = {row["contact"]: row for row in reversed(hub.decisions(session.journal))}
    looks = hub.last(hub.second_looks(session.journal))
    came = {row["contact"]: row["at"] for row in hub.contacts(session.journal)}
    out = feed[[*_FEED]].copy()
    told = [_one(session, n, feed.iloc[at], grades.get(n), decided.get(n), looks.get(n), came.get(n))
            for at, n in enumerate(numbers) if n in grades or n in decided or n in looks]  # fmt: skip
    columns = ("level", "outcome", "final", "suggested", "hours", "seen", "looked", "raised")
    level = feed["outcome"].map(GRADES).astype(float)
    hours = (feed["closed_at"] - feed["received_at"]).dt.total_seconds() / 3600
    out = out.assign(level=level, outcome=level, final=level, suggested=feed["suggested"].astype(float), hours=hours)
    out = out.assign(seen=None, looked=False, raised=False, followed_again=feed["again"], followed_harm=feed["harm"])
    if told:
        here = pd.DataFrame(told).set_index("contact")
        at = out.index[numbers.isin(here.index)]
        for name in (*columns, "asked"):
            values = here.loc[out.loc[at, "contact"], name].to_numpy()
            out[name] = out[name].astype(object)
            out.loc[at, name] = values
        numeric = ("level", "outcome", "final", "suggested", "hours")
        out = out.astype(dict.fromkeys(numeric, float)).astype(dict.fromkeys(("asked", "looked", "raised"), bool))
    return out


def _one(session: Session, number: str, feed: Any, grade: Any, decision: Any, look: Any, came: Any) -> dict[str, Any]:
    outcome = decision["outcome"] if decision is not None else feed["outcome"]
    level = GRADES.get(outcome, np.nan)
    final = GRADES[look["outcome"]] if look is not None and look["outcome"] else level
    closed = hub_time(session, datetime.fromisoformat(decision["at"])) if decision is not None else feed["closed_at"]
    hours = (closed - feed["received_at"]).total_seconds() / 3600
    if decision is not None and came is not None:
        hours = (datetime.fromisoformat(decision["at"]) - datetime.fromisoformat(came)).total_seconds() / 3600
    return {
        "contact": number, "level": level if grade is None else grade["level"], "outcome": level, "final": final,
        "suggested": feed["suggested"] if grade is None or grade["suggested"] is None else grade["suggested"],
        "hours": max(hours, 0.0), "seen": None if grade is None else grade["seen"], "looked": look is not None,
        "raised": look is not None and look["verdict"] == RAISED,
        "asked": bool(feed["asked"]) if decision is None else decision["asked"] is not None,
    }  # fmt: skip


def _followed(rows: pd.DataFrame, today: date, now: datetime) -> pd.DataFrame:
    """``again`` and ``harm``: 1 as soon as it came; 0 when its time is over; NaN till then. ``hurt``: came so far."""
    out = rows.assign(came=rows["received_at"].dt.date)
    passed = (pd.Timestamp(today) - rows["received_at"].dt.normalize()).dt.days
    for name, days in (("again", AGAIN_DAYS), ("harm", HARM_DAYS)):
        happened = out.pop(f"followed_{name}").notna()
        out[name] = np.where(passed > days, happened.astype(float), np.nan)
        out[f"{name}_so_far"] = happened
    waited = (now - rows["received_at"]).dt.total_seconds() / 3600
    out["waits"] = rows["outcome"].isna() & (waited > SERVICE_HOURS)
    iso = rows["received_at"].dt.isocalendar()
    return out.assign(week=(iso["year"] * 100 + iso["week"]).astype("int64"))

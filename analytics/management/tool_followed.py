"""What followed allocations, beside children alike who were never allocated.

Nobody drew lots over who was allocated, so a difference is no proof of an effect: workers see what no record tells.
Children are found alike by what was on record at the last quarter before the allocation; what followed is counted from
the day of the allocation, for both alike. Every count passes `disclosure.free`: lists and teams are chosen freely.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.disclosure.cell_key import VARIANCE
from analytics.management.caseload import KINDS
from analytics.management.fair import Z
from analytics.management.matching import CALIPER, Balance, Difference, Matched, balance, difference, match, spread
from analytics.management.tool_outcomes import NUMBERED, Given, told
from analytics.matrix.guard import STANDS_TODAY
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.snapshot.reading import derived

Counts = dict[str, float]
MONTHS = (3, 6, 12)
#: What is looked for afterwards: name -> words and event kinds.
FOLLOWED: dict[str, tuple[str, tuple[str, ...]]] = {
    "missing": ("Reported missing", ("missing", "care_missing")),
    "referral": ("Referred to social care", ("referral",)),
    "stepped_up": ("Protection plan or care begun", ("protection_plan", "looked_after")),
    "school": ("Suspended or excluded", ("suspension", "exclusion")),
    "harm": ("Exploitation or harm recorded", ("exploitation_service", "found_harmed", "sexual_victim")),
}
_MISSING, _SCHOOL = ("missing", "care_missing"), ("suspension", "exclusion")
_HELP = ("early_help", "in_need", "protection_plan", "looked_after")


@dataclass(frozen=True)
class Trait:
    """Something in which children are to be alike: its ``words``, events of ``kinds`` in the ``months`` before.

    ``within``: how far a like child may lie away; of events in log(1 + count), so that 0.5 holds once beside twice and
    none beside none alone, and of the score in standard deviations.
    """

    words: str
    within: float
    kinds: tuple[str, ...] = ()
    months: int = 12


#: What children are alike in, besides quarter, area and sex. Trouble of late is why somebody is allocated, and it
#: passes by itself: the last quarter counts by itself too.
ALIKE_IN: dict[str, Trait] = {
    "score": Trait("Score (log-odds)", CALIPER),
    "age": Trait("Age", 1.0),
    "missing": Trait("Times reported missing, 12 months", 0.5, _MISSING),
    "missing_late": Trait("Times reported missing, 3 months", 0.5, _MISSING, 3),
    "contacts": Trait("Contacts with the hub, 12 months", 1.1, ("contact",)),
    "contacts_late": Trait("Contacts with the hub, 3 months", 0.7, ("contact",), 3),
    "school": Trait("Suspensions and exclusions, 12 months", 0.5, _SCHOOL),
    "home": Trait("Domestic abuse incidents, 12 months", 0.7, ("domestic_child",)),
    "served": Trait("Help begun, 12 months", 0.7, _HELP),
    "open": Trait("Open to early help or social care", 0.0),
}
_BEFORE = tuple(sorted({kind for one in ALIKE_IN.values() for kind in one.kinds} | set(KINDS)))
_NOTED_KINDS = tuple(sorted({kind for _, kinds in FOLLOWED.values() for kind in kinds} | set(_BEFORE)))

#: What may have come before or followed: one event in twenty.
_NOTED = derived(
    "noted_event",
    f"""
SELECT person, kind, occurred_on, ended_on, known_on, corrected_on FROM event
WHERE kind IN {_NOTED_KINDS} ORDER BY person, occurred_on, kind, known_on
""",
    needs=("event",),
)
_COUNTED = ",\n       ".join(
    f"count(*) FILTER (e.kind IN ({', '.join(repr(kind) for kind in one.kinds)})"
    f" AND e.occurred_on >= a.ago_{one.months})"
    f" AS {name}"
    for name, one in ALIKE_IN.items()
    if one.kinds
)
_AGO = ", ".join(
    f"(day - INTERVAL {months} MONTH)::DATE AS ago_{months}"
    for months in sorted({one.months for one in ALIKE_IN.values()})
)
_NONE = ", ".join(
    f"coalesce(h.{name}, 0)::INTEGER AS {name}" for name, one in ALIKE_IN.items() if one.kinds or name == "open"
)
# Who was like whom, at the first day of the quarter: no more than a number, which means nothing outside this snapshot.
_LIKE = f"""
WITH given AS (
    SELECT unnest($given::BIGINT[]) AS person, unnest($models::VARCHAR[]) AS model, unnest($quarters::DATE[]) AS day
), everybody AS (
    SELECT person, p.birth_date, p.sex, w.area
    FROM person p JOIN ward w ON w.ward = p.ward WHERE p.death_date IS NULL AND p.birth_date IS NOT NULL
), wanted AS (
    SELECT g.model, g.day, x.area, x.sex, min(x.birth_date) - INTERVAL 1 YEAR AS eldest,
           max(x.birth_date) + INTERVAL 1 YEAR AS youngest
    FROM given g JOIN everybody x USING (person) GROUP BY ALL
), among AS (
    SELECT x.person, w.model, w.day, w.area, w.sex, round(date_diff('day', x.birth_date, w.day) / 365.25, 1) AS age
    FROM everybody x JOIN wanted w ON w.area = x.area AND w.sex IS NOT DISTINCT FROM x.sex
     AND x.birth_date BETWEEN w.eldest AND w.youngest
), ago AS (
    -- Days are reckoned once each: for every event of everybody that would be most of the work.
    SELECT DISTINCT day, {_AGO} FROM given
), happened AS (
    SELECT a.person, a.day, {_COUNTED},
           max((e.kind IN {KINDS} AND (e.ended_on IS NULL OR e.ended_on >= a.day))::INTEGER) AS open
    FROM (SELECT DISTINCT a.person, d.* FROM among a JOIN ago d USING (day)) a JOIN {_NOTED} e ON e.person = a.person
     AND e.kind IN {_BEFORE} AND e.occurred_on < a.day AND e.known_on < a.day
     AND (e.corrected_on IS NULL OR e.corrected_on >= a.day)
     AND (e.occurred_on >= a.ago_12 OR e.ended_on IS NULL OR e.ended_on >= a.day)
    GROUP BY a.person, a.day
), kin AS (
    SELECT person, min(family) AS household FROM family_member WHERE "to" IS NULL GROUP BY person
)
SELECT n.number, a.model, a.day, a.area, a.sex, a.age, ln(s.probability / (1 - s.probability)) AS score,
       {_NONE},
       coalesce(k.household, -n.number) AS household, r.key,
       list_position($given::BIGINT[], a.person) IS NOT NULL AS ever
FROM among a JOIN {NUMBERED} n USING (person) JOIN record_key r USING (person)
LEFT JOIN happened h ON h.person = a.person AND h.day = a.day LEFT JOIN kin k ON k.person = a.person
LEFT JOIN score s ON s.person = a.person AND s.model = a.model AND s.as_of = a.day
ORDER BY n.number, a.model, a.day
"""
_AFTER = f"""
WITH asked AS (
    SELECT unnest($numbers::BIGINT[]) AS number, unnest($days::DATE[]) AS day,
           unnest(range(len($numbers::BIGINT[]))) AS at
), span AS (
    SELECT d.day, s.months, (d.day - to_months(s.months))::DATE AS since, (d.day + to_months(s.months))::DATE AS until
    FROM (SELECT DISTINCT day FROM asked) d CROSS JOIN (SELECT unnest($months::INTEGER[]) AS months) s
)
SELECT a.at, s.months, e.kind, bool_or(e.occurred_on < a.day) AS before, bool_or(e.occurred_on >= a.day) AS after
FROM asked a JOIN {NUMBERED} n USING (number) JOIN {_NOTED} e ON e.person = n.person
 AND list_contains($kinds::VARCHAR[], e.kind) AND {STANDS_TODAY}
JOIN span s ON s.day = a.day AND e.occurred_on >= s.since AND e.occurred_on < s.until
GROUP BY ALL ORDER BY ALL
"""


@dataclass(frozen=True)
class Like:
    """Children and those like them: ``rows`` (not for show), which of them were allocated, and who is like whom.

    ``values`` float[rows, k] and ``stratum`` int64[rows]: what they are alike in. ``days``: of each row, when its
    child, or the one it is like, was allocated. ``team``: whose the allocation was.
    """

    rows: pd.DataFrame
    treated: NDArray[np.bool_]
    values: NDArray[np.float64]
    stratum: NDArray[np.int64]
    found: Matched
    days: pd.Series
    team: pd.Series

    def only(self, model: str, team: str) -> Like | None:
        """Of one list and one team; empty text narrows nothing. None where nobody is left.

        Each child beside the same others as among all: whatever is asked, they are sought once.
        """
        kept = self.treated & (self.rows["model"] == model).to_numpy() if model else self.treated
        kept = kept & (self.team == team).to_numpy() if team else kept
        return replace(self, treated=kept, found=self.found.only(kept)) if kept.any() else None

    @cached_property
    def balance(self) -> Balance:
        """How alike they are, before and after they were matched."""
        others = self.rows["other"].to_numpy() & np.isin(self.stratum, self.stratum[self.treated])
        return balance(self.treated, others, self.values, self.found)

    @property
    def scored(self) -> bool:
        """Whether scores were read."""
        return bool(self.rows.loc[self.found.treated, "score"].notna().any())


def alike(session: Session, everybody: Given) -> Like | None:
    """Each first allocation of a child matched with children never allocated; None where nobody is old enough to tell.

    ``everybody``: all allocations, whosever: none of those children is a comparison.
    """
    first = everybody.rows.sort_values("day", kind="stable").drop_duplicates("number")
    first = first[first["day"] <= _told_until(session, min(MONTHS))]
    if first.empty:
        return None
    quarters = [pd.Timestamp(day).to_period("Q").start_time.date() for day in first["day"]]
    asked = {
        "given": [int(one) for one in first["person"]], "models": list(first["model"]), "quarters": quarters,
    }  # fmt: skip
    rows = serve(session, Permission.SEE_FIGURES, _LIKE, asked, what="children alike at the time")
    return matched(rows, first.assign(quarter=quarters), set(everybody.rows["number"]))


def matched(rows: pd.DataFrame, first: pd.DataFrame, ever: set[int]) -> Like:
    """The same from candidates: ``number, model, day`` (of the quarter), what they are alike in, ``household, key``."""
    rows = rows.assign(day=pd.to_datetime(rows["day"]))
    mine = first.assign(quarter=pd.to_datetime(first["quarter"])).set_index(["number", "model", "quarter"])
    place = pd.MultiIndex.from_frame(rows[["number", "model", "day"]])
    treated = place.isin(mine.index)
    kept = treated | ~rows["number"].isin(list(ever)).to_numpy()
    rows, treated, place = rows[kept].reset_index(drop=True), treated[kept], place[kept]
    rows["other"] = ~treated
    # Once or never is further apart than five times or six.
    values = np.stack([np.log1p(rows[name]) if one.kinds else rows[name] for name, one in ALIKE_IN.items()], axis=1)
    values = values.astype(float)
    stratum = np.asarray(rows.groupby(["model", "day", "area", "sex"], dropna=False).ngroup(), np.int64)
    calipers = np.array([one.within for one in ALIKE_IN.values()])
    calipers[0] *= spread(values)[0]
    found = match(treated, stratum, values, np.asarray(rows["number"], np.int64), calipers)
    days = pd.Series(pd.NaT, index=rows.index, dtype="datetime64[s]")
    days[found.treated] = pd.to_datetime(mine["day"].reindex(place[found.treated]).to_numpy())
    sets, controls = found.pairs
    days[controls] = days[found.treated].to_numpy()[sets]
    team = mine["team"].reindex(place).set_axis(rows.index)
    return Like(rows, treated, values, stratum, found, days, team)


def _told_until(session: Session, months: int) -> date:
    """The last day whose ``months`` are over, by what is recorded."""
    return (pd.Timestamp(session.snapshot.recorded_until) - pd.DateOffset(months=months)).date()


@dataclass(frozen=True)
class Change:
    """One thing that may follow, among the allocated and those like them: shares of safe counts, and the difference.

    Shares are None where too few had it, or had it not. ``before``: in as many months before.
    """

    name: str
    words: str
    before: float | None
    after: float | None
    like_before: float | None
    like_after: float | None
    difference: Difference | None


@dataclass(frozen=True)
class After:
    """What followed in ``months``: how many allocated children are compared with how many (NaN: too few to tell)."""

    months: int
    allocated: float
    like: float
    changes: tuple[Change, ...]


def after(session: Session, like: Like) -> tuple[After, ...]:
    """What followed in 3, 6 and 12 months, of those whose months are over."""
    rows = np.r_[like.found.treated, like.found.pairs[1]]
    asked = {
        "numbers": like.rows.loc[rows, "number"].tolist(), "days": [day.date() for day in like.days[rows]],
        "months": list(MONTHS), "kinds": sorted({kind for _, kinds in FOLLOWED.values() for kind in kinds}),
        "today": session.snapshot.today,
    }  # fmt: skip
    events = serve(session, Permission.SEE_FIGURES, _AFTER, asked, what="what followed allocations")
    events["at"] = rows[events["at"].to_numpy(int)] if len(events) else events["at"]
    return tuple(followed(like, events, months, _told_until(session, months)) for months in MONTHS)


def followed(like: Like, events: pd.DataFrame, months: int, until: date) -> After:
    """What followed in ``months``, of sets whose allocation was by ``until``; ``at`` in ``events`` is the row."""
    over = (like.days[like.found.treated] <= pd.Timestamp(until)).to_numpy()
    found = Matched(like.found.treated[over], like.found.controls[over], like.found.alone)
    mine, others = found.treated, found.pairs[1]
    keys = like.rows["key"].to_numpy(np.int64)
    had = _had(events[events["months"] == months], len(keys))
    sides = {"allocated": mine, "like": others}
    counted = {side: keys[rows] for side, rows in sides.items()}
    for (name, when), mask in had.items():
        for side, rows in sides.items():
            counted |= {
                f"{name} {when} {side}": keys[rows[mask[rows]]],
                f"{name} {when} {side} not": keys[rows[~mask[rows]]],
            }
    safe = told(counted)
    counts: Counts = {str(name): float(count) for name, count in safe.items()}
    family = like.rows["household"].to_numpy(np.int64)
    changes = tuple(_change(name, had[name, "after"], found, family, counts) for name in FOLLOWED)
    return After(months, counts["allocated"], counts["like"], changes)


def _had(events: pd.DataFrame, rows: int) -> dict[tuple[str, str], NDArray[np.bool_]]:
    """Which rows had each thing that is looked for, before and after, bool[rows] each."""
    had = {(name, when): np.zeros(rows, bool) for name in FOLLOWED for when in ("before", "after")}
    at, when_of = events["at"].to_numpy(int), {when: events[when].to_numpy(bool) for when in ("before", "after")}
    for name, (_, kinds) in FOLLOWED.items():
        fits = events["kind"].isin(kinds).to_numpy(bool)
        for when, mask in when_of.items():
            had[name, when][at[fits & mask]] = True
    return had


def _change(name: str, had: NDArray[np.bool_], found: Matched, family: Any, counts: Counts) -> Change:
    before, then, like_before, like_then = (
        _share(counts, f"{name} {when} {side}", side) for side in ("allocated", "like") for when in ("before", "after")
    )
    gap = None
    if then is not None and like_then is not None:
        gap = _gap(then, like_then, difference(had, found, family), counts)
    return Change(name, FOLLOWED[name][0], before, then, like_before, like_then, gap)


def _gap(then: float, like: float, exact: Difference | None, of: Counts) -> Difference | None:
    """Of safe counts, as the shares beside it. Its interval is that of the exact ones, and allows for the nudges."""
    if exact is None:
        return None
    nudged = sum((1 + share**2) * VARIANCE / count**2 for share, count in ((then, of["allocated"]), (like, of["like"])))
    low, high = (np.hypot(end - exact.value, Z * np.sqrt(nudged)) for end in (exact.low, exact.high))
    return Difference(then - like, then - like - float(low), then - like + float(high))


def _share(counts: Counts, had: str, side: str) -> float | None:
    """Of safe counts; None where too few had it, or had it not."""
    if any(np.isnan(counts[one]) for one in (side, had, f"{had} not")) or not counts[side]:
        return None
    return float(min(counts[had] / counts[side], 1.0))

"""What happened next for known cases, and what helped: services begun in the year after, and whether anything followed.

As known now, not as it was then. Helped means no more than that no further episode is on record until the year was
over; who was offered what was no draw by lot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analytics.casework.similar import FOLLOWED
from analytics.disclosure.control import DEFAULT, protect
from analytics.matrix.guard import STANDS_TODAY
from data.access.gate import Session, serve
from data.access.roles import Permission

#: Of so many, the nearest, it is told what came next.
NEAREST = 60
#: What counts as a further episode.
EPISODES = ("missing", "care_missing", "found_harmed")
# A line a case and service, or a case alone: no name, no number, no day in it. Only cases whose year is over.
_AFTER = f"""
WITH chosen AS (
    SELECT DISTINCT number, person FROM known_case_value WHERE model = $model
), found AS (
    SELECT number, person, min(identified_on) AS since
    FROM chosen JOIN known_case USING (person) WHERE profile = $profile GROUP BY number, person
    HAVING min(identified_on) + INTERVAL 12 MONTH <= $today
), happened AS (
    SELECT f.number, f.since, e.kind, e.occurred_on AS day
    FROM found f JOIN event e ON e.person = f.person AND {STANDS_TODAY}
    WHERE e.kind IN {(*FOLLOWED, *EPISODES)} AND e.occurred_on >= f.since - INTERVAL 12 MONTH
      AND e.occurred_on < f.since + INTERVAL 12 MONTH
), episode AS (SELECT number, since, day FROM happened WHERE kind IN {EPISODES}
), began AS (
    SELECT number, kind, min(day) AS day FROM happened
    WHERE kind IN {tuple(FOLLOWED)} AND day >= since GROUP BY number, kind
)
SELECT f.number, NULL AS kind, bool_or(e.day < f.since) IS TRUE AS before,
       bool_or(e.day >= f.since) IS TRUE AS after
FROM found f LEFT JOIN episode e USING (number) GROUP BY f.number
UNION ALL
SELECT b.number, b.kind, NULL, bool_or(e.day > b.day) IS TRUE
FROM began b LEFT JOIN episode e USING (number) GROUP BY b.number, b.kind
ORDER BY ALL
"""


@dataclass(frozen=True)
class Line:
    """A service: how many began it, and how many of them have no further episode; None: too few to tell."""

    service: str
    began: float | None
    quiet: float | None


@dataclass(frozen=True)
class Afterwards:
    """Of ``cases``: how many had an episode in the year before, and in the year after; None: too few to tell."""

    cases: int
    before: float | None
    after: float | None
    lines: tuple[Line, ...]


def afterwards(session: Session, model: str, profile: str, numbers: Sequence[int]) -> Afterwards | None:
    """What came next for the known cases ``numbers``; None where too few of them have a whole year behind them."""
    rows = _every_case(session, model, profile)
    rows = rows[rows["number"].isin(numbers)]
    alone = rows[rows["kind"].isna()]
    if len(alone) < DEFAULT.smallest:
        return None
    before, after = (_told(alone[column].astype(bool)) for column in ("before", "after"))
    return Afterwards(len(alone), before, after, _lines(rows[rows["kind"].notna()]))


def _every_case(session: Session, model: str, profile: str) -> pd.DataFrame:
    """The lines of all known cases, read once a snapshot: who is near to whom only picks among them."""
    query = {"model": model, "profile": profile, "today": session.snapshot.today}
    what = "what happened next for known cases"
    return session.snapshot.once(
        ("afterwards", model), lambda: serve(session, Permission.SEE_MODELS, _AFTER, query, what=what)
    )


def _told(happened: pd.Series) -> float | None:
    """How many it happened to, where neither they nor the others are too few: the whole is told too."""
    counts = pd.DataFrame({"yes": [int(happened.sum())], "no": [int((~happened).sum())]})
    return _shown(protect(counts, column_totals=False)["yes"].iloc[0])


def _lines(rows: pd.DataFrame) -> tuple[Line, ...]:
    """Services by how many began them."""
    if rows.empty:
        return ()
    after = rows["after"].astype(bool)
    counts = pd.DataFrame({"quiet": (~after).groupby(rows["kind"]).sum(), "more": after.groupby(rows["kind"]).sum()})
    safe = protect(counts, column_totals=False)
    began = protect(counts.sum(axis=1).to_frame("began"), row_totals=False, column_totals=False)["began"]
    order = counts.sum(axis=1).sort_values(ascending=False, kind="stable").index
    return tuple(Line(FOLLOWED[str(kind)], _shown(began[kind]), _shown(safe.loc[kind, "quiet"])) for kind in order)


def _shown(value: object) -> float | None:
    number = float(str(value))
    return None if number != number else number

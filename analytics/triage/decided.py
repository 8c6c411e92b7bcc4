"""Contacts that were decided, as comparisons read them: what was known, who decided what, who else was worried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.triage import history
from analytics.triage.declared import GRAVE_WORDS, MILD_WORDS, occurring
from data.contacts import GRADES

Floats = NDArray[np.float64]
Ask = Callable[[str, dict[str, Any]], pd.DataFrame]
#: Days around a contact in which another agency's contact shows that it was worried too; nearer ones are the same news.
AROUND, SAME_NEWS = 365, 3
AGES = (0, 1, 5, 10, 14, 18)
#: Part of the columns of `known` that say what a contact tells, without anything of the family's past.
TELLS = ("people", "grave", "mild")
_GRADE = " ".join(f"WHEN '{code}' THEN {grade}" for code, grade in GRADES.items())
_TOLD = """
WITH kin AS (SELECT person, min(family) AS family FROM family_member GROUP BY person),
own AS (SELECT * FROM contact WHERE received_at >= $since AND received_at < $until),
wide AS (SELECT * FROM contact WHERE received_at >= $since - INTERVAL {around} DAY),
elsewhere AS (
    SELECT DISTINCT a.contact FROM own a JOIN wide e USING (person)
    WHERE e.agency <> a.agency
      AND abs(date_diff('day', a.received_at, e.received_at)) BETWEEN {same} + 1 AND {around}
),
again AS (
    SELECT a.contact, min(e.contact) AS again FROM own a JOIN own e USING (person)
    WHERE e.agency <> a.agency AND e.reason = a.reason AND e.worker <> a.worker AND e.received_at > a.received_at
      AND date_diff('day', a.received_at, e.received_at) <= {same} GROUP BY a.contact
)
SELECT contact, min(received_at) AS received_at, min(agency) AS agency, min(reason) AS reason, max(worker) AS worker,
       max(team) AS team, max(CASE outcome {grade} END)::INTEGER AS grade,
       dense_rank() OVER (ORDER BY min(coalesce(kin.family, -own.person)))::BIGINT AS kin,
       count(elsewhere.contact) > 0 AS elsewhere, min(again.again) AS again,
       max({grave}) AS grave, max({mild}) AS mild
FROM own LEFT JOIN kin USING (person) LEFT JOIN elsewhere USING (contact) LEFT JOIN again USING (contact)
GROUP BY contact HAVING max(outcome) IS NOT NULL AND max(worker) IS NOT NULL AND max(team) IS NOT NULL
ORDER BY contact
"""
_ASKED = """asked AS (
    SELECT contact, person, min(received_at) AS moment FROM contact
    WHERE received_at >= $since AND received_at < $until GROUP BY contact, person
), """


@dataclass(frozen=True)
class Decided:
    """n contacts: ``told`` (contact, received_at, agency, reason, worker, team, grade 0 to 4, kin, elsewhere, again and
    level, the suggested one) and ``known``, a numeric column an indicator, row for row."""

    told: pd.DataFrame
    known: pd.DataFrame

    def __len__(self) -> int:
        return len(self.told)

    def take(self, rows: pd.Series | NDArray[np.bool_]) -> Decided:
        at = np.flatnonzero(np.asarray(rows, bool))
        return Decided(self.told.iloc[at].reset_index(drop=True), self.known.iloc[at].reset_index(drop=True))

    def since(self, day: date) -> Decided:
        return self.take(self.told["received_at"] >= pd.Timestamp(day))

    def until(self, day: date) -> Decided:
        return self.take(self.told["received_at"] < pd.Timestamp(day))

    @property
    def grade(self) -> Floats:
        return self.told["grade"].to_numpy(np.float64)

    @property
    def kin(self) -> NDArray[np.int64]:
        return np.unique(self.told["kin"], return_inverse=True)[1].astype(np.int64)

    @property
    def reasons(self) -> Floats:
        return dummies(self.told["reason"])

    @property
    def tells(self) -> Floats:
        """What a contact says: reason, age of the youngest, how many people, its words; float64[n, m]."""
        age = self.known["youngest"].where(self.known["adult"] == 0, 18).to_numpy(np.float64)
        step = np.searchsorted(AGES, age, side="right")
        ages = (step[:, None] == np.arange(1, len(AGES) + 1)).astype(np.float64)
        return np.hstack([self.reasons, ages, np.log1p(self.known[list(TELLS)].to_numpy(np.float64))])

    @property
    def past(self) -> Floats:
        """What was known of the family, as the grader reads it; float64[n, m]."""
        return np.asarray(np.log1p(self.known[[name for name in self.known if name not in TELLS]].to_numpy(np.float64)))

    @property
    def when(self) -> Floats:
        """The quarter of the year each contact came in; float64[n, quarters]."""
        return dummies(self.told["received_at"].dt.to_period("Q").astype(str))


def dummies(values: pd.Series) -> Floats:
    """A column a value that occurs, float64[n, values]."""
    return np.asarray(pd.get_dummies(values.fillna("")).to_numpy(np.float64))


def decided(ask: Ask, since: date, until: date, levels: pd.DataFrame | None = None) -> Decided:
    """The contacts received in [since, until) and decided, in order of number; ``ask`` answers a query.

    ``levels``: (contact, level), what was suggested, where anything was.
    """
    told = ask(_told(), {"since": since, "until": until})
    query = "WITH " + _ASKED + history.sql("main").removeprefix("WITH ")
    known = history.wide(ask(query, {"since": since, "until": until, "kinds": history.kinds()})).set_index("contact")
    told = told[told["contact"].isin(known.index)].reset_index(drop=True)
    suggested = pd.Series(dtype=float) if levels is None else levels.set_index("contact")["level"].astype(float)
    told["level"] = told["contact"].map(suggested)
    columns = known.reindex(told["contact"]).astype(float).reset_index(drop=True)
    columns["grave"], columns["mild"] = told.pop("grave").astype(float), told.pop("mild").astype(float)
    return Decided(told, columns)


def whole_until(until: date) -> date:
    """Before this day it is known who else was worried within a year."""
    return until - timedelta(days=AROUND)


def _told() -> str:
    parts = {"grave": occurring(GRAVE_WORDS), "mild": occurring(MILD_WORDS)}
    return _TOLD.format(around=AROUND, same=SAME_NEWS, grade=_GRADE, **parts)

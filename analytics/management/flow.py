"""Moves between states of help: where children stood at the start of a period, and where at its end.

A child's state on a day is the most serious service that is open to them, by the episodes that stand in the records.
Counted in sets, by ward and age at the start, with record keys beside; `control.free` comes last.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analytics.management.caseload import AGE, AGES, KINDS, SERVICES, SPELL
from analytics.management.picture import safely
from analytics.matrix.guard import STANDS_TODAY
from data.access.gate import Session, serve
from data.access.roles import Permission

#: In order of how serious they are: by what was open, none of it first.
NONE, EARLY, NEED, PLAN, CARE = range(5)
STATES = ("No service", *(one.label for one in SERVICES))
#: Beside these at the start: not born yet; at the end: grown up, or no longer alive.
UNBORN, GROWN = -1, 5
STARTS = {UNBORN: "Not born yet", **dict(enumerate(STATES))}
ENDS = {**dict(enumerate(STATES)), GROWN: "Turned 18 or died"}

_MOVES = f"""
WITH spell AS MATERIALIZED (
    SELECT person, occurred_on AS began, coalesce(ended_on, DATE '9999-12-31') AS ended,
           list_position({list(KINDS)}, kind) AS state
    FROM {{events}}
    WHERE kind IN {KINDS} AND {STANDS_TODAY}
      AND occurred_on <= $until AND (ended_on IS NULL OR ended_on > $since)
), stood AS (
    SELECT person, max(state) FILTER (began <= $since AND ended > $since) AS before,
           max(state) FILTER (began <= $until AND ended > $until) AS after, max(state) AS highest
    FROM spell GROUP BY person
), child AS (
    SELECT p.person, p.ward, greatest(date_sub('year', p.birth_date, $since::DATE), 0) AS years,
           CASE WHEN p.birth_date > $since THEN {UNBORN} ELSE coalesce(s.before, {NONE}) END AS before,
           CASE WHEN p.birth_date <= $until::DATE - INTERVAL 18 YEAR OR p.death_date <= $until THEN {GROWN}
                ELSE coalesce(s.after, {NONE}) END AS after,
           coalesce(s.highest, {NONE}) AS highest
    FROM person p LEFT JOIN stood s USING (person)
    WHERE p.ward IS NOT NULL AND p.birth_date > $since::DATE - INTERVAL 18 YEAR AND p.birth_date <= $until
      AND (p.death_date IS NULL OR p.death_date > $since)
)
SELECT w.area, {AGE} AS age,
       before::INTEGER AS before, after::INTEGER AS after,
       highest > greatest(before, after) AND after < {GROWN} AS between,
       count(*)::INTEGER AS children, sum(key)::BIGINT AS keys
FROM child JOIN ward w USING (ward) JOIN record_key USING (person) GROUP BY ALL ORDER BY ALL
"""
#: By what stood on any day; and by what stands today, which is read off the spells that are there already.
MOVES, _TODAYS = _MOVES.format(events="event"), _MOVES.format(events=SPELL)


@dataclass(frozen=True)
class Moves:
    """Children by where they stood on ``since`` and on ``until``; exact, and never for show."""

    rows: pd.DataFrame
    since: date
    until: date

    def narrowed(self, area: str = "", age: str = "") -> Moves:
        """Those of one area now, of one age at the start; empty narrows nothing."""
        rows = self.rows[self.rows["area"] == area] if area else self.rows
        rows = rows[rows["age"] == AGES.index(age)] if age else rows
        return Moves(rows, self.since, self.until)

    def table(self) -> pd.DataFrame:
        """Safe counts: a row each state at the start, a column each at the end."""
        at = (self.rows["before"].to_numpy(np.intp) - UNBORN) * len(ENDS) + self.rows["after"].to_numpy(np.intp)
        told = safely(self.rows, at, len(STARTS) * len(ENDS), {"n": np.ones(len(at), bool)})["n"]
        return pd.DataFrame(told.to_numpy(float).reshape(len(STARTS), len(ENDS)), list(STARTS), list(ENDS))

    def told(self) -> pd.Series:
        """Safe counts of the moves that matter: ``up``, ``down``, ``out`` (to no service), ``into`` care, ``back``
        (from care to anything less), ``between`` (in something more serious than at either end), ``open`` at the start.
        """
        before, after = self.rows["before"].to_numpy(int), self.rows["after"].to_numpy(int)
        here = after < GROWN
        masks = {
            "open": before > NONE,
            "up": here & (before >= NONE) & (after > before),
            "down": here & (after < before) & (after > NONE),
            "out": (before > NONE) & (after == NONE),
            "same": (before > NONE) & (after == before),
            "into": (after == CARE) & (before < CARE) & (before >= NONE),
            "back": (before == CARE) & (after < CARE),
            "between": self.rows["between"].to_numpy(bool),
        }
        return safely(self.rows, np.zeros(len(before), np.intp), 1, masks).iloc[0]


def moves(session: Session, since: date, until: date) -> Moves:
    """Count them, by what stands today. Raises `AccessRefused`."""
    asked = {"since": since, "until": until, "today": session.snapshot.today}
    rows = serve(session, Permission.SEE_FIGURES, _TODAYS, asked, what="moves between states of help")
    return Moves(rows, since, until)

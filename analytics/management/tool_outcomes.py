"""What came of allocations: who was allocated by which list, and how many of them accepted help.

Every count passes `disclosure.free`: lists and teams are chosen freely.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from analytics.casework.followed import now_of
from analytics.disclosure.control import free
from data.access.gate import Session, consult, serve
from data.access.roles import Permission
from data.journal.accounts import accounts
from data.journal.casework import BEGUN, OUTCOMES, STATUSES, allocations, steps
from data.snapshot.reading import derived

STILL = "still open"

NUMBERED = derived("person_number", "SELECT person, row_number() OVER (ORDER BY person) AS number FROM person")
_WHO = f"""
WITH given AS (SELECT unnest($given::BIGINT[]) AS person, unnest(range(len($given::BIGINT[]))) AS at)
SELECT g.at, n.number, r.key
FROM given g JOIN {NUMBERED} n USING (person) JOIN record_key r USING (person) ORDER BY g.at
"""


@dataclass(frozen=True)
class Given:
    """Every allocation as it stands, not for show: ``person, model, team, day, status, number, key``."""

    rows: pd.DataFrame

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def mark(self) -> str:
        """Another for other allocations; it tells of none of them."""
        return hashlib.sha256(self.rows.to_csv(index=False).encode()).hexdigest()

    def only(self, model: str, team: str) -> Given:
        """Those from one list, of one team; empty text narrows nothing."""
        rows = self.rows
        rows = rows[rows["model"] == model] if model else rows
        return Given((rows[rows["team"] == team] if team else rows).reset_index(drop=True))


def given(session: Session) -> Given:
    """The journal's allocations, under the numbers that people go by now."""
    told = consult(session, Permission.SEE_FIGURES, allocations, what="outcomes of allocations")
    lists = {row["allocation"]: row["model"] for row in steps(session.journal) if row["step"] == BEGUN}
    teams = {one.id: one.team or "" for one in accounts(session.journal)}
    now = now_of(session, (row["person"] for row in told), Permission.SEE_FIGURES)
    rows = pd.DataFrame(
        [
            {
                "person": now[row["person"]], "model": lists.get(row["allocation"]) or "",
                "team": teams.get(row["key_worker"], ""), "day": date.fromisoformat(row["from_date"]),
                "status": row["outcome"] if row["status"] == STATUSES[-1] and row["outcome"] in OUTCOMES else STILL,
            }
            for row in told
        ],
        columns=["person", "model", "team", "day", "status"],
    )  # fmt: skip
    return Given(_numbered(session, rows))


def _numbered(session: Session, rows: pd.DataFrame) -> pd.DataFrame:
    """With everybody's number in this snapshot and record key; those who are in it no more are left out."""
    asked = {"given": [int(one) for one in rows["person"]]}
    who = serve(session, Permission.SEE_FIGURES, _WHO, asked, what="outcomes of allocations").set_index("at")
    return rows.join(who[["number", "key"]].astype("int64"), how="inner").reset_index(drop=True)


def funnel(found: Given) -> pd.Series:
    """How many allocations came to what, and ``all``; safe to show, NaN where too few."""
    names = ["all", *OUTCOMES, STILL]
    masks = [found.rows["status"] == name if name != "all" else found.rows["status"].notna() for name in names]
    return told({name: found.rows.loc[mask, "key"].to_numpy() for name, mask in zip(names, masks, strict=True)})


def told(keys: dict[str, Any]) -> pd.Series:
    """Counts of those whose record keys are given, safe to show."""
    counts = pd.DataFrame({name: [len(one)] for name, one in keys.items()})
    sums = pd.DataFrame({name: [int(np.sum(one))] for name, one in keys.items()})
    return free(counts, sums).iloc[0]

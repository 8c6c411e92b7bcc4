"""Past contacts like this one: what was decided, and what followed.

Like is what the grader weighs alike: of the same reason, children or adults, nearest in the log-odds of its four
answers (another contact, taken up, harm, asking helps). Only figures leave, through the disclosure rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pandas as pd

from analytics.management.disclosure import DEFAULT, Rule, protect
from analytics.triage import facts
from analytics.triage.grading import STEP_NAMES
from analytics.triage.harm import GAP_DAYS, HORIZON_DAYS, SERIOUS
from analytics.triage.live import NewContact, known
from analytics.triage.stored import NEEDS, stored
from data.access.gate import Session, serve
from data.access.roles import Permission

#: How many past contacts are looked at, and below how many nothing is told.
NEAREST, FEWEST = 60, 20
_NEAREST = f"""
WITH told AS (
    SELECT contact, min(received_at) AS received_at, min(outcome) AS outcome FROM contact JOIN visible USING (person)
    WHERE reason = $reason AND outcome IS NOT NULL AND received_at < $whole GROUP BY contact
), near AS (
    SELECT t.contact, t.received_at, t.outcome,
           (ln(s.again / (1 - s.again)) - $again) ** 2 + (ln(s.taken_up / (1 - s.taken_up)) - $taken_up) ** 2
           + (ln(s.harm / (1 - s.harm)) - $harm) ** 2 + (ln(s.needs / (1 - s.needs)) - $needs) ** 2 AS far
    FROM told t JOIN contact_score s USING (contact) ORDER BY far, t.contact LIMIT {NEAREST}
), about AS (
    SELECT n.contact, n.outcome, c.person, n.received_at::DATE AS day FROM near n JOIN contact c USING (contact)
)
SELECT a.outcome, a.contact,
       max(EXISTS (SELECT 1 FROM event e WHERE e.person = a.person AND e.kind IN {SERIOUS}
           AND e.occurred_on > a.day + {GAP_DAYS} AND e.occurred_on <= a.day + {HORIZON_DAYS})) AS harm,
       max(EXISTS (SELECT 1 FROM contact l WHERE l.person = a.person AND l.contact <> a.contact
           AND l.received_at::DATE > a.day + {GAP_DAYS} AND l.received_at::DATE <= a.day + {HORIZON_DAYS})) AS again
FROM about a GROUP BY a.outcome, a.contact ORDER BY a.contact
"""


@dataclass(frozen=True)
class Alike:
    """``size`` past contacts like one. ``counts``: one row an outcome (code), columns ``decided``, ``again`` (another
    contact within a year), ``harm`` (recorded harm within a year); NaN where the rule withholds a count."""

    size: int
    counts: pd.DataFrame
    rule: Rule


def alike(session: Session, told: NewContact) -> Alike | None:
    """What was decided on contacts like ``told`` and what followed; None where too few are on record."""
    held = stored(session.snapshot)
    if held is None or session.restricted() & set(told.people):
        return None
    X = facts.matrix(pd.DataFrame([{"contact": told.number or "new", "reason": told.reason, "agency": told.agency,
                                    "narrative": told.narrative}]), known(session, told))  # fmt: skip
    bound = dict(zip(STEP_NAMES, held.grader.raw(X)[0].tolist(), strict=True)) | {NEEDS: float(held.needs.raw(X)[0])}
    whole = session.snapshot.today - timedelta(days=HORIZON_DAYS)
    rows = serve(session, Permission.COUNT_CONTACTS, _NEAREST, bound | {"reason": told.reason, "whole": whole})
    if len(rows) < FEWEST:
        return None
    counts = rows.groupby("outcome").agg(decided=("contact", "size"), again=("again", "sum"), harm=("harm", "sum"))
    return Alike(len(rows), _protected(counts.astype(int)), DEFAULT)


def _protected(counts: pd.DataFrame) -> pd.DataFrame:
    """Decisions add up to the number shown, and what followed is a part of each: all withheld where it would tell."""
    decided = protect(counts[["decided"]], row_totals=False)
    followed = protect(counts[["again", "harm"]], row_totals=False, column_totals=False)
    followed.loc[decided["decided"].isna()] = np.nan
    return pd.concat([decided, followed], axis=1)

"""Past contacts like this one: what was decided, and what followed.

Like is what the grader weighs alike: of the same reason, children or adults, nearest in the log-odds of its four
answers (another contact, taken up, harm, asking helps). Only figures leave, through the disclosure rule.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.disclosure.control import DEFAULT, Rule, protect
from analytics.triage import practice
from analytics.triage.grading import STEP_NAMES
from analytics.triage.harm import GAP_DAYS, HORIZON_DAYS, SERIOUS
from analytics.triage.live import NewContact, matrix
from analytics.triage.stored import NEEDS, stored
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.snapshot.reading import derived

#: How many past contacts are looked at, and below how many nothing is told.
NEAREST, FEWEST = 60, 20
# What is asked of each contact is the same every time: worked out once a snapshot, of those whose year after is over.
_PAST = derived(
    "past_contact",
    f"""
WITH told AS (
    SELECT contact, min(received_at)::DATE AS day, min(outcome) AS outcome, min(reason) AS reason FROM contact
    WHERE outcome IS NOT NULL AND received_at < $today - INTERVAL {HORIZON_DAYS} DAY GROUP BY contact
), about AS (
    SELECT t.contact, c.person, t.day FROM told t JOIN contact c USING (contact)
), harmed AS (
    SELECT DISTINCT a.contact FROM about a JOIN event e USING (person)
    WHERE e.kind IN {SERIOUS} AND e.occurred_on > a.day + {GAP_DAYS} AND e.occurred_on <= a.day + {HORIZON_DAYS}
), repeated AS (
    SELECT DISTINCT a.contact FROM about a JOIN contact l USING (person)
    WHERE l.contact <> a.contact AND l.received_at::DATE > a.day + {GAP_DAYS}
      AND l.received_at::DATE <= a.day + {HORIZON_DAYS}
)
SELECT t.contact, a.person, t.reason, t.outcome, h.contact IS NOT NULL AS harmed, r.contact IS NOT NULL AS repeated,
       {", ".join(f"ln(s.{step} / (1 - s.{step})) AS {step}" for step in (*STEP_NAMES, NEEDS))}
FROM told t JOIN contact_score s USING (contact) JOIN about a USING (contact)
LEFT JOIN harmed h USING (contact) LEFT JOIN repeated r USING (contact) ORDER BY t.reason, t.contact, a.person
""",
)
_NEAREST = f"""
SELECT outcome, count(*) AS decided, count(*) FILTER (again) AS again, count(*) FILTER (harm) AS harm
FROM (
    SELECT min(outcome) AS outcome, max(harmed) AS harm, max(repeated) AS again,
           min({" + ".join(f"({step} - ${step}) ** 2" for step in (*STEP_NAMES, NEEDS))}) AS far
    FROM {_PAST} SEMI JOIN visible USING (person) WHERE reason = $reason
    GROUP BY contact ORDER BY far, contact LIMIT {NEAREST}
) GROUP BY outcome ORDER BY outcome
"""


@dataclass(frozen=True)
class Alike:
    """``size`` past contacts like one. ``counts``: one row an outcome (code), columns ``decided``, ``again`` (another
    contact within a year), ``harm`` (recorded harm within a year); NaN where the rule withholds a count."""

    size: int
    counts: pd.DataFrame
    rule: Rule


def alike(session: Session, told: NewContact, decided: bool = False) -> Alike | None:
    """What was decided on contacts like ``told`` and what followed; None where too few are on record.

    They are like it in what the grader weighs, and so tell of its grade: None where that may not be shown either
    (``decided`` as of `practice.hidden`).
    """
    held = stored(session.snapshot)
    if practice.hidden(session, told.number, told.moment, decided) or held is None:
        return None
    if session.restricted() & set(told.people):
        return None
    X = matrix(session, told)
    bound = dict(zip(STEP_NAMES, held.grader.raw(X)[0].tolist(), strict=True)) | {NEEDS: float(held.needs.raw(X)[0])}
    rows = serve(session, Permission.COUNT_CONTACTS, _NEAREST, bound | {"reason": told.reason})
    counts = rows.set_index("outcome").astype(int)
    size = int(counts["decided"].sum())
    return Alike(size, _protected(counts), DEFAULT) if size >= FEWEST else None


def _protected(counts: pd.DataFrame) -> pd.DataFrame:
    """Decisions add up to the number shown, and what followed is a part of each: all withheld where it would tell."""
    decided = protect(counts[["decided"]], row_totals=False)
    followed = protect(counts[["again", "harm"]], row_totals=False, column_totals=False)
    followed.loc[decided["decided"].isna()] = np.nan
    return pd.concat([decided, followed], axis=1)

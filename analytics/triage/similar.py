"""Past contacts like this one: what was decided, and what followed.

Like is what the grader weighs alike: of the same reason, children or adults, nearest in the log-odds of its four
answers (another contact, taken up, harm, asking helps). Only figures leave, through the disclosure rule.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from analytics.disclosure.control import DEFAULT, Rule, protect
from analytics.triage import practice
from analytics.triage.facts import Floats
from analytics.triage.grading import STEP_NAMES
from analytics.triage.harm import GAP_DAYS, HORIZON_DAYS, SERIOUS
from analytics.triage.live import NewContact, matrix
from analytics.triage.stored import NEEDS, stored
from data.access.gate import Session, consult
from data.access.roles import Permission
from data.home import Home
from data.snapshot.engine import plain_errors
from data.snapshot.reading import Snapshot, current

#: How many past contacts are looked at, and below how many nothing is told.
NEAREST, FEWEST = 60, 20
_Kind = tuple[str, bool, bool]
# Of those whose year after is over, in order of number.
_PAST = f"""
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
SELECT t.reason, t.outcome, h.contact IS NOT NULL AS harmed, r.contact IS NOT NULL AS repeated,
       {", ".join(f"ln(s.{step} / (1 - s.{step})) AS {step}" for step in (*STEP_NAMES, NEEDS))}
FROM told t JOIN contact_score s USING (contact)
LEFT JOIN harmed h USING (contact) LEFT JOIN repeated r USING (contact) ORDER BY t.contact
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
    at = np.array([*held.grader.raw(X)[0], held.needs.raw(X)[0]])
    nearest = consult(session, Permission.COUNT_CONTACTS, lambda _: _past(session.snapshot).nearest(told.reason, at))
    size = sum(nearest.values())
    return Alike(size, _counted(nearest), DEFAULT) if size >= FEWEST else None


def warm(home: Home) -> None:
    """Load past contacts before anybody asks for those like one. Raises `StoreError`."""
    with current(home) as snapshot:
        if stored(snapshot) is not None:
            _past(snapshot)


@dataclass(frozen=True)
class _Block:
    """Past contacts of one reason: ``kind`` (outcome, again, harm), and log-odds float64[n, 4] of the grader."""

    kind: list[_Kind]
    at: Floats


@dataclass(frozen=True)
class _Past:
    """Past contacts of the whole city by reason: whoever may count them has it all in scope."""

    blocks: dict[str, _Block]

    def nearest(self, reason: str, at: Floats) -> Counter[_Kind]:
        """How many of each kind are among those of ``reason`` nearest to ``at`` float64[4]."""
        block = self.blocks.get(reason)
        if block is None:
            return Counter()
        far = ((block.at - at) ** 2).sum(axis=1)
        within = (
            np.flatnonzero(far <= np.partition(far, NEAREST)[NEAREST]) if len(far) > NEAREST else np.arange(len(far))
        )
        order = within[np.argsort(far[within], kind="stable")][:NEAREST]
        return Counter(block.kind[one] for one in order.tolist())


def _past(snapshot: Snapshot) -> _Past:
    return snapshot.once("past contacts", lambda: _read(snapshot))


def _read(snapshot: Snapshot) -> _Past:
    with snapshot.cursor() as cursor, plain_errors():
        rows = cursor.execute(_PAST, {"today": snapshot.today}).df()
    blocks = {
        str(reason): _Block(
            list(zip(mine["outcome"], mine["repeated"], mine["harmed"], strict=True)),
            mine[[*STEP_NAMES, NEEDS]].to_numpy(np.float64),
        )
        for reason, mine in rows.groupby("reason")
    }
    return _Past(blocks)


def _counted(nearest: Counter[_Kind]) -> pd.DataFrame:
    """The counts as they may be shown, one row an outcome."""
    rows: dict[str, list[int]] = {}
    for (outcome, again, harm), count in sorted(nearest.items()):
        row = rows.setdefault(outcome, [0, 0, 0])
        row[0], row[1], row[2] = row[0] + count, row[1] + count * again, row[2] + count * harm
    return _safe(tuple((outcome, *row) for outcome, row in rows.items())).copy()


@lru_cache(maxsize=4096)
def _safe(rows: tuple[tuple[str, int, int, int], ...]) -> pd.DataFrame:
    counts = pd.DataFrame(rows, columns=["outcome", "decided", "again", "harm"]).set_index("outcome")
    return _protected(counts)


def _protected(counts: pd.DataFrame) -> pd.DataFrame:
    """Decisions add up to the number shown, and what followed is a part of each: all withheld where it would tell."""
    decided = protect(counts[["decided"]], row_totals=False)
    followed = protect(counts[["again", "harm"]], row_totals=False, column_totals=False)
    followed.loc[decided["decided"].isna()] = np.nan
    return pd.concat([decided, followed], axis=1)

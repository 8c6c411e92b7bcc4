"""The rows behind one indicator of one person: the same declaration, the same guard as the figure itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd

from analytics.casework.tell import told
from analytics.features.catalogue import CATALOGUE
from analytics.features.feature import Feature
from analytics.features.scope import SCOPES, Scope
from analytics.features.sources import KNOWN_CASES
from analytics.matrix.guard import Guard
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.events import KINDS

_EPISODES = ("open", "days")
_LATEST_ONLY = ("last", "days_since")
_NAMED = ("siblings", "parents", "household")
MOST = 40

_ROWS = """
WITH around AS ({around}), happened AS (
    SELECT e.person AS other, e.kind, e.occurred_on, {ended} AS ended_on, e.known_on, e.value, e.detail, e.source,
           f.name AS file_name, e.line, e.event
    FROM event e JOIN around a ON a.other = e.person LEFT JOIN source_file f USING (file)
    WHERE e.kind IN (SELECT unnest($kinds::VARCHAR[])) AND {known} AND e.occurred_on < $as_of AND {reach}
      AND (len($details::VARCHAR[]) = 0 OR e.detail IN (SELECT unnest($details::VARCHAR[])))
    UNION ALL
    SELECT k.person, 'known_case', k.identified_on, NULL, coalesce(k.known_on, k.identified_on), NULL, k.profile,
           k.source, NULL, NULL, NULL
    FROM known_case k JOIN around a ON a.other = k.person
    WHERE k.profile IN (SELECT unnest($profiles::VARCHAR[])) AND k.identified_on < $as_of AND {case_known}
        AND k.identified_on >= $start
)
SELECT $person AS person, h.*, p.forename AS other_forename
FROM happened h JOIN person p ON p.person = h.other
ORDER BY occurred_on DESC, event DESC NULLS LAST, other LIMIT $most
"""


def told_by_events(indicator: str) -> bool:
    """Whether rows of the snapshot stand behind the indicator: not behind an age, or an address."""
    feature = CATALOGUE[indicator]
    return any(kind in KINDS or kind in KNOWN_CASES for kind in feature.kinds)


def rows(session: Session, person: int, indicator: str, as_of: date, most: int = MOST) -> pd.DataFrame:
    """Events behind ``indicator`` of ``person`` at ``as_of``, latest first, at most ``most``, told in words.

    ``who`` begins the sentence where it is of somebody else: a relative's forename; nobody else is named.
    """
    feature = CATALOGUE[indicator]
    query, params = sql(feature, as_of, most)
    found = serve(session, Permission.SEE_PERSON, query, params, people=[person], what=f"records behind {indicator}")
    for column in ("occurred_on", "ended_on", "known_on"):
        found[column] = pd.to_datetime(found[column])
    cases = found["kind"] == "known_case"
    out = told(found.assign(kind=found["kind"].where(~cases, "exploitation_service")))
    out.loc[cases, "said"] = "identified as exploited by professionals"
    out["file_name"] = out["file_name"].where(out["file_name"].notna(), "no file")
    out["who"] = [
        _who(feature, person, int(other), name) for other, name in zip(out["other"], out["other_forename"], strict=True)
    ]
    return out.drop(columns=["other_forename"])


def sql(feature: Feature, as_of: date, most: int = MOST) -> tuple[str, dict[str, Any]]:
    """The query for an indicator's rows and what it binds besides ``$person``. Follows `analytics.matrix.aggregate`."""
    guard = Guard(as_of)
    known, ended = (part.replace("?", "$as_of") for part in (guard.stands_sql("e")[0], guard.ended_sql("e")[0]))
    start = as_of - timedelta(days=feature.window_days or 0)
    return _ROWS.format(
        around=_around(SCOPES[feature.scope]),
        known=known,
        ended=ended,
        reach=_reach(feature, ended),
        case_known=guard.known_sql("k")[0].replace("?", "$as_of"),
    ), {
        "as_of": as_of,
        "start": start,
        "kinds": list(feature.kinds),
        "details": list(feature.details),
        "profiles": [KNOWN_CASES[kind] for kind in feature.kinds if kind in KNOWN_CASES],
        "ties": list(SCOPES[feature.scope].kinds),
        "since": as_of - timedelta(days=SCOPES[feature.scope].recent_days),
        "most": 1 if feature.aggregate in _LATEST_ONLY and not feature.contextual else most,
    }


def _reach(feature: Feature, ended: str) -> str:
    """Which days count: of the window, or for episodes those that reach into it; an open one still stands."""
    if feature.aggregate == "open":
        return f"({ended}) IS NULL"
    if feature.aggregate in _EPISODES:
        return f"coalesce({ended}, $as_of) >= $start"
    return "e.occurred_on >= $start"


def _around(scope: Scope) -> str:
    """The people whose events count, as `analytics.matrix.around.pairs` finds them."""
    if scope.name == "self":
        return "SELECT $person::BIGINT AS other"
    guard = Guard(date.min)
    both = (guard.known_sql("r")[0], guard.ended_sql("r", "to", "end_known_on")[0])
    known, ended = (part.replace("?", "$as_of") for part in both)
    until = (
        f"coalesce({ended}, $as_of)"
        if scope.lasting
        else 'CASE WHEN r."to" IS NULL THEN coalesce(r."from", r.known_on) ELSE r."to" END'
    )
    own = "UNION SELECT $person::BIGINT" if scope.and_self else ""
    return (
        "SELECT DISTINCT r.other FROM relationship r "
        "WHERE r.person = $person AND r.kind IN (SELECT unnest($ties::VARCHAR[])) "
        f'AND {known} AND coalesce(r."from", r.known_on) < $as_of AND {until} >= $since AND r.other <> r.person {own}'
    )


def _who(feature: Feature, person: int, other: int, forename: object) -> str:
    if other == person:
        return ""
    named = feature.scope in _NAMED and isinstance(forename, str) and forename.strip()
    return f"{forename}: " if named else "somebody seen with the child: "

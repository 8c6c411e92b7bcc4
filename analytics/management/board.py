"""The monthly report to a board: fixed tables, counted once, with primary and secondary suppression.

Nothing here is behind a filter: the same tables month by month, wards, areas and the city protected together
(`control.nested`), so that none gives away what another withholds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import Any

import pandas as pd

from analytics.casework.rows import each
from analytics.disclosure.control import DEFAULT, Nested, Rule, nested, protect
from analytics.families.headline import HEADLINE
from analytics.families.looking import months_before
from analytics.management.caseload import SERVICES, WARDS
from analytics.management.flow import ENDS, MOVES, STARTS
from analytics.management.team_load import NO_TEAM
from analytics.matrix.guard import STANDS_TODAY
from data.access.gate import Session, consult, serve
from data.access.policy import why_withheld
from data.access.roles import Permission
from data.journal.accounts import accounts
from data.journal.casework import STATUSES, allocations, team_places
from data.journal.journal import Journal
from data.snapshot.reading import Snapshot

#: Rows of an answer to a query; what it is for is said beside, for the log.
Ask = Callable[[str, Mapping[str, Any], str], pd.DataFrame]

LIVING, CONTACT = "living", "contact"
QUARTERS, LATELY = 13, 30

_OPEN = f"""
WITH spell AS MATERIALIZED (
    SELECT person, kind, occurred_on AS began, coalesce(ended_on, DATE '9999-12-31') AS ended FROM event
    WHERE list_contains($kinds::VARCHAR[], kind) AND {STANDS_TODAY}
      AND (ended_on IS NULL OR ended_on > list_min($days::DATE[]))
), there AS (
    SELECT DISTINCT d.day, s.kind AS what, s.person FROM spell s
    JOIN (SELECT unnest($days::DATE[]) AS day) d ON s.began <= d.day AND s.ended > d.day
)
SELECT t.day, t.what, p.ward, count(*)::INTEGER AS children FROM there t JOIN person p USING (person)
WHERE p.ward IS NOT NULL AND p.birth_date > t.day - INTERVAL 18 YEAR AND p.birth_date <= t.day
GROUP BY ALL ORDER BY ALL
"""
_CONTACTS = """
SELECT d.day, 'contact' AS what, p.ward, count(DISTINCT c.person)::INTEGER AS children
FROM (SELECT unnest($days::DATE[]) AS day) d
JOIN contact c ON c.received_at < d.day AND c.received_at >= d.day - INTERVAL 1 MONTH
JOIN person p ON p.person = c.person
WHERE p.ward IS NOT NULL AND p.birth_date > d.day - INTERVAL 18 YEAR AND p.birth_date <= d.day
GROUP BY ALL ORDER BY ALL
"""
_LIVING = """
SELECT $today AS day, 'living' AS what, ward, count(*)::INTEGER AS children FROM person
WHERE ward IS NOT NULL AND birth_date > $today - INTERVAL 18 YEAR AND birth_date <= $today AND death_date IS NULL
GROUP BY ward ORDER BY ward
"""
_CRITERIA = """
SELECT c.as_of AS day, c.criterion AS what, p.ward, count(DISTINCT p.person)::INTEGER AS children
FROM family_criterion c JOIN family_member m USING (family) JOIN person p USING (person)
WHERE c.scheme = 'headline' AND c.applies AND c.met AND list_contains($days::DATE[], c.as_of) AND m.role = 'child'
  AND (m."from" IS NULL OR m."from" < c.as_of) AND (m."to" IS NULL OR m."to" >= c.as_of)
  AND p.ward IS NOT NULL AND (p.death_date IS NULL OR p.death_date > c.as_of)
  AND p.birth_date > c.as_of - INTERVAL 18 YEAR AND p.birth_date <= c.as_of
GROUP BY ALL ORDER BY ALL
"""
_MODELS = "SELECT model, json_extract_string(spec, '$.label') AS label, version FROM model ORDER BY model"
_SILENT = """
SELECT s.label, h.heard_on FROM source s JOIN source_heard h USING (source)
WHERE date_diff('day', h.heard_on, $today::DATE) > h.silence ORDER BY s.label
"""


@dataclass(frozen=True)
class ModelState:
    """A model and whether its scores are shown; ``withheld`` says why not, or is None."""

    label: str
    version: str
    withheld: str | None


@dataclass(frozen=True)
class Board:
    """Everything in the report; counts are safe. Columns of ``counts`` are (what, day): services and contacts on
    ``days`` (a year ago, a month ago, now), children who live there, and the six criteria a year ago and now."""

    city: str
    snapshot: str
    invented: bool
    days: tuple[date, date, date]
    wards: pd.DataFrame
    counts: Nested
    trend: pd.DataFrame
    moves: pd.DataFrame
    work: pd.DataFrame
    models: tuple[ModelState, ...]
    silent: pd.DataFrame
    made: str
    rule: Rule

    @property
    def today(self) -> date:
        return self.days[-1]


def board(session: Session) -> Board:
    """The report for the session's reader; the log has it before anything is counted. Raises `AccessRefused`."""
    what = f"report to the board, records to {session.snapshot.today.isoformat()}"
    consult(session, Permission.EXPORT_FIGURES, lambda _: None, what=what)

    def ask(query: str, asked: Mapping[str, Any], said: str) -> pd.DataFrame:
        return serve(session, Permission.SEE_FIGURES, query, asked, what=f"{what}: {said}")

    return gathered(ask, session.snapshot, session.journal)


def gathered(ask: Ask, snapshot: Snapshot, journal: Journal, rule: Rule = DEFAULT) -> Board:
    """Count everything and protect it."""
    now = snapshot.today
    days = (months_before(now, 12), months_before(now, 1), now)
    wards = ask(WARDS, {}, "wards").set_index("code")
    clock = journal.clock().astimezone(UTC)
    return Board(
        str(snapshot.city["name"]), snapshot.id, snapshot.invented, days, wards,
        nested(exact(ask, wards, days), wards["area"], rule), _trend(ask, now, rule),
        _moves(ask, days[0], now, rule), _work(journal, clock.date(), rule),
        tuple(
            ModelState(row.label, row.version, why_withheld(journal, snapshot, row.model))
            for row in each(ask(_MODELS, {}, "models"))
        ),
        ask(_SILENT, {"today": now}, "silent sources"), f"{clock:%Y-%m-%d %H:%M} UTC", rule,
    )  # fmt: skip


def exact(ask: Ask, wards: pd.DataFrame, days: tuple[date, date, date]) -> pd.DataFrame:
    """Exact counts by ward, not for show; columns (what, day)."""
    now, kinds = days[-1], [one.kind for one in SERVICES]
    asked = {"days": list(days), "today": now}
    rows = pd.concat(
        [
            ask(_OPEN, asked | {"kinds": kinds}, "services"),
            ask(_CONTACTS, {"days": list(days)}, "contacts"),
            ask(_LIVING, {"today": now}, "children"),
            ask(_CRITERIA, {"days": [days[0], now]}, "six criteria"),
        ]
    )
    rows["day"] = pd.to_datetime(rows["day"]).dt.date
    wide = rows.pivot_table(index="ward", columns=["what", "day"], values="children", aggfunc="sum", fill_value=0)
    columns = [(what, day) for what in (*kinds, CONTACT) for day in days] + [(LIVING, now)]
    columns += [(one.name, day) for one in HEADLINE.criteria for day in (days[0], now)]
    return wide.reindex(index=wards.index, columns=pd.MultiIndex.from_tuples(columns), fill_value=0)


def _trend(ask: Ask, now: date, rule: Rule) -> pd.DataFrame:
    """The city on the first day of each quarter: a row each day, a column each service."""
    days = [months_before(now, 3 * back) for back in reversed(range(QUARTERS))]
    kinds = [one.kind for one in SERVICES]
    rows = ask(_OPEN, {"days": days, "kinds": kinds, "today": now}, "services by quarter")
    rows["day"] = pd.to_datetime(rows["day"]).dt.date
    wide = rows.pivot_table(index="day", columns="what", values="children", aggfunc="sum", fill_value=0)
    return protect(wide.reindex(days, columns=kinds, fill_value=0), rule, row_totals=False, column_totals=False)


def _moves(ask: Ask, since: date, until: date, rule: Rule) -> pd.DataFrame:
    """Children by where they stood a year ago (rows) and now (columns)."""
    rows = ask(MOVES, {"since": since, "until": until, "today": until}, "moves between services")
    wide = rows.pivot_table(index="before", columns="after", values="children", aggfunc="sum", fill_value=0)
    table = protect(wide.reindex(index=list(STARTS), columns=list(ENDS), fill_value=0), rule)
    return table.rename(index=STARTS, columns=ENDS)


def _work(journal: Journal, day: date, rule: Rule) -> pd.DataFrame:
    """A row each team: children with a key worker now (``open``), begun in the last days (``begun``), ``places``."""
    team = {one.id: one.team for one in accounts(journal)}
    since = (day - timedelta(LATELY)).isoformat()
    told = [
        (
            team.get(row["key_worker"]) or NO_TEAM,
            row["person"],
            row["status"] != STATUSES[-1],
            row["from_date"] >= since,
        )
        for row in allocations(journal)
    ]
    rows = pd.DataFrame(told, columns=["team", "person", "open", "begun"])
    places = team_places(journal)
    teams = sorted({*rows["team"], *places})
    counts = {name: rows[rows[name].astype(bool)].groupby("team")["person"].nunique() for name in ("open", "begun")}
    safe = protect(pd.DataFrame(counts).reindex(teams).fillna(0), rule, row_totals=False)
    return safe.assign(places=pd.Series(places, dtype=float).reindex(teams))

"""Caseload at its finest grain: children by service, quarter, ward, age, team, need and who told of them.

Counted once a snapshot, in memory, and never shown as it is: views add it up, record keys beside the counts, and
`disclosure.free` comes last. A child is counted once for each service and quarter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.casework.services import NOT_A_GLIMPSE
from analytics.disclosure.control import free
from analytics.management.caseload import AGE, AGES, SPELL, wards
from analytics.management.caseload import SERVICES as KINDS
from analytics.matrix.guard import STANDS_TODAY
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.codes import ABUSE, CONTACT_REASON, NEED
from data.snapshot.reading import derived
from data.snapshot.tables import RECORD_KEY

#: Quarters looked back over: so many days, a quarter apart, the last one the snapshot's own.
QUARTERS, YEAR = 12, 4
OPEN, NEW, CLOSED, BACK = "open", "new", "closed", "back"
STAGES = (OPEN, NEW, CLOSED, BACK)
HUB, LIVING = "hub", "living"
#: The last four quarters, and the four before them.
LAST, BEFORE = "last year", "year before"
PERIODS = (*range(QUARTERS + 1), LAST, BEFORE)
#: How deprived a ward is, in three parts: deciles of the index of multiple deprivation.
DEPRIVED = ("most deprived", "middling", "least deprived")
#: What a child can be open to, lightest first: the event kind whose spells say so, and its name on screen.
SERVICES = {HUB: "Waiting at the hub"} | {service.kind: service.label for service in KINDS}
NOT_RECORDED, NOT_HUB = "not recorded", "not through the hub"
#: Days before a spell within which a contact with the hub counts as what led to it; days in which a worker follows.
LED_TO, WORKER_WITHIN = 90, 7
_CODES = {"in_need": NEED.labels, "protection_plan": ABUSE.labels, HUB: CONTACT_REASON.labels}

_SERIOUS = f"list_position({list(SERVICES)}, kind)"
_CHILDREN = f"""
WITH quarter AS (
    SELECT q, ($today::DATE - to_months(3 * ({QUARTERS} - q)::INTEGER))::DATE AS day,
           ($today::DATE - to_months(3 * ({QUARTERS} + 1 - q)::INTEGER))::DATE AS before
    FROM (SELECT unnest(range({QUARTERS} + 1)) AS q)
), contacted AS MATERIALIZED (
    SELECT person, received_at::DATE AS day, max(agency) AS agency FROM contact
    WHERE received_at < $today GROUP BY ALL
), spell AS (
    SELECT person, kind, occurred_on AS began, coalesce(ended_on, DATE '9999-12-31') AS ended, detail, NULL AS team
    FROM {SPELL}
    WHERE occurred_on <= $today AND (ended_on IS NULL OR ended_on > (SELECT min(day) FROM quarter))
    UNION ALL
    SELECT person, 'hub', received_at::DATE, coalesce(closed_at::DATE, DATE '9999-12-31'), reason, team FROM contact
    WHERE received_at < $today AND (closed_at IS NULL OR closed_at >= (SELECT min(day) FROM quarter))
), chained AS (
    SELECT *, began > coalesce(max(ended) OVER earlier, DATE '0001-01-01') AS first FROM spell
    WINDOW earlier AS (PARTITION BY kind, person ORDER BY began, ended, detail, team
                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), numbered AS (
    SELECT *, sum(first::INTEGER) OVER (PARTITION BY kind, person ORDER BY began, ended, detail, team) AS number
    FROM chained
), plain AS (
    SELECT person, kind, min(began) AS began, max(ended) AS ended, arg_max(detail, (began, ended, detail)) AS detail,
           arg_max(team, (began, ended, team)) AS team
    FROM numbered GROUP BY person, kind, number
), episode AS MATERIALIZED (
    SELECT e.*, CASE WHEN c.day >= e.began - {LED_TO} THEN c.agency
                     WHEN e.began >= (SELECT min(day) + {LED_TO} FROM contacted) THEN '{NOT_HUB}' END AS source
    FROM plain e ASOF LEFT JOIN contacted c ON e.person = c.person AND e.began >= c.day
), again AS (
    SELECT DISTINCT a.person, a.kind, a.ended FROM episode a
    JOIN episode b ON a.person = b.person AND b.began > a.ended AND b.began <= a.ended + 365
    WHERE a.ended <= $today - INTERVAL 12 MONTH AND (
        (a.kind = 'hub' AND b.kind = 'hub')
        OR (a.kind <> 'hub' AND {_SERIOUS.replace("kind", "b.kind")} >= {_SERIOUS.replace("kind", "a.kind")}))
), told AS (
    SELECT '{OPEN}' AS stage, q, e.*, day AS dated, day AS seen FROM episode e
    JOIN quarter ON began <= day AND ended > day
    UNION ALL
    SELECT '{NEW}', q, e.*, began, began + {WORKER_WITHIN} FROM episode e
    JOIN quarter ON began > before AND began <= day AND q > 0
    UNION ALL
    SELECT '{CLOSED}', q, e.*, ended, ended FROM episode e JOIN quarter ON ended > before AND ended <= day AND q > 0
    UNION ALL
    SELECT '{BACK}', q, e.*, ended, ended FROM episode e SEMI JOIN again USING (person, kind, ended)
    JOIN quarter ON ended > before AND ended <= day AND q > 0
), worker AS MATERIALIZED (
    SELECT person, occurred_on AS since, coalesce(ended_on, DATE '9999-12-31') AS until,
           string_split(detail, ', ')[-1] AS team
    FROM event WHERE kind = 'worker' AND {STANDS_TODAY} AND {NOT_A_GLIMPSE} AND contains(detail, ', ')
), held AS (
    SELECT t.* EXCLUDE (team), p.ward, date_sub('year', p.birth_date, t.dated) AS years,
           coalesce(t.team, CASE WHEN t.kind <> 'early_help' AND w.until >= t.seen - {WORKER_WITHIN} THEN w.team END)
               AS team
    FROM told t ASOF LEFT JOIN worker w ON t.person = w.person AND t.seen >= w.since
    JOIN person p ON p.person = t.person
    WHERE p.ward IS NOT NULL AND p.birth_date > t.dated - INTERVAL 18 YEAR AND p.birth_date <= t.dated
), once AS (
    SELECT * FROM held QUALIFY row_number() OVER (PARTITION BY kind, stage, q, person ORDER BY dated, began) = 1
)
SELECT kind, stage, q::INTEGER AS q, person, ward, years::INTEGER AS years, team,
       CASE WHEN kind <> 'placement' THEN detail END AS need, source, began
FROM once ORDER BY ALL
"""
#: The children behind the counts, a row each child, service, stage and quarter: for counts, and for lists by the gate.
CHILD = derived("caseload_child", _CHILDREN, needs=("contact", "record_key", "person", "event"))
_CELL = derived(
    "caseload_cell",
    f"""
WITH everybody AS (
    SELECT kind, stage, q, person, ward, years, team, need, source FROM {CHILD}
    UNION ALL
    SELECT '{LIVING}', '{OPEN}', {QUARTERS}, person, ward, date_sub('year', birth_date, $today), NULL, NULL, NULL
    FROM person
    WHERE ward IS NOT NULL AND birth_date > $today - INTERVAL 18 YEAR AND birth_date <= $today AND death_date IS NULL
)
SELECT kind, stage, q, ward, {AGE} AS age, team, need, source, count(*)::INTEGER AS children, sum(key)::BIGINT AS keys
FROM everybody JOIN {RECORD_KEY.name} USING (person) GROUP BY ALL ORDER BY ALL
""",
    needs=("contact", "record_key", "person", "event"),
)
# Numbers are read ten times as fast as words, and there are far fewer words than cells.
_WORDS = ("kind", "stage", "ward", "team", "need", "source")
_EACH = "coalesce(list(DISTINCT {0} ORDER BY {0}) FILTER ({0} IS NOT NULL), []) AS {0}"
_EVERY = f"SELECT {', '.join(_EACH.format(one) for one in _WORDS)} FROM {_CELL}"
_CELLS = f"""
WITH every AS ({_EVERY})
SELECT q, age, children, keys,
       {", ".join(f"coalesce(list_position(every.{one}, c.{one}), 0)::INTEGER AS {one}" for one in _WORDS)}
FROM {_CELL} c CROSS JOIN every
"""


@dataclass(frozen=True)
class Cells:
    """Everything that the views add up, one row a cell. Exact: never for show.

    ``wards``: by code, with ``name``, ``area``, ``imd_decile``; ``days``: the first day after each quarter, oldest
    first, the first of them without a quarter of its own.
    """

    rows: pd.DataFrame
    wards: pd.DataFrame
    days: tuple[date, ...]

    def options(self, dimension: str, kind: str) -> list[str]:
        """The values of ``dimension`` that a service has anywhere in the city: what is chosen besides narrows them not,
        or a value that is not offered would tell that nobody is there."""
        if dimension in ("area", "ward", "age", "deprived"):
            return [str(value) for value in self.rows[dimension].cat.categories]
        codes = self.rows[dimension].cat.codes[self.rows["kind"] == kind]
        return [str(value) for value in self.rows[dimension].cat.categories[np.unique(codes)]]

    def counted(self, chosen: Mapping[str, str], by: str | None = None) -> pd.DataFrame:
        """Safe counts: a row each ``by`` value (one row without), columns (stage, period). Withheld is NaN.

        ``chosen``: the value by dimension, ``kind`` among them; an empty one narrows nothing. Periods are the quarters
        by number, and `LAST` and `BEFORE`, the last year and the one before: there, a child who began in two quarters
        counts twice.
        """
        rows = self.rows[self._fits(chosen)]
        names = list(rows[by].cat.categories) if by else [""]
        group = rows[by].cat.codes.to_numpy(np.int64) if by else np.zeros(len(rows), np.int64)
        shape = (len(names), len(STAGES), QUARTERS + 1)
        place = np.ravel_multi_index((group, rows["stage"].cat.codes, rows["q"]), shape)
        exact, keys = (self._summed(place, rows[what], shape, names) for what in ("children", "keys"))
        safe = free(exact, keys)
        return safe if by is None else safe.loc[self.options(by, chosen["kind"])]

    @staticmethod
    def _summed(
        place: NDArray[np.intp], what: pd.Series, shape: tuple[int, int, int], names: list[str]
    ) -> pd.DataFrame:
        told = np.bincount(place, what.to_numpy(np.float64), int(np.prod(shape))).astype(np.int64).reshape(shape)
        last, before = told[:, :, -YEAR:].sum(axis=2), told[:, :, -2 * YEAR : -YEAR].sum(axis=2)
        every = np.concatenate([told, last[:, :, None], before[:, :, None]], axis=2).reshape(
            len(names), len(STAGES) * len(PERIODS)
        )
        return pd.DataFrame(every, pd.Index(names, dtype=object), pd.MultiIndex.from_product([STAGES, PERIODS]))

    def _fits(self, chosen: Mapping[str, str]) -> NDArray[np.bool_]:
        fits = np.ones(len(self.rows), bool)
        for dimension, value in chosen.items():
            if value:
                column = self.rows[dimension]
                values = list(column.cat.categories)
                fits &= column.cat.codes.to_numpy() == (values.index(value) if value in values else len(values))
        return fits


def cells(session: Session) -> Cells:
    """Count, once for every snapshot. Raises `AccessRefused`."""
    found = serve(session, Permission.SEE_FIGURES, _CELLS, what="caseload")
    every = serve(session, Permission.SEE_FIGURES, _EVERY, what="caseload").iloc[0]
    places = wards(session).set_index("code")
    words = {one: [NOT_RECORDED, *every[one]] for one in _WORDS}
    inside = places.reindex(words["ward"][1:])
    pairs, pair = np.unique(found["kind"] * len(words["need"]) + found["need"], return_inverse=True)
    kinds, needs = (np.array(words[name], object)[at] for name, at in
                    zip(("kind", "need"), np.divmod(pairs, len(words["need"])), strict=True))  # fmt: skip
    told = found.assign(
        kind=_named(found["kind"], words["kind"]),
        stage=pd.Categorical([STAGES[0], *words["stage"][1:]], STAGES)[found["stage"].to_numpy()],
        ward=pd.Categorical(words["ward"][1:], list(places.index))[found["ward"].to_numpy() - 1],
        area=_named(found["ward"] - 1, list(inside["area"])),
        deprived=pd.cut(inside["imd_decile"], (0, 3, 7, 10), labels=DEPRIVED).array[found["ward"] - 1],
        age=pd.Categorical(AGES, AGES)[found["age"].to_numpy()],
        need=_named(pair, list(need_words(pd.Series(kinds), pd.Series(needs)))),
        team=_named(found["team"], words["team"]),
        source=_named(found["source"], words["source"]),
    )
    return Cells(told, places, tuple(days(session.snapshot.today)))


def _named(places: NDArray[np.intp] | pd.Series, words: list[str]) -> pd.Categorical:
    """Each of ``places`` by its word; words that are alike are one."""
    names, at = np.unique(np.array(words, object), return_inverse=True)
    return pd.Categorical(names, names)[at[np.asarray(places)]].remove_unused_categories()


def need_words(kinds: pd.Series, codes: pd.Series) -> pd.Series:
    """Needs, reasons and categories of abuse as they are called on screen."""
    told = [_CODES.get(kind, {}).get(code, code) for kind, code in zip(kinds, codes, strict=True)]
    return pd.Series(told, codes.index, dtype=object).fillna(NOT_RECORDED).astype(str)


def codes_of(kind: str, words: str) -> list[str]:
    """The codes that `need_words` calls so."""
    return [code for code, told in _CODES.get(kind, {}).items() if told == words] or [words]


def days(today: date) -> list[date]:
    """The ends of the quarters, oldest first: the day itself, and the same day of the month three months back each."""
    months = [today.year * 12 + today.month - 1 - 3 * back for back in range(QUARTERS, -1, -1)]
    return [date(month // 12, month % 12 + 1, today.day) for month in months]

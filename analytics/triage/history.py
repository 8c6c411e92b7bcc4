"""What was known of each contact's people the moment it came: one query over the snapshot, made from the declarations.

It serves two hundred thousand contacts of the past; `remembered` says the same of the one that came a second ago.
"""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd

from analytics.matrix.guard import known_at, open_at, stands_at
from analytics.triage.declared import HISTORIES, LONGEST, TOLD, History
from data.contacts import LOW_OUTCOMES, TAKEN_OUTCOMES

ASKED = "CREATE OR REPLACE TEMP TABLE asked (contact VARCHAR, person BIGINT, moment TIMESTAMP)"
_SUBJECT = """
subject AS (
    SELECT contact, count(*) AS people, greatest(0, min(age)) AS youngest, max(age >= 18)::INTEGER AS adult
    FROM (
        SELECT contact, date_diff('day', p.birth_date, moment::DATE) / 365.25 AS age
        FROM asked JOIN {person} p USING (person)
    ) GROUP BY contact
)"""
_AROUND = f"""
around AS (
    SELECT contact, moment::DATE AS moment, person, 'subject' AS whose FROM asked
    UNION
    SELECT a.contact, a.moment::DATE, r.other, r.kind FROM asked a JOIN {{relationship}} r USING (person)
    ANTI JOIN asked b ON b.contact = a.contact AND b.person = r.other
    WHERE r.kind IN ('parent', 'sibling') AND {known_at("r", "a.moment::DATE")}
      AND r."from" < a.moment::DATE AND {open_at("r", "a.moment::DATE", "end_known_on")}
)"""
_HAPPENED = f"""
happened AS (
    SELECT contact, whose, e.kind, moment - e.occurred_on AS ago, {open_at("e", "moment")} AS stands
    FROM around JOIN {{event}} e USING (person)
    WHERE list_contains($kinds, e.kind) AND e.occurred_on < moment AND {stands_at("e", "moment")}
)"""
_BEFORE = """
before AS (
    SELECT contact, count(DISTINCT earlier) FILTER (ago <= 365) AS year, count(DISTINCT earlier) AS two,
           count(DISTINCT earlier) FILTER (ago <= 365 AND outcome IN {low}) AS low,
           count(DISTINCT earlier) FILTER (outcome IN {taken}) AS high,
           count(DISTINCT agency) FILTER (ago <= 365) AS agencies, count(DISTINCT earlier) FILTER (ago <= 30) AS month
    FROM (
        SELECT a.contact, c.contact AS earlier, c.agency, date_diff('day', c.received_at, a.moment) AS ago,
               CASE WHEN c.closed_at < a.moment THEN c.outcome END AS outcome
        FROM asked a JOIN {contact} c USING (person)
        WHERE c.contact <> a.contact AND c.received_at < a.moment AND c.received_at >= a.moment - INTERVAL {longest} DAY
    ) GROUP BY contact
)"""


_DECLARED = {"longest": LONGEST, "low": LOW_OUTCOMES, "taken": TAKEN_OUTCOMES}


def known(con: duckdb.DuckDBPyConnection, asked: pd.DataFrame, schema: str = "main") -> pd.DataFrame:
    """One row a contact of ``asked`` (contact, person, moment), in order of contact: a column an indicator, float64.

    What no record speaks of is 0: the sources read here cover everyone, or speak only of those they know.
    """
    con.execute(ASKED)
    con.register("asked_now", asked)
    con.execute("INSERT INTO asked SELECT contact, person, moment FROM asked_now ORDER BY ALL")
    con.unregister("asked_now")
    return wide(con.execute(sql(schema), {"kinds": kinds()}).df())


def names() -> list[str]:
    """The indicators in the order of their columns."""
    return [one.name for one in (*HISTORIES, *TOLD)]


def kinds() -> list[str]:
    """The kinds of event that the indicators read: what the query binds."""
    return sorted({kind for history in HISTORIES for kind in history.kinds})


def sql(schema: str) -> str:
    """The query over a table ``asked``; binds ``$kinds``.

    Its rows are long, one a contact, relation and kind of event, and at least one a contact: `wide` reads them. A
    column an indicator would be worked out in no less time, and takes six times as long to be understood.
    """
    tables = {name: f"{schema}.{name}" for name in ("person", "relationship", "event", "contact")}
    parts = ",".join((_SUBJECT, _AROUND, _HAPPENED, _BEFORE)).format(**tables, **_DECLARED)
    told = ", ".join(f"coalesce({one.sql}, 0) AS {one.name}" for one in TOLD)
    counted = ", ".join(f"count(*) FILTER (ago <= {days}) AS {_within(days)}" for days in _WINDOWS)
    return f"""WITH {parts}, lived AS (
    SELECT contact, whose, kind, count(*) AS ever, max(stands)::INTEGER AS open, {counted}
    FROM happened GROUP BY contact, whose, kind
)
SELECT subject.contact, {told}, lived.* EXCLUDE (contact)
FROM subject LEFT JOIN before USING (contact) LEFT JOIN lived USING (contact) ORDER BY subject.contact"""


def wide(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `sql` as one a contact, in order of contact: a column an indicator, float64."""
    contacts, first, of = np.unique(rows["contact"].to_numpy(str), return_index=True, return_inverse=True)
    out = np.zeros((len(contacts), len(HISTORIES) + len(TOLD)))
    cell, cells = pd.factorize(rows["whose"].str.cat(rows["kind"], " "))
    for at, one in enumerate(cells):
        mine = np.flatnonzero(cell == at)
        for column, read in _READ.get(one, ()):
            values = rows[_column(read)].to_numpy()[mine].astype(float)
            was = out[of[mine], column]
            out[of[mine], column] = was + values if read.way == "count" else np.maximum(was, values > 0)
    for at, told in enumerate(TOLD, len(HISTORIES)):
        out[:, at] = rows[told.name].to_numpy(float)[first]
    frame = pd.DataFrame(out, columns=names())
    frame.insert(0, "contact", contacts.astype(object))
    return frame


def _column(one: History) -> str:
    return _within(one.window_days) if one.way == "count" else one.way


def _within(days: int) -> str:
    return f"within_{days}"


_WINDOWS = sorted({one.window_days for one in HISTORIES if one.way == "count"})
#: What is read of events of one kind and relation: the indicators, each with its column.
_READ: dict[str, list[tuple[int, History]]] = {}
for _at, _one in enumerate(HISTORIES):
    for _kind in _one.kinds:
        _READ.setdefault(f"{_one.whose} {_kind}", []).append((_at, _one))

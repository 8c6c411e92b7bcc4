"""What was known of each contact's people the moment it came: one query over the snapshot, made from the declarations.

The same query serves two hundred thousand contacts of the past and the one that came a second ago.
"""

from __future__ import annotations

import duckdb
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
    kinds = sorted({kind for history in HISTORIES for kind in history.kinds})
    return con.execute(sql(schema), {"kinds": kinds}).df().astype(dict.fromkeys(names(), float))


def names() -> list[str]:
    """The indicators in the order of their columns."""
    return [one.name for one in (*HISTORIES, *TOLD)]


def sql(schema: str, contact: str = "") -> str:
    """The query over a table ``asked``; binds ``$kinds``. ``contact``: a table of contacts other than the schema's."""
    tables = {name: f"{schema}.{name}" for name in ("person", "relationship", "event", "contact")}
    tables["contact"] = contact or tables["contact"]
    parts = ",".join((_SUBJECT, _AROUND, _HAPPENED, _BEFORE)).format(**tables, **_DECLARED)
    counted = ",\n       ".join(f"{_counted(history)} AS {history.name}" for history in HISTORIES)
    told = ", ".join(f"coalesce({one.sql}, 0) AS {one.name}" for one in TOLD)
    columns = ", ".join(f"coalesce(lived.{history.name}, 0) AS {history.name}" for history in HISTORIES)
    return f"""WITH {parts}, lived AS (SELECT contact, {counted} FROM happened GROUP BY contact)
SELECT subject.contact, {columns}, {told}
FROM subject LEFT JOIN lived USING (contact) LEFT JOIN before USING (contact) ORDER BY subject.contact"""


def _counted(history: History) -> str:
    kinds = ", ".join(f"'{kind}'" for kind in history.kinds)
    where = f"whose = '{history.whose}' AND kind IN ({kinds})"
    if history.way == "ever":
        return f"max(({where})::INTEGER)"
    if history.way == "open":
        return f"max(({where} AND stands)::INTEGER)"
    return f"count(*) FILTER ({where} AND ago <= {history.window_days})"

"""How evenly the hub decides, as the build writes it down and pages read it back; workers under pseudonyms.

It takes ten seconds of a processor for two years of a county's contacts: too long to be waited for on a page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from analytics.evaluation.bootstrap import Figure
from analytics.triage.consistency import WORKER, YEARS, Agreement, Report, report
from analytics.triage.decided import decided
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.snapshot.tables import CONTACT_AGREEMENT, CONTACT_EVEN, CONTACT_SPREAD, Table

ALL = "all"  # the kind of the row that says how many contacts there were
TABLES = (CONTACT_EVEN, CONTACT_SPREAD, CONTACT_AGREEMENT)
_STAFF = "SELECT DISTINCT worker FROM contact WHERE worker IS NOT NULL ORDER BY worker"
Ask = Callable[[str], pd.DataFrame]


def written(con: duckdb.DuckDBPyConnection, today: date, levels: pd.DataFrame | None) -> list[tuple[Table, Any]]:
    """The tables of the report on the contacts before ``today``; ``levels``: (contact, level) as suggested, if any."""
    since = today - timedelta(days=round(365.25 * (YEARS + 1)))
    found = report(decided(lambda query, bound: con.execute(query, bound).df(), since, today, levels), today)
    staff = [str(name) for (name,) in con.execute(_STAFF).fetchall()]
    return list(zip(TABLES, frames(found, staff), strict=True))


def frames(found: Report, staff: Sequence[str]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """``found`` as `TABLES` have it; ``staff``: everybody whose name stands on a contact."""
    units, names = found.units.copy(), list(CONTACT_EVEN.names())
    whose = units["kind"] == WORKER
    units.loc[whose, "name"] = units.loc[whose, "name"].map(pseudonyms(staff))
    every = pd.DataFrame([{"kind": ALL, "contacts": found.contacts, "unusual": False}], columns=names)
    told = [
        (kind, one.kappa.value, one.kappa.low, one.kappa.high, one.contacts, one.same)
        for kind, one in found.agreement.items()
    ]
    agreement = pd.DataFrame(told, columns=list(CONTACT_AGREEMENT.names()))
    return pd.concat([every, units[names]], ignore_index=True), found.where, agreement


def consistency(session: Session) -> Report:
    """The report of the session's snapshot: counts and figures of nobody's contacts. Raises `AccessRefused`."""
    if CONTACT_EVEN.name not in session.snapshot.tables:
        units, where = (pd.DataFrame(columns=list(table.names())) for table in TABLES[:2])
        return Report(0, units, where, {})
    return read(lambda query: serve(session, Permission.SEE_CONSISTENCY, query, what="decisions"))


def read(ask: Ask) -> Report:
    """The report as the tables hold it; ``ask`` answers a query."""
    units, where, agreement = (ask(f"SELECT * FROM {table.name}") for table in TABLES)
    counted = units["kind"] == ALL
    told = {
        row["kind"]: Agreement(Figure(row["kappa"], row["low"], row["high"]), row["contacts"], row["same"])
        for row in agreement.replace({np.nan: None}).to_dict("records")
    }
    alone = units[~counted].reset_index(drop=True)
    return Report(int(units.loc[counted, "contacts"].sum()), alone, where, told)


def named(session: Session) -> dict[str, str]:
    """Who is behind each pseudonym: for managers who ask, and the log says that they did."""
    rows = serve(session, Permission.NAME_WORKERS, _STAFF, what="workers")
    return {alias: name for name, alias in pseudonyms([str(name) for name in rows["worker"]]).items()}


def pseudonyms(names: Sequence[str]) -> dict[str, str]:
    """A number for each name, in an order that says nothing of the names."""
    order = sorted(names, key=lambda name: hashlib.sha256(name.encode()).digest())
    return {name: f"Worker {number}" for number, name in enumerate(order, 1)}

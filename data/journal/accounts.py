"""Who may look: accounts, kept as rows that follow each other; the last one for an id stands."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from data.journal.chain import canonical
from data.journal.journal import Entry, Journal
from data.journal.tables import READER_ACCOUNT as ACCOUNT
from data.snapshot.engine import plain_errors
from data.snapshot.reading import Snapshot


@dataclass(frozen=True)
class Account:
    """One person who works with Kinsight. ``wards`` is the row scope; None is the whole city."""

    id: str
    name: str
    role: str
    team: str | None = None
    wards: frozenset[str] | None = None
    active: bool = True


def save_account(journal: Journal, account: Account, by: str) -> None:
    """Write ``account`` as it is from now on."""
    wards = None if account.wards is None else canonical(sorted(account.wards))
    values = {"id": account.id, "name": account.name, "role": account.role, "team": account.team}
    entry = Entry(by, "administrator", "save account", detail={"account": account.id, "role": account.role})
    journal.append(ACCOUNT, values | {"wards": wards, "active": account.active}, entry)


def account(journal: Journal, reader_id: str) -> Account | None:
    """The account as it stands now, or None if there is none or it is closed."""
    latest = sa.select(ACCOUNT).where(ACCOUNT.c.id == sa.bindparam("reader")).order_by(ACCOUNT.c.row.desc()).limit(1)
    rows = journal.rows(latest, {"reader": reader_id})
    return _account(rows[0]) if rows and rows[0]["active"] else None


def accounts(journal: Journal) -> list[Account]:
    """All open accounts, by id."""
    latest = sa.select(sa.func.max(ACCOUNT.c.row)).group_by(ACCOUNT.c.id)
    rows = journal.rows(sa.select(ACCOUNT).where(ACCOUNT.c.row.in_(latest)).order_by(ACCOUNT.c.id))
    return [_account(row) for row in rows if row["active"]]


def reader_names(journal: Journal) -> dict[str, str]:
    """Name by account, of closed accounts too: what somebody did keeps their name."""
    rows = journal.rows(sa.select(ACCOUNT.c.id, ACCOUNT.c.name).order_by(ACCOUNT.c.row))
    return {row["id"]: row["name"] for row in rows}


def _account(row: sa.RowMapping) -> Account:
    wards = None if row["wards"] is None else frozenset(json.loads(row["wards"]))
    return Account(row["id"], row["name"], row["role"], row["team"], wards, bool(row["active"]))


def demonstration_accounts(snapshot: Snapshot) -> list[Account]:
    """Accounts to try the invented city with; none at all where the snapshot does not say that it is invented."""
    if not snapshot.invented:
        return []
    north, central = wards_of(snapshot, "North"), wards_of(snapshot, "Central")
    return [
        Account("demo.north", "Ruth Osei", "lead_professional", "North", north),
        Account("demo.central", "Daniel Meyer", "lead_professional", "Central", central),
        Account("demo.manager", "Helen Quayle", "manager", "Families in Focus"),
        Account("demo.trainer", "Imran Shah", "trainer", "Workforce development"),
        Account("demo.analyst", "Grace Lindqvist", "analyst", "Insight"),
        Account("demo.quality", "Samina Rafiq", "data_quality", "Data quality"),
        Account("demo.hub", "Nia Roberts", "mash_officer", "Hub"),
        Account("demo.hub.second", "Owen Clarke", "mash_officer", "Hub"),
        Account("demo.hub.manager", "Moira Blake", "hub_manager", "Hub"),
        Account("demo.auditor", "Peter Adeyemi", "auditor", "Information governance"),
    ]


def wards_of(snapshot: Snapshot, area: str) -> frozenset[str]:
    """The codes of the wards in ``area``."""
    with snapshot.cursor() as cursor, plain_errors():
        rows = cursor.execute("SELECT ward FROM ward WHERE area = $area ORDER BY ward", {"area": area}).fetchall()
    return frozenset(row[0] for row in rows)


def offer_demonstration(journal: Journal, snapshot: Snapshot) -> Sequence[Account]:
    """The demonstration accounts, written to the journal where they are not there or their wards have changed."""
    offered = demonstration_accounts(snapshot)
    for one in offered:
        if account(journal, one.id) != one:
            save_account(journal, one, by="system")
    return offered

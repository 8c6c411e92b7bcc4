"""Whom to call about a person: who holds the case, and in each agency that knows them the desk that answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from analytics.casework.rows import each, word
from analytics.casework.services import SERVICES
from data.sources import SOURCES

#: Event kinds that name a worker, the lead professional first, with what the worker is.
WORKERS = {"worker": "social worker", "early_help_worker": "early help worker"}


@dataclass(frozen=True)
class Worker:
    """Somebody who holds the case now: ``role`` in words; ``team`` and ``call`` where they are known."""

    name: str
    team: str
    role: str
    since: date
    call: str


@dataclass(frozen=True)
class Desk:
    """Whom to call in one agency, and what it knows: sources that are answered by the same desk are one.

    ``serves``: something of what is open there is a service at work with the person.
    """

    owner: str
    call: str
    knows: tuple[str, ...]
    open_now: tuple[str, ...]
    latest_on: date
    serves: bool


def workers(happened: pd.DataFrame) -> list[Worker]:
    """Who holds the case of the person of ``happened`` (of `analytics.casework.person.events`), the lead first."""
    named = happened[happened["kind"].isin(WORKERS) & happened["open_now"] & happened["detail"].notna()]
    found = [_worker(row) for row in each(named.sort_values("occurred_on", ascending=False))]
    return sorted(found, key=lambda one: list(WORKERS.values()).index(one.role))


def _worker(row: Any) -> Worker:
    """The sources write ``name, team``; where there is no team, the source's own owner stands for it."""
    name, _, team = row.detail.partition(", ")
    source = SOURCES.get(row.source)
    return Worker(name, team, WORKERS[row.kind], row.occurred_on.date(), source.call if source else "")


def desks(happened: pd.DataFrame) -> list[Desk]:
    """One row a desk that has written of the person: those with something open first, then the latest."""
    known = happened[happened["source"].isin(SOURCES.keys())]
    by_desk: dict[tuple[str, str], list[Any]] = {}
    for row in each(known[["source", "from_source", "kind", "label", "occurred_on", "open_now"]]):
        by_desk.setdefault((SOURCES[row.source].owner, SOURCES[row.source].call), []).append(row)
    found = [_desk(owner, call, mine) for (owner, call), mine in by_desk.items()]
    return sorted(found, key=lambda one: (not one.serves, not one.open_now, -one.latest_on.toordinal(), one.owner))


def _desk(owner: str, call: str, mine: list[Any]) -> Desk:
    standing = [row for row in mine if row.open_now and row.kind not in WORKERS]
    labels = dict.fromkeys(label for row in mine if (label := word(row.from_source)))
    serves = any(row.kind in SERVICES for row in standing)
    latest = max(row.occurred_on for row in mine).date()
    return Desk(owner, call, tuple(labels), tuple(dict.fromkeys(row.label for row in standing)), latest, serves)

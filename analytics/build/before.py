"""What a build takes over from before: person numbers, what reviewers decided, and the figures of earlier builds."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from skops.io.exceptions import UntrustedTypesFoundException

from analytics.models.bundle import load, read_hash
from analytics.models.champion import Champion
from data.home import Home
from data.journal.erasures import clients, erasures
from data.journal.journal import journal_of
from data.journal.link_reviews import DECIDED, reviews, standing
from data.journal.model_decisions import ModelDecision, in_use, model_decisions
from data.snapshot.reading import NoSnapshot, Snapshot, current

log = logging.getLogger(__name__)

#: How many builds are remembered: some years of nightly ones.
REMEMBERED = 2_000
#: Of the manifest's linkage, what a line over builds is drawn of.
_FIGURES = ("precision", "recall", "f1")
_COUNTS = ("clients", "people", "uncertain")


def previous_links(home: Home, city: Mapping[str, Any]) -> pd.DataFrame | None:
    """Whom the served snapshot took each client for (client, person), if it is of the same ``city``."""
    try:
        with current(home) as snapshot, snapshot.cursor() as cursor:
            if not _same(snapshot, city):
                return None
            return cursor.execute("SELECT client, person FROM person_link ORDER BY client").df()
    except NoSnapshot:
        return None


def previous_families(home: Home, city: Mapping[str, Any]) -> pd.DataFrame | None:
    """Who was in which family in the served snapshot (family, person), if it is of the same ``city``."""
    try:
        with current(home) as snapshot, snapshot.cursor() as cursor:
            if not _same(snapshot, city):
                return None
            return cursor.execute("SELECT DISTINCT family, person FROM family_member ORDER BY ALL").df()
    except NoSnapshot:
        return None


def erased_clients(home: Home, city: Mapping[str, Any]) -> frozenset[int]:
    """The clients of everybody whom the journal says to erase. Raises `OtherCity` for another city's journal."""
    if not (home.journal.exists() or os.environ.get("KINSIGHT_JOURNAL")):
        return frozenset()
    journal = journal_of(home)
    gone = clients(erasures(journal))
    if gone:
        journal.bind(city)
    return gone


@dataclass(frozen=True)
class Decided:
    """What reviewers decided: ``pairs`` (client_l, client_r, verdict), None if nothing; ``read``: the last act read."""

    pairs: pd.DataFrame | None = None
    read: int = 0

    def counted(self) -> dict[str, int]:
        """How many pairs, by verdict."""
        verdicts = [] if self.pairs is None else self.pairs["verdict"].tolist()
        return {verdict.value: verdicts.count(verdict.value) for verdict in DECIDED}


def decided_links(home: Home, city: Mapping[str, Any]) -> Decided:
    """The last word on each pair of clients, where it decides something.

    Raises `OtherCity` where the journal is of another city: clients of two cities may have the same numbers.
    """
    if not (home.journal.exists() or os.environ.get("KINSIGHT_JOURNAL")):
        return Decided()
    journal = journal_of(home)
    acts = reviews(journal)
    if not acts:
        return Decided()
    journal.bind(city)
    rows = [(*pair, act.verdict.value) for pair, act in sorted(standing(acts).items()) if act.verdict in DECIDED]
    pairs = pd.DataFrame(rows, columns=["client_l", "client_r", "verdict"])
    return Decided(pairs if rows else None, acts[-1].number)


def history(home: Home, city: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Figures of linkage of each build up to the served snapshot's, oldest first: each snapshot carries them on.

    Snapshots themselves are deleted after a few builds.
    """
    try:
        with current(home) as snapshot:
            told = snapshot.manifest
            return list(told.get("linkage_history") or []) if _same(snapshot, city) else []
    except NoSnapshot:
        return []


def figures(number: int, until: str, linkage: dict[str, Any]) -> dict[str, Any]:
    """What is remembered of one build: its number, the day its records end, counts, links by how, and quality."""
    told = linkage | {name: count for name, count in linkage.get("counts", {}).items() if name in _COUNTS}
    kept = {name: told[name] for name in (*_COUNTS, *_FIGURES, "how", "reviewed") if name in told}
    return {"build": number, "until": until} | kept


def _same(snapshot: Snapshot, city: Mapping[str, Any]) -> bool:
    return bool(snapshot.city["id"] == city["id"])


def champion(home: Home, city: Mapping[str, Any], model: str) -> Champion | None:
    """The version of ``model`` that people approved, if its file can be read and its indicators are what they were.

    Raises `OtherCity` for another city's journal.
    """
    version = approved(home, city, model)
    if version is None:
        return None
    try:
        kept = load(home.models / f"{model}-{version}")
    except (OSError, ValueError, TypeError, AttributeError, ImportError, KeyError, UntrustedTypesFoundException):
        log.warning("the file of %s %s can't be read: nothing is held against it", model, version)
        return None
    facts, names = kept.facts, tuple(kept.facts["variables"])
    if kept.measured is None or kept.learned is None or facts["read"] != read_hash(names):
        return None
    return Champion(
        version=version,
        estimator=facts["result"]["estimator"],
        measured=kept.measured,
        fitted=kept.fitted,
        names=names,
        learned=kept.learned,
        trained=date.fromisoformat(facts["trained"]),
        data=facts["data"],
        spec=facts["spec"],
    )


def approved(home: Home, city: Mapping[str, Any], model: str) -> str | None:
    """The version of ``model`` that people approved last and did not retire. Raises `OtherCity`."""
    return in_use(_decisions(home, city), model)


def _decisions(home: Home, city: Mapping[str, Any]) -> Sequence[ModelDecision]:
    if not (home.journal.exists() or os.environ.get("KINSIGHT_JOURNAL")):
        return ()
    journal = journal_of(home)
    decided = model_decisions(journal)
    if decided:
        journal.bind(city)
    return decided

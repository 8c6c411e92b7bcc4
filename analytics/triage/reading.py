"""The grader of contacts read back from a snapshot, for ``evaluate``, the pages and the interface."""

from __future__ import annotations

from typing import Any

from analytics.triage.publish import MODEL
from data.snapshot.engine import StoreError
from data.snapshot.reading import Snapshot

_MODEL = "SELECT version, state, reason, learned_until, contacts FROM contact_model"
#: There is one later year to try it on.
VALIDATED = "Judged by a later year of contacts: learned from those whose outcome was whole before the year began."
NOT_THERE = "the snapshot has no grader of contacts: too little harm is recorded after contacts to learn from"


def grader(snapshot: Snapshot) -> dict[str, Any]:
    """What ``evaluate --model contact --json`` prints beside the figures, whose estimators are suggestion, officers,
    prior_contacts, random, suggestion_with_words and sharing. Raises `StoreError` where the snapshot has no grader.
    """
    with snapshot.cursor() as cursor:
        head = cursor.execute(_MODEL).fetchall()
    if not head:
        raise StoreError(NOT_THERE)
    version, state, reason, learned_until, contacts = head[0]
    return {
        "model": MODEL,
        "version": version,
        "estimator": "ordinal logistic regression",
        "state": state,
        "reason": reason,
        "trained": str(learned_until),
        "contacts": contacts,
        "capacity": snapshot.manifest["contacts"]["workload"],
        "validation": {"computed": False, "reason": VALIDATED},
        "snapshot": snapshot.manifest["snapshot"],
    }

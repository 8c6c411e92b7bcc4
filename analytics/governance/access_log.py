"""The access log, for those who answer for it. Reading it is an entry too."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pandas as pd

from analytics.casework.asked import understand
from data.access.gate import Session, consult
from data.access.question import BESIDE, OUTSIDE
from data.access.roles import ROLES, Permission
from data.journal.accounts import reader_names
from data.journal.fingerprint import fingerprints
from data.journal.log import entries
from data.journal.verification import Verification, verify


@dataclass(frozen=True)
class Asked:
    """Filters: a reader's id, an action, a person's number, ISO days ``since`` (from) and ``until`` (before).

    ``words``: whatever was typed into Search, which the log has as fingerprints alone.
    """

    reader: str | None = None
    action: str | None = None
    person: int | None = None
    since: str | None = None
    until: str | None = None
    words: str = ""


def log(session: Session, asked: Asked, limit: int = 500) -> pd.DataFrame:
    """Entries, newest first, in words: number, at, who, role, action, person, model, purpose and what it was about."""
    typed = fingerprints(understand(asked.words).words, session.snapshot.city["id"])
    found = consult(
        session,
        Permission.SEE_ACCESS_LOG,
        lambda journal: entries(
            journal, reader=asked.reader, action=asked.action, person=asked.person, since=asked.since,
            until=asked.until, words=typed, limit=limit,
        ),
    )  # fmt: skip
    names = reader_names(session.journal)
    return pd.DataFrame(
        [
            {
                "number": row["seq"],
                "at": pd.Timestamp(row["at"]),
                "who": names.get(row["reader"], row["reader"]),
                "role": ROLES[row["role"]].label if row["role"] in ROLES else "",
                "action": row["action"],
                "person": row["person"],
                "model": row["model"],
                "purpose": row["purpose"],
                "about": _about(row["detail"]),
            }
            for row in found
        ],
        columns=["number", "at", "who", "role", "action", "person", "model", "purpose", "about"],
    )


def _about(detail: str) -> str:
    """What the entry says beside its columns, in words."""
    told = json.loads(detail) if detail else {}
    parts = [str(told[key]) for key in ("what", "why") if told.get(key)]
    if told.get("until"):
        parts.append(f"until {pd.Timestamp(told['until']):%-d %b %Y, %H:%M}")
    if told.get("asked"):
        parts.append(f"{', '.join(told['asked'])}: {told['matches']} in the area, {told['outside']} outside")
    if told.get("rows") is not None:
        parts.append(f"{told['rows']} rows")
    return "; ".join(parts)


def checked(session: Session) -> Verification:
    """Whether the journal is as it was written. Recorded."""
    return consult(session, Permission.SEE_ACCESS_LOG, verify)


def readers(session: Session) -> dict[str, str]:
    """Everybody who ever had an account: id -> name."""
    return consult(session, Permission.SEE_ACCESS_LOG, reader_names)


def actions() -> list[str]:
    """Everything that an entry can say was done."""
    return sorted([*(permission.value for permission in Permission), BESIDE, OUTSIDE])

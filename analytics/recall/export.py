"""A recall as a file: one row a showing, with what followed. It leaves the house, so the log says who took it."""

from __future__ import annotations

import csv
import io
from typing import Any

from analytics.casework.score import WORRY
from analytics.governance.sources_rejected import safe
from analytics.recall.recall import Recalled, Shown, exported
from data.access.gate import Session

HEAD = (
    "person number", "name now", "date of birth", "ward", "shown at (UTC)", "shown to", "role", "how",
    "reason for access", "score of", "level", "place", "chance told", "judged before", "view after", "because",
    "decision", "decided at (UTC)", "allocated to", "allocated from", "allocation", "told", "note",
)  # fmt: skip


def export(session: Session, model: str, version: str, since: str, until: str) -> bytes:
    """CSV (UTF-8 with a mark, as Excel wants it). Raises `AccessRefused`."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEAD)
    for one in exported(session, model, version, since, until).people:
        writer.writerows([[safe(cell) for cell in _row(one, shown)] for shown in one.shown])
    return out.getvalue().encode("utf-8-sig")


def _row(one: Recalled, shown: Shown) -> list[Any]:
    seen, decided = shown.showing, shown.decision
    born = " / ".join(str(who.birth_date or "") for who in one.now)
    said = [decided[name] for name in ("view", "reason", "action", "at")] if decided is not None else [None] * 4
    return [
        one.person, one.name, born, " / ".join(who.ward or "" for who in one.now), seen.at, shown.reader, seen.role,
        seen.action, seen.purpose, seen.as_of, seen.band, seen.rank, seen.probability, judged(shown.judgement), *said,
        "; ".join(row["who"] for row in one.allocations), "; ".join(row["from_date"] for row in one.allocations),
        "; ".join(row["outcome"] or row["status"] for row in one.allocations),
        "; ".join(f"{row['whom']} on {row['told_on']}, by {row['who']}" for row in one.told), one.note,
    ]  # fmt: skip


def judged(judgement: Any) -> str:
    """How worried the reader was before, in words; that they skipped; nothing where they were not asked."""
    if judgement is None:
        return ""
    return "skipped" if judgement["worry"] is None else WORRY[judgement["worry"]]

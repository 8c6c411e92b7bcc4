"""What became of a line of an agency's file: for those who look after the data, who need not know whom it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.casework.rows import each, word
from analytics.casework.tell import as_date, told
from analytics.features.catalogue import CATALOGUE
from analytics.governance.sources_rejected import field_label
from data.access.gate import Session, serve
from data.access.roles import Permission

_FILES = (
    "SELECT file, part, name, delivered FROM source_file WHERE source = $source ORDER BY delivered DESC, name, part"
)

_REJECTED = """
SELECT f.source, f.part, r."column" AS field, r.rule FROM rejected_row r JOIN source_file f USING (file)
WHERE r.file = $file AND r.line = $line ORDER BY ALL
"""
_ASIDE = """
SELECT f.source, f.part, a."column" AS field FROM field_aside a JOIN source_file f USING (file)
WHERE a.file = $file AND a.line = $line ORDER BY ALL
"""
_EVENTS = """
SELECT person, event, kind, occurred_on, ended_on, known_on, corrected_on, value, detail, source
FROM event WHERE file = $file AND line = $line ORDER BY occurred_on, event
"""
_LINKED = """
WITH whom AS (SELECT DISTINCT person FROM event WHERE file = $file AND line = $line)
SELECT l.person, l.how, count(*) AS clients, min(l.probability) AS probability
FROM person_link l JOIN whom USING (person) GROUP BY l.person, l.how ORDER BY l.person, clients DESC, l.how
"""


@dataclass(frozen=True)
class Trace:
    """One line: why it was rejected (field and rule), fields set aside, ``events`` told in words, and ``links``.

    ``links``: how the clients of whoever it is about were put together: ``how, clients, probability``.
    """

    rejected: tuple[tuple[str, str], ...]
    aside: tuple[str, ...]
    events: pd.DataFrame
    links: pd.DataFrame

    @property
    def figures(self) -> tuple[str, ...]:
        """Indicators of the person alone that count such events, by their names on screen."""
        kinds = set(self.events["kind"])
        return tuple(f.label for f in CATALOGUE.values() if f.scope == "self" and kinds & set(f.kinds))


def files(session: Session, source: str) -> dict[int, tuple[str, str, date | None]]:
    """The files of a source: number -> name, part, day it was delivered; newest first."""
    rows = serve(session, Permission.SEE_SOURCES, _FILES, {"source": source}, what=f"files of {source}")
    return {row.file: (row.name, row.part, as_date(row.delivered)) for row in each(rows)}


def trace(session: Session, file: int, line: int, what: str) -> Trace:
    """What became of ``line`` of ``file``; nobody in it is identified. Raises `AccessRefused`."""
    at = {"file": file, "line": line}
    events, links = (serve(session, Permission.TRACE_ROW, query, at, what=what) for query in (_EVENTS, _LINKED))
    rejected, aside = (serve(session, Permission.SEE_SOURCES, query, at, what=what) for query in (_REJECTED, _ASIDE))
    for column in ("occurred_on", "ended_on", "known_on", "corrected_on"):
        events[column] = pd.to_datetime(events[column])
    why = [field_label(*cells) for cells in zip(rejected["source"], rejected["part"], rejected["field"], strict=True)]
    left = [field_label(*cells) for cells in zip(aside["source"], aside["part"], aside["field"], strict=True)]
    rules = [word(rule) or "" for rule in rejected["rule"]]
    return Trace(tuple(zip(why, rules, strict=True)), tuple(left), told(events), links)

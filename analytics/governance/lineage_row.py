"""One row of an agency's file: what it became, which checks it passed, and how its client was linked to a person."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from analytics.casework.rows import full_name, items, word
from analytics.casework.tell import as_date, source_label
from analytics.features.feature import Feature
from analytics.features.sources import TOLD_BY
from analytics.governance.sources_rejected import field_label
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.schema import Column, Kind
from data.sources import SOURCES

_KINDS = {
    Kind.TEXT: "there", Kind.INTEGER: "a whole number", Kind.NUMBER: "a number", Kind.DATE: "a date",
    Kind.TIME: "a date and time", Kind.FLAG: "yes or no", Kind.CODE: "a code of its set",
    Kind.NHS: "a valid NHS number",
    Kind.UPN: "a valid pupil number", Kind.NI: "a valid National Insurance number", Kind.POSTCODE: "a postcode",
    Kind.UPRN: "a property number",
}  # fmt: skip

# A row of somebody else is told only of those whom the snapshot ties to the person.
_ROW = """
SELECT $person AS person, e.person AS other, e.event, e.kind, e.source, e.line, e.occurred_on, e.known_on,
       f.name AS file_name, f.part, f.sha256, f.delivered, f.warnings,
       (SELECT list(a."column" ORDER BY a."column") FROM field_aside a
        WHERE a.file = e.file AND a.line = e.line) AS aside
FROM event e LEFT JOIN source_file f USING (file)
WHERE e.event = $event
  AND (e.person = $person OR e.person IN (SELECT r.other FROM relationship r WHERE r.person = $person))
"""

# Whoever else the row is about is not named here: their own page says how they were linked, to those who may see it.
_LINKS = """
WITH client AS (
    SELECT l.client, l.person, l.how, l.probability,
           bool_or(r.source = $source) AS here, any_value(r.local_id) AS local_id,
           list(DISTINCT r.source ORDER BY r.source) AS sources,
           arg_max(r.forename, (r.seen_to, r.record)) AS forename, arg_max(r.surname, (r.seen_to, r.record)) AS surname,
           arg_max(r.birth_date, (r.seen_to, r.record)) AS birth_date, count(*) AS records
    FROM person_link l JOIN person_record r USING (client) WHERE l.person = $about GROUP BY ALL
)
SELECT $person AS person, person AS other, how, probability, here, sources, records,
       list_has_any(sources, $numbering::VARCHAR[]) AS same_numbers,
       CASE WHEN person = $person THEN local_id END AS local_id,
       CASE WHEN person = $person THEN forename END AS forename,
       CASE WHEN person = $person THEN surname END AS surname,
       CASE WHEN person = $person THEN birth_date END AS birth_date
FROM client
WHERE person = $person OR person IN (SELECT r.other FROM relationship r WHERE r.person = $person)
ORDER BY here DESC, same_numbers DESC, sources, local_id
"""

_REJECTED = """
SELECT $person AS person, f.source, f.part, f.name AS file_name, r.line, r."column" AS field, r.rule, f.delivered
FROM rejected_row r JOIN rejected_client c USING (file, line) JOIN source_file f USING (file)
JOIN person_link l ON l.client = c.client
WHERE l.person = $person AND f.source IN (SELECT unnest($sources::VARCHAR[]))
ORDER BY f.delivered DESC, f.name, r.line LIMIT 20
"""


@dataclass(frozen=True)
class Row:
    """Where one record stands: file and line, with all that the snapshot knows of both."""

    event: int
    other: int
    source: str
    label: str
    owner: str
    part: str
    file_name: str
    line: int
    delivered: date | None
    sha256: str
    known_on: date | None
    aside: tuple[str, ...]
    warnings: dict[str, int]

    @property
    def checks(self) -> tuple[tuple[str, str], ...]:
        """The fields without which the row would have been rejected, and what each was found to be."""
        columns = _columns(self.source, self.part)
        return tuple((column.label, _KINDS[column.kind]) for column in columns if column.required)


def row(session: Session, person: int, event: int, what: str) -> Row | None:
    """The row behind one event of ``person``, or of somebody tied to them; None where there is no such event."""
    found = serve(session, Permission.TRACE, _ROW, {"event": event}, people=[person], what=what)
    return _row(found.iloc[0].to_dict()) if len(found) else None


def _row(told: dict[Any, Any]) -> Row:
    source = str(told["source"])
    known = SOURCES.get(source)
    part = word(told["part"]) or ""
    columns = {column.name: column.label for column in _columns(source, part)}
    warnings: dict[str, int] = json.loads(told["warnings"]) if word(told["warnings"]) else {}
    return Row(
        int(told["event"]), int(told["other"]), source, source_label(source), known.owner if known else "", part,
        word(told["file_name"]) or "no file", int(told["line"]), as_date(told["delivered"]), word(told["sha256"]) or "",
        as_date(told["known_on"]), tuple(columns.get(each, each) for each in items(told["aside"])), warnings,
    )  # fmt: skip


def _columns(source: str, part: str) -> tuple[Column, ...]:
    """As declared now: a snapshot may be older than its declarations, of which one was withdrawn or changed since."""
    parts = SOURCES[source].parts if source in SOURCES else ()
    return next((each.columns for each in parts if each.name == part), ())


def links(session: Session, person: int, told: Row, what: str) -> pd.DataFrame:
    """Every client whom linkage takes for the row's person, those of the row's agency first.

    ``here``: known in the row's own source; ``same_numbers``: under the numbers it uses. ``name`` and ``birth_date`` as
    last written, only where the row is of ``person``. ``agencies`` are sources by their names on screen.
    """
    numbering = SOURCES[told.source].numbering if told.source in SOURCES else told.source
    same = [source.name for source in SOURCES.values() if source.numbering == numbering]
    query = {"about": told.other, "source": told.source, "numbering": same}
    rows = serve(session, Permission.TRACE, _LINKS, query, people=[person], what=what)
    names = [full_name(*each) for each in zip(rows["forename"], rows["surname"], strict=True)]
    agencies = [", ".join(source_label(each) for each in items(sources)) for sources in rows["sources"]]
    return rows.assign(name=names, agencies=agencies)


def rejected(session: Session, person: int, feature: Feature) -> pd.DataFrame:
    """Rejected rows that were about ``person``, of the sources that tell of what the indicator counts, newest first."""
    sources = sorted({source for kind in feature.kinds for source in TOLD_BY.get(kind, ())})
    rows = serve(session, Permission.TRACE, _REJECTED, {"sources": sources}, people=[person], what=feature.label)
    labels = [field_label(*each) for each in zip(rows["source"], rows["part"], rows["field"], strict=True)]
    return rows.assign(field=labels, agency=[source_label(each) for each in rows["source"]])

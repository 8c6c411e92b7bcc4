"""The register of sources: what has arrived of each, how fresh, how complete, what was rejected, how well it linked."""

from __future__ import annotations

from typing import Any

import pandas as pd

from data.access.gate import Session, serve
from data.access.roles import Permission
from data.sources import SOURCES

FIELDS: dict[str, str] = {
    "forename": "Forename",
    "surname": "Surname",
    "birth_date": "Date of birth",
    "sex": "Sex",
    "ethnicity": "Ethnicity",
    "postcode": "Postcode",
    "uprn": "Property number",
    "nhs_number": "NHS number",
    "upn": "Pupil number",
    "ni_number": "NI number",
}

_SOURCES = """
SELECT s.source, s.label, s.owner, s.period_from, s.period_to, s.rows, s.accepted, s.rejected,
       date_diff('day', s.period_to, $today::DATE) AS behind
FROM source s ORDER BY s.label
"""

_FILES = """
SELECT name, part, rows, accepted, rejected, warnings, delivered FROM source_file
WHERE source = $source ORDER BY delivered DESC, name
"""

# The value found is left out: it may name somebody.
_REJECTED = """
SELECT f.name, r.line, r."column" AS field, r.rule FROM rejected_row r JOIN source_file f USING (file)
WHERE f.source = $source ORDER BY f.name, r.line, r."column" LIMIT 500
"""

_COMPLETE = "SELECT source, count(*) AS rows, {fields} FROM person_record GROUP BY source ORDER BY source"

_LINKED = """
SELECT how, count(*) AS clients, avg(probability) AS probability FROM person_link GROUP BY how ORDER BY clients DESC
"""


def register(session: Session) -> pd.DataFrame:
    """One row a declared source: what arrived, and ``state``: on time, late or nothing yet."""
    arrived = serve(session, Permission.SEE_SOURCES, _SOURCES, {"today": session.snapshot.today}, what="sources")
    declared = pd.DataFrame(
        {
            "source": source.name, "label": source.label, "owner": source.owner, "refresh_days": source.refresh_days,
            "gateway": source.gateway, "about": source.about,
        }
        for source in SOURCES.values()
    )  # fmt: skip
    rows = declared.merge(arrived.drop(columns=["label", "owner"]), on="source", how="left").sort_values("label")
    late = zip(rows["behind"], rows["refresh_days"], strict=True)
    return rows.assign(state=[_state(behind, due) for behind, due in late])


def _state(behind: float | None, refresh_days: int) -> str:
    """Late: nothing has arrived for twice the time in which it should have, and a month beside."""
    if behind is None or behind != behind:
        return "nothing yet"
    return "late" if behind > 2 * refresh_days + 31 else "on time"


def files(session: Session, source: str) -> pd.DataFrame:
    """The files of one source, newest first."""
    return serve(session, Permission.SEE_SOURCES, _FILES, {"source": source}, what=f"files of {source}")


def rejected(session: Session, source: str) -> pd.DataFrame:
    """Rejected rows of one source: file, line, field and rule, never the value."""
    return serve(session, Permission.SEE_REJECTED, _REJECTED, {"source": source}, what=f"rejected rows of {source}")


def completeness(session: Session) -> pd.DataFrame:
    """The share of person records of each source in which an identity field is filled, 0 to 1; one column a field."""
    fields = ", ".join(f"count({field}) / count(*) AS has_{field}" for field in FIELDS)
    rows = serve(session, Permission.SEE_SOURCES, _COMPLETE.format(fields=fields), what="completeness")
    return rows.rename(columns={f"has_{field}": label for field, label in FIELDS.items()})


def linkage(session: Session) -> tuple[pd.DataFrame, dict[str, Any]]:
    """How clients were linked (``how``, ``clients``, ``probability``), and the manifest's measured quality, if any."""
    rows = serve(session, Permission.SEE_SOURCES, _LINKED, what="linkage")
    return rows, dict(session.snapshot.manifest.get("linkage") or {})

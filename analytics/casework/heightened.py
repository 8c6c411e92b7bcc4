"""The ranked list: who in the reader's area stands highest, why in one line, who is with them already."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from analytics.casework.membership import FAMILY_OF
from analytics.casework.person import reader_name
from analytics.casework.rows import each, full_name, word
from analytics.casework.score import covered
from analytics.casework.services import OPEN_SERVICES, service_words
from analytics.casework.tell import as_date
from analytics.features.catalogue import CATALOGUE
from data.access.gate import Session, checked_entry, serve
from data.access.roles import Permission
from data.journal.casework import allocate as write_allocation
from data.journal.casework import allocations, watched

BANDS = ("heightened", "raised", "lower")
MOST = 300

_LIST = f"""
WITH latest AS (
    SELECT max(as_of) AS as_of FROM score WHERE model = $model
), listed AS (
    SELECT s.person, s.as_of, s.rank, s.band, s.percentile, s.reasons
    FROM score s JOIN latest USING (as_of) JOIN visible USING (person)
    WHERE s.model = $model AND s.band IN (SELECT unnest($bands::VARCHAR[]))
    ORDER BY s.rank, s.person LIMIT $most
), before AS (
    SELECT person, rank, band FROM score
    WHERE model = $model AND as_of = (
        SELECT max(as_of) FROM score WHERE model = $model AND as_of < (SELECT as_of FROM latest))
), families AS ({FAMILY_OF.format(people="SELECT person FROM listed")}
), services AS ({OPEN_SERVICES.format(people="SELECT person FROM listed")}
), values AS (
    SELECT v.person, map(list(v.indicator ORDER BY v.indicator), list(v.value ORDER BY v.indicator)) AS known
    FROM indicator_value v JOIN latest l ON v.as_of = l.as_of
    WHERE v.person IN (SELECT person FROM listed) AND v.indicator IN (
        SELECT DISTINCT unnest(from_json(reasons, '["VARCHAR"]')) FROM listed UNION SELECT unnest($flags::VARCHAR[]))
    GROUP BY v.person
)
SELECT l.person, l.as_of, l.rank, l.band, l.percentile, l.reasons, p.forename, p.surname, p.birth_date, p.sex,
       w.name AS ward_name, w.area, f.family_name, b.rank AS rank_before, b.band AS band_before, s.services, v.known
FROM listed l JOIN person p USING (person) LEFT JOIN ward w USING (ward)
LEFT JOIN families f USING (person) LEFT JOIN before b USING (person)
LEFT JOIN values v USING (person) LEFT JOIN services s USING (person)
ORDER BY l.rank, l.person
"""
_FLAGS = sorted({feature.flag for feature in CATALOGUE.values() if feature.flag})


@dataclass(frozen=True)
class Listed:
    """One child of the list. ``moved``: how the place changed since last quarter; ``new``: the band is new."""

    person: int
    place: int
    name: str
    birth_date: date | None
    sex: str | None
    ward: str | None
    area: str | None
    family: str | None
    band: str
    reasons: tuple[str, ...]
    services: tuple[str, ...]
    moved: int | None
    new: bool
    key_worker: str | None
    watched: bool


@dataclass(frozen=True)
class Ranked:
    """The list of one day."""

    as_of: date | None
    children: tuple[Listed, ...]

    @property
    def allocated(self) -> int:
        return sum(child.key_worker is not None for child in self.children)


def ranked(session: Session, model: str, bands: Sequence[str] = ("heightened", "raised")) -> Ranked:
    """Children of the reader's scope in these bands, highest first, 300 at most.

    Whoever is listed is written down as seen with their place. Raises `AccessRefused`, when the model is withheld too.
    """
    query = {"model": model, "bands": list(bands), "most": MOST, "flags": _FLAGS, "today": session.snapshot.today}
    rows = serve(session, Permission.SEE_LIST, _LIST, query, model=model)
    workers = {
        a["person"]: reader_name(session, a["key_worker"])
        for a in allocations(session.journal)
        if a["status"] != "closed"
    }
    mine = watched(session.journal, session.reader_id)
    children = tuple(_listed(place, row, workers, mine) for place, row in enumerate(each(rows), start=1))
    return Ranked(None if rows.empty else as_date(rows.iloc[0]["as_of"]), children)


def _listed(place: int, row: Any, workers: dict[int, str], mine: frozenset[int]) -> Listed:
    person = int(row.person)
    moved = None if pd.isna(row.rank_before) else int(row.rank_before) - int(row.rank)
    return Listed(
        person,
        place,
        full_name(row.forename, row.surname),
        as_date(row.birth_date),
        word(row.sex),
        word(row.ward_name),
        word(row.area),
        word(row.family_name),
        str(row.band),
        _reasons(row.reasons, row.known),
        service_words(row.services),
        moved,
        word(row.band_before) != row.band,
        workers.get(person),
        person in mine,
    )


def _reasons(names: str, known: Any) -> tuple[str, ...]:
    """What raises the score most, each in a sentence with its value."""
    values = {name: float(value) for name, value in dict(known or {}).items()} if isinstance(known, dict) else {}
    said = []
    for name in json.loads(names):
        feature = CATALOGUE.get(name)
        if feature is not None and feature.theme != "Background":
            absent = 0.0 if feature.absent_is_nil else float("nan")
            said.append(feature.said(values.get(name, absent), covered(feature, values)))
    return tuple(said)


def allocate(session: Session, person: int, key_worker: str, from_date: date, purpose: str) -> int:
    """Give ``person`` to ``key_worker`` from a day, for a purpose: the allocation's number. Raises `AccessRefused`."""
    entry = checked_entry(session, Permission.ALLOCATE, [person])
    return write_allocation(session.journal, person, key_worker.strip(), from_date.isoformat(), purpose.strip(), entry)

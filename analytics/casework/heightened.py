"""The ranked list: who in the reader's area stands highest, why in one line, who is with them already."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from analytics.casework.followed import now_of
from analytics.casework.lists import Since, since
from analytics.casework.membership import FAMILY_OF
from analytics.casework.rows import each, items, who_is, word
from analytics.casework.score import covered
from analytics.casework.services import OPEN_SERVICES, service_words
from analytics.casework.space import COHORT, NoSpace, Space, ages_of, space
from analytics.casework.tell import as_date
from analytics.features.catalogue import CATALOGUE
from data.access.gate import Session, checked_entry, serve
from data.access.roles import Permission
from data.journal.accounts import reader_names
from data.journal.casework import allocate as write_allocation
from data.journal.casework import allocations, team_places, watched

BANDS = ("heightened", "raised", "lower")
#: Whom the filter by allocation leaves.
ANYBODY, WAITING, TAKEN, MINE = "anybody", "waiting", "taken", "mine"
#: Of the filter by service: nothing is open to the child.
NOTHING = "nothing"
PAGE = 15

# Everybody above the line within the scope, with what stood in the list that is compared with.
_ABOVE = """
latest AS (
    SELECT max(as_of) AS as_of FROM score WHERE model = $model
), before AS ({then}
), above AS (
    SELECT s.person, s.as_of, s.rank, s.band, s.reasons, p.forename, p.surname, p.birth_date, p.sex,
           w.name AS ward_name, w.area, date_sub('year', p.birth_date, $today) AS years,
           b.rank AS rank_before, b.band AS band_before,
           row_number() OVER (ORDER BY s.rank, s.person) AS place,
           coalesce(b.band, 'lower') NOT IN (s.band, 'heightened') AS new
    FROM score s JOIN latest USING (as_of) JOIN visible USING (person) JOIN person p USING (person)
    LEFT JOIN ward w USING (ward) LEFT JOIN before b USING (person)
    WHERE s.model = $model AND s.band IN ('heightened', 'raised')
)
"""
_TAKEN = "taken AS (SELECT person FROM visible WHERE list_contains($given::BIGINT[], person))"
_CHOSEN = """
chosen AS (
    SELECT * FROM above
    WHERE list_contains($bands::VARCHAR[], band)
      AND (len($wards::VARCHAR[]) = 0 OR list_contains($wards::VARCHAR[], ward_name))
      AND (len($areas::VARCHAR[]) = 0 OR list_contains($areas::VARCHAR[], area))
      AND (len($sexes::VARCHAR[]) = 0 OR list_contains($sexes::VARCHAR[], sex))
      AND (years IS NULL OR years BETWEEN $youngest_asked AND $oldest_asked) AND (new OR NOT $new_only)
      AND ($allocated = 'anybody'
           OR ($allocated = 'waiting' AND person NOT IN (SELECT person FROM taken))
           OR ($allocated = 'taken' AND person IN (SELECT person FROM taken))
           OR ($allocated = 'mine' AND list_contains($own::BIGINT[], person)))
      {open_to} {like}
)
"""
# To how many something is open would cost as much as all else together: it is looked up only where it was asked for.
_OPEN_TO = f"""
AND person IN (
    SELECT a.person FROM above a
    LEFT JOIN ({OPEN_SERVICES.format(people="SELECT person FROM above")}) o ON o.person = a.person
    WHERE list_has_any(o.services, $kinds::VARCHAR[])
       OR (o.services IS NULL AND list_contains($kinds::VARCHAR[], '{NOTHING}')))
"""
_LIKE = f"AND person IN (WITH {COHORT} SELECT person FROM cohort WHERE row IN (SELECT unnest($rows::INTEGER[])))"
_COUNTS = """
SELECT (SELECT as_of FROM latest) AS as_of, count(*) AS above, count(*) FILTER (band = 'heightened') AS heightened,
       count(*) FILTER (new) AS new, count(*) FILTER (new AND band = 'heightened') AS new_heightened,
       count(*) FILTER (band = 'heightened' AND person NOT IN (SELECT person FROM taken)) AS waiting,
       (SELECT count(*) FROM taken) AS taken, (SELECT count(*) FROM chosen) AS fits,
       list(DISTINCT ward_name ORDER BY ward_name) AS wards, list(DISTINCT area ORDER BY area) AS areas,
       (SELECT count(*) FROM score JOIN latest USING (as_of) WHERE model = $model) AS city,
       (SELECT count(*) FROM score JOIN latest USING (as_of) JOIN visible USING (person) WHERE model = $model) AS here
FROM above
"""
_ROWS = f"""
page AS (
    SELECT * FROM chosen ORDER BY place LIMIT $count
), families AS ({FAMILY_OF.format(people="SELECT person FROM page")}
), open_now AS ({OPEN_SERVICES.format(people="SELECT person FROM page")}
), values AS (
    SELECT v.person, map(list(v.indicator ORDER BY v.indicator), list(v.value ORDER BY v.indicator)) AS known
    FROM indicator_value v JOIN latest l ON v.as_of = l.as_of
    WHERE v.person IN (SELECT person FROM page) AND v.indicator IN (
        SELECT DISTINCT unnest(from_json(reasons, '["VARCHAR"]')) FROM page UNION SELECT unnest($flags::VARCHAR[]))
    GROUP BY v.person
)
SELECT page.*, f.family_name, o.services, o.worker, v.known
FROM page LEFT JOIN families f USING (person) LEFT JOIN open_now o USING (person) LEFT JOIN values v USING (person)
ORDER BY place
"""
_FLAGS = sorted({feature.flag for feature in CATALOGUE.values() if feature.flag})


@dataclass(frozen=True)
class Filters:
    """Who of those above the line is wanted; empty means everybody. ``ages`` is a pair, both included.

    ``kinds``: services open now, or `NOTHING`; ``group``: number of the group of known cases that they are nearest to.
    """

    bands: tuple[str, ...] = BANDS[:2]
    wards: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    sexes: tuple[str, ...] = ()
    ages: tuple[int, int] = (0, 17)
    kinds: tuple[str, ...] = ()
    allocated: str = ANYBODY
    new_only: bool = False
    group: int | None = None


@dataclass(frozen=True)
class Listed:
    """One child of the list. ``moved``: by how many places up or down; ``band_before`` None: not above the line then,
    or not known to the model. ``new``: at this level since the list that is compared with."""

    person: int
    place: int
    name: str
    birth_date: date | None
    sex: str | None
    ward: str | None
    area: str | None
    family: str | None
    band: str
    band_before: str | None
    moved: int | None
    new: bool
    reasons: tuple[str, ...]
    services: tuple[str, ...]
    worker: str | None
    key_worker: str | None
    from_date: date | None
    watched: bool


@dataclass(frozen=True)
class Counts:
    """Figures of the whole list within the scope, and what it can be narrowed by.

    ``above`` the line, of them ``heightened``; ``waiting``: heightened and not allocated; ``taken``: allocated in all;
    ``places``: how many can be taken on, ``told`` whether somebody said so, or it is the area's share of the city's.
    """

    as_of: date | None
    above: int
    heightened: int
    new: int
    new_heightened: int
    waiting: int
    taken: int
    fits: int
    places: int
    told: bool
    wards: tuple[str, ...]
    areas: tuple[str, ...]


@dataclass(frozen=True)
class Ranked:
    """The top of a list as filtered, its counts, and the list that it is compared with."""

    counts: Counts
    since: Since
    children: tuple[Listed, ...]


def ranked(session: Session, model: str, wanted: Filters | None = None, count: int = PAGE) -> Ranked:
    """The first ``count`` children of the reader's scope above the line who fit, highest first.

    Only those are written down as seen with their place. Raises `AccessRefused`, when the model is withheld too.
    """
    compared = since(session, model)
    asked = _asked(session, model, wanted or Filters(), compared)
    told = counts(session, model, wanted, compared)
    query = _query(compared, asked, _ROWS)
    rows = serve(session, Permission.SEE_LIST, query, asked | {"count": count, "flags": _FLAGS}, model=model)
    given = standing(session)
    names, mine = reader_names(session.journal), watched(session.journal, session.reader_id)
    return Ranked(told, compared, tuple(_listed(row, given, names, mine) for row in each(rows)))


def counts(session: Session, model: str, wanted: Filters | None = None, compared: Since | None = None) -> Counts:
    """Figures of the list of ``model``; nobody is shown, and nobody is written down as seen."""
    compared = compared or since(session, model)
    asked = _asked(session, model, wanted or Filters(), compared)
    row = serve(
        session, Permission.COUNT_LIST, _query(compared, asked, _COUNTS), asked, model=model, what="counts"
    ).iloc[0]
    places, told = _places(session, model, int(row["here"]), int(row["city"]))
    return Counts(
        as_date(row["as_of"]),
        int(row["above"]),
        int(row["heightened"]),
        int(row["new"]),
        int(row["new_heightened"]),
        int(row["waiting"]),
        int(row["taken"]),
        int(row["fits"]),
        places,
        told,
        tuple(filter(None, items(row["wards"]))),
        tuple(filter(None, items(row["areas"]))),
    )


def standing(session: Session) -> dict[int, Any]:
    """Allocations that are not closed, by the number that the person has now; of several the latest."""
    rows = [one for one in allocations(session.journal) if one["status"] != "closed"]
    now = now_of(session, (one["person"] for one in rows))
    return {now[one["person"]]: one for one in rows}


def _query(compared: Since, asked: dict[str, Any], rows: str) -> str:
    above = _ABOVE.format(then=compared.then)
    chosen = _CHOSEN.format(open_to=_OPEN_TO if asked["kinds"] else "", like=_LIKE if "rows" in asked else "")
    return f"WITH {_TAKEN}, {above}, {chosen}{'' if rows is _COUNTS else ','}{rows}"


def _asked(session: Session, model: str, wanted: Filters, compared: Since) -> dict[str, Any]:
    given = standing(session)
    asked: dict[str, Any] = {
        "model": model,
        "build": compared.build,
        "today": session.snapshot.today,
        "bands": list(wanted.bands),
        "wards": list(wanted.wards),
        "areas": list(wanted.areas),
        "sexes": list(wanted.sexes),
        "youngest_asked": wanted.ages[0],
        "oldest_asked": wanted.ages[1],
        "kinds": list(wanted.kinds),
        "allocated": wanted.allocated,
        "new_only": wanted.new_only,
        "given": list(given),
        "own": [person for person, one in given.items() if one["key_worker"] == session.reader_id],
    }
    if wanted.group is not None:
        held = space(session, model)
        asked |= {"rows": (held.nearest_group == wanted.group).nonzero()[0].tolist()} | ages_of(model)
    return asked


def grouped(session: Session, model: str) -> Space | None:
    """The learned space of ``model`` where there are groups among its known cases, to narrow its list by."""
    try:
        held = space(session, model)
    except NoSpace:
        return None
    return held if held.groups else None


def _places(session: Session, model: str, here: int, city: int) -> tuple[int, bool]:
    """How many people can be taken on: as a manager said of the reader's team, else this area's share of the city's."""
    who = session.reader
    said = team_places(session.journal)
    if who.team in said:
        return said[who.team], True
    whole = int((session.snapshot.manifest.get("models") or {}).get(model, {}).get("capacity") or 0)
    return (round(whole * here / city) if city else 0), False


def _listed(row: Any, given: dict[int, Any], names: dict[str, str], mine: frozenset[int]) -> Listed:
    person = int(row.person)
    allocation = given.get(person)
    return Listed(
        person,
        int(row.place),
        *who_is(row),
        word(row.area),
        word(row.family_name),
        str(row.band),
        word(row.band_before),
        None if pd.isna(row.rank_before) else int(row.rank_before) - int(row.rank),
        bool(row.new),
        _reasons(row.reasons, row.known),
        service_words(row.services),
        word(row.worker),
        None if allocation is None else names.get(allocation["key_worker"], allocation["key_worker"]),
        None if allocation is None else date.fromisoformat(allocation["from_date"]),
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


def allocate(
    session: Session,
    person: int,
    key_worker: str,
    from_date: date,
    purpose: str,
    due: date | None = None,
    model: str | None = None,
) -> int:
    """Give ``person`` to ``key_worker``, an account or a name, from a day, for a purpose: the allocation's number.

    ``due``: the first follow-up; ``model``: whose list led to it. Raises `AccessRefused`.
    """
    entry = checked_entry(session, Permission.ALLOCATE, [person])
    told = (from_date.isoformat(), purpose.strip(), entry, due.isoformat() if due else None, model)
    return write_allocation(session.journal, person, key_worker.strip(), *told)

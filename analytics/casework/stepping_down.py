"""Step-down: people allocated or watched whose level fell, what fell with it, and what is open that might close.

A lower score is no proof of safety. Records may have gone quiet because nobody looks any more, so what the model no
longer knows is told beside what fell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from analytics.casework.heightened import standing
from analytics.casework.rows import each, who_is, word
from analytics.casework.services import OPEN_SERVICES, service_words
from analytics.casework.tell import as_date
from analytics.casework.watching import watched
from analytics.features.catalogue import CATALOGUE
from data.access.gate import Session, serve
from data.access.roles import Permission, may
from data.journal.accounts import reader_names

_FELL = f"""
WITH latest AS (
    SELECT max(as_of) AS as_of FROM score WHERE model = $model
), own AS (
    SELECT person, as_of, band, CASE band WHEN 'heightened' THEN 2 WHEN 'raised' THEN 1 ELSE 0 END AS level
    FROM score JOIN visible USING (person) WHERE model = $model AND list_contains($people::BIGINT[], person)
), year AS (
    SELECT own.* FROM own, latest WHERE own.as_of < latest.as_of AND own.as_of >= latest.as_of - INTERVAL 12 MONTH
), fell AS (
    SELECT n.person, n.band, n.level, n.as_of, max_by(y.band, y.level) AS band_before,
           max(y.as_of) FILTER (y.level > n.level) AS higher_on
    FROM own n JOIN latest USING (as_of) JOIN year y USING (person)
    GROUP BY ALL HAVING max(y.level) > n.level
), open_now AS ({OPEN_SERVICES.format(people="SELECT person FROM fell")}
)
SELECT f.person, f.as_of, f.band, f.band_before, f.higher_on, p.forename, p.surname, p.birth_date, p.sex,
       w.name AS ward_name, o.services, o.worker
FROM fell f JOIN person p USING (person) LEFT JOIN ward w USING (ward) LEFT JOIN open_now o USING (person)
ORDER BY f.higher_on, f.level, f.person
"""
_VALUES = """
WITH asked AS (SELECT unnest($people::BIGINT[]) AS person, unnest($higher::DATE[]) AS higher_on)
SELECT v.person, v.indicator, v.as_of = a.higher_on AS before, v.value
FROM indicator_value v JOIN asked a USING (person) JOIN visible USING (person)
WHERE (v.as_of = a.higher_on OR v.as_of = $now) AND list_contains($names::VARCHAR[], v.indicator)
ORDER BY ALL
"""
# Whoever fell in one list and is still above the line in another is nobody to step down.
_STILL = """
SELECT s.person, s.band FROM score s JOIN visible USING (person)
WHERE s.model = $model AND s.as_of = (SELECT max(as_of) FROM score WHERE model = $model) AND s.band <> 'lower'
  AND list_contains($people::BIGINT[], s.person) ORDER BY s.person
"""
# What a child's own last year is counted by, of what raises a score.
_COUNTED = tuple(
    one.name
    for one in CATALOGUE.values()
    if one.absent_is_nil and one.scope == "self" and one.direction == "raises" and one.window_days == 365
)
_TOLD = 3
#: A count that went down by less than this share of it has not gone quiet.
_LEAST_SHARE = 0.25


@dataclass(frozen=True)
class Fallen:
    """Somebody whose level is lower than in the year before. ``higher_on``: the last date on which it was higher.

    ``quieter``: what there is less of since; ``unseen``: what the model knew then and knows no more; ``still``: the
    lists in which they are above the line all the same, with the level there.
    """

    person: int
    name: str
    birth_date: date | None
    sex: str | None
    ward: str | None
    band: str
    band_before: str
    as_of: date
    higher_on: date
    services: tuple[str, ...]
    worker: str | None
    key_worker: str | None
    from_date: date | None
    watched: bool
    quieter: tuple[str, ...]
    unseen: tuple[str, ...]
    still: tuple[tuple[str, str], ...] = ()


def stepping_down(session: Session, models: Sequence[str]) -> dict[str, tuple[Fallen, ...]]:
    """By model, whose level fell: those above no line first, longest ago first. Raises `AccessRefused`.

    Each is written down as seen with their score in each list that is told of.
    """
    found = {model: fallen(session, model) for model in models}
    people = sorted({one.person for mine in found.values() for one in mine})
    still: dict[int, list[tuple[str, str]]] = {}
    for model in models if people else ():
        for row in each(serve(session, Permission.SEE_LIST, _STILL, {"model": model, "people": people}, model=model)):
            still.setdefault(int(row.person), []).append((model, str(row.band)))
    told = {
        model: [replace(one, still=tuple(still.get(one.person, ()))) for one in mine] for model, mine in found.items()
    }
    return {model: tuple(sorted(mine, key=lambda one: bool(one.still))) for model, mine in told.items()}


def fallen(session: Session, model: str) -> tuple[Fallen, ...]:
    """Of those allocated within the scope or watched by the reader, whose level by ``model`` fell; longest ago first.

    Each is written down as seen with their score. Raises `AccessRefused`.
    """
    given = standing(session)
    mine = (
        {one.person for one in watched(session, levels=False)} if may(session.reader.role, Permission.WATCH) else set()
    )
    people = sorted(given.keys() | mine)
    asked = {"model": model, "people": people, "today": session.snapshot.today}
    rows = serve(session, Permission.SEE_LIST, _FELL, asked, model=model)
    quieter, unseen = _changes(session, model, rows)
    names = reader_names(session.journal)
    return tuple(_one(row, given, mine, names, quieter, unseen) for row in each(rows))


def _one(
    row: Any,
    given: Mapping[int, Any],
    mine: set[int],
    names: Mapping[str, str],
    quieter: Mapping[int, tuple[str, ...]],
    unseen: Mapping[int, tuple[str, ...]],
) -> Fallen:
    person, allocation = int(row.person), given.get(int(row.person))
    as_of, higher_on = as_date(row.as_of), as_date(row.higher_on)
    assert as_of is not None
    assert higher_on is not None
    return Fallen(
        person,
        *who_is(row),
        str(row.band),
        str(row.band_before),
        as_of,
        higher_on,
        service_words(row.services),
        word(row.worker),
        names.get(allocation["key_worker"], allocation["key_worker"]) if allocation else None,
        date.fromisoformat(allocation["from_date"]) if allocation else None,
        person in mine,
        quieter.get(person, ()),
        unseen.get(person, ()),
    )


def _changes(
    session: Session, model: str, rows: pd.DataFrame
) -> tuple[dict[int, tuple[str, ...]], dict[int, tuple[str, ...]]]:
    """What of each person's own year there is less of than on the day of the higher level, and what is unknown now."""
    if rows.empty:
        return {}, {}
    asked = {
        "people": rows["person"].tolist(),
        "higher": [as_date(day) for day in rows["higher_on"]],
        "now": as_date(rows.iloc[0]["as_of"]),
        "names": list(_COUNTED),
    }
    values = serve(session, Permission.SEE_LIST, _VALUES, asked, model=model)
    known: dict[int, dict[str, list[float]]] = {}
    for row in each(values):
        known.setdefault(int(row.person), {}).setdefault(row.indicator, [0.0, 0.0])[0 if row.before else 1] = row.value
    return {one: _less(was) for one, was in known.items()}, {one: _lost(was) for one, was in known.items()}


def _less(known: Mapping[str, list[float]]) -> tuple[str, ...]:
    """``Times reported missing: 4, then 0``, what fell most in proportion first."""
    fell = [(name, was, now) for name, (was, now) in known.items() if was - now >= max(1.0, _LEAST_SHARE * was)]
    fell.sort(key=lambda one: (-(one[1] - one[2]) / (one[1] + 1), one[0]))
    return tuple(
        f"{CATALOGUE[name].label}: {CATALOGUE[name].figure(was)}, then {CATALOGUE[name].figure(now)}"
        for name, was, now in fell[:_TOLD]
    )


def _lost(known: Mapping[str, list[float]]) -> tuple[str, ...]:
    return tuple(CATALOGUE[name].label for name, (was, now) in sorted(known.items()) if was == was and now != now)[
        :_TOLD
    ]

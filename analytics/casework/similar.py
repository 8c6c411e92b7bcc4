"""Who is like whom: the nearest people to a profile, to a known case or to a person, and what they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.casework.rows import each, full_name, items, word
from analytics.casework.score import covered
from analytics.casework.space import COHORT, Space, SubProfile, Values, ages_of, space
from analytics.casework.weighing import PLAIN, Wishes, near_people, near_profile
from analytics.features.catalogue import CATALOGUE
from analytics.matrix.guard import STANDS_TODAY
from analytics.similarity.compare import Comparison, with_person, with_profile
from data.access.gate import Session, serve
from data.access.roles import Permission

MOST = 20
SEXES = {"F": "girls", "M": "boys"}
NOTHING: frozenset[str] = frozenset()

#: What may have begun within a year of being identified, in the words of a card.
FOLLOWED = {
    "placement": "came into care or moved placement",
    "protection_plan": "child protection plan",
    "in_need": "child in need",
    "mental_health_care": "mental health care",
    "exploitation_service": "exploitation service",
    "early_help": "early help",
    "mentor": "a mentor",
    "youth_justice": "youth justice",
}

_ROWS_OF = f"WITH {COHORT} SELECT person, row FROM cohort WHERE person IN (SELECT unnest($people::BIGINT[]))"
_PEOPLE = f"""
WITH {COHORT}, asked AS (SELECT unnest($rows::INTEGER[]) AS row)
SELECT c.person, c.row, p.forename, p.surname, w.name AS ward, w.area, p.sex,
       date_sub('year', p.birth_date, $today) AS years
FROM asked JOIN cohort c USING (row) JOIN person p USING (person) LEFT JOIN ward w USING (ward)
ORDER BY c.row
"""
_CASES = f"""
WITH chosen AS MATERIALIZED (
    SELECT DISTINCT number, person FROM known_case_value
    WHERE model = $model AND number IN (SELECT unnest($numbers::INTEGER[]))
), found AS MATERIALIZED (
    SELECT number, person, min(identified_on) AS identified_on
    FROM chosen LEFT JOIN (SELECT person, identified_on FROM known_case WHERE profile = $model) USING (person)
    GROUP BY number, person
), happened AS MATERIALIZED (
    SELECT f.number, e.event, e.kind,
           e.occurred_on >= f.identified_on - INTERVAL 12 MONTH AND e.occurred_on < f.identified_on AS before,
           e.occurred_on >= f.identified_on AND e.occurred_on < f.identified_on + INTERVAL 12 MONTH AS after
    FROM found f JOIN event e ON e.person = f.person AND {STANDS_TODAY}
)
SELECT f.person, f.number, p.forename, p.surname, p.sex, w.area, f.identified_on,
       date_sub('year', p.birth_date, f.identified_on) AS years,
       count(h.event) FILTER (h.kind = 'missing' AND h.before) AS missing_before,
       count(h.event) FILTER (h.kind = 'missing' AND h.after) AS missing_after,
       list(DISTINCT h.kind ORDER BY h.kind) FILTER (h.after AND h.kind IN {tuple(FOLLOWED)}) AS followed,
       least(date_diff('month', f.identified_on, $today), 12) AS months_after
FROM found f JOIN person p USING (person) LEFT JOIN ward w USING (ward) LEFT JOIN happened h USING (number)
GROUP BY ALL ORDER BY f.number
"""
_CASE_FACTS = """
WITH chosen AS (SELECT DISTINCT number, person FROM known_case_value WHERE model = $model)
SELECT c.number, p.sex, min(k.identified_on) AS identified_on,
       date_sub('year', p.birth_date, min(k.identified_on)) AS years
FROM chosen c JOIN person p USING (person) JOIN known_case k ON k.person = c.person AND k.profile = $model
GROUP BY c.number, p.sex, p.birth_date ORDER BY c.number
"""


@dataclass(frozen=True)
class Filters:
    """Which people may be listed; empty means everybody. ``ages`` is a pair, both included."""

    ages: tuple[int, int] = (10, 17)
    sexes: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mirror:
    """Two sides held against each other, in sentences, the most telling first."""

    shared: tuple[str, ...]
    only_one: tuple[str, ...]
    only_other: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Neighbour:
    """Somebody near: ``person`` and ``name`` only where the reader may know them; ``similarity`` 0 to 100."""

    row: int
    person: int | None
    name: str | None
    years: int | None
    sex: str | None
    ward: str | None
    area: str | None
    similarity: int
    known_case: bool


@dataclass(frozen=True)
class Case:
    """A known case, without identity outside the reader's right, and what followed within a year."""

    number: int
    person: int | None
    name: str | None
    years: int | None
    sex: str | None
    year: int
    similarity: int
    missing_before: int
    missing_after: int
    months_after: int
    followed: tuple[str, ...]


def row_of(session: Session, model: str, person: int) -> int | None:
    """The row that stands for ``person``, or None where they are not among the children looked at."""
    return rows_of(session, model, [person]).get(person)


def rows_of(session: Session, model: str, people: Sequence[int]) -> dict[int, int]:
    """The rows that stand for those of ``people`` who are among the children looked at. Raises `AccessRefused`."""
    rows = serve(session, Permission.SEE_PERSON, _ROWS_OF, ages_of(model), people=people, what="similar cases")
    return {int(row.person): int(row.row) for row in each(rows)}


def nearest_to_profile(
    session: Session,
    model: str,
    filters: Filters,
    most: int = MOST,
    group: SubProfile | None = None,
    wishes: Wishes = PLAIN,
) -> list[Neighbour]:
    """The people most like the known cases, or like a group of them, who have not been identified themselves."""
    held = space(session, model)
    known = held.facts["known_case"].to_numpy(bool)
    return _listed(session, held, np.where(known, -1.0, near_profile(held, group, wishes)), filters, most)


def nearest_to(
    session: Session,
    model: str,
    one: Values,
    filters: Filters,
    leave_out: int | None = None,
    most: int = MOST,
    wishes: Wishes = PLAIN,
) -> list[Neighbour]:
    """The people nearest to ``one`` float32[m] in the learned space; ``leave_out`` is their own row."""
    held = space(session, model)
    near = near_people(held, one, wishes, leave_out)
    if leave_out is not None:
        near[leave_out] = -1.0
    return _listed(session, held, near, filters, most)


def _listed(session: Session, held: Space, near: NDArray[np.float64], filters: Filters, most: int) -> list[Neighbour]:
    ranked = np.where(_allowed(held.facts, filters), near, -1.0)
    order = np.argsort(-ranked, kind="stable")[:most]
    return neighbours_of(session, held, order[ranked[order] >= 0].tolist(), near)


def neighbours_of(session: Session, held: Space, rows: Sequence[int], near: NDArray[np.float64]) -> list[Neighbour]:
    """Who stands at ``rows``, in that order, with how near each is."""
    query = {"rows": list(rows), "today": session.snapshot.today} | ages_of(held.model)
    found = serve(session, Permission.SEE_SIMILAR, _PEOPLE, query, what="nearest people").set_index("row")
    known = held.facts["known_case"].to_numpy(bool)
    return [_neighbour(row, found.loc[row], near[row], bool(known[row])) for row in rows]


def _allowed(facts: pd.DataFrame, filters: Filters) -> NDArray[np.bool_]:
    low, high = filters.ages
    keep = facts["years"].between(low, high).to_numpy(bool)
    for column, chosen in (("sex", filters.sexes), ("area", filters.areas)):
        if chosen:
            keep = keep & facts[column].isin(list(chosen)).to_numpy(bool)
    return keep


def _neighbour(row: int, one: Any, near: float, known_case: bool) -> Neighbour:
    shown = bool(one["identified"])
    return Neighbour(
        row,
        int(one["person"]) if shown else None,
        full_name(one["forename"], one["surname"]) if shown else None,
        _whole(one["years"]),
        word(one["sex"]),
        word(one["ward"]),
        word(one["area"]),
        round(100 * near),
        known_case,
    )


def case_facts(session: Session, model: str) -> pd.DataFrame:
    """Every known case without anything to tell it by: ``number, sex, identified_on, years`` (of age then)."""
    return serve(session, Permission.SEE_MODELS, _CASE_FACTS, {"model": model}, what="known cases to choose from")


def cases(session: Session, model: str, numbers: list[int], near: NDArray[np.float64] | None = None) -> list[Case]:
    """Known cases by their numbers, with how near each is where ``near`` float64[k] says so."""
    query = {"model": model, "numbers": numbers, "today": session.snapshot.today}
    rows = serve(session, Permission.SEE_SIMILAR, _CASES, query, what="known cases")
    found = [_case(row, 0.0 if near is None else near[row.number]) for row in each(rows)]
    return sorted(found, key=lambda case: (-case.similarity, case.number))


def nearest_cases(
    session: Session,
    model: str,
    near: NDArray[np.float64],
    own: int | None = None,
    most: int = 5,
) -> list[Case]:
    """The known cases of the highest ``near`` float64[k]; ``own`` is the person looked at, who may be one of them."""
    order = [n for n in np.argsort(-near, kind="stable")[: most + 1].tolist() if near[n] >= 0]
    return [case for case in cases(session, model, order, near) if case.person is None or case.person != own][:most]


def _case(row: Any, near: float) -> Case:
    shown = bool(row.identified)
    return Case(
        int(row.number),
        int(row.person) if shown else None,
        full_name(row.forename, row.surname) if shown else None,
        _whole(row.years),
        word(row.sex),
        row.identified_on.year,
        round(100 * near),
        int(row.missing_before),
        int(row.missing_after),
        int(row.months_after),
        tuple(FOLLOWED[kind] for kind in items(row.followed)),
    )


def against_profile(
    held: Space, one: Values, group: SubProfile | None = None, without: frozenset[str] = NOTHING
) -> Mirror:
    """A person's indicators float32[m] against what is typical of the known cases, or of a group of them.

    ``without``: indicators that are not held against each other.
    """
    card = held.card if group is None else held.card_of(group)
    return _mirror(held, one, None, with_profile(one, held.names, card), without)


def against(held: Space, one: Values, other: Values, without: frozenset[str] = NOTHING) -> Mirror:
    """Two people's indicators against each other."""
    return _mirror(held, one, other, with_person(one, other, held.names, held.card), without)


def _mirror(held: Space, one: Values, other: Values | None, found: Comparison, without: frozenset[str]) -> Mirror:
    def kept(names: tuple[str, ...]) -> tuple[str, ...]:
        return _once(tuple(name for name in names if name not in without))

    def told(names: tuple[str, ...], side: Values) -> tuple[str, ...]:
        return tuple(said(held, name, side) for name in kept(names))

    only_other = _typical(held, kept(found.only_other)) if other is None else told(found.only_other, other)
    unknown = tuple(CATALOGUE[name].label for name in kept(found.unknown))
    return Mirror(told(found.shared, one), told(found.only_person, one), only_other, unknown)


def _typical(held: Space, names: tuple[str, ...]) -> tuple[str, ...]:
    """What is common among the known cases, with the figure from which it was counted."""
    rates = [held.card.rate(name) for name in names]
    return tuple(
        f"{CATALOGUE[rate.indicator].said(rate.cut)}, or {'more' if rate.at_least else 'less'}"
        for rate in rates
        if rate and np.isfinite(rate.cut)
    )


def _once(names: tuple[str, ...]) -> tuple[str, ...]:
    """Of several windows of the same thing only the most telling; age and neighbourhood tell nothing here."""
    seen: dict[tuple[object, ...], str] = {}
    for name in names:
        feature = CATALOGUE[name]
        if feature.theme == "Background":
            continue
        seen.setdefault((feature.kinds, feature.scope, feature.aggregate in ("days_since", "trend", "change")), name)
    return tuple(seen.values())


def said(held: Space, name: str, values: Values) -> str:
    """One indicator of one side in words."""
    feature = CATALOGUE[name]
    known = dict(zip(held.names, values.astype(float).tolist(), strict=True))
    return feature.said(known[name], covered(feature, known))


def _whole(value: Any) -> int | None:
    return None if value is None or pd.isna(value) else int(value)

"""Whom another system means: by a number that somebody's records know, or by name and date of birth.

Nobody is guessed at. One person is meant where one alone fits wholly; else those who may be meant are told, for a
person to choose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from analytics.casework.asked import Asked, Born, names_in
from analytics.casework.rows import each, full_name, word
from analytics.casework.search_memory import Memory, memory, with_number
from analytics.casework.search_rank import rank
from analytics.casework.tell import as_date
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.access.successors import present

#: How many who may be meant are told.
MOST = 5
#: From here on a name, a date of birth or a postcode fits wholly.
_NAME, _WHOLE = 0.97, 0.9
#: Whose name fits less than so is not named to another system.
_LEAST = 0.8
_REFERENCE = "reference number"
_WHO = """
SELECT p.person, p.forename, p.surname, p.birth_date, w.name AS ward_name
FROM person p SEMI JOIN visible USING (person) LEFT JOIN ward w USING (ward)
WHERE p.person IN (SELECT unnest($people::BIGINT[])) ORDER BY list_position($people::BIGINT[], p.person)
"""


@dataclass(frozen=True)
class Meant:
    """Somebody as another system names them: by ``person`` (our own number), ``reference``, or name and birth."""

    person: int | None = None
    reference: str = ""
    name: str = ""
    born: date | None = None
    postcode: str = ""


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be meant, and what fits."""

    person: int
    name: str
    born: date | None
    ward: str | None
    fits: tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """``person`` is who is meant, None where that is not certain; ``by``: what fits; ``candidates``, best first."""

    person: int | None
    by: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()


def match(session: Session, every: Sequence[Meant]) -> tuple[Match, ...]:
    """Whom each of ``every`` means. Raises `AccessRefused`."""
    found = [_found(session, one) for one in every]
    if all(_sure(fits) for fits in found):
        return tuple(Match(fits[0].person, fits[0].fits) for fits in found)
    unsure = {fit.person for fits in found if not _sure(fits) for fit in fits}
    rows = serve(session, Permission.MATCH_PEOPLE, _WHO, {"people": sorted(unsure)}, what="who may be meant")
    named = {int(row.person): row for row in each(rows)}
    return tuple(
        Match(fits[0].person, fits[0].fits) if _sure(fits) else Match(None, (), _candidates(fits, named))
        for fits in found
    )


@dataclass(frozen=True)
class _Fit:
    person: int
    fits: tuple[str, ...]
    wholly: bool


def _sure(fits: Sequence[_Fit]) -> bool:
    """Whether one alone fits wholly; he or she stands first."""
    return bool(fits) and fits[0].wholly and not any(fit.wholly for fit in fits[1:])


def _found(session: Session, one: Meant) -> list[_Fit]:
    """Those whom ``one`` may mean, best first."""
    if one.person is not None:
        now = present(session.cursor, [one.person])[one.person]
        return [_Fit(person, ("person",), True) for person in with_number(session.snapshot, person=now)]
    if one.reference:
        people = with_number(session.snapshot, reference=one.reference)[:MOST]
        return [_Fit(person, (_REFERENCE,), True) for person in people]
    return _named(session, one)


def _named(session: Session, one: Meant) -> list[_Fit]:
    born = one.born and Born(one.born.year, one.born.month, one.born.day)
    postcodes = ("".join(one.postcode.upper().split()),) if one.postcode else ()
    asked = Asked(tuple(names_in(one.name))[:8], born or None, None, postcodes)
    if not asked.names:
        return []
    index = memory(session.snapshot)
    same = _letter_for_letter(asked, index)
    if len(same) == 1:
        return [_Fit(int(index.people[same[0]]), ("name", "date of birth"), True)]
    ranked = rank(asked, index, session.snapshot.today)
    found = []
    for at, row in enumerate(ranked.rows[: min(MOST, ranked.near)].tolist()):
        if ranked.name[at] < _LEAST:
            continue
        wholly = ranked.name[at] > _NAME and ranked.facts["birth"][at] > _WHOLE
        found.append(_Fit(int(index.people[row]), ranked.words(at, asked), bool(wholly)))
    there = [fit for fit in found if fit.wholly and "postcode" in fit.fits]
    if len(there) == 1:
        return there
    return sorted(found, key=lambda fit: not fit.wholly)


def _letter_for_letter(asked: Asked, index: Memory) -> list[int]:
    """Rows of those whose records have every part of the name, spelt so, and the date of birth: a look-up."""
    if asked.born is None or len(asked.names) < 2:
        return []
    births, born = index.births, asked.born
    days = np.flatnonzero((births.year == born.year) & (births.month == born.month) & (births.day == born.day))
    rows = {row for day in days.tolist() for row in births.of.of(day)[0].tolist()}
    for name in asked.names:
        number = index.names.number(name)
        if number is None:
            return []
        rows &= set(index.names.rows[index.names.first[number] : index.names.first[number + 1]].tolist())
    return sorted(rows)


def _candidates(fits: Sequence[_Fit], named: dict[int, Any]) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(
            fit.person,
            full_name(named[fit.person].forename, named[fit.person].surname),
            as_date(named[fit.person].birth_date),
            word(named[fit.person].ward_name),
            fit.fits,
        )
        for fit in fits
        if fit.person in named
    )

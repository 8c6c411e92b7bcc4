"""Find a person by whatever is known of them, however it is spelt, within the reader's scope.

The index ranks the whole city; the gate keeps whom the reader may see, and of the others tells only that they fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from analytics.casework.asked import Asked, understand
from analytics.casework.membership import FAMILY_OF
from analytics.casework.rows import each, full_name, items, word
from analytics.casework.search_memory import memory
from analytics.casework.search_rank import Ranked, rank
from analytics.casework.services import OPEN_SERVICES, service_words
from data.access.gate import Session, serve
from data.access.policy import TOLD_OUTSIDE
from data.access.roles import Permission
from data.journal.fingerprint import fingerprints

#: Up to so many people outside the scope each get a card; of more it is only told how many they are.
MOST_OUTSIDE = 5
#: A reference number may be typed without the letters before it, if at least so much is left.
_LEAST_NUMBER = 5

# Numbers decide: where one is somebody's, nobody else is meant. Ranks count from 0; a number's come before them.
_FITTING = """
WITH exactly AS (
    SELECT DISTINCT person FROM search_fact
    WHERE kind = 'number' AND value IN (SELECT unnest($numbers::VARCHAR[]))
), ending AS (
    SELECT DISTINCT person FROM search_fact, (SELECT unnest($endings::VARCHAR[]) AS ending)
    WHERE kind = 'number' AND NOT EXISTS (FROM exactly) AND suffix(value, ending)
), numbered AS (
    SELECT person, -1 AS rank, true AS near FROM (FROM exactly UNION FROM ending)
), fitting AS (
    FROM numbered
    UNION ALL
    SELECT person, rank, rank < $near
    FROM (SELECT unnest($people::BIGINT[]) AS person, unnest(range(len($people::BIGINT[]))) AS rank)
    WHERE NOT EXISTS (FROM numbered)
), inside AS (
    SELECT person, rank, near FROM fitting JOIN visible USING (person) ORDER BY rank, person LIMIT $limit
), outside AS (
    SELECT person, rank FROM fitting ANTI JOIN visible USING (person) WHERE near
)
"""

_CARDS = f"""
{_FITTING}, alias AS (
    SELECT person, list({{'name': written, 'sources': sources}} ORDER BY len(sources) DESC, written) AS aliases
    FROM search_alias WHERE person IN (SELECT person FROM inside) GROUP BY person
), families AS ({FAMILY_OF.format(people="SELECT person FROM inside")}
), services AS ({OPEN_SERVICES.format(people="SELECT person FROM inside")}
)
SELECT i.person, i.rank, i.near, p.forename, p.surname, p.birth_date, p.sex, w.name AS ward_name, f.family_name,
       a.aliases, s.services
FROM inside i JOIN person p USING (person) LEFT JOIN ward w USING (ward)
LEFT JOIN families f USING (person) LEFT JOIN alias a USING (person) LEFT JOIN services s USING (person)
UNION ALL BY NAME
SELECT NULL::BIGINT AS person, o.person AS other, o.rank, w.area
FROM outside o JOIN person p USING (person) LEFT JOIN ward w USING (ward)
WHERE (SELECT count(*) FROM outside) <= {MOST_OUTSIDE}
UNION ALL BY NAME
SELECT NULL::BIGINT AS person, count(*) FILTER (v.person IS NOT NULL AND near) AS total,
       count(*) FILTER (v.person IS NULL AND near) AS outside
FROM fitting LEFT JOIN visible v USING (person)
ORDER BY rank NULLS LAST, person, other
"""

_NAMES = f"""
{_FITTING}
SELECT i.person, p.forename, p.surname, p.birth_date
FROM inside i JOIN person p USING (person) ORDER BY i.rank, i.person
"""


@dataclass(frozen=True)
class Card:
    """One person found: who, where, which family, what is open now, under which other names, and what matched.

    ``near`` is false for somebody who fits less than others do, and is shown because nobody fits wholly.
    """

    person: int
    name: str
    birth_date: date | None
    sex: str | None
    ward: str | None
    family: str | None
    services: tuple[str, ...]
    aliases: tuple[tuple[str, tuple[str, ...]], ...]
    matched: tuple[str, ...]
    near: bool = True


@dataclass(frozen=True)
class Outside:
    """Somebody outside the reader's scope who fits: which of the reader's own facts match, and what policy tells.

    ``person`` is for a request to open the record, and never for a screen.
    """

    person: int
    matched: tuple[str, ...]
    told: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """Cards, best first; how many match within the scope and how many outside it; ``elsewhere`` where they are few."""

    asked: Asked
    cards: tuple[Card, ...]
    total: int = 0
    outside: int = 0
    elsewhere: tuple[Outside, ...] = ()


def search(session: Session, text: str, limit: int = 12) -> Found:
    """People who match ``text``. Raises `AccessRefused`.

    A year of birth, or half a postcode, without anything else finds nobody: it would be a list of the city.
    """
    asked = understand(text)
    if asked.empty or _too_wide(asked):
        return Found(asked, ())
    ranked = rank(asked, memory(session.snapshot), session.snapshot.today)
    rows = serve(session, Permission.SEARCH, _CARDS, _params(session, asked, ranked, limit), told=_told(session, asked))
    counts = rows[rows["total"].notna()].iloc[0]
    return Found(
        asked,
        tuple(_card(row, ranked, asked) for row in each(rows[rows["person"].notna()])),
        int(counts["total"]),
        int(counts["outside"]),
        tuple(_outside(row, ranked, asked) for row in each(rows[rows["other"].notna()])),
    )


def matching(session: Session, text: str, permission: Permission, limit: int) -> pd.DataFrame:
    """The best matches for ``text``, asked for by another right than `search`: ``person, forename, surname`` ..."""
    asked = understand(text)
    nobody = asked.empty or _too_wide(asked)
    ranked = rank(Asked() if nobody else asked, memory(session.snapshot), session.snapshot.today)
    return serve(session, permission, _NAMES, _params(session, asked, ranked, 0 if nobody else limit))


def too_wide(found: Found) -> bool:
    """Whether something was asked that would list half the city."""
    return not found.asked.empty and _too_wide(found.asked)


def _too_wide(asked: Asked) -> bool:
    if asked.names:
        return len(asked.names) == 1 and len(asked.names[0]) == 1
    if asked.numbers or any(len(code) > 4 for code in asked.postcodes):
        return False
    return asked.born is None or not (asked.born.whole or (asked.postcodes and asked.born.year))


def _params(session: Session, asked: Asked, ranked: Ranked, limit: int) -> dict[str, Any]:
    return {
        "people": memory(session.snapshot).people[ranked.rows].tolist(),
        "near": ranked.near,
        "numbers": list(asked.numbers),
        "endings": [number for number in asked.numbers if len(number) >= _LEAST_NUMBER],
        "limit": limit,
        "today": session.snapshot.today,
    }


def _told(session: Session, asked: Asked) -> Any:
    """What the log says of a search: kinds of thing given, their fingerprints, and how many fitted. Never the words."""
    said = {"asked": list(asked.kinds), "words": fingerprints(asked.words, session.snapshot.city["id"])}

    def told(rows: pd.DataFrame) -> dict[str, Any]:
        counts = rows[rows["total"].notna()].iloc[0]
        return said | {"matches": int(counts["total"]), "outside": int(counts["outside"])}

    return told


def _card(row: Any, ranked: Ranked, asked: Asked) -> Card:
    return Card(
        person=int(row.person),
        name=full_name(row.forename, row.surname),
        birth_date=None if pd.isna(row.birth_date) else row.birth_date.date(),
        sex=word(row.sex),
        ward=word(row.ward_name),
        family=word(row.family_name),
        services=service_words(row.services),
        aliases=tuple((alias["name"], tuple(alias["sources"])) for alias in items(row.aliases)),
        matched=_matched(row.rank, ranked, asked),
        near=bool(row.near),
    )


def _outside(row: Any, ranked: Ranked, asked: Asked) -> Outside:
    told = tuple(value for column in TOLD_OUTSIDE if (value := word(getattr(row, column))))
    return Outside(int(row.other), _matched(row.rank, ranked, asked), told)


def _matched(at: float, ranked: Ranked, asked: Asked) -> tuple[str, ...]:
    return ("reference number",) if np.isnan(at) or at < 0 else ranked.words(int(at), asked)

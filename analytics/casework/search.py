"""Find a person by whatever is known of them, however it is spelt, within the reader's scope.

The index ranks the whole city; the gate keeps whom the reader may see, and of the others tells only that they fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from analytics.casework.asked import Asked, understand
from analytics.casework.membership import FAMILY_OF
from analytics.casework.rows import each, items, who_is, word
from analytics.casework.search_memory import memory, numbered
from analytics.casework.search_rank import Ranked, rank
from analytics.casework.services import OPEN_SERVICES, service_words
from data.access.gate import Session, serve
from data.access.policy import TOLD_OUTSIDE
from data.access.roles import Permission
from data.journal.fingerprint import fingerprints

#: Up to so many people outside the scope each get a card; of more it is only told how many they are.
MOST_OUTSIDE = 5

_FITTING = """
WITH fitting AS MATERIALIZED (
    SELECT unnest($people::BIGINT[]) AS person, unnest(range(len($people::BIGINT[]))) AS rank
), mine AS MATERIALIZED (
    FROM visible WHERE person IN (SELECT person FROM fitting)
)
"""

_WHO = f"""
{_FITTING}, seen AS MATERIALIZED (
    SELECT person, rank, rank < $near AS near, m.person IS NOT NULL AS mine
    FROM fitting LEFT JOIN mine m USING (person)
), outside AS (
    SELECT person, rank FROM seen WHERE near AND NOT mine
)
(SELECT person, rank, near FROM seen WHERE mine ORDER BY rank LIMIT $limit)
UNION ALL BY NAME
SELECT NULL::BIGINT AS person, o.person AS other, o.rank, w.area
FROM outside o JOIN person p USING (person) LEFT JOIN ward w USING (ward)
WHERE (SELECT count(*) FROM outside) <= {MOST_OUTSIDE}
UNION ALL BY NAME
SELECT NULL::BIGINT AS person, count(*) FILTER (mine) AS total, count(*) FILTER (NOT mine) AS outside
FROM seen WHERE near
ORDER BY rank NULLS LAST
"""

# Few people of large tables: the list's bounds tell which parts of a table to read, and the list itself which rows.
_THEIRS = "person IN (SELECT unnest($people::BIGINT[])) AND list_contains($people::BIGINT[], person)"
_CARDS = f"""
WITH alias AS (
    SELECT person, list({{'name': written, 'sources': sources}} ORDER BY len(sources) DESC, written) AS aliases
    FROM search_alias WHERE {_THEIRS} GROUP BY person
), families AS ({FAMILY_OF.format(people="SELECT unnest($people::BIGINT[])")}
), services AS ({OPEN_SERVICES.format(people="SELECT unnest($people::BIGINT[])")}
)
SELECT p.person, p.forename, p.surname, p.birth_date, p.sex, w.name AS ward_name, f.family_name, a.aliases, s.services
FROM (FROM person WHERE {_THEIRS}) p SEMI JOIN visible USING (person) LEFT JOIN ward w USING (ward)
LEFT JOIN families f USING (person) LEFT JOIN alias a USING (person) LEFT JOIN services s USING (person)
ORDER BY list_position($people::BIGINT[], p.person)
"""

_NAMES = f"""
{_FITTING}
SELECT person, p.forename, p.surname, p.birth_date
FROM fitting JOIN mine USING (person) JOIN person p USING (person) ORDER BY rank LIMIT $limit
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
    """People who match ``text``, with a card for ``limit`` of them: a screenful. Raises `AccessRefused`.

    A year of birth, or half a postcode, without anything else finds nobody: it would be a list of the city.
    """
    asked = understand(text)
    if asked.empty or _too_wide(asked):
        return Found(asked, ())
    fitting = _fitting(session, asked)
    rows = serve(session, Permission.SEARCH, _WHO, fitting.params(limit), told=_told(session, asked))
    counts, inside = rows[rows["total"].notna()].iloc[0], rows[rows["person"].notna()]
    return Found(
        asked,
        _cards(session, list(each(inside)), fitting) if len(inside) else (),
        int(counts["total"]),
        int(counts["outside"]),
        tuple(_outside(row, fitting) for row in each(rows[rows["other"].notna()])),
    )


def matching(session: Session, text: str, permission: Permission, limit: int) -> pd.DataFrame:
    """The best matches for ``text``, asked for by another right than `search`: ``person, forename, surname`` ..."""
    asked = understand(text)
    fitting = _Fitting(asked, []) if asked.empty or _too_wide(asked) else _fitting(session, asked)
    return serve(session, permission, _NAMES, fitting.params(limit))


def too_wide(found: Found) -> bool:
    """Whether something was asked that would list half the city."""
    return not found.asked.empty and _too_wide(found.asked)


def _too_wide(asked: Asked) -> bool:
    if asked.names:
        return len(asked.names) == 1 and len(asked.names[0]) == 1
    if asked.numbers or any(len(code) > 4 for code in asked.postcodes):
        return False
    return asked.born is None or not (asked.born.whole or (asked.postcodes and asked.born.year))


@dataclass(frozen=True)
class _Fitting:
    """Who fits, best first, wherever they live; ``ranked`` is None where a number of theirs decided."""

    asked: Asked
    people: list[int]
    ranked: Ranked | None = None

    def params(self, limit: int) -> dict[str, Any]:
        near = len(self.people) if self.ranked is None else self.ranked.near
        return {"people": self.people, "near": near, "limit": limit}

    def matched(self, at: float) -> tuple[str, ...]:
        """On what number ``at`` of the list was matched."""
        return ("reference number",) if self.ranked is None else self.ranked.words(int(at), self.asked)


def _fitting(session: Session, asked: Asked) -> _Fitting:
    """Numbers decide: where one is somebody's, nobody else is meant."""
    if people := numbered(session.snapshot, asked.numbers):
        return _Fitting(asked, people)
    index = memory(session.snapshot)
    ranked = rank(asked, index, session.snapshot.today)
    return _Fitting(asked, index.people[ranked.rows].tolist(), ranked)


def _told(session: Session, asked: Asked) -> Any:
    """What the log says of a search: kinds of thing given, their fingerprints, and how many fitted. Never the words."""
    said = {"asked": list(asked.kinds), "words": fingerprints(asked.words, session.snapshot.city["id"])}

    def told(rows: pd.DataFrame) -> dict[str, Any]:
        counts = rows[rows["total"].notna()].iloc[0]
        return said | {"matches": int(counts["total"]), "outside": int(counts["outside"])}

    return told


def _cards(session: Session, inside: list[Any], fitting: _Fitting) -> tuple[Card, ...]:
    """The cards of those who were just served, in their order: one showing, and so one entry in the log."""
    shown = {int(row.person): row for row in inside}
    params = {"people": list(shown), "today": session.snapshot.today}
    rows = serve(session, Permission.SEARCH, _CARDS, params)
    return tuple(_card(row, shown[int(row.person)], fitting) for row in each(rows))


def _card(row: Any, found: Any, fitting: _Fitting) -> Card:
    return Card(
        int(row.person),
        *who_is(row),
        family=word(row.family_name),
        services=service_words(row.services),
        aliases=tuple((alias["name"], tuple(alias["sources"])) for alias in items(row.aliases)),
        matched=fitting.matched(found.rank),
        near=bool(found.near),
    )


def _outside(row: Any, fitting: _Fitting) -> Outside:
    told = tuple(value for column in TOLD_OUTSIDE if (value := word(getattr(row, column))))
    return Outside(int(row.other), fitting.matched(row.rank), told)

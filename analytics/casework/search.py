"""Find a person by whatever is known of them, however it is spelt, within the reader's scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import pandas as pd

from analytics.casework.asked import Asked, Born, understand
from analytics.casework.membership import FAMILY_OF
from analytics.casework.rows import each, full_name, items, word
from analytics.casework.services import OPEN_SERVICES, service_words
from data.access.gate import Session, break_glass, serve
from data.access.reader import AccessRefused
from data.access.roles import Permission
from data.linkage.names import pairs

#: What a nickname is worth beside the name itself.
_NICKNAME = 0.95
#: How many people one request for emergency access may open.
MOST_OPENED = 3

# A spelling is judged against each different token once (some tens of thousands), not against every person; the quick
# measure goes first, because the edit distance takes ten times as long.
_SPELLING = """CASE
    WHEN length(form) = 1 THEN CASE WHEN token[1] = form THEN 0.7 END
    WHEN length(form) >= 3 AND starts_with(token, form) THEN 0.9
    WHEN abs(length(token) - length(form)) > 2 OR jaro_winkler_similarity(token, form) < 0.75 THEN NULL
    WHEN damerau_levenshtein(token, form) = 1
        THEN CASE WHEN length(form) >= 4 THEN 0.92 WHEN length(form) = 3 THEN 0.8 END
    WHEN length(form) >= 6 AND damerau_levenshtein(token, form) = 2 THEN 0.84
    WHEN jaro_winkler_similarity(token, form) >= 0.88 THEN 0.8 * jaro_winkler_similarity(token, form)
    END"""

_RANKED = f"""
WITH form AS (
    SELECT unnest($forms::VARCHAR[]) AS form, unnest($slots::INTEGER[]) AS slot,
           unnest($nicknames::BOOLEAN[]) AS nickname
), alike AS (
    SELECT slot, token, max(likeness) AS likeness
    FROM (
        SELECT slot, token, CASE WHEN nickname THEN {_NICKNAME} ELSE 1.0 END AS likeness
        FROM form JOIN search_token ON token = form
        UNION ALL
        SELECT slot, token, {_SPELLING} AS likeness
        FROM search_token, (SELECT form, slot FROM form WHERE NOT nickname)
    ) WHERE likeness IS NOT NULL GROUP BY slot, token
), hit AS (
    SELECT person, slot, bool_or(kind <> 'place') AS by_name,
           max(likeness * CASE kind WHEN 'place' THEN 0.9 WHEN 'middle' THEN 0.95 ELSE 1 END) AS likeness
    FROM search_name JOIN alike USING (token) GROUP BY person, slot
), named AS (
    SELECT person, sum(likeness) / $words AS name_score
    FROM hit GROUP BY person HAVING count(*) >= $needed AND bool_or(by_name)
), told AS (
    SELECT person, kind, 1.0 AS score FROM search_fact
    WHERE kind = 'number' AND value IN (SELECT unnest($numbers::VARCHAR[]))
    UNION ALL
    SELECT person, kind, 1.0 FROM search_fact
    WHERE kind = 'postcode' AND value IN (SELECT unnest($postcodes::VARCHAR[]))
    UNION ALL
    SELECT person, kind, 0.7 FROM search_fact
    WHERE kind = 'postcode' AND value[:length(value) - 3] IN (SELECT unnest($postcodes::VARCHAR[]))
    UNION ALL
    SELECT person, kind, 1.0 FROM search_fact WHERE kind = 'birth' AND value LIKE $born
    UNION ALL
    SELECT person, kind, 0.6 FROM search_fact JOIN named USING (person)
    WHERE kind = 'birth' AND $whole AND (value = $swapped OR damerau_levenshtein(value, $born) = 1)
), fact AS (
    SELECT person, coalesce(max(score) FILTER (kind = 'number'), 0) AS number,
           coalesce(max(score) FILTER (kind = 'birth'), 0) AS birth,
           coalesce(max(score) FILTER (kind = 'postcode'), 0) AS postcode
    FROM told GROUP BY person
), ranked AS (
    SELECT person, coalesce(name_score, 0) AS name_score, coalesce(number, 0) AS number,
           coalesce(birth, 0) AS birth, coalesce(postcode, 0) AS postcode
    FROM named FULL JOIN fact USING (person)
    WHERE CASE WHEN number > 0 THEN true WHEN $words > 0 THEN name_score IS NOT NULL
          ELSE (birth > 0 OR NOT $asks_born) AND (postcode > 0 OR NOT $asks_place) END
), scored AS (
    SELECT *, name_score + 0.5 * birth + 0.4 * postcode + 2 * number AS score FROM ranked
), near AS (
    SELECT * FROM scored WHERE score >= (SELECT max(score) FROM scored) - $width
), inside AS (
    SELECT n.*, p.birth_date, p.surname, p.forename FROM near n JOIN visible USING (person) JOIN person p USING (person)
    ORDER BY score DESC, birth_date DESC NULLS LAST, surname, forename, person LIMIT $limit
)
SELECT person, name_score, birth, postcode, number, score, birth_date, surname, forename FROM inside
UNION ALL BY NAME
SELECT NULL::BIGINT AS person, count(v.person) AS total, count(*) - count(v.person) AS outside,
       list(n.person ORDER BY n.person) FILTER (v.person IS NULL) AS outside_numbers
FROM near n LEFT JOIN visible v USING (person)
ORDER BY score DESC NULLS LAST, birth_date DESC NULLS LAST, surname, forename, person
"""

_CARDS = f"""
WITH found AS (
    SELECT person FROM visible WHERE person IN (SELECT unnest($found::BIGINT[]))
), alias AS (
    SELECT person, list({{'name': written, 'sources': sources}} ORDER BY len(sources) DESC, written) AS aliases
    FROM search_alias WHERE person IN (SELECT person FROM found) GROUP BY person
), families AS ({FAMILY_OF.format(people="SELECT person FROM found")}
), services AS ({OPEN_SERVICES.format(people="SELECT person FROM found")}
)
SELECT p.person, p.forename, p.surname, p.birth_date, p.sex, w.name AS ward_name, f.family_name, a.aliases, s.services
FROM person p JOIN found USING (person) LEFT JOIN ward w USING (ward)
LEFT JOIN families f USING (person) LEFT JOIN alias a USING (person) LEFT JOIN services s USING (person)
ORDER BY p.person
"""


@dataclass(frozen=True)
class Card:
    """One person found: who, where, which family, what is open now, under which other names, and what matched."""

    person: int
    name: str
    birth_date: date | None
    sex: str | None
    ward: str | None
    family: str | None
    services: tuple[str, ...]
    aliases: tuple[tuple[str, tuple[str, ...]], ...]
    matched: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """Cards, best first; how many match within the scope, and how many outside it, of whom nothing more is told."""

    asked: Asked
    cards: tuple[Card, ...]
    total: int = 0
    outside: int = 0


def search(session: Session, text: str, limit: int = 12, width: float = 0.3) -> Found:
    """People who match ``text``. ``width``: how much less alike than the best one may be. Raises `AccessRefused`.

    A year of birth, or half a postcode, without anything else finds nobody: it would be a list of the city.
    """
    asked = understand(text)
    if asked.empty or _too_wide(asked):
        return Found(asked, ())
    rows = _rows(session, asked, limit, width)
    counts, ranked = rows[rows["person"].isna()].iloc[0], rows[rows["person"].notna()]
    return Found(asked, _cards(session, asked, ranked), int(counts["total"]), int(counts["outside"]))


def _cards(session: Session, asked: Asked, ranked: pd.DataFrame) -> tuple[Card, ...]:
    """Cards in the order of ``ranked``."""
    if ranked.empty:
        return ()
    query = {"found": ranked["person"].astype("int64").tolist(), "today": session.snapshot.today}
    details = {row.person: row for row in each(serve(session, Permission.SEARCH, _CARDS, query))}
    return tuple(_card(details[int(row.person)], row, asked) for row in each(ranked))


def open_outside(session: Session, text: str, reason: str, hours: int) -> str:
    """Break the glass for whoever matches ``text`` outside the scope: three people at most. Returns until when.

    Their numbers stay here; the reader sees them only by searching again, which is recorded. Raises `AccessRefused`.
    """
    rows = _rows(session, understand(text), limit=1, width=0.3)
    outside = items(rows[rows["person"].isna()].iloc[0]["outside_numbers"])
    if not 0 < len(outside) <= MOST_OPENED:
        raise AccessRefused(f"Say more about the person first: emergency access opens {MOST_OPENED} people at most.")
    return [break_glass(session, reason, person=int(person), hours=hours) for person in outside][-1]


def matching(session: Session, text: str, permission: Permission, limit: int) -> pd.DataFrame:
    """The best matches for ``text``, asked for by another right than `search`: ``person, forename, surname`` ..."""
    asked = understand(text)
    rows = _rows(session, asked, 0 if asked.empty or _too_wide(asked) else limit, 0.3, permission)
    return rows[rows["person"].notna()]


def _rows(
    session: Session, asked: Asked, limit: int, width: float, permission: Permission = Permission.SEARCH
) -> pd.DataFrame:
    return serve(session, permission, _RANKED, _params(asked) | {"limit": limit, "width": width})


def too_wide(found: Found) -> bool:
    """Whether something was asked that would list half the city."""
    return not found.asked.empty and _too_wide(found.asked)


def _too_wide(asked: Asked) -> bool:
    if asked.names:
        return len(asked.names) == 1 and len(asked.names[0]) == 1
    if asked.numbers or any(len(code) > 4 for code in asked.postcodes):
        return False
    return asked.born is None or not (asked.born.whole or (asked.postcodes and asked.born.year))


def _params(asked: Asked) -> dict[str, Any]:
    forms = [form for slot, word in enumerate(asked.names) for form in _forms(slot, word)]
    words, born = len(asked.names), asked.born or Born()
    return {
        "forms": [form for form, _, _ in forms],
        "slots": [slot for _, slot, _ in forms],
        "nicknames": [nickname for _, _, nickname in forms],
        "words": words,
        # Of three names or more one may be wrong or unrecorded (a middle name, a place).
        "needed": max(words if words <= 2 else words - 1, 1),
        "born": _pattern(born) if asked.born else "",
        "swapped": _pattern(Born(born.year, born.day, born.month)) if born.whole else "",
        "whole": born.whole,
        "postcodes": list(asked.postcodes),
        "numbers": list(asked.numbers),
        "asks_born": asked.born is not None,
        "asks_place": bool(asked.postcodes),
    }


def _forms(slot: int, word: str) -> list[tuple[str, int, bool]]:
    return [(word, slot, False), *((other, slot, True) for other in sorted(_nicknames().get(word, set()) - {word}))]


@cache
def _nicknames() -> dict[str, set[str]]:
    groups: dict[str, set[str]] = {}
    for name, group in pairs():
        groups.setdefault(group, set()).add(name)
    same: dict[str, set[str]] = {}
    for name, group in pairs():
        same.setdefault(name, set()).update(groups[group])
    return same


def _pattern(born: Born) -> str:
    year = "____" if born.year is None else f"{born.year:04d}"
    month, day = ("__" if part is None else f"{part:02d}" for part in (born.month, born.day))
    return f"{year}-{month}-{day}"


def _card(row: Any, score: Any, asked: Asked) -> Card:
    return Card(
        person=int(row.person),
        name=full_name(row.forename, row.surname),
        birth_date=None if pd.isna(row.birth_date) else row.birth_date.date(),
        sex=word(row.sex),
        ward=word(row.ward_name),
        family=word(row.family_name),
        services=service_words(row.services),
        aliases=tuple((alias["name"], tuple(alias["sources"])) for alias in items(row.aliases)),
        matched=_matched(score, asked),
    )


def _matched(row: Any, asked: Asked) -> tuple[str, ...]:
    exact = "name" if row.name_score > 0.99 else "a name much like it"
    born = asked.born or Born()
    date_words = (
        "date of birth"
        if born.whole
        else "year of birth"
        if born.year and not born.month
        else "part of the date of birth"
    )
    said = [
        (asked.names and row.name_score > 0, exact),
        (row.birth == 1, date_words),
        (0 < row.birth < 1, "nearly the date of birth"),
        (row.postcode > 0, "postcode"),
        (row.number > 0, "reference number"),
    ]
    return tuple(words for holds, words in said if holds)

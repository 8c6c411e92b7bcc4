"""A family as whoever works with one of its members may read it: who is in it, where they lived, what touches them.

A family is opened from a person within the reader's scope. Everybody in it is consulted, which the log says of each.
Who is outside the scope keeps their place and dates in it and no more; kin of the person are named all the same, as on
the person's own page.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analytics.casework.kin import KIN, tie_words
from analytics.casework.rows import each, full_name, items
from analytics.casework.services import NOT_A_GLIMPSE, OPEN_SERVICES, service_words
from analytics.matrix.guard import KNOWN_TODAY, STANDS_TODAY, ended_today
from data.access.gate import Session, serve
from data.access.roles import Permission

OUTSIDE = "Somebody outside your area"
#: A stay shorter than this says more of how addresses are kept than of where somebody lived.
SHORTEST_STAY = 60

_FAMILIES = """
SELECT m.family AS number, f.name AS called, max(w.name) AS ward_name, bool_or(m."to" IS NULL) AS standing,
       min(m."from") AS since
FROM family_member m JOIN family f USING (family) LEFT JOIN ward w ON w.ward = f.ward
WHERE m.person = $person GROUP BY m.family, f.name, m.role
ORDER BY standing DESC, m.role DESC, since DESC NULLS LAST, number
"""

#: ``listed`` (person, number, role, since, until): the members of one family, adults first, told apart by a number.
LISTED = """
listed AS (
    SELECT m.person, min(m.role) AS role, min(m."from") AS since,
           CASE WHEN count(*) = count(m."to") THEN max(m."to") END AS until,
           row_number() OVER (ORDER BY min(m.role), min(p.birth_date) NULLS LAST, m.person) AS number
    FROM family_member m JOIN person p USING (person)
    WHERE m.family = $chosen AND coalesce(m."from", p.birth_date, DATE '1900-01-01') < $today
      AND EXISTS (SELECT 1 FROM family_member own WHERE own.family = $chosen AND own.person = $about)
    GROUP BY m.person
)"""

# Of several ties the nearest counts, one that a source states before one put together.
_TIE = f"""
tie AS (
    SELECT other, kind, min("from") AS tied_since, bool_and(source = 'derived') AS likely, max(manner) AS manner
    FROM relationship r
    WHERE r.person = $about AND kind IN {KIN} AND {KNOWN_TODAY} AND other IN (SELECT person FROM listed)
    GROUP BY other, kind
    QUALIFY row_number() OVER (PARTITION BY other ORDER BY list_position({list(KIN)}, kind)) = 1
)"""

_MEMBERS = f"""
WITH {LISTED}, {_TIE},
placed AS (
    SELECT person, min(occurred_on) AS placed_since FROM event
    WHERE person IN (SELECT person FROM listed) AND kind = 'placement' AND {STANDS_TODAY} AND occurred_on < $today
      AND (ended_on IS NULL OR ended_on >= $today) AND NOT coalesce(starts_with(upper(detail), 'P'), false)
    GROUP BY person
), held AS (
    SELECT person, max_by(detail, (occurred_on, event)) AS worker FROM event
    WHERE person IN (SELECT person FROM listed) AND kind = 'worker' AND {STANDS_TODAY} AND occurred_on < $today
      AND (ended_on IS NULL OR ended_on >= $today) AND {NOT_A_GLIMPSE}
    GROUP BY person
), dwells AS (
    SELECT person, uprn FROM home_stay
    WHERE {KNOWN_TODAY} AND ("to" IS NULL OR "to" >= $today OR end_known_on >= $today)
      AND person IN (SELECT person FROM listed)
), here AS (
    SELECT DISTINCT a.person FROM dwells a JOIN dwells b ON b.uprn = a.uprn AND b.person = $about
)
SELECT l.number, l.person, p.forename, p.surname, p.birth_date, p.sex, p.death_date, l.role, l.since, l.until,
       w.name AS ward, t.kind, t.manner, t.likely, s.services, held.worker, placed.placed_since,
       here.person IS NOT NULL AS lives_with, l.person = $about AS chosen
FROM listed l JOIN person p USING (person) LEFT JOIN ward w ON w.ward = p.ward LEFT JOIN tie t ON t.other = l.person
LEFT JOIN ({OPEN_SERVICES.format(people="SELECT person FROM listed")}) s ON s.person = l.person
LEFT JOIN placed ON placed.person = l.person LEFT JOIN held ON held.person = l.person
LEFT JOIN here ON here.person = l.person
ORDER BY l.number
"""

_NAMED = f"""
WITH {LISTED.replace("$about", "$person")}, {_TIE.replace("$about", "$person")}
SELECT $person AS person, l.number, t.other, p.forename AS other_forename, p.surname AS other_surname,
       p.birth_date AS other_birth_date, p.sex AS other_sex
FROM tie t JOIN listed l ON l.person = t.other JOIN person p ON p.person = t.other ORDER BY l.number
"""

# The same home of two members has the same number. Placements are told apart: their carers are no family.
_HOMES = f"""
WITH {LISTED}, stay AS (
    SELECT l.number, h.person, h.uprn, h."from" AS since,
           {ended_today("h")} AS until
    FROM home_stay h JOIN listed l USING (person)
    WHERE NOT h.crowded AND h.{KNOWN_TODAY} AND h."from" < $today
), long AS (
    SELECT * FROM stay WHERE coalesce(until, $today::DATE) - since >= {SHORTEST_STAY} OR until IS NULL
), home AS (
    SELECT uprn, row_number() OVER (ORDER BY min(since), uprn) AS home, count(DISTINCT person) AS people
    FROM long GROUP BY uprn
), place AS (
    SELECT uprn, min(postcode) AS postcode FROM person_record WHERE uprn IN (SELECT uprn FROM home) GROUP BY uprn
)
SELECT l.number, l.person, 'home' AS kind, h.home, h.people, p.postcode, l.since, l.until
FROM long l JOIN home h USING (uprn) LEFT JOIN place p USING (uprn)
UNION ALL
SELECT l.number, e.person, 'placement', NULL, NULL, NULL, occurred_on,
       CASE WHEN ended_on < $today THEN ended_on END
FROM event e JOIN listed l USING (person)
WHERE e.kind = 'placement' AND {STANDS_TODAY} AND occurred_on < $today
  AND NOT coalesce(starts_with(upper(detail), 'P'), false)
ORDER BY number, kind, since, until
"""

# Who is kin to whom among the members, once a pair, the elder generation first.
_TIES = f"""
WITH {LISTED}
SELECT a.person, a.number, b.number AS with_number, r.kind, max(r.manner) AS manner,
       bool_and(r.source = 'derived') AS likely, min(r."from") AS since,
       CASE WHEN bool_and({ended_today("r")} IS NOT NULL) THEN max(r."to") END AS until
FROM relationship r JOIN listed a ON a.person = r.person JOIN listed b ON b.person = r.other
WHERE r.kind IN ('child', 'partner', 'sibling') AND r.{KNOWN_TODAY} AND (r.kind = 'child' OR a.number < b.number)
GROUP BY ALL ORDER BY ALL
"""


def families(session: Session, person: int) -> pd.DataFrame:
    """The families of ``person``, the one that stands first: ``number, called, ward_name, standing, since``."""
    return serve(session, Permission.SEE_PERSON, _FAMILIES, people=[person], what="families")


def members(session: Session, person: int, family: int) -> pd.DataFrame:
    """Everybody in ``family``, one row each in order of ``number``; ``person`` is null outside the reader's scope.

    ``name, tie`` (to ``person``, in words), ``born, sex, died, role, since, until, ward, lives_with, chosen, services``
    (in words), ``worker, placed_since, identified``.
    """
    asked = _asked(session, person, family)
    rows = serve(session, Permission.SEE_FAMILY, _MEMBERS, asked, what="family")
    kin = serve(session, Permission.SEE_PERSON, _NAMED, asked, people=[person], what="family").set_index("number")
    rows = _named(rows, kin)
    hidden = ~rows["identified"]
    rows["services"] = [
        "" if out else ", ".join(service_words(items(kinds)))
        for out, kinds in zip(hidden, rows["services"], strict=True)
    ]
    rows.loc[hidden, ["worker", "placed_since"]] = None
    rows["tie"] = [
        "" if me else tie_words(kind, manner, sex, likely)
        for me, kind, manner, sex, likely in zip(
            rows["chosen"], rows["kind"], rows["manner"], rows["sex"], rows["likely"], strict=True
        )
    ]
    return rows


def _named(rows: pd.DataFrame, kin: pd.DataFrame) -> pd.DataFrame:
    """Names and birth dates: of those within the scope, and of the person's kin."""
    out = rows.copy()
    names, born = [], []
    for row in each(rows):
        told = kin.loc[row.number] if row.number in kin.index else None
        if row.identified:
            names.append(full_name(row.forename, row.surname))
            born.append(row.birth_date)
        else:
            names.append(full_name(told["other_forename"], told["other_surname"]) if told is not None else OUTSIDE)
            born.append(told["other_birth_date"] if told is not None else None)
    out["name"], out["born"] = names, pd.to_datetime(pd.Series(born, index=out.index, dtype="object"))
    out["died"] = pd.to_datetime(out["death_date"].where(out["identified"]))
    for column in ("since", "until", "placed_since"):
        out[column] = pd.to_datetime(out[column])
    return out.drop(columns=["forename", "surname", "birth_date", "death_date"])


def homes(session: Session, person: int, family: int) -> pd.DataFrame:
    """Where members lived when: ``number`` (of the member), ``kind`` (home, placement), ``home`` (its number),
    ``postcode, people`` (members who ever lived there), ``since, until``; nothing of those outside the scope.
    """
    rows = serve(session, Permission.SEE_FAMILY, _HOMES, _asked(session, person, family), what="family")
    rows = rows[rows["identified"]].drop(columns=["person", "identified"])
    return rows.assign(since=pd.to_datetime(rows["since"]), until=pd.to_datetime(rows["until"]))


def ties(session: Session, person: int, family: int) -> pd.DataFrame:
    """Who is what to whom in the family, by their numbers: ``number, with_number, kind, manner, likely, since, until``.

    ``kind`` is what the second is to the first: child, partner, sibling.
    """
    rows = serve(session, Permission.SEE_FAMILY, _TIES, _asked(session, person, family), what="family")
    rows = rows.drop(columns=["person", "identified"])
    return rows.assign(since=pd.to_datetime(rows["since"]), until=pd.to_datetime(rows["until"]))


def _asked(session: Session, person: int, family: int) -> dict[str, Any]:
    return {"about": person, "chosen": family, "today": session.snapshot.today}

"""Family and friends: who is what to a person, what touches the child through them, and who may be named."""

from __future__ import annotations

import pandas as pd

from analytics.casework.rows import full_name
from analytics.casework.services import OPEN_SERVICES, service_words
from analytics.matrix.guard import KNOWN_TODAY
from data.access.gate import Session, consult, serve
from data.access.roles import Permission

#: Family, whom whoever works with the child needs to know; everybody else is named only within the reader's own scope.
KIN = ("parent", "child", "sibling", "partner", "household")
COMPANY = ("associate", "co_missing", "co_offending")
TIES = {
    "parent": "parent",
    "child": "child",
    "sibling": "brother or sister",
    "partner": "partner",
    "household": "same household",
    "associate": "associate",
    "co_missing": "reported missing together",
    "co_offending": "suspected together",
}

_KIN = f"""
WITH tie AS (
    SELECT other, kind, min("from") AS since,
           CASE WHEN bool_or("to" IS NULL OR "to" >= $today OR end_known_on >= $today) THEN NULL
                ELSE max("to") END AS until,
           list(DISTINCT source ORDER BY source) AS sources, max(manner) AS manner
    FROM relationship
    WHERE person = $person AND kind IN {KIN} AND {KNOWN_TODAY}
    GROUP BY other, kind
)
SELECT $person AS person, t.other, t.kind, t.since, t.until, t.sources, t.manner,
       p.forename AS other_forename, p.surname AS other_surname, p.birth_date AS other_birth_date, p.sex AS other_sex,
       p.death_date AS other_death_date, w.name AS ward_name, s.services,
       p.ward IS NOT DISTINCT FROM me.ward AND p.uprn IS NOT DISTINCT FROM me.uprn AS lives_with
FROM tie t JOIN person p ON p.person = t.other JOIN person me ON me.person = $person
LEFT JOIN ward w ON w.ward = p.ward
LEFT JOIN ({OPEN_SERVICES.format(people="SELECT other FROM tie")}) s ON s.person = t.other
ORDER BY other_birth_date NULLS LAST, t.other
"""

_ASSOCIATES = f"""
WITH tie AS (
    SELECT other, list(DISTINCT kind ORDER BY kind) AS kinds, count(*) AS times,
           min("from") AS since, max("from") AS latest, list(DISTINCT "from" ORDER BY "from" DESC) AS days
    FROM relationship
    WHERE person = $about AND kind IN {COMPANY} AND {KNOWN_TODAY}
      AND other NOT IN (SELECT other FROM relationship WHERE person = $about AND kind IN {KIN})
    GROUP BY other
)
SELECT p.person, p.forename, p.surname, t.kinds, t.times, t.since, t.latest, t.days,
       date_sub('year', p.birth_date, $today) AS years, p.sex, w.area,
       EXISTS (SELECT 1 FROM known_case k WHERE k.person = p.person AND k.{KNOWN_TODAY}) AS known_case
FROM tie t JOIN person p ON p.person = t.other LEFT JOIN ward w USING (ward)
ORDER BY t.latest DESC, p.person
"""


def family(session: Session, person: int) -> pd.DataFrame:
    """Family, one row a person: ``other, name, kind, tie`` (in words), ``born, sex, died, ward, since, until`` ...

    A person who is kin and in the household is one row with the kinship.
    """
    query = {"today": session.snapshot.today}
    rows = serve(session, Permission.SEE_PERSON, _KIN, query, people=[person], what="family")
    rows["rank"] = rows["kind"].map(KIN.index)
    rows = rows.sort_values(["rank", "other_birth_date", "other"], na_position="last")
    rows = rows.drop_duplicates("other", ignore_index=True)
    named = [full_name(a, b) for a, b in zip(rows["other_forename"], rows["other_surname"], strict=True)]
    return pd.DataFrame(
        {
            "other": rows["other"],
            "name": named,
            "kind": rows["kind"],
            "tie": [
                tie_words(kind, manner, sex, set(sources) == {"derived"})
                for kind, manner, sex, sources in zip(
                    rows["kind"], rows["manner"], rows["other_sex"], rows["sources"], strict=True
                )
            ],
            "born": pd.to_datetime(rows["other_birth_date"]),
            "sex": rows["other_sex"],
            "died": pd.to_datetime(rows["other_death_date"]),
            "ward": rows["ward_name"],
            "since": pd.to_datetime(rows["since"]),
            "until": pd.to_datetime(rows["until"]),
            "lives_with": rows["lives_with"].fillna(False).astype(bool),
            "services": [", ".join(service_words(kinds)) for kinds in rows["services"]],
        }
    )


def associates(session: Session, person: int) -> pd.DataFrame:
    """People seen with ``person``: ``tie, times, since, latest, days`` (a list), ``years, sex, area, known_case``.

    ``person`` and ``name`` only within the reader's scope.
    """
    # Whoever may not see the person is told nothing of whom they were seen with.
    consult(session, Permission.SEE_PERSON, lambda _: None, people=[person], what="family")
    query = {"today": session.snapshot.today, "about": person}
    rows = serve(session, Permission.SEE_SIMILAR, _ASSOCIATES, query, what="people seen with someone")
    rows["name"] = [
        full_name(a, b) if shown else "somebody outside your area"
        for a, b, shown in zip(rows["forename"], rows["surname"], rows["identified"], strict=True)
    ]
    rows["tie"] = [", ".join(TIES[kind] for kind in kinds) for kinds in rows["kinds"]]
    return rows.drop(columns=["forename", "surname", "kinds"])


_WORDS = {
    ("parent", "F"): "mother",
    ("parent", "M"): "father",
    ("child", "F"): "daughter",
    ("child", "M"): "son",
    ("sibling", "F"): "sister",
    ("sibling", "M"): "brother",
}


def tie_words(kind: object, manner: object, sex: object, derived: object) -> str:
    """A tie in words: *half-brother*, *stepfather*, *likely mother* where it was put together and no source says so."""
    if not isinstance(kind, str) or kind == "household":
        return "in the same placement" if manner == "placement" else TIES["household"]
    word = _WORDS.get((kind, str(sex)), TIES[kind])
    if manner == "step":
        return " or ".join(f"step{part}" for part in word.split(" or "))
    if manner == "half":
        return " or ".join(f"half-{part}" for part in word.split(" or "))
    return f"likely {word}" if derived is True and kind in ("parent", "child") else word

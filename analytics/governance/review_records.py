"""What agencies wrote down of two people, side by side: each field, who says it, and whether the two agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pandas as pd

from analytics.casework.rows import each, full_name, word
from analytics.casework.tell import as_date, source_label
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.codes import ETHNICITY
from data.linkage.names import placeholders

Agreement = Literal["same", "partly", "differ", "one"]

#: What is compared: the column, its name on screen.
FIELDS = {
    "forename": "Forename", "middle_names": "Middle names", "surname": "Surname", "former_surname": "Former surname",
    "birth_date": "Date of birth", "sex": "Sex", "ethnicity": "Ethnicity", "postcode": "Postcodes",
    "address": "Addresses", "uprn": "Properties", "nhs_number": "NHS number", "upn": "Pupil number",
    "ni_number": "NI number",
}  # fmt: skip
SEXES = {"F": "female", "M": "male"}

_RECORDS = f"""
SELECT l.person, r.client, r.source, r.local_id, {", ".join(f"r.{field}" for field in FIELDS)}, r.seen_from, r.seen_to,
       l.how, l.probability
FROM person_record r JOIN person_link l USING (client) JOIN visible v ON v.person = l.person
WHERE l.person IN (SELECT unnest($about::BIGINT[]))
ORDER BY l.person, r.seen_to DESC NULLS FIRST, r.source, r.client, r.record
"""

_FAMILY = """
WITH home AS (
    SELECT person AS subject, max_by(family, ("to" IS NULL, "from", family)) AS family FROM family_member
    WHERE person IN (SELECT unnest($about::BIGINT[])) GROUP BY person
), member AS (
    SELECT subject, family, m.person, min(m.role) AS role, bool_or(m."to" IS NULL) AS still
    FROM home JOIN family_member m USING (family) WHERE m.person <> subject GROUP BY ALL
)
SELECT m.person, m.subject, f.name AS family_name, p.forename, p.surname, p.birth_date, p.sex, m.role, m.still
FROM member m JOIN family f USING (family) JOIN person p USING (person) JOIN visible v USING (person)
ORDER BY m.subject, p.birth_date NULLS LAST, m.person
"""


#: Each value (a day stays a day) with the sources that give it.
Values = tuple[tuple[str | date, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Row:
    """One field of two sides, and how far the two agree."""

    label: str
    left: Values
    right: Values
    agreement: Agreement


@dataclass(frozen=True)
class Client:
    """One agency's records of one of its clients, for a list of what a person is made of."""

    client: int
    agencies: str
    number: str
    names: str
    born: tuple[date, ...]
    homes: str
    seen_to: date | None
    how: str
    probability: float


@dataclass(frozen=True)
class Relative:
    """Somebody of the same family."""

    name: str
    birth_date: date | None
    sex: str | None
    role: str
    still: bool


def records(session: Session, people: Iterable[int]) -> pd.DataFrame:
    """Every record of these people, whoever of them the reader may see; recorded for each."""
    return serve(session, Permission.REVIEW_LINKS, _RECORDS, {"about": sorted(set(people))}, what="records compared")


def compare(left: pd.DataFrame, right: pd.DataFrame) -> list[Row]:
    """The fields of two sets of records; those that neither gives are left out."""
    sides = [(label, _values(left, field), _values(right, field)) for field, label in FIELDS.items()]
    return [Row(label, _told(one), _told(two), _agreement(one, two)) for label, one, two in sides if one or two]


def clients(rows: pd.DataFrame) -> list[Client]:
    """The clients among ``rows`` (from `records`), as they come."""
    return [_client(found) for _, found in rows.groupby("client", sort=False)]


def relatives(session: Session, people: Iterable[int]) -> dict[int, tuple[str, list[Relative]]]:
    """By person: the family's name and its other members within the reader's scope; recorded for each of them."""
    about = {"about": sorted(set(people))}
    rows = serve(session, Permission.REVIEW_LINKS, _FAMILY, about, what="families compared")
    return {
        int(found["subject"].iloc[0]): (str(found["family_name"].iloc[0]), [_relative(row) for row in each(found)])
        for _, found in rows.groupby("subject")
    }


def twins(born: Iterable[date | None], family: Sequence[Relative]) -> list[Relative]:
    """Those of a family who were born on one of these days: the twin whom the other record may be of."""
    days = {day for day in born if day is not None}
    return [one for one in family if one.birth_date in days]


def born(rows: pd.DataFrame) -> list[date]:
    """Every birth date among ``rows``."""
    return sorted({day for value in rows["birth_date"] if (day := as_date(value)) is not None})


def _values(rows: pd.DataFrame, field: str) -> dict[str | date, list[str]]:
    """Each value as it is shown -> the agencies that give it, in the order of the rows."""
    found: dict[str | date, list[str]] = {}
    for value, source in zip(rows[field], rows["source"], strict=True):
        if not pd.isna(value):
            found.setdefault(_shown(field, value), []).append(source_label(source))
    return found


def _shown(field: str, value: Any) -> str | date:
    if field == "birth_date":
        return pd.Timestamp(value).date()
    if field == "uprn":
        return str(int(value))
    labels = {"sex": SEXES, "ethnicity": ETHNICITY.labels}.get(field, {})
    return str(labels.get(str(value), value))


def _told(values: dict[str | date, list[str]]) -> Values:
    return tuple((value, tuple(dict.fromkeys(agencies))) for value, agencies in values.items())


def _agreement(left: Iterable[str | date], right: Iterable[str | date]) -> Agreement:
    # "Unborn" and "Baby" are nobody's name: that two records say so does not make them agree.
    nobody = set(placeholders())
    one, two = ({word for value in side if (word := str(value).casefold()) not in nobody} for side in (left, right))
    if not one or not two:
        return "one"
    if one == two:
        return "same"
    return "partly" if one & two else "differ"


def _client(rows: pd.DataFrame) -> Client:
    named = rows[rows["forename"].notna() | rows["surname"].notna()]
    names = [full_name(row.forename, row.surname) for row in each(named if len(named) else rows)]
    seen = [None if pd.isna(value) else as_date(value) for value in rows["seen_to"]]
    return Client(
        int(rows["client"].iloc[0]),
        _joined(source_label(source) for source in rows["source"]),
        _joined(rows["local_id"]),
        _joined(names),
        tuple(born(rows)),
        _joined(rows["postcode"]),
        max((day for day in seen if day is not None), default=None),
        str(rows["how"].iloc[0]),
        float(rows["probability"].iloc[0]),
    )


def _joined(values: Iterable[Any]) -> str:
    return ", ".join(dict.fromkeys(str(value) for value in values if not pd.isna(value)))


def _relative(row: Any) -> Relative:
    name = full_name(row.forename, row.surname)
    return Relative(name, as_date(row.birth_date), word(row.sex), str(row.role), bool(row.still))

"""Columns that the plain CSV and Parquet contracts share: how an agency writes down a person."""

from __future__ import annotations

from data.codes import ETHNICITY, SEX
from data.schema import Column, Kind, Who, code, date, identifier, text

_FIELDS: dict[str, Column] = {
    "forename": text("forename", "Forename"),
    "middle_names": text("middle_names", "Middle names"),
    "surname": text("surname", "Surname"),
    "former_surname": text("former_surname", "Former surname"),
    "birth_date": date("birth_date", "Date of birth"),
    "sex": code("sex", "Sex", SEX),
    "ethnicity": code("ethnicity", "Ethnicity", ETHNICITY),
    "postcode": identifier("postcode", "Postcode", Kind.POSTCODE),
    "uprn": identifier("uprn", "Property number", Kind.UPRN),
    "address": text("address", "Address"),
    "nhs_number": identifier("nhs_number", "NHS number", Kind.NHS),
    "upn": identifier("upn", "Unique pupil number", Kind.UPN),
    "ni_number": identifier("ni_number", "National insurance number", Kind.NI),
}


def person(local_id: str, label: str, *fields: str) -> tuple[Column, ...]:
    """The agency's own number, then the identity fields named."""
    return (text(local_id, label), *(_FIELDS[field] for field in fields))


def who(local_id: str, *fields: str, **more: str) -> Who:
    """Where ``person`` put them; ``more`` maps other identity fields (``seen_from``) to columns."""
    return Who({"local_id": local_id} | {field: field for field in fields} | more)


NAME = ("forename", "surname", "birth_date", "sex")
HOME = ("postcode", "uprn")

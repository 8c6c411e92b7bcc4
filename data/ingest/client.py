"""Who a row speaks of: the number by which an agency knows a person, and the client that stands for it."""

from __future__ import annotations

from data.ingest.sql import literal

#: What tells apart people to whom an agency gave no number, in this order.
TOLD_BY = (
    "forename", "middle_names", "surname", "former_surname", "full_name", "birth_date", "sex", "ethnicity", "postcode",
    "uprn", "address", "nhs_number", "upn", "ni_number",
)  # fmt: skip
_NAMES = ("forename", "surname", "full_name")
_PLACES = ("birth_date", "postcode", "uprn", "address")
_NUMBERS = ("nhs_number", "upn", "ni_number")


def client(numbering: str, local_id: str) -> str:
    """SQL of the client: 63 bits of the MD5 of whose numbers they are and the number. Null where ``local_id`` is."""
    return f"(md5_number_lower({literal(numbering + '|')} || {local_id}) >> 1)::BIGINT"


def identity_hash(fields: dict[str, str]) -> str:
    """SQL of the local id of someone without a number: 'x' and the MD5 of the cleaned identity.

    ``fields`` maps identity fields to SQL; those missing count as empty.
    """
    return f"'x' || md5({_joined(fields)})"


def row_hash(fields: dict[str, str], file: str, line: str) -> str:
    """SQL of the local id of someone whose identity is too thin to be recognised again: of this row alone."""
    return f"'x' || md5({_joined(fields)} || '|' || {file} || '|' || {line})"


def tells_apart(fields: dict[str, str]) -> str:
    """SQL, true where the identity can be of one person only: an official number, or a name with a birth or place."""
    return f"({_any(fields, _NUMBERS)} OR ({_any(fields, _NAMES)} AND {_any(fields, _PLACES)}))"


def says_who(fields: dict[str, str]) -> str:
    """SQL, true where the row holds more of the person than where they live."""
    return _any(fields, (*_NAMES, *_NUMBERS, "birth_date"))


def says_anything(fields: dict[str, str]) -> str:
    """SQL, true where the row holds anything at all of the person."""
    return _any(fields, TOLD_BY)


def _joined(fields: dict[str, str]) -> str:
    return "concat_ws('|', " + ", ".join(_text(fields.get(field)) for field in TOLD_BY) + ")"


def _text(sql: str | None) -> str:
    return f"coalesce(lower(({sql})::VARCHAR), '')" if sql else "''"


def _any(fields: dict[str, str], of: tuple[str, ...]) -> str:
    present = [f"{fields[field]} IS NOT NULL" for field in of if field in fields]
    return "(" + " OR ".join(present) + ")" if present else "false"

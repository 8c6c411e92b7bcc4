"""Which of a file's columns says what: the fields that linkage can use, and the names that people give them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from data.ingest.refusal import refuse


@dataclass(frozen=True)
class Field:
    """Something that a file may say of a person; ``usual`` are other names for it, tidied."""

    name: str
    about: str
    usual: tuple[str, ...] = ()


FIELDS = tuple(
    Field(name, about, tuple(usual.split()))
    for name, about, usual in (
        ("forename", "first name", "first_name given_name firstname givenname fname forenames first_names given"),
        ("middle_names", "middle names", "middle_name middlename middle second_name"),
        ("surname", "last name", "last_name family_name lastname sname familyname"),
        ("former_surname", "maiden or earlier last name", "maiden_name previous_surname birth_name"),
        ("full_name", "forename and surname in one column, 'Surname, Forename' too", "name fullname person_name"),
        ("dob", "date of birth, however written", "date_of_birth birth_date birthdate birth_day born birthday"),
        ("sex", "sex or gender", "gender"),
        ("postcode", "postcode or zip code", "post_code pc zip zip_code postal_code"),
        ("town", "town, city or suburb", "city suburb locality place"),
        ("address", "the rest of the address in one column", "address_1 address1 address_line_1 street"),
        ("uprn", "unique property reference number", "property_number"),
        ("email", "e-mail address", "email_address e_mail mail"),
        ("phone", "telephone number", "telephone mobile phone_number telephone_number tel mobile_number"),
        ("nhs_number", "NHS number; those with a wrong check digit are set aside", "nhs nhs_no nhsnumber"),
        ("upn", "unique pupil number", "pupil_number unique_pupil_number"),
        ("national_id", "any other number of a person: National Insurance, social security ...",
         "ni_number nino national_insurance_number soc_sec_id ssn social_security_number national_number id_number"),
    )
)  # fmt: skip
NAMES = ", ".join(field.name for field in FIELDS)
SAID = {said: field.name for field in FIELDS for said in (field.name, *field.usual)}


def mapped(text: str, columns: Sequence[str], file: str) -> dict[str, str]:
    """Field -> column from ``field=column,field=column``. Raises `Refused` for what is not there or makes no sense."""
    found: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        said, equals, wanted = part.partition("=")
        if not equals or not wanted.strip():
            raise refuse(file, f"--map wants field=column, not '{part}'; the fields are {NAMES}")
        field = SAID.get(_tidy(said))
        if field is None:
            raise refuse(file, f"--map knows no field '{said.strip()}'; the fields are {NAMES}")
        if field in found:
            raise refuse(file, f"--map names the field {field} twice")
        found[field] = column(wanted, columns, file)
    if not found:
        raise refuse(file, f"--map names no field; the fields are {NAMES}")
    return found


def column(wanted: str, columns: Sequence[str], file: str) -> str:
    """The column of that name: to the letter, else regardless of case and spaces. Raises `Refused`."""
    if wanted in columns:
        return wanted
    alike = [each for each in columns if _tidy(each) == _tidy(wanted)]
    if len(alike) != 1:
        rule = "there is no such column" if not alike else "more than one column is called so"
        raise refuse(file, f"{rule}; the columns are {', '.join(columns)}", column=wanted.strip())
    return alike[0]


def guessed(columns: Sequence[str], file: str) -> dict[str, str]:
    """Field -> column by the usual names, the first column of each. Raises `Refused` where none is known."""
    found: dict[str, str] = {}
    for each in columns:
        field = SAID.get(_tidy(each))
        if field is not None:
            found.setdefault(field, each)
    if not found:
        raise refuse(file, f"no column has a usual name: say with --map which is which. Columns: {', '.join(columns)}")
    return found


def _tidy(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_")

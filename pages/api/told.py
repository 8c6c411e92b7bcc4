"""What a platform tells: a contact and whom it is about. Each form is declared here, and the document comes from it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from analytics.triage.desk import LONGEST, MOST_PEOPLE
from analytics.triage.match import Meant
from data.codes import CONTACT_REASON
from data.contacts import AGENCIES

#: A contact's number as the hub's platform has it: opaque, for it stands in addresses.
NUMBER = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$"
#: Text for people to read: no control characters but tab and line ends, and something in it that can be seen.
TEXT = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*[!-~\u00a1-\uffff][^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
_LINE = r"^[^\x00-\x1f\x7f]*[!-~\u00a1-\uffff][^\x00-\x1f\x7f]*$"
_LARGEST_NUMBER = 2**53 - 1


def _one_of(codes: tuple[str, ...]) -> AfterValidator:
    def check(value: str) -> str:
        if value not in codes:
            raise PydanticCustomError("enum", "one of the code list")
        return value

    return AfterValidator(check)


def _whole(value: object) -> object:
    """To JSON, 7 and 7.0 are one number."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


_REASONS = tuple(CONTACT_REASON.labels)
Agency = Annotated[str, _one_of(AGENCIES), Field(json_schema_extra={"enum": list(AGENCIES)})]
Reason = Annotated[str, _one_of(_REASONS), Field(json_schema_extra={"enum": list(_REASONS)})]
Number = Annotated[str, Field(pattern=NUMBER, max_length=40)]


class _Told(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class ByReference(_Told):
    """Somebody by a number that an agency's records have of them: NHS number, UPN, or the agency's own."""

    by: Literal["reference"]
    reference: str = Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9 /_-]{2,39}$", max_length=40, description="Spaces and dashes don't matter."
    )

    @property
    def meant(self) -> Meant:
        return Meant(reference=self.reference)


class ByName(_Told):
    """Somebody by name and date of birth; a postcode tells two of one name apart."""

    by: Literal["name"]
    name: str = Field(min_length=2, max_length=200, pattern=_LINE, description="Forename and surname.")
    born: date
    postcode: str | None = Field(None, pattern=r"^[A-Za-z0-9 ]{2,10}$", max_length=10)

    @property
    def meant(self) -> Meant:
        return Meant(name=self.name, born=self.born, postcode=self.postcode or "")


class ByPerson(_Told):
    """Somebody by Kinsight's own number: one of the candidates of an earlier answer."""

    by: Literal["person"]
    person: Annotated[int, BeforeValidator(_whole)] = Field(ge=1, le=_LARGEST_NUMBER)

    @property
    def meant(self) -> Meant:
        return Meant(person=self.person)


PersonTold = Annotated[ByReference | ByName | ByPerson, Field(discriminator="by")]


class ContactTold(_Told):
    """A contact, as the hub's platform took it."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        json_schema_extra={
            "example": {
                "number": "MASH-2026-004211",
                "agency": "school",
                "reason": "neglect",
                "narrative": "Came to school hungry and in the same clothes as last week.",
                "received_at": "2026-11-22T09:30:00Z",
                "people": [{"by": "name", "name": "Ava Example", "born": "2015-04-03"}],
            }
        },
    )

    number: Number = Field(description="The platform's own number of the contact. Opaque: it stands in addresses.")
    agency: Agency = Field(description="Who made contact: see /v1/agencies.")
    reason: Reason = Field(description="Why: see /v1/reasons.")
    narrative: str = Field(min_length=1, max_length=LONGEST, pattern=TEXT, description="What was said, as it was said.")
    received_at: AwareDatetime | None = Field(
        None, description="When it reached the hub, with its offset from UTC; left out: now."
    )
    people: list[PersonTold] = Field(
        min_length=1, max_length=MOST_PEOPLE, description="Everybody whom it is about, children and adults."
    )
    if_unsure: Literal["ask", "take_known"] = Field(
        "ask",
        description="Where it is not certain who somebody is: `ask` answers 409 with candidates and keeps nothing; "
        "`take_known` keeps the contact about those who are certain, if anybody is, and names the others' candidates.",
    )

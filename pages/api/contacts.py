"""A contact handed in, and where it stands: taken, graded and explained in one answer, and in the queue at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Path, Response
from pydantic import ValidationError

from analytics.triage import desk, handed_in
from analytics.triage.live import NewContact
from analytics.triage.match import Match, match
from data.access.gate import Session
from data.access.reader import AccessRefused
from data.codes import CONTACT_OUTCOME
from data.contacts import LEVELS
from pages.api import problems
from pages.api.advice import advice
from pages.api.answers import Advice, Candidate, Decision, Graded, PersonMatched, SecondLook, Standing, Taken
from pages.api.caller import Called
from pages.api.described import refusals
from pages.api.problems import Refused
from pages.api.told import NUMBER, ContactTold

router = APIRouter(prefix="/v1", tags=["Contacts"])
Numbered = Annotated[str, Path(pattern=NUMBER, max_length=40, description="The platform's own number of the contact.")]
_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ContactTold"}}},
    }
}
_ITS_NUMBER = {"number": "$response.body#/number"}
_LINKS = {
    "standing": {"operationId": "standing", "parameters": _ITS_NUMBER},
    "suggestion": {"operationId": "suggestion", "parameters": _ITS_NUMBER},
}
_UNSURE = "It is not certain who is meant: choose among the candidates, or tell more. Nothing was kept."
_NOBODY = "Nobody of whom this is about is in the records. Nothing was kept: take it by hand."
_DIFFERS = "Another contact was taken under this number: this one says something else. Nothing was kept."
_ELSEWHERE = "A contact of this number is here already, by another way. Nothing was kept."
_UNKNOWN = "This token's account handed in no contact of this number."
_REFUSALS = refusals(401, 403, 404, 422, 429, 503)


@router.post(
    "/contacts",
    status_code=201,
    response_model=Taken,
    openapi_extra=_BODY,
    responses={
        200: {"model": Taken, "description": "It was taken before, the same: the answer again."},
        201: {"description": "It was taken.", "links": _LINKS},
        **refusals(401, 403, 408, 409, 413, 415, 422, 429, 503),
    },
    operation_id="hand_in",
    summary="Hand in a contact",
)
def hand_in(caller: Called, response: Response) -> Taken:
    """Take a contact into the hub's queue, and answer with the suggestion, its reasons and contacts like it.

    Told again under the same number it is answered again and kept once; told differently it is refused (409).
    """
    told = _read(caller.call.body)
    with caller.session(told.number) as session:
        matched = match(session, [one.meant for one in told.people])
        people = _certain(told, matched)
        contact = _contact(session, told, people)
        notes = handed_in.notes(session, told.received_at)
        new = _keep(session, contact)
        response.status_code = 201 if new else 200
        response.headers["Location"] = f"/v1/contacts/{told.number}"
        kept = contact if new else handed_in.handed_in(session, told.number) or contact
        waits = new or handed_in.standing(session, kept).decision is None
        return Taken(
            **dict(advice(session, kept)),
            number=told.number,
            received_at=handed_in.moment(kept),
            state="waiting" if waits else "decided",
            people=[_matched(one) for one in matched],
            notes=list(notes),
        )


@router.get(
    "/contacts/{number}",
    response_model=Standing,
    responses=_REFUSALS,
    operation_id="standing",
    summary="Where a contact stands",
)
def stands(caller: Called, number: Numbered) -> Standing:
    """The officer's grade, what was decided, and the second look, as far as there are any."""
    with caller.session(number) as session:
        told = _known(session, number)
        found = handed_in.standing(session, told)
        return Standing(
            number=number,
            received_at=handed_in.moment(told),
            state="waiting" if found.decision is None else "decided",
            grade=found.grade and _graded(found.grade),
            decision=found.decision and _decision(found.decision),
            second_look=found.second_look and _second_look(found.second_look),
        )


@router.get(
    "/contacts/{number}/suggestion",
    response_model=Advice,
    responses=_REFUSALS,
    operation_id="suggestion",
    summary="The suggestion again",
)
def suggestion(caller: Called, number: Numbered) -> Advice:
    """What the grader says of it now, by what was known when it came, and contacts like it."""
    with caller.session(number) as session:
        return advice(session, _known(session, number))


def _read(body: bytes) -> ContactTold:
    try:
        return ContactTold.model_validate_json(body)
    except ValidationError as error:
        raise problems.fields(error.errors(include_url=False, include_input=False)) from None


def _certain(told: ContactTold, matched: Sequence[Match]) -> tuple[int, ...]:
    """Whom it is about. Raises `Refused` where that is not certain and the platform wants to choose."""
    people = tuple(sorted({one.person for one in matched if one.person is not None}))
    unsure = len([one for one in matched if one.person is None])
    if people and (not unsure or told.if_unsure == "take_known"):
        return people
    anybody = people or any(one.candidates for one in matched)
    said = _UNSURE if anybody else _NOBODY
    raise Refused(409, said, "people", people=[_matched(one) for one in matched])


def _contact(session: Session, told: ContactTold, people: tuple[int, ...]) -> NewContact:
    came = handed_in.came(session, told.received_at)
    return NewContact(told.agency, told.reason, told.narrative, people, came, told.number)


def _keep(session: Session, told: NewContact) -> bool:
    """Whether it is new. Raises `Refused` where its number is another contact's."""
    if not handed_in.taken(session, told):
        try:
            desk.submit(session, told)
            return True
        except AccessRefused:
            if not handed_in.taken(session, told):
                raise
    found = handed_in.handed_in(session, told.number or "")
    if found is None:
        raise Refused(409, _ELSEWHERE, "number")
    if not handed_in.same(found, told):
        raise Refused(409, _DIFFERS, "number")
    return False


def _known(session: Session, number: str) -> NewContact:
    found = handed_in.handed_in(session, number)
    if found is None:
        raise Refused(404, _UNKNOWN)
    return found


def _matched(one: Match) -> PersonMatched:
    candidates = [
        Candidate(person=each.person, name=each.name, born=each.born, ward=each.ward, fits=list(each.fits))
        for each in one.candidates
    ]
    return PersonMatched(person=one.person, fits=list(one.by), candidates=candidates)


def _graded(row: Any) -> Graded:
    words = LEVELS[row["level"]].either
    return Graded(level=row["level"], level_words=words, suggestion_seen=row["seen"], at=row["at"])


def _decision(row: Any) -> Decision:
    asked = row["asked"].split("; ") if row["asked"] else []
    words = CONTACT_OUTCOME.labels[row["outcome"]]
    return Decision(outcome=row["outcome"], words=words, agencies_asked=asked, at=row["at"])


def _second_look(row: Any) -> SecondLook:
    return SecondLook(verdict=row["verdict"], outcome=row["outcome"], at=row["at"])

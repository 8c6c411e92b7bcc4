"""The code lists, from the declarations: what a contact may say, and what is answered."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter

from data.access.gate import consult
from data.access.roles import Permission
from data.codes import CONTACT_OUTCOME, CONTACT_REASON
from data.contacts import AGENCIES, LEVELS
from pages.api.answers import Code, CodeList
from pages.api.caller import Called, Caller
from pages.api.described import refusals

router = APIRouter(prefix="/v1", tags=["Code lists"])
_REFUSALS = refusals(401, 403, 422, 429, 503)


@router.get("/agencies", response_model=CodeList, responses=_REFUSALS, summary="Who makes contact")
def agencies(caller: Called) -> CodeList:
    """The agencies that a contact may come from."""
    return _listed(caller, {name: name for name in AGENCIES})


@router.get("/reasons", response_model=CodeList, responses=_REFUSALS, summary="Why contact is made")
def reasons(caller: Called) -> CodeList:
    """The reasons that a contact may have."""
    return _listed(caller, CONTACT_REASON.labels)


@router.get("/outcomes", response_model=CodeList, responses=_REFUSALS, summary="What is decided")
def outcomes(caller: Called) -> CodeList:
    """What a contact may come to."""
    return _listed(caller, CONTACT_OUTCOME.labels)


@router.get("/levels", response_model=CodeList, responses=_REFUSALS, summary="How grave")
def levels(caller: Called) -> CodeList:
    """The levels of a grade and of a suggestion, from the least to the most."""
    return _listed(caller, {str(at): level.either for at, level in enumerate(LEVELS)})


def _listed(caller: Caller, codes: Mapping[str, str]) -> CodeList:
    with caller.session() as session:
        consult(session, Permission.COUNT_CONTACTS, lambda _: None, what="code lists")
    return CodeList(codes=[Code(code=code, words=words) for code, words in codes.items()])

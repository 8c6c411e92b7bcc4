"""A request as an endpoint has it: its session at the gate, opened in the thread that answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import Depends, Header, Request, Security
from fastapi.security import HTTPBearer

from data.access.gate import Session, session
from data.home import home
from pages.api.guard import Call

#: The reason for access that goes with every look at anybody by this way.
PURPOSE = "New contact or referral"
_BEARER = HTTPBearer(auto_error=False, description="A token made by `python -m data account ... --token`.")


class Caller:
    """Whose request this is. ``officer``: who acts behind the platform, as it says; written into every entry."""

    def __init__(
        self,
        request: Request,
        officer: Annotated[
            str | None,
            Header(
                alias="Kinsight-Officer",
                pattern=r"^[!-~]{1,100}$",
                max_length=100,
                description="Who acts: a staff number or account, for the access log.",
            ),
        ] = None,
        _bearer: Annotated[object, Security(_BEARER)] = None,
    ) -> None:
        self.call: Call = request.state.call
        self.officer = officer

    @contextmanager
    def session(self, contact: str | None = None) -> Iterator[Session]:
        """A session of the token's account, about the contact of this number, which every entry says.

        Raises `StoreError`; the gate raises `AccessRefused`.
        """
        token = self.call.token
        if token is None:
            raise RuntimeError("the guard lets nobody in without a token")
        with session(home(), token.account, PURPOSE) as opened:
            beside = {"token": token.id} | ({"officer": self.officer} if self.officer else {})
            opened.beside = beside | ({"contact": contact} if contact else {})
            yield opened


Called = Annotated[Caller, Depends(Caller)]

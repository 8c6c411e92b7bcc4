"""The interface put together: the endpoints, how they refuse, the document, and the guard before all of it."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from anyio import to_thread
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from data.access.reader import AccessRefused
from data.home import home
from data.journal.journal import journal_of
from data.snapshot.engine import StoreError
from data.snapshot.reading import current
from pages.api import contacts, lists, problems
from pages.api.answers import Health
from pages.api.described import described, refusals
from pages.api.guard import Guard
from pages.api.paper import paper
from pages.api.problems import FAULT, Refused, answer
from pages.api.rate import Rate

#: Requests that are answered at one time: what waits for the disk leaves the processors to the next one.
THREADS = 8
LOG = logging.getLogger("kinsight.api")
_HTTP = {404: "There is nothing here.", 405: "This address takes another method: see Allow."}


def interface(rate: Rate | None = None) -> Guard:
    """The interface as a server runs it."""
    made = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, lifespan=_lifespan)
    made.include_router(contacts.router)
    made.include_router(lists.router)
    made.openapi = lambda: described(made)  # type: ignore[method-assign]

    @made.get("/health", response_model=Health, responses=refusals(503), tags=["Health"], summary="Is it there")
    def health() -> Health:
        """Whether contacts can be taken now. It tells nothing else, and needs no token."""
        with current(home()) as snapshot:
            journal_of(home()).bind(snapshot.city)
        return Health(status="ok")

    @made.get("/openapi.json", include_in_schema=False)
    def document() -> dict[str, Any]:
        return described(made)

    @made.get("/docs", include_in_schema=False, response_class=HTMLResponse)
    def docs() -> str:
        return paper(described(made))

    for kind in (Refused, AccessRefused, StoreError, RequestValidationError, HTTPException):
        made.add_exception_handler(kind, _refuse)
    made.add_exception_handler(Exception, _fault)
    return Guard(made, home, rate or Rate())


@asynccontextmanager
async def _lifespan(_: FastAPI) -> AsyncIterator[None]:
    to_thread.current_default_thread_limiter().total_tokens = THREADS
    yield


async def _refuse(request: Request, error: Exception) -> Response:
    return answer(_refusal(error), request.state.call.request)


async def _fault(request: Request, _: Exception) -> Response:
    """An error of ours; the guard, to which it goes on, writes it down."""
    return answer(FAULT, request.state.call.request)


def _refusal(error: Exception) -> Refused:
    if isinstance(error, Refused):
        return error
    if isinstance(error, AccessRefused):
        return Refused(403, str(error))
    if isinstance(error, RequestValidationError):
        return problems.fields(error.errors())
    if isinstance(error, HTTPException):
        return Refused(error.status_code, _HTTP.get(error.status_code, "Not done."), headers=error.headers)
    LOG.error("not now: %s", type(error).__name__)
    return Refused(503, "The data can't be read at the moment.", headers={"Retry-After": "30"})

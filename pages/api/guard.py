"""What every request passes before anything reads it: who signs in, how much, how long; and what every answer carries.

The log has a line a request: method, which kind of address (never the address), status, time, token's number.
"""

from __future__ import annotations

import asyncio
import logging
import math
import re
import secrets
import time
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

from anyio import to_thread

from data.access.tokens import TokenRefused, bearer
from data.home import Home
from data.journal.journal import Entry, Journal, journal_of
from data.journal.tokens import Token
from data.snapshot.engine import StoreError
from data.snapshot.reading import current
from pages.api.problems import FAULT, Refused, answer
from pages.api.rate import Rate
from pages.entry.faults import report

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOG = logging.getLogger("kinsight.api")
#: A narrative of the longest kind with every letter escaped, and thirty people.
LONGEST_BODY = 128 * 1024
SLOWEST_BODY = 10.0
#: Of any other request a body is not even read.
TAKES_A_BODY = ("POST", "/v1/contacts")
#: A token that is refused is written down so often, in seconds: whoever hammers at the door can't fill the journal.
REFUSED_EVERY = 60.0
_JSON = re.compile(r"application/json(\s*;\s*charset\s*=\s*\"?utf-8\"?)?\s*", re.IGNORECASE)
_HEADERS = [
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
]


@dataclass
class Call:
    """One request: its number, whose token it came by, and its whole body."""

    request: str
    token: Token | None = None
    body: bytes = b""


class Guard:
    """``app`` behind all of that."""

    def __init__(self, app: App, home: Callable[[], Home], rate: Rate) -> None:
        self._app, self._home, self._rate = app, home, rate
        self._refused: dict[str, float] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        call, began, sent = Call(secrets.token_hex(8)), time.perf_counter(), [0]
        scope.setdefault("state", {})["call"] = call

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent[0] = message["status"]
                ours = [*_HEADERS, (b"request-id", call.request.encode())]
                message["headers"] = [*message["headers"], *ours]
            await send(message)

        try:
            await self._guarded(scope, receive, sending, call)
        except Exception as error:
            report(error, call.request)
            if not sent[0]:
                await answer(FAULT, call.request)(scope, receive, sending)
        finally:
            _log(scope, call, sent[0], began)

    async def _guarded(self, scope: Scope, receive: Receive, send: Send, call: Call) -> None:
        try:
            if scope["path"].startswith("/v1"):
                call.token = await to_thread.run_sync(self._signed, scope)
                self._paced(call.token)
            if (scope["method"], scope["path"]) == TAKES_A_BODY:
                call.body = await _body(scope, receive)
        except Refused as refused:
            await answer(refused, call.request)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _signed(self, scope: Scope) -> Token:
        """The token that this request shows. Raises `Refused`."""
        kind, _, told = _header(scope, b"authorization").partition(" ")
        try:
            with current(self._home()) as snapshot:
                journal = journal_of(self._home())
                return bearer(journal, snapshot, told.strip() if kind.lower() == "bearer" else "")
        except TokenRefused as refusal:
            self._note(journal, refusal)
            raise Refused(401, str(refusal), headers={"WWW-Authenticate": "Bearer"}) from None
        except StoreError as error:
            LOG.error("not now: %s", type(error).__name__)
            raise Refused(503, "The data can't be read at the moment.", headers={"Retry-After": "30"}) from None

    def _note(self, journal: Journal, refusal: TokenRefused) -> None:
        """Write down that a token of ours was refused: a guess at one that never was says nothing of anybody."""
        now = time.monotonic()
        if refusal.token is None or now - self._refused.get(refusal.token.id, -math.inf) < REFUSED_EVERY:
            return
        self._refused[refusal.token.id] = now
        journal.record(Entry(refusal.token.account, "", "refused: sign in", detail={"token": refusal.token.id}))

    def _paced(self, token: Token) -> None:
        if seconds := self._rate.wait(token.id):
            after = {"Retry-After": str(math.ceil(seconds))}
            raise Refused(429, "Too many requests by this token.", "rate", headers=after)


async def _body(scope: Scope, receive: Receive) -> bytes:
    """The whole body. Raises `Refused` for one that is not JSON, too long or too slow."""
    if not _JSON.fullmatch(_header(scope, b"content-type")):
        raise Refused(415, "Tell it as application/json, in UTF-8.")
    told = _header(scope, b"content-length")
    if told.isdigit() and int(told) > LONGEST_BODY:
        raise Refused(413, f"{LONGEST_BODY // 1024} KiB at most.")
    try:
        return await asyncio.wait_for(_read(receive), SLOWEST_BODY)
    except TimeoutError:
        raise Refused(408, "The body did not come in time.") from None


async def _read(receive: Receive) -> bytes:
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused(400, "The body broke off.")
        part = message.get("body", b"")
        parts.append(part)
        size += len(part)
        if size > LONGEST_BODY:
            raise Refused(413, f"{LONGEST_BODY // 1024} KiB at most.")
        if not message.get("more_body"):
            return b"".join(parts)


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def _log(scope: Scope, call: Call, status: int, began: float) -> None:
    route = getattr(scope.get("route"), "path", "-")
    took = 1000 * (time.perf_counter() - began)
    token = call.token.id if call.token else "-"
    LOG.info("%s %s %s %d %.0f ms token %s", call.request, scope["method"], route, status, took, token)

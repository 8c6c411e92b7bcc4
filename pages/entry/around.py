"""What stands around Streamlit's own server: who may frame a page, and the way back to it after signing in.

Streamlit returns from an identity provider to ``/``. The page that a stranger asked for is kept for ten minutes in a
cookie that no script can read, and the return goes there. An address holds an opaque number at most.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode

from pages.entry.registry import declared
from pages.entry.settings import Settings

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Any, Send], Awaitable[None]]
Header = tuple[bytes, bytes]

WAY, SIGNED_IN, CALLBACK = "kinsight_way", "_streamlit_user", "/oauth2callback"
MINUTES = 10
_NUMBER = re.compile(r"[0-9]{1,16}")
#: What may stand behind the question mark of an address that is kept, and of what form.
_KEPT = {"id": _NUMBER, "embed": re.compile("true")}


class Around:
    """``app``, with our headers on every answer."""

    def __init__(self, app: App, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: MutableMapping[str, Any], receive: Any, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = headers(scope, message["status"], list(message["headers"]), self._settings)
            await send(message)

        await self._app(scope, receive, sending)


def headers(scope: Mapping[str, Any], status: int, given: list[Header], settings: Settings) -> list[Header]:
    """The headers of an answer: Streamlit's, ours, and on the way to and from the sign-in the cookie of the way."""
    out = [*given, *_ours(settings.framed_by)]
    asked = _cookies(scope["headers"])
    if settings.provider and scope["path"] == CALLBACK and status == 302:
        return _returned(out, target(unquote(asked.get(WAY, ""))), settings)
    wanted = target(f"{scope['path']}?{scope['query_string'].decode('latin-1')}")
    if settings.provider and wanted and scope["method"] == "GET" and not asked.get(SIGNED_IN):
        out.append((b"set-cookie", _cookie(quote(wanted, safe=""), MINUTES * 60, settings)))
    return out


def target(address: str) -> str:
    """``address`` as one of our pages with what may stand behind it, or nothing: no other place is ever gone to."""
    path, _, query = address.partition("?")
    # Nobody signs in on their way to a public page.
    ours = {page.spec.path for page in declared() if not page.spec.public}
    if path.strip("/") not in ours or path != f"/{path.strip('/')}":
        return ""
    kept = [(name, value) for name, value in parse_qsl(query) if name in _KEPT and _KEPT[name].fullmatch(value)]
    return path + (f"?{urlencode(kept)}" if kept else "")


def _ours(framed_by: Iterable[str]) -> list[Header]:
    ancestors = " ".join(["frame-ancestors 'self'", *framed_by])
    return [
        (b"content-security-policy", ancestors.encode()),
        (b"referrer-policy", b"no-referrer"),
        (b"x-content-type-options", b"nosniff"),
    ]


def _returned(out: list[Header], way: str, settings: Settings) -> list[Header]:
    """Back from the identity provider: with a sign-in, to where the visitor wanted to go."""
    signed_in = any(name == b"set-cookie" and value.startswith(f"{SIGNED_IN}=".encode()) for name, value in out)
    if way and signed_in:
        out = [(name, way.encode() if name == b"location" else value) for name, value in out]
    return [*out, (b"set-cookie", _cookie("", 0, settings))]


def _cookie(value: str, seconds: int, settings: Settings) -> bytes:
    secure = "; Secure" if settings.secure else ""
    return f"{WAY}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}".encode()


def _cookies(given: Iterable[Header]) -> dict[str, str]:
    sent = "; ".join(value.decode("latin-1") for name, value in given if name == b"cookie")
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(sent).items()}
    except CookieError:
        return {}

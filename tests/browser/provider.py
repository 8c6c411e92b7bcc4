"""A small identity provider: OpenID Connect with a code, PKCE and signed tokens, and a sign-in page of its own.

Whoever is named on its page is signed in, without a password: what is tried is our side of it.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from urllib.parse import parse_qs, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.browser.serving import free_port, wait

CLIENT, SECRET = "kinsight", "what-kinsight-and-the-provider-know"


@dataclass
class Provider:
    """``people`` may sign in."""

    port: int
    people: tuple[str, ...]
    _key: RSAKey = field(
        default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
    )
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def app(self) -> Starlette:
        paths = {
            "/.well-known/openid-configuration": self._metadata, "/authorize": self._authorize, "/signed": self._signed,
            "/keys": self._keys,
        }  # fmt: skip
        routes = [Route(path, each) for path, each in paths.items()]
        return Starlette(routes=[*routes, Route("/token", self._token, methods=["POST"])])

    async def _metadata(self, _: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "jwks_uri": f"{self.address}/keys",
                "response_types_supported": ["code"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def _keys(self, _: Request) -> Response:
        return JSONResponse({"keys": [self._key.as_dict(private=False)]})

    async def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        links = [
            f'<a href="/signed?{escape(urlencode(asked | {"who": who}))}">I am {escape(who)}</a>' for who in self.people
        ]
        return HTMLResponse(f"<h1>The council</h1>{''.join(links)}", headers={"X-Frame-Options": "DENY"})

    async def _signed(self, request: Request) -> Response:
        asked, code = dict(request.query_params), secrets.token_urlsafe()
        self._codes[code] = asked
        back = urlencode({"code": code, "state": asked["state"]})
        return RedirectResponse(f"{asked['redirect_uri']}?{back}", status_code=302)

    async def _token(self, request: Request) -> Response:
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        asked = self._codes.pop(form["code"])
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == asked["code_challenge"]
        basic = base64.b64decode(request.headers["authorization"].removeprefix("Basic ")).decode()
        assert basic == f"{CLIENT}:{SECRET}"
        now = int(time.time())
        told = {
            "iss": self.address, "aud": CLIENT, "sub": asked["who"], "iat": now, "exp": now + 600,
            "email": asked["who"], "email_verified": True, "nonce": asked["nonce"],
        }  # fmt: skip
        token = jwt.encode({"alg": "RS256", "kid": "one"}, told, self._key)
        return JSONResponse({"access_token": "none", "token_type": "Bearer", "expires_in": 600, "id_token": token})


@contextmanager
def provider(*people: str) -> Iterator[Provider]:
    """An identity provider that knows ``people``, on a port of its own, in a thread."""
    made = Provider(free_port(), people)
    server = uvicorn.Server(uvicorn.Config(made.app(), host="127.0.0.1", port=made.port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        wait(made.port)
        yield made
    finally:
        server.should_exit = True
        thread.join(10)

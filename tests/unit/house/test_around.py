"""Around Streamlit's server: who may frame a page, and to where a sign-in returns."""

from __future__ import annotations

import time
from typing import Any

import pytest

from pages.entry import settings, who
from pages.entry.around import CALLBACK, WAY, headers, target
from pages.entry.settings import Settings, SettingsRefused

SIGNS = Settings("https://kinsight.example", ("https://cases.example",), {"client_id": "kinsight"})
BACK = [(b"location", b"/"), (b"set-cookie", b"_streamlit_user=signed; Path=/")]


def scope(path: str, query: str = "", cookie: str = "") -> dict[str, Any]:
    sent = [(b"cookie", cookie.encode())] if cookie else []
    return {"path": path, "query_string": query.encode(), "headers": sent, "method": "GET"}


def cookies(out: list[tuple[bytes, bytes]]) -> list[str]:
    return [value.decode() for name, value in out if name == b"set-cookie"]


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/person?id=123", "/person?id=123"),
        ("/person?id=123&embed=true", "/person?id=123&embed=true"),
        ("/search", "/search"),
        ("/person?id=123&name=Yasmin", "/person?id=123"),
        ("/person?id=12a", "/person"),
        ("/person?id=" + "9" * 17, "/person"),
        ("//evil.example/person", ""),
        ("/\\evil.example", ""),
        ("https://evil.example/person", ""),
        ("/person/../oauth2callback", ""),
        ("/no-such-page", ""),
        ("/room?code=23456789", ""),
        ("/", ""),
        ("", ""),
    ],
)
def test_only_a_page_of_ours_with_an_opaque_number_is_a_way(address: str, kept: str) -> None:
    assert target(address) == kept


def test_every_answer_says_who_may_frame_it_and_sends_no_address_on() -> None:
    told = dict(headers(scope("/"), 200, [], SIGNS))
    assert told[b"content-security-policy"] == b"frame-ancestors 'self' https://cases.example"
    assert told[b"referrer-policy"] == b"no-referrer"


def test_the_page_asked_for_is_remembered_for_ten_minutes_out_of_reach_of_scripts() -> None:
    (said,) = cookies(headers(scope("/person", "id=123"), 200, [], SIGNS))
    assert said == f"{WAY}=%2Fperson%3Fid%3D123; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure"


def test_it_is_not_remembered_for_whoever_is_signed_in_or_where_no_provider_is() -> None:
    assert not cookies(headers(scope("/person", "id=123", "_streamlit_user=signed"), 200, [], SIGNS))
    assert not cookies(headers(scope("/person", "id=123"), 200, [], Settings("", (), {})))


@pytest.mark.parametrize(
    ("cookie", "location"),
    [("/person?id=123", b"/person?id=123"), ("//evil.example", b"/"), ("%2F%2Fevil.example", b"/"), ("", b"/")],
)
def test_a_sign_in_returns_to_the_page_asked_for_and_nowhere_else(cookie: str, location: bytes) -> None:
    out = headers(scope(CALLBACK, "code=x", f"{WAY}={cookie.replace('/', '%2F')}"), 302, list(BACK), SIGNS)
    assert dict(out)[b"location"] == location
    assert any(each.startswith(f"{WAY}=; Path=/; Max-Age=0") for each in cookies(out))


def test_a_sign_in_that_failed_returns_to_the_start() -> None:
    out = headers(scope(CALLBACK, "", f"{WAY}=%2Fsearch"), 302, [(b"location", b"/")], SIGNS)
    assert dict(out)[b"location"] == b"/"


class User(dict[str, Any]):
    def to_dict(self) -> dict[str, Any]:
        return dict(self)


FRESH = {"is_logged_in": True, "email": "Ruth.Osei@Avonford.gov.uk", "email_verified": True}


@pytest.mark.parametrize(
    ("told", "account"),
    [
        (FRESH | {"iat": time.time()}, "ruth.osei@avonford.gov.uk"),
        (FRESH | {"iat": time.time() - 11 * 3600}, None),
        (FRESH | {"iat": None}, None),
        (FRESH | {"iat": time.time(), "email_verified": False}, None),
        (FRESH | {"iat": time.time(), "email": " "}, None),
        (FRESH | {"iat": time.time(), "is_logged_in": False}, None),
        ({}, None),
    ],
)
def test_the_providers_word_holds_for_a_working_day(
    told: dict[str, Any], account: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streamlit.user", User(told))
    assert who.vouched_for() == account


def test_another_claim_can_be_the_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streamlit.user", User(FRESH | {"iat": time.time(), "oid": "A-1"}))
    monkeypatch.setenv(settings.CLAIM, "oid")
    assert who.vouched_for() == "a-1"


COMPLETE = {
    "KINSIGHT_OIDC": "https://id.example/.well-known/openid-configuration", "KINSIGHT_OIDC_CLIENT": "kinsight",
    "KINSIGHT_OIDC_SECRET": "s", "KINSIGHT_COOKIE_SECRET": "c" * 32, "KINSIGHT_ADDRESS": "https://kinsight.example/",
}  # fmt: skip


def test_the_provider_is_set_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in COMPLETE.items():
        monkeypatch.setenv(name, value)
    made = settings.settings()
    assert made.provider["redirect_uri"] == "https://kinsight.example/oauth2callback"
    assert made.secure


@pytest.mark.parametrize("name", [*COMPLETE, "short", "frame"])
def test_half_a_setting_is_refused_by_its_name(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {each: value for each, value in COMPLETE.items() if each != name}
    given |= {"short": {"KINSIGHT_COOKIE_SECRET": "short"}, "frame": {"KINSIGHT_FRAMED_BY": "* evil"}}.get(name, {})
    for each, value in given.items():
        monkeypatch.setenv(each, value)
    with pytest.raises(SettingsRefused, match="KINSIGHT_") as refused:
        settings.settings()
    assert "'s'" not in str(refused.value)

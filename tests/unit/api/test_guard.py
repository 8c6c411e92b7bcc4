"""Who is let in, how much and how fast; and that neither log nor refusal repeats a word of what was told."""

from __future__ import annotations

import base64
import logging
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data.access.reader import AccessRefused
from data.access.tokens import DEMONSTRATION, issue, revoke
from data.home import Home
from data.journal.accounts import Account, save_account
from data.journal.log import entries
from data.journal.tokens import tokens
from pages.api.rate import Rate
from pages.entry import ports
from pages.entry.here import visiting
from tests.browser.serving import ROOT, free_port, wait
from tests.unit.api.conftest import Platform, Reach
from tests.unit.casework.conftest import Fernhill
from tests.unit.triage.hub_town import build_hub

SECRET = "Peregrine Vantongeren"


def test_without_a_token_that_holds_nobody_is_let_in(platform: Platform) -> None:
    _, ended = issue(platform.journal, "hub.platform", 30, by="it")
    revoke(platform.journal, "hub.platform", tokens(platform.journal, "hub.platform")[1].id, by="it")
    for told in ("", "x", ended, platform.token[:-1], DEMONSTRATION + "x"):
        answer = platform.get("/v1/reasons", told)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert answer.headers["content-type"] == "application/problem+json"
    assert platform.client.get("/v1/reasons").status_code == 401
    assert platform.client.post("/v1/contacts", content=b"[" * 10**6).status_code == 401
    refused = entries(platform.journal, action="refused: sign in")
    assert sorted(row["reader"] for row in refused) == ["demo.platform", "hub.platform", "hub.platform"]


def test_a_token_ends_with_its_day_its_account_and_its_role(platform: Platform) -> None:
    assert platform.get("/v1/reasons").status_code == 200
    save_account(platform.journal, Account("hub.platform", "Hub platform", "trainer"), by="it")
    assert platform.get("/v1/reasons").status_code == 403
    save_account(platform.journal, Account("hub.platform", "Hub platform", "hub_platform", active=False), by="it")
    assert platform.get("/v1/reasons").status_code == 403
    platform.journal.clock = lambda: datetime.now(UTC) + timedelta(days=31)
    assert platform.get("/v1/reasons").status_code == 401


def test_a_machine_has_no_pages(platform: Platform) -> None:
    with pytest.raises(AccessRefused, match="a machine's"), visiting("hub.platform"):
        pass


@pytest.mark.parametrize(
    ("body", "media", "status"),
    [
        (b"{", "application/json", 422),
        (b"[" * 90_000, "application/json", 422),
        (b"\xff\xfe", "application/json", 422),
        (b"{}", "text/plain", 415),
        (b"{}", "", 415),
        (b" " * 200_000, "application/json", 413),
    ],
)
def test_a_body_that_is_none_is_refused(platform: Platform, body: bytes, media: str, status: int) -> None:
    headers = platform.signed() | {"Content-Type": media}
    answer = platform.client.post("/v1/contacts", content=body, headers=headers)
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert answer.json()["request"] == answer.headers["request-id"]


def test_a_body_in_pieces_is_counted(platform: Platform) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(5):
            yield b" " * 40_000

    headers = platform.signed() | {"Content-Type": "application/json; charset=utf-8"}
    assert platform.client.post("/v1/contacts", content=pieces(), headers=headers).status_code == 413


def test_refusals_name_field_and_rule_and_logs_name_nobody(
    platform: Platform, hub_town: Fernhill, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    named = {"by": "name", "name": SECRET, "born": "2012-13-45", SECRET: 1, "postcode": f"{SECRET}!"}
    wrong = platform.hand_in(SECRET, named, {"by": SECRET}, agency=SECRET, narrative="\x00" + SECRET, **{SECRET: 2})
    assert wrong.status_code == 422
    found = {(one["field"], one["rule"]) for one in wrong.json()["errors"]}
    assert {
        ("/number", "string_pattern_mismatch"), ("/agency", "enum"), ("/narrative", "string_pattern_mismatch"),
        ("/people/0/born", "date_parsing"), ("/people/0", "extra_forbidden"), ("/people/1", "union_tag_invalid"),
        ("/", "extra_forbidden"),
    } <= found  # fmt: skip
    answers = [
        wrong,
        platform.hand_in("M-1", {"by": "name", "name": SECRET, "born": "2012-01-01"}),
        platform.hand_in("M-2", {"by": "person", "person": hub_town["yasmin"]}, narrative=SECRET),
        platform.client.get(f"/v1/contacts/{SECRET}", headers=platform.signed()),
        platform.client.get("/v1/reasons", headers=platform.signed() | {"Kinsight-Officer": SECRET}),
        platform.client.get(f"/{SECRET}"),
    ]
    assert [answer.status_code for answer in answers] == [422, 409, 201, 422, 422, 404]
    logged = [record.getMessage() for record in caplog.records if record.name != "httpx"]
    said = "".join(answer.text for answer in answers) + str(logged) + str(entries(platform.journal))
    assert "Peregrine" not in said
    assert any("POST /v1/contacts 201" in line for line in logged)


def test_an_error_of_ours_tells_nothing(
    platform: Platform, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr("pages.api.contacts.match", fail)
    answer = platform.hand_in("M-1", {"by": "person", "person": 7})
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert SECRET not in answer.text + caplog.text
    assert answer.headers["request-id"] in caplog.text


def test_too_many_requests_wait(platform: Platform) -> None:
    rate = Rate(10)
    assert [rate.wait("a", 0.0) for _ in range(20)] == [0.0] * 20
    assert rate.wait("a", 0.0) == pytest.approx(0.1)
    assert rate.wait("b", 0.0) == 0.0
    assert rate.wait("a", 0.11) == 0.0
    platform.client.app._rate = Rate(0.5)
    assert platform.get("/v1/reasons").status_code == 200
    refused = platform.get("/v1/reasons")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "2")


def test_a_new_snapshot_and_its_veil_hold_at_once_encrypted_too(
    reach: Reach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KINSIGHT_KEY", base64.b64encode(bytes(range(32))).decode())
    people = build_hub(Home(tmp_path / "home"))
    platform = reach(tmp_path / "home")
    assert platform.hand_in("M-1", {"by": "person", "person": people["yasmin"]}).json()["suggestion"]["level"] >= 0
    build_hub(Home(tmp_path / "home"), "withheld")
    told = platform.hand_in("M-2", {"by": "person", "person": people["yasmin"]})
    assert (told.status_code, told.json()["suggestion"], told.json()["similar"]) == (201, None, None)
    assert told.json()["why_no_suggestion"].startswith("The model is withheld.")
    assert platform.get("/v1/contacts/M-1/suggestion").json()["suggestion"] is None
    monkeypatch.setenv("KINSIGHT_HOME", str(tmp_path / "nowhere"))
    assert platform.get("/health").status_code == 503
    assert platform.get("/v1/reasons").json()["detail"] == "The data can't be read at the moment."


def test_health_and_the_document_need_no_token_and_load_nothing(platform: Platform) -> None:
    assert platform.client.get("/health").json() == {"status": "ok"}
    page = platform.client.get("/docs")
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert "<script" not in page.text
    assert "http" not in page.text.replace("/openapi.json", "")
    assert platform.client.get("/openapi.json").json()["openapi"].startswith("3.1")


def test_it_stops_with_whoever_started_it(hub_town: Fernhill, tmp_path: Path) -> None:
    port = free_port()
    told = {"KINSIGHT_HOME": str(hub_town.home), "KINSIGHT_JOURNAL": f"sqlite:///{tmp_path / 'journal.sqlite'}"}
    told |= {ports.API_PORT: str(port)}
    command = [sys.executable, "-m", "pages.api", "--beside"]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | told, stdin=subprocess.PIPE) as server:
        wait(port)
        assert ports.busy("127.0.0.1", port) == f"Port {port} can't be used (Address already in use): set another one."
        assert server.stdin
        server.stdin.close()
        assert server.wait(20) == 0
    assert ports.busy("127.0.0.1", port) is None


def test_the_interface_can_be_left_out_or_put_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "9000")
    monkeypatch.delenv(ports.API_PORT, raising=False)
    assert (ports.host(), ports.port()) == ("127.0.0.1", 9001)
    monkeypatch.setenv(ports.API_PORT, "off")
    assert ports.port() is None

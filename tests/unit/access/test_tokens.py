"""Machines sign in by token: the secret is told once and kept nowhere, and a token ends by a day or a word."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from data import commands
from data.__main__ import COMMANDS
from data.access.reader import AccessRefused
from data.access.tokens import DEMONSTRATION, bearer, issue, offer_demonstration_token, revoke
from data.commands import DONE, FAILED
from data.home import home
from data.journal.accounts import Account, save_account
from data.journal.journal import Journal, url_of
from data.journal.log import entries
from data.journal.tokens import tokens
from data.journal.verification import verify

REAL: Any = SimpleNamespace(invented=False)
INVENTED: Any = SimpleNamespace(invented=True)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    made = Journal(f"sqlite:///{tmp_path / 'journal.sqlite'}")
    save_account(made, Account("hub.platform", "Hub platform", "hub_platform"), by="it")
    return made


def test_a_token_lets_its_machine_in_and_its_secret_is_kept_nowhere(journal: Journal, tmp_path: Path) -> None:
    made, text = issue(journal, "hub.platform", 30, by="it")
    assert bearer(journal, REAL, text) == made
    assert text.rsplit("_", 1)[1].encode() not in (tmp_path / "journal.sqlite").read_bytes()
    assert [entry["action"] for entry in entries(journal, action="save token")] == ["save token"]
    assert verify(journal).ok


def test_whatever_is_wrong_with_a_token_the_answer_is_the_same(journal: Journal) -> None:
    made, text = issue(journal, "hub.platform", 30, by="it")
    _, revoked = issue(journal, "hub.platform", 30, by="it")
    revoke(journal, "hub.platform", tokens(journal, "hub.platform")[1].id, by="it")
    said = set()
    for told in ("", "kin", text[:-1], text + "x", text.replace(made.id, "0" * 8), revoked, text.upper(), "Bearer"):
        with pytest.raises(AccessRefused) as refused:
            bearer(journal, REAL, told)
        said.add(str(refused.value))
    assert len(said) == 1


def test_a_token_ends_on_its_day(journal: Journal) -> None:
    _, text = issue(journal, "hub.platform", 1, by="it")
    journal.clock = lambda: datetime.now(UTC) + timedelta(days=1, seconds=1)
    with pytest.raises(AccessRefused):
        bearer(journal, REAL, text)


def test_the_token_that_everybody_knows_opens_the_invented_city_alone(journal: Journal) -> None:
    assert offer_demonstration_token(journal, REAL) is None
    with pytest.raises(AccessRefused):
        bearer(journal, INVENTED, DEMONSTRATION)
    assert offer_demonstration_token(journal, INVENTED) == DEMONSTRATION
    assert bearer(journal, INVENTED, DEMONSTRATION).account == "demo.platform"
    with pytest.raises(AccessRefused):
        bearer(journal, REAL, DEMONSTRATION)
    revoke(journal, "demo.platform", "demo", by="it")
    assert offer_demonstration_token(journal, INVENTED) is None


def test_people_get_no_token(journal: Journal) -> None:
    save_account(journal, Account("nia", "Nia Roberts", "mash_officer"), by="it")
    for account in ("nia", "nobody"):
        with pytest.raises(AccessRefused, match="for machines"):
            issue(journal, account, 30, by="it")


def test_by_command_a_token_is_made_and_ended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*told: str) -> int:
        return commands.main(
            "data", COMMANDS, ["account", "hub.platform", *told, "--by", "it", "--home", str(tmp_path)]
        )

    assert run("--name", "Hub platform", "--role", "hub_platform", "--token", "--days", "90", "--json") == DONE
    made = json.loads(capsys.readouterr().out)
    opened = Journal(url_of(home(tmp_path)))
    (held,) = made["tokens"]
    assert bearer(opened, REAL, made["new_token"]).id == held["token"]
    assert run("--revoke", held["token"]) == DONE
    assert "Token" not in capsys.readouterr().out
    with pytest.raises(AccessRefused):
        bearer(opened, REAL, made["new_token"])
    assert run("--revoke", held["token"]) == FAILED
    assert run("--token") == DONE
    assert re.search(r"not shown again:\nkin_[0-9a-f]{8}_\S{43}\n$", capsys.readouterr().out)
    assert len(entries(opened, action="save account")) == 1

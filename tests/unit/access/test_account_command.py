"""Accounts by command: made, changed, closed, each version in the log."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data import commands
from data.__main__ import COMMANDS
from data.access.reader import AccessRefused, reader
from data.commands import DONE, FAILED
from data.home import home
from data.journal.journal import Journal, url_of
from data.journal.log import entries


def account(folder: Path, *told: str) -> int:
    return commands.main("data", COMMANDS, ["account", *told, "--by", "it.desk", "--home", str(folder)])


def journal(folder: Path) -> Journal:
    return Journal(url_of(home(folder)))


def test_an_account_is_made_changed_and_closed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = ("Ruth.Osei@Avonford.gov.uk", "--name", "Ruth Osei", "--role", "lead_professional", "--ward", "W01")
    assert account(tmp_path, *made, "--json") == DONE
    assert json.loads(capsys.readouterr().out)["id"] == "ruth.osei@avonford.gov.uk"
    assert account(tmp_path, "ruth.osei@avonford.gov.uk", "--ward", "W01", "--ward", "W02") == DONE
    assert reader(journal(tmp_path), "ruth.osei@avonford.gov.uk").wards == {"W01", "W02"}
    assert account(tmp_path, "ruth.osei@avonford.gov.uk", "--close") == DONE
    with pytest.raises(AccessRefused):
        reader(journal(tmp_path), "ruth.osei@avonford.gov.uk")
    assert [entry["reader"] for entry in entries(journal(tmp_path), action="save account")] == ["it.desk"] * 3


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (("a@b", "--name", "A"), "needs --name and --role"),
        (("a@b", "--name", "A", "--role", "lead_professional"), "name them with --ward"),
        (("a@b", "--close"), "no open account"),
    ],
)
def test_half_an_account_is_refused(
    told: tuple[str, ...], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert account(tmp_path, *told) == FAILED
    assert said in capsys.readouterr().err
    assert not entries(journal(tmp_path), action="save account")

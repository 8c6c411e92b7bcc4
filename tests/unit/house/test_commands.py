"""The command line: one JSON object on standard output, words on standard error, exit codes that scripts can trust."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from analytics.demo import command as demo
from data import commands
from data.__main__ import COMMANDS
from data.commands import DONE, FAILED, WRONG, Command
from data.home import home
from data.progress import Bar
from tests.nowhere import publish


def test_help_goes_to_standard_output_and_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main("data", COMMANDS, ["--help"]) == DONE
    said = capsys.readouterr()
    assert all(command.name in said.out for command in COMMANDS)
    assert said.err == ""


@pytest.mark.parametrize("arguments", [[], ["dance"]])
def test_an_unknown_command_fails_and_says_what_there_is(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.main("data", COMMANDS, arguments) == FAILED
    said = capsys.readouterr()
    assert said.out == ""
    assert "generate" in said.err


def test_a_missing_store_is_said_plainly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main("data", COMMANDS, ["journal", "verify", "--home", str(tmp_path)]) == FAILED
    assert "no journal" in capsys.readouterr().err


def test_a_journal_that_is_whole_gives_one_json_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from data.journal.journal import Entry, Journal, url_of

    journal = Journal(url_of(home(tmp_path)))
    journal.record(Entry("demo.north", "lead_professional", "sign in"))
    journal.close()
    assert commands.main("data", COMMANDS, ["journal", "verify", "--home", str(tmp_path), "--json"]) == DONE
    assert json.loads(capsys.readouterr().out)["entries"] == 1


class Refusing:
    """A command that can't do what it is asked."""

    @staticmethod
    def add_parser(subparsers: object) -> None:
        subparsers.add_parser("fail")  # type: ignore[attr-defined]

    @staticmethod
    def run(args: object) -> int:
        from data.snapshot.engine import KeyRefused

        raise KeyRefused("set KINSIGHT_KEY")


def test_our_own_refusals_are_shown_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands.importlib, "import_module", lambda name: Refusing)
    assert commands.main("data", (Command("fail", "nowhere", "fails"),), ["fail"]) == FAILED
    assert capsys.readouterr().err.strip() == "set KINSIGHT_KEY"


def test_the_demonstration_leaves_a_store_in_use_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path / "home")
    monkeypatch.setattr(demo, "call", lambda *given: pytest.fail("it made another city"))
    assert commands.call("analytics.demo.command", ["demo", "--home", str(tmp_path / "home")]) == DONE


def test_the_demonstration_makes_a_city_and_builds_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[list[str]] = []
    monkeypatch.setattr(demo, "call", lambda module, arguments: done.append(arguments) or DONE)
    assert commands.call("analytics.demo.command", ["demo", "--families", "300", "--home", str(tmp_path)]) == DONE
    assert [arguments[0] for arguments in done] == ["generate", "build"]
    assert done[0][done[0].index("--out") + 1] + "/sources" == done[1][done[1].index("--sources") + 1]


def test_a_failed_city_is_not_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(demo, "call", lambda module, arguments: done.append(arguments[0]) or WRONG)
    assert commands.call("analytics.demo.command", ["demo", "--home", str(tmp_path)]) == WRONG
    assert done == ["generate"]


def test_a_bar_knows_how_much_of_the_whole_is_done() -> None:
    bar = Bar({"lives": 4, "files": 6}, io.StringIO())
    assert bar.done("lives", 0.5) == pytest.approx(0.2)
    assert bar.done("files", 0.0) == pytest.approx(0.4)
    assert bar.done("files", 1.0) == pytest.approx(1.0)
    assert "files" in bar.line("files", 0.5)


def test_a_bar_writes_one_line_a_stage_where_there_is_no_terminal() -> None:
    stream = io.StringIO()
    bar = Bar({"lives": 4, "files": 6}, stream)
    for share in (0.1, 0.2, 1.0):
        bar("lives", share)
    bar("files", 1.0)
    bar.close()
    assert stream.getvalue() == "lives\nfiles\n"

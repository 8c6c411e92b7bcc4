"""A council's own declarations: what is wrong with one is told with its file and line, and nothing is half-loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from data import local

ROOT = Path(__file__).parents[3]


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for room in local.ROOMS:
        (tmp_path / room).mkdir()
    monkeypatch.setenv(local.VARIABLE, str(tmp_path))
    return tmp_path


def test_without_a_folder_there_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(local.VARIABLE, raising=False)
    assert local.modules("sources") == ()


def test_a_folder_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(local.VARIABLE, str(tmp_path / "mistyped"))
    with pytest.raises(local.LocalRefused, match="mistyped"):
        local.files("sources")


def test_files_load_in_the_order_of_their_names_and_private_ones_are_left_out(mine: Path) -> None:
    for name in ("b.py", "a.py", "_draft.py"):
        (mine / "features" / name).write_text(f"FEATURES = ({name!r},)\n")
    assert [module.FEATURES for module in local.modules("features")] == [("a.py",), ("b.py",)]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("x = (\n", "broken.py, line 1"),
        ("\n\nraise ValueError('a column is declared twice')\n", "broken.py, line 3: a column is declared twice"),
        ("import nothing_like_this\n", "broken.py, line 1"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(mine: Path, body: str, told: str) -> None:
    (mine / "sources" / "broken.py").write_text(body)
    with pytest.raises(local.LocalRefused, match=told):
        local.modules("sources")


def test_a_command_tells_it_in_one_line(mine: Path) -> None:
    (mine / "sources" / "again.py").write_text("from data.sources.housing import SOURCE\n")
    done = subprocess.run(
        [sys.executable, "-m", "data", "check", str(mine)],
        cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "again.py" in done.stderr
    assert "there is a source called housing already" in done.stderr
    assert "Traceback" not in done.stderr

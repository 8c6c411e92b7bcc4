"""``docs/add-a-source.md``, followed to the letter: from a CSV to an indicator on screen."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "add-a-source.md"
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```", re.MULTILINE | re.DOTALL)
OURS = ("app.py", "pages", "analytics", "data", "tests", ".streamlit")
LOOK = """
import json, os
from data.home import home
from data.journal.accounts import offer_demonstration
from data.journal.journal import journal_of
from data.snapshot.reading import current
from tests.opening import app_at

def seen(page, account, **state):
    app = app_at(page, account, state).run()
    assert not app.exception, app.exception
    return "\\n".join(str(each.value) for each in app.main if hasattr(each, "value"))

place = home(None)
with current(place) as snapshot, snapshot.cursor() as cursor:
    offer_demonstration(journal_of(place), snapshot)
    marigold = cursor.execute("SELECT person FROM person WHERE surname = 'Featherstonehaugh'").fetchone()[0]
print(json.dumps({
    "indicators": seen("indicators", "demo.analyst"),
    "sources": seen("sources", "demo.analyst"),
    "person": seen("person", "demo.central", chosen_person=marigold),
}))
"""


@pytest.fixture(scope="module")
def newcomer(small_city: Path, small_home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """Kinsight's folder as ``make run`` leaves it, the page followed in it, and what each command said."""
    folder = tmp_path_factory.mktemp("kinsight")
    for name in OURS:
        (folder / name).symlink_to(ROOT / name)
    (folder / ".venv" / "bin").mkdir(parents=True)
    python = folder / ".venv" / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    shutil.copytree(small_home, folder / "store")
    shutil.copytree(small_city, folder / "store" / "city")
    return folder, followed(folder)


def followed(folder: Path) -> list[str]:
    """Save the files of the page and run its commands, in one shell from top to bottom."""
    script = ["set -e"]
    for language, path, body in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if language == "sh":
            script += ["echo ======", body]
        else:
            script += [f"mkdir -p {Path(path).parent}", f"cat > {path} <<'END'\n{body}END"]
    done = subprocess.run(
        ["bash"], input="\n".join(script), cwd=folder, capture_output=True, text=True, check=False, env=environment()
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.split("======\n")[1:]


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KINSIGHT_")}
    return kept | {"PYTHONPATH": "."} | more


@pytest.fixture(scope="module")
def screens(newcomer: tuple[Path, list[str]]) -> dict[str, str]:
    """What stands on the pages that step 5 looks at, each as the reader it names."""
    folder, _ = newcomer
    done = subprocess.run(
        [sys.executable, "-c", LOOK],
        cwd=folder, capture_output=True, text=True, check=False, env=environment(KINSIGHT_LOCAL="mine"),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_the_check_takes_four_rows_and_says_what_is_wrong_with_the_fifth(newcomer: tuple[Path, list[str]]) -> None:
    _, said = newcomer
    assert "mentoring (meeting), 5 rows, 1 rejected" in said[1]
    assert "met_on: is not a date" in said[1]


def test_the_indicator_is_on_screen(screens: dict[str, str]) -> None:
    assert "Missed meetings with a mentor" in screens["indicators"]


def test_the_source_is_on_screen(screens: dict[str, str]) -> None:
    assert "Lighthouse Mentors" in screens["sources"]


def test_the_young_person_is_on_screen_with_her_story(screens: dict[str, str]) -> None:
    assert "Did not come to meet a mentor" in screens["person"]

"""What every kind of test may ask for: real files, a small invented city, its built store, and a page of it."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

# Test processes share the processors among themselves: a database that takes them all only waits for the others. That
# two threads find what one finds is what `test_build` tells.
os.environ.setdefault("KINSIGHT_THREADS", "1")

ROOT = Path(__file__).parents[1]
FAMILIES, SEED = 300, 1
OpenPage = Callable[..., Any]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real-format files that lie beside the repository; skips where there are none."""
    folder = Path(os.environ.get("KINSIGHT_SHARED_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("no shared data beside the repository")
    return folder


def command(module: str, *arguments: str) -> None:
    """Run one of our commands; a failure shows what it said."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, f"python -m {module} {' '.join(arguments)}:\n{done.stdout}\n{done.stderr}"


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder made by the first test process that asks; the others wait for it."""
    shared = factory.getbasetemp().parent if os.environ.get("PYTEST_XDIST_WORKER") else factory.getbasetemp()
    folder, done = shared / name, shared / f"{name}.done"
    with FileLock(shared / f"{name}.lock"):
        if not done.exists():
            make(folder)
            done.touch()
    return folder


@pytest.fixture(scope="session")
def small_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``sources/`` and ``truth/`` of an invented city of 300 families, made once. Read only."""

    def make(folder: Path) -> None:
        command("data", "generate", "--families", str(FAMILIES), "--seed", str(SEED), "--out", str(folder))

    return once(tmp_path_factory, "small_city", make)


@pytest.fixture(scope="session")
def small_home(small_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the built snapshot of the small city, made once. Read only: tests that write use ``own_journal``."""

    def make(folder: Path) -> None:
        where = ["--sources", str(small_city / "sources"), "--truth", str(small_city / "truth"), "--home", str(folder)]
        command("analytics", "build", *where)

    return once(tmp_path_factory, "small_home", make)


@pytest.fixture(scope="session", autouse=True)
def _no_wait_for_the_disk() -> Iterator[None]:
    """A test's journal need not survive a power cut; that its writer may die at any moment is as true as ever."""
    from data.journal import engine

    def prepare(connection: Any, record: object, as_ever: Callable[..., None] = engine._prepare_sqlite) -> None:
        as_ever(connection, record)
        connection.execute("PRAGMA synchronous = OFF")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_prepare_sqlite", prepare)
        yield


@pytest.fixture(scope="session", autouse=True)
def _what_is_imported_is_no_rubbish() -> None:
    """Streamlit looks for rubbish after each run of a script, in everything there is: as served, see `serve`."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def own_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A journal for this test alone, whatever home it reads."""
    url = f"sqlite:///{tmp_path / 'journal.sqlite'}"
    monkeypatch.setenv("KINSIGHT_JOURNAL", url)
    return url


@pytest.fixture
def open_page(own_journal: str, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """``open_page("search", account="demo.north", home=small_home, person=...)``: the page as that reader gets it.

    Gives a run `AppTest` of the whole app, frame and all. ``query`` is what stands behind the ? of the address, other
    names are put into the session. An error of ours fails the test with its own traceback.
    """
    from data.home import home as home_at
    from pages.entry import errors
    from tests.journals import offered
    from tests.opening import app_at

    def fail(error: Exception) -> str:
        raise AssertionError("the page failed") from error

    monkeypatch.setattr(errors, "report", fail)

    def opened(
        path: str, account: str | None = "demo.north", *, home: Path, query: dict[str, str] | None = None, **state: Any
    ) -> Any:
        monkeypatch.setenv("KINSIGHT_HOME", str(home))
        offered(home_at(home))
        app = app_at(path, account, {"chosen_person": state.pop("person", None)} | state, query).run()
        assert not app.exception, app.exception
        return app

    return opened

"""Serve a home on a free port, in a process of its own, for as long as a block lasts."""

from __future__ import annotations

import atexit
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import cache
from pathlib import Path

from pages.entry.wire import visit

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(home: Path, journal: Path, port: int | None = None, **settings: str) -> Iterator[int]:
    """The port of a server on ``home``, with a journal of its own, after its first visit; ``settings`` are of ours.

    One without settings of its own is forked from a process that has imported everything: see `Nursery`.
    """
    if port is None and not settings:
        with nursery().served("ready", home, journal) as found:
            visit(found)
            yield found
        return
    with started(home, journal, port, **settings) as found:
        yield found


@contextmanager
def started(home: Path, journal: Path, port: int | None = None, **settings: str) -> Iterator[int]:
    """As `served`, by the command that councils start it by."""
    port = port or free_port()
    where = {"KINSIGHT_HOME": str(home), "KINSIGHT_JOURNAL": f"sqlite:///{journal}", "PORT": str(port)}
    where |= {"KINSIGHT_API_PORT": "off"} | settings
    command = [sys.executable, "-m", "pages.entry.serve"]
    with journal.with_suffix(".log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **where}, stdout=log, stderr=log)
        try:
            wait(port)
            visit(port)
            yield port
        finally:
            server.kill()
            server.wait()


def wait(port: int, seconds: float = 60.0) -> None:
    """Wait until something listens on ``port``. Raises `RuntimeError` if that takes too long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"the server on port {port} did not start")


class Nursery:
    """Servers forked from one process that has imported everything."""

    def __init__(self) -> None:
        command, pipe, nowhere = [sys.executable, "-m", "tests.browser.nursery"], subprocess.PIPE, subprocess.DEVNULL
        self._parent = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=nowhere, text=True)
        self._answer()

    def close(self) -> None:
        self._parent.kill()
        self._parent.communicate()

    def fresh(self, home: Path, journal: Path) -> AbstractContextManager[int]:
        """The port of a server on ``home`` whose first visitor is whoever comes first."""
        return self.served("fresh", home, journal)

    @contextmanager
    def served(self, how: str, home: Path, journal: Path) -> Iterator[int]:
        """The port of a server on ``home``, as `tests.browser.nursery` makes one ``how``."""
        port = free_port()
        assert self._parent.stdin
        self._parent.stdin.write(f"{how} {port} {home} {journal}\n")
        self._parent.stdin.flush()
        child = int(self._answer())
        try:
            wait(port)
            yield port
        finally:
            os.kill(child, signal.SIGKILL)

    def _answer(self) -> str:
        assert self._parent.stdout
        return self._parent.stdout.readline()


@cache
def nursery() -> Nursery:
    """The one of this process, until it ends."""
    made = Nursery()
    atexit.register(made.close)
    return made

"""Serve a home on a free port, in a process of its own, for as long as a block lasts."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pages.entry.wire import visit

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(home: Path, journal: Path, *, visited: bool = True) -> Iterator[int]:
    """The port of a fresh server on ``home``, with a journal of its own; ``visited`` waits for its first visit."""
    port = free_port()
    where = {"KINSIGHT_HOME": str(home), "KINSIGHT_JOURNAL": f"sqlite:///{journal}", "PORT": str(port)}
    command = [sys.executable, "-m", "pages.entry.serve"] if visited else _bare(port)
    with journal.with_suffix(".log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **where}, stdout=log, stderr=log)
        try:
            wait(server, port)
            if visited:
                visit(port)
            yield port
        finally:
            server.kill()
            server.wait()


def _bare(port: int) -> list[str]:
    """Streamlit itself, without the start-up's own visit: the first visitor is whoever comes first."""
    return [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]


def wait(server: subprocess.Popen[bytes], port: int, seconds: float = 60.0) -> None:
    """Wait until something listens on ``port``. Raises `RuntimeError` if the server ends, or takes too long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"the server on port {port} did not start")

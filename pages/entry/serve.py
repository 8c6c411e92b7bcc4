"""``python -m pages.entry.serve``: serve the pages on ``$PORT`` (8501), and visit them once before anyone else does.

The interface for the hub's platform runs beside them in a process of its own, on the next port, and stops with them.

A fresh Streamlit server knows no page's address until its script has run: without this first visit, the first person
to open a deep link would be told that the page does not exist. It also spares that person the imports.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress

from analytics.casework import search_memory, space
from analytics.whatif import published
from data.home import home
from data.snapshot import reading
from data.snapshot.engine import StoreError
from pages.entry import ports
from pages.entry.server import serve
from pages.entry.wire import visit


def main() -> int:
    """Serve until stopped; the exit code."""
    port = ports.pages_port()
    if why := ports.busy("", port):
        print(f"{why} PORT=8600 make run, say.", file=sys.stderr)
        return 2
    threading.Thread(target=_first_visit, args=(port,), daemon=True).start()
    serve(port)
    return 0


def _first_visit(port: int) -> None:
    """Visit as soon as the server listens, then say where it is."""
    for _ in range(600):
        try:
            visit(port)
        except OSError:
            time.sleep(0.1)
            continue
        print(f"Kinsight is ready: http://localhost:{port}", file=sys.stderr, flush=True)
        _settle()
        _warm()
        _settle()
        _interface()
        return
    print("The server did not answer within a minute.", file=sys.stderr, flush=True)


def _warm() -> None:
    """What takes a second to read is read before the first reader asks; without a snapshot there is nothing to read."""
    with suppress(StoreError, ValueError):
        reading.warm(home())
        search_memory.warm(home())
        space.warm(home())
        published.warm(home())


def _settle() -> None:
    """Take what is there for good out of the collector's sight.

    Streamlit sends it through everything there is after each run of a script, and for a sixth of a second nobody
    else's runs.
    """
    gc.collect()
    gc.freeze()


def _interface() -> None:
    """Start the interface, once the pages are there: it stops when the pipe to it ends, however this process does."""
    port = ports.port()
    if port is None:
        return
    if why := ports.busy(ports.host(), port):
        print(f"{why} The hub's interface is not served: {ports.API_PORT} says where else.", file=sys.stderr)
        return
    # One thread a question: many are asked at one time, and each is about few people.
    told = {"KINSIGHT_THREADS": "1"} | os.environ | {ports.API_PORT: str(port)}
    subprocess.Popen([sys.executable, "-m", "pages.api", "--beside"], stdin=subprocess.PIPE, env=told)
    print(f"The hub's interface: http://{ports.host()}:{port}/docs", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())

"""``python -m pages.entry.serve``: serve the pages on ``$PORT`` (8501), and visit them once before anyone else does.

A fresh Streamlit server knows no page's address until its script has run: without this first visit, the first person
to open a deep link would be told that the page does not exist. It also spares that person the imports.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from contextlib import suppress

from analytics.casework import search_memory, space
from analytics.whatif import published
from data.home import home
from data.snapshot import reading
from data.snapshot.engine import StoreError
from pages.entry.server import serve
from pages.entry.wire import visit


def main() -> None:
    """Serve until stopped."""
    port = int(os.environ.get("PORT") or 8501)
    threading.Thread(target=_first_visit, args=(port,), daemon=True).start()
    serve(port)


def _first_visit(port: int) -> None:
    """Visit as soon as the server listens, then say where it is."""
    for _ in range(600):
        try:
            visit(port)
        except OSError:
            time.sleep(0.1)
            continue
        print(f"Kinsight is ready: http://localhost:{port}", file=sys.stderr, flush=True)
        _warm()
        return
    print("The server did not answer within a minute.", file=sys.stderr, flush=True)


def _warm() -> None:
    """What takes a second to read is read before the first reader asks; without a snapshot there is nothing to read."""
    with suppress(StoreError, ValueError):
        reading.warm(home())
        search_memory.warm(home())
        space.warm(home())
        published.warm(home())


if __name__ == "__main__":
    main()

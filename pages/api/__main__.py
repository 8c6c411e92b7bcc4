"""``python -m pages.api``: serve the interface on ``KINSIGHT_API_PORT``, at ``KINSIGHT_API_HOST`` (127.0.0.1).

With ``--beside`` it stops as soon as whoever started it is gone: standard input ends then, however that came about.
"""

from __future__ import annotations

import logging
import os
import sys
import threading

import uvicorn

from analytics.casework import search_memory
from analytics.triage import remembered, similar
from data.access.tokens import offer_demonstration_token
from data.home import home
from data.journal.journal import journal_of
from data.snapshot import reading
from data.snapshot.engine import StoreError
from pages.api.app import interface
from pages.entry.ports import busy, host, port

LOG = logging.getLogger("kinsight.api")


def main() -> int:
    """Serve until stopped; the exit code."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(message)s")
    where = port()
    why = "KINSIGHT_API_PORT is off." if where is None else busy(host(), where)
    if where is None or why:
        print(why, file=sys.stderr)
        return 2
    server = uvicorn.Server(
        uvicorn.Config(
            interface(), host(), where, access_log=False, log_level="warning", server_header=False, date_header=False,
            timeout_keep_alive=20, limit_concurrency=256, h11_max_incomplete_event_size=16 * 1024,
        )
    )  # fmt: skip
    if "--beside" in sys.argv:
        threading.Thread(target=_stop_with, args=(server,), daemon=True).start()
    _ready()
    server.run()
    return 0


def _stop_with(server: uvicorn.Server) -> None:
    """Stop when standard input ends."""
    while os.read(0, 1024):
        pass
    server.should_exit = True


def _ready() -> None:
    """What takes a second to read is read before the first contact comes; without a snapshot there is nothing yet."""
    try:
        with reading.current(home()) as snapshot:
            offer_demonstration_token(journal_of(home()), snapshot)
        for kept in (search_memory, remembered, similar):
            kept.warm(home())
    except StoreError as error:
        LOG.error("The interface has no data yet: %s", error)


if __name__ == "__main__":
    sys.exit(main())

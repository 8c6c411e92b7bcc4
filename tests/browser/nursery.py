"""Fresh servers for the price of a fork: everything is imported once, and each child is a server without a visitor.

``python -m tests.browser.nursery`` reads ``PORT HOME JOURNAL`` lines and answers each with the process that serves it.
"""

from __future__ import annotations

import os
import signal
import sys

from pages.entry.registry import declared
from pages.entry.server import serve


def main() -> None:
    """Fork a server for each line. Children that were ended leave nothing behind."""
    declared.__wrapped__()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)
    for line in sys.stdin:
        port, home, journal = line.split()
        child = os.fork()
        if child == 0:
            os.environ |= {"KINSIGHT_HOME": home, "KINSIGHT_JOURNAL": f"sqlite:///{journal}"}
            serve(int(port))
        print(child, flush=True)


if __name__ == "__main__":
    main()

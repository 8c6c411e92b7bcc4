"""Servers for the price of a fork: everything is imported once, and each child is a server of its own.

``python -m tests.browser.nursery`` reads ``HOW PORT HOME JOURNAL`` lines and answers each with the process that serves
it: ``ready`` as ``python -m pages.entry.serve`` would be, ``fresh`` without its first visit.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from functools import cache

from streamlit.components.v2 import manifest_scanner

from pages.entry.registry import declared
from pages.entry.serve import main as as_ever
from pages.entry.server import serve


def main() -> None:
    """Fork a server for each line. Children that were ended leave nothing behind."""
    declared.__wrapped__()
    # What Streamlit finds among the installed packages, too, is found once.
    manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
    manifest_scanner.scan_component_manifests()
    # Children share what is there for good: the collector need neither look through it nor touch it.
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)
    for line in sys.stdin:
        how, port, home, journal = line.split()
        child = os.fork()
        if child == 0:
            os.environ |= {"KINSIGHT_HOME": home, "KINSIGHT_JOURNAL": f"sqlite:///{journal}", "PORT": port}
            as_ever() if how == "ready" else serve(int(port))
        print(child, flush=True)


if __name__ == "__main__":
    main()

"""Find a browser for the tests, or get one: ``python tests/browser/provision.py`` prints where it is.

A Chromium or Chrome of the system comes first; else Debian's package where it may be installed; else Playwright's own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
)  # fmt: skip
HELP = (
    "No browser for the tests: install Chromium or Chrome, or give the path of one in KINSIGHT_BROWSER "
    "(Debian: apt-get install chromium)."
)


def installed() -> str | None:
    """The path of a browser on this machine, or None."""
    named = [os.environ.get("KINSIGHT_BROWSER", ""), *(shutil.which(name) or "" for name in NAMES), str(MAC)]
    there = next((path for path in named if path and Path(path).exists()), None)
    if there:
        return there
    own = _playwrights()
    return own if Path(own).exists() else None


def _playwrights() -> str:
    """Where Playwright would keep a Chromium of its own; it need not be there."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _run(*command: str) -> None:
    """Run a step that may fail: the next way is tried then. Its output goes to standard error."""
    subprocess.run(command, stdout=sys.stderr, check=False, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})


def provide() -> str:
    """The path of a browser, installed if need be. Exits with a clear message where none can be had."""
    if not installed() and shutil.which("apt-get") and os.geteuid() == 0:
        _run("apt-get", "update", "-q")
        _run("apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium", "fonts-liberation")
    if not installed():
        _run(sys.executable, "-m", "playwright", "install", "chromium")
    return installed() or sys.exit(HELP)


if __name__ == "__main__":
    print(provide())

"""How fast pages are: the script on the server, and the paint in the browser beside that of bare Streamlit pages.

Serves ``KINSIGHT_HOME`` (the full city, to mean anything). Seconds; 95th percentiles over ``ROUNDS`` rounds.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, expect

from data.access.roles import may
from data.home import home
from data.journal.accounts import offer_demonstration
from data.journal.journal import journal_of
from data.snapshot.reading import current
from pages.entry.registry import declared
from pages.entry.spec import Declared
from tests.browser.driving import SIZE, chromium, go, settled, sign_in
from tests.browser.serving import ROOT, free_port, started, wait
from tests.browser.shots import ACCOUNTS
from tests.opening import app_at

ROUNDS, SCRIPT, SLOWER = 5, 0.5, 0.7
CHARTS = ("caseload",)
BARE = """
import streamlit as st
def home():
    st.title("Home"); st.markdown("One"); st.markdown("Two")
    for row in range(2):
        for number, column in enumerate(st.columns(3)):
            with column, st.container(border=True):
                st.markdown("Name"); st.caption("What for"); st.button("Sign in", key=f"{row}-{number}")
def other():
    st.title("Other"); st.text_input("Ask"); st.dataframe({"a": [1, 2, 3]}); st.button("Go")
def chart():
    import plotly.graph_objects as go
    st.title("Chart"); st.plotly_chart(go.Figure(go.Scatter(y=[1, 3, 2])))
pages = [st.Page(home, title="Home", default=True), st.Page(other, title="Other"), st.Page(chart, title="Chart")]
st.navigation(pages).run()
"""


def bench() -> Iterator[tuple[str, bool]]:
    """Scripts on the server; then the first paint and each step of navigation, against bare pages of the same run."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        for path, seconds in _scripts(Path(folder) / "scripts.sqlite").items():
            yield f"{path}: script {seconds:.2f} s, promised {SCRIPT}", seconds <= SCRIPT
        with _bare(Path(folder)) as port:
            first, bare = _first(browser, port), _bare_pages(browser, port)
        with started(home().path, Path(folder) / "journal.sqlite") as port:
            yield _beside("first paint", _first(browser, port), first)
            for path, seconds in _all_pages(browser, port):
                yield _beside(f"{path}: painted", seconds, bare["Chart" if path in CHARTS else "Other"])


def _beside(what: str, seconds: float, bare: float) -> tuple[str, bool]:
    return f"{what} {seconds:.2f} s, bare {bare:.2f} s, promised {SLOWER} more at most", seconds <= bare + SLOWER


def _scripts(journal: Path) -> dict[str, float]:
    """How long each page's script runs on the server, after its first run."""
    os.environ["KINSIGHT_JOURNAL"] = f"sqlite:///{journal}"
    with current(home()) as snapshot:
        offer_demonstration(journal_of(home()), snapshot)
    accounts = {role: account for account, role in ACCOUNTS.items()}
    return {page.spec.path: _script(page.spec.path, accounts[role]) for page, role in _opened_by()}


def _script(path: str, account: str) -> float:
    app, seconds = app_at(path, account, {}).run(), []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        app.run()
        seconds.append(time.perf_counter() - began)
    return _p95(seconds)


def _opened_by() -> Iterator[tuple[Declared, str]]:
    """Each page that stands in the navigation, with the first role that may open it."""
    for page in declared():
        role = next((role for role in ACCOUNTS.values() if may(role, page.spec.needs)), None)
        if role and page.spec.listed:
            yield page, role


def _first(browser: Browser, port: int) -> float:
    """From nothing to a page that is drawn, in a window with an empty cache."""
    seconds = []
    for _ in range(ROUNDS):
        window = browser.new_context(viewport=SIZE).new_page()
        began = time.perf_counter()
        window.goto(f"http://127.0.0.1:{port}/")
        settled(window)
        seconds.append(time.perf_counter() - began)
        window.context.close()
    return _p95(seconds)


def _all_pages(browser: Browser, port: int) -> Iterator[tuple[str, float]]:
    """Each page that stands in the navigation, as the first demonstration account that may open it."""
    for account, role in ACCOUNTS.items():
        mine = [page.spec for page, first in _opened_by() if first == role]
        window = browser.new_page(viewport=SIZE)
        sign_in(window, port, account)
        for spec in mine:
            yield spec.path, _p95([_go_and_back(window, spec.title) for _ in range(ROUNDS)])
        window.close()


def _go_and_back(window: Page, title: str) -> float:
    began = time.perf_counter()
    go(window, title)
    seconds = time.perf_counter() - began
    go(window, "Home")
    return seconds


def _bare_pages(browser: Browser, port: int) -> dict[str, float]:
    window = browser.new_page(viewport=SIZE)
    window.goto(f"http://127.0.0.1:{port}/")
    expect(window.get_by_test_id("stSidebarNav")).to_be_visible(timeout=30_000)
    settled(window)
    return {title: _p95([_go_and_back(window, title) for _ in range(ROUNDS)]) for title in ("Other", "Chart")}


@contextmanager
def _bare(folder: Path) -> Iterator[int]:
    """The port of a Streamlit server with two pages and nothing behind them."""
    script, port = folder / "bare.py", free_port()
    script.write_text(BARE, encoding="utf-8")
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait(port)
        yield port
    finally:
        server.kill()
        server.wait()


def _p95(seconds: list[float]) -> float:
    return round(float(np.quantile(seconds, 0.95)), 3)

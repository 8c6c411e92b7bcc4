"""In a real browser, a value from data is drawn as the characters it is made of."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from pages.components.escape import JOINER, plain
from tests.browser.serving import ROOT, free_port, wait
from tests.unit.house.test_escape import NASTY

SCRIPT = """
import streamlit as st
from pages.components.bars import Bar, bars
from pages.components.escape import text
from tests.unit.house.test_escape import NASTY

st.title("Values")
for number, value in enumerate(NASTY):
    with st.container(key=f"markdown-{number}"):
        st.markdown(text(value))
    with st.container(key=f"button-{number}"):
        st.button(text(value), key=f"b{number}")
    with st.container(key=f"bar-{number}"):
        bars([Bar(value, 1.0, "", "")])
st.caption("The end")
"""


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    script = tmp_path_factory.mktemp("values") / "values.py"
    script.write_text(f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n{SCRIPT}", encoding="utf-8")
    number = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(number)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait(number)
    yield number
    server.kill()
    server.wait()


def test_values_are_drawn_as_they_are(port: int, page: Page) -> None:
    page.goto(f"http://127.0.0.1:{port}/")
    expect(page.get_by_text("The end")).to_be_visible(timeout=30_000)
    for number, value in enumerate(NASTY):
        for where in ("markdown", "button", "bar"):
            box = page.locator(f".st-key-{where}-{number}")
            drawn = (box.text_content() or "").replace(JOINER, "")
            assert drawn == plain(value), (where, drawn)
            assert box.locator("a, img, script, table, code, h1, li, .katex, [class*='material']").count() == 0, value

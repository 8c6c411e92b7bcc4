"""In a real browser, a value from data is drawn as the characters it is made of."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from data.home import home
from data.journal.casework import allocate, watch
from data.journal.hub import take
from data.journal.journal import Entry, Journal
from data.snapshot.engine import ALIAS, attach, connect
from data.snapshot.reading import served as served_by
from pages.components.escape import JOINER, plain
from tests.browser.driving import go, search_for, settled, sign_in
from tests.browser.serving import ROOT, free_port, served, wait
from tests.unit.casework.town import build
from tests.unit.casework.town_model import write_model
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
            expect(box, "is drawn a moment after the rest").not_to_have_text("")
            drawn = (box.text_content() or "").replace(JOINER, "")
            assert drawn == plain(value), (where, drawn)
            assert box.locator("a, img, script, table, code, h1, li, .katex, [class*='material']").count() == 0, value


# The same on the pages themselves: a town in which people, families and schools have such names.

SCRIPTED, FORMULA = "<script>alert(1)</script>", '=HYPERLINK("http://evil.example")'
MARKED = "**bold** [x](javascript:alert(1)) :red[danger] $a$"
TURNED, ENDLESS = "\u202eAdam\u202c", "W" * 500
HOSTILE = f"""
UPDATE {ALIAS}.person SET forename = $scripted, surname = $formula WHERE person = $yasmin;
UPDATE {ALIAS}.person SET forename = $marked WHERE forename = 'Saima' AND surname = 'Khan';
UPDATE {ALIAS}.person SET forename = $turned WHERE forename = 'Adam' AND surname = 'Khan';
UPDATE {ALIAS}.person SET surname = $endless WHERE forename = 'Gareth' AND surname = 'Davies';
UPDATE {ALIAS}.person_record SET forename = $scripted, surname = $formula WHERE surname = 'Kahn';
UPDATE {ALIAS}.search_alias SET written = $scripted || ' ' || $marked WHERE person = $yasmin;
UPDATE {ALIAS}.family SET name = $marked || ' ' || $scripted WHERE name = 'Khan / Davies';
UPDATE {ALIAS}.event SET detail = $formula || ' ' || $scripted WHERE detail = 'Lockleaze High';
UPDATE {ALIAS}.event SET detail = $marked || ', ' || $scripted WHERE detail = 'Ruth Osei, North';
"""
#: What a value would have become, had anything read it.
LIVE = "main img[src='x'], main a[href*='evil'], main a[href*='javascript'], main .katex, main h1 strong"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int]]:
    """The port of a server on such a town, and the number of the girl of whom every page is opened."""
    folder = tmp_path_factory.mktemp("hostile")
    yasmin = build(home(folder / "home"))["yasmin"]
    told = {"scripted": SCRIPTED, "formula": FORMULA, "marked": MARKED, "turned": TURNED, "endless": ENDLESS}
    con = connect()
    attach(con, served_by(home(folder / "home")), ALIAS, read_only=False)
    for statement in HOSTILE.strip().split(";\n"):
        asked = {name: value for name, value in {**told, "yasmin": yasmin}.items() if f"${name}" in statement}
        con.execute(statement, asked)
    con.close()
    write_model(home(folder / "home"))
    _written(Journal(f"sqlite:///{folder / 'journal.sqlite'}"), yasmin)
    with served(folder / "home", folder / "journal.sqlite") as number:
        yield number, yasmin


def _written(journal: Journal, yasmin: int) -> None:
    """The same in what readers write: a key worker, a purpose, why somebody is watched, and a contact with the hub."""
    words = f"{SCRIPTED} {FORMULA} {MARKED}"
    entry = Entry("demo.north", "lead_professional", "test", (yasmin,), snapshot="fernhill-0")
    allocate(journal, yasmin, words, "2026-09-01", words, entry, "2026-09-15", "cse")
    watch(journal, yasmin, words, "2999-01-01", entry)
    told = {"contact": "K1", "received_at": "2026-10-01T09:00:00", "agency": "police", "reason": "domestic_abuse"}
    take(journal, told | {"narrative": words, "people": json.dumps([yasmin])}, entry)
    journal.close()


def expect_harmless(page: Page) -> None:
    """Nothing in the values was read, nothing ran, and a name of 500 letters pushes nothing off the page."""
    settled(page)
    read = [each.evaluate("it => it.outerHTML") for each in page.locator(LIVE).all()]
    assert read == []
    assert not page.evaluate("[...document.scripts].some(each => each.text.includes('alert(1)'))")
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth <= innerWidth")
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", page.get_by_role("main").inner_text())


def test_on_every_tab_of_a_persons_page_and_on_the_paper(hostile: tuple[int, int], page: Page, tmp_path: Path) -> None:
    port, yasmin = hostile
    page.on("dialog", lambda dialog: pytest.fail(f"a value ran: {dialog.message}"))
    sign_in(page, port, "demo.north", f"person?id={yasmin}")
    expect(page.get_by_role("heading", name=SCRIPTED)).to_be_visible(timeout=30_000)
    assert FORMULA in plain(page.get_by_role("heading", level=1).inner_text()).replace(JOINER, "")
    for tab in page.get_by_role("tab").all():
        tab.click()
        expect_harmless(page)
    page.get_by_role("tab", name="Score").click()
    page.get_by_text("very worried").click(timeout=30_000)
    page.get_by_role("button", name="Save and show").click()
    page.get_by_text("What if something were otherwise?").click(timeout=30_000)
    expect(page.get_by_role("main")).to_contain_text("As it is", timeout=30_000)
    expect_harmless(page)
    page.get_by_role("button", name="Take along").click()
    page.get_by_role("button", name="Prepare the page").click()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download the page").click(timeout=30_000)
    taken.value.save_as(tmp_path / "page.pdf")
    paper = (tmp_path / "page.pdf").read_bytes()
    assert len(re.findall(rb"/Type /Page\b", paper)) == 1
    assert b"/URI" not in paper
    assert b"/JavaScript" not in paper
    go(page, "Search")
    search_for(page, "jasmin kahn")
    expect(page.get_by_role("main")).to_contain_text(SCRIPTED, timeout=30_000)
    expect_harmless(page)
    go(page, "Heightened risk")
    expect_harmless(page)


def test_on_the_pages_of_daily_work(hostile: tuple[int, int], page: Page) -> None:
    """The ranked list and what follows from it, who is like whom, the family, and two people beside each other."""
    port, yasmin = hostile
    page.on("dialog", lambda dialog: pytest.fail(f"a value ran: {dialog.message}"))
    sign_in(page, port, "demo.north", f"person?id={yasmin}")
    page.get_by_role("tab", name="Family and friends").click(timeout=30_000)
    page.get_by_role("link", name="The whole family").click(timeout=30_000)
    expect(page.get_by_role("tab", name="Who and when")).to_be_visible(timeout=30_000)
    for tab in page.get_by_role("tab").all():
        tab.click()
        expect_harmless(page)
    for title in ("Allocations", "Watching", "Similar"):
        go(page, title)
        if title == "Allocations":
            page.get_by_role("combobox", name=re.compile("Whose")).click()
            page.get_by_role("option", name="Every team").click()
        expect(page.get_by_role("main")).to_contain_text(SCRIPTED, timeout=30_000)
        expect_harmless(page)
    page.get_by_text("Two people", exact=True).click()
    for label, typed in (("One person", "jasmin kahn"), ("The other person", "zofia nowak")):
        page.get_by_label(label).fill(typed, timeout=30_000)
        page.keyboard.press("Enter")
        settled(page)
    expect(page.get_by_role("main")).to_contain_text("Shared", timeout=30_000)
    expect_harmless(page)
    go(page, "Step-down")
    expect_harmless(page)


def test_at_the_hub(hostile: tuple[int, int], page: Page) -> None:
    page.on("dialog", lambda dialog: pytest.fail(f"a value ran: {dialog.message}"))
    sign_in(page, hostile[0], "demo.hub", "queue")
    expect(page.get_by_role("main")).to_contain_text(SCRIPTED, timeout=30_000)
    expect_harmless(page)


def test_in_the_pack_that_leaves_the_house(hostile: tuple[int, int], page: Page, tmp_path: Path) -> None:
    port, yasmin = hostile
    sign_in(page, port, "demo.auditor", "subject-access")
    page.get_by_label("An agency's number, NHS number").fill(str(yasmin))
    page.keyboard.press("Enter")
    page.get_by_role("radiogroup", name="Whom it is about").get_by_text(SCRIPTED).click(timeout=30_000)
    page.get_by_role("button", name="Prepare the pack").click(timeout=30_000)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download the tables").click(timeout=60_000)
    expect_harmless(page)
    taken.value.save_as(tmp_path / "pack.zip")
    with zipfile.ZipFile(tmp_path / "pack.zip") as bundle:
        told = {name: bundle.read(name).decode("utf-8-sig") for name in bundle.namelist()}
    cells = [
        cell
        for name, text in told.items()
        if name.endswith(".csv")
        for row in csv.reader(text.splitlines())
        for cell in row
    ]
    assert any(SCRIPTED in cell for cell in cells)
    assert f"'{FORMULA}" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]

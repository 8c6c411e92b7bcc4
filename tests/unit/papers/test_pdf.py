"""A paper's PDF: the same bytes every time, every letter told, nothing from data but characters."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from data.papers import page
from data.papers.inert import inert
from data.papers.pdf import NOTE, pdf, printable

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "=HYPERLINK('http://evil.example')",
    "+1+1",
    "-cmd|' /C calc'!A0",
    "@SUM(A1)",
    "abc \u202egnp.exe",
    "**bold** _it_ `code` [link](http://evil.example) | cell",
    "# heading",
    "\\| back \\",
    ":smile: https://evil.example a@b.example",
    "\u0000\u0007\ue041",
)
PAPER = "# A paper\n\nAbout **this** and `that`.\n\n- one\n- two\n\n| A | B |\n| --- | --- |\n| 1 | long |\n"


def pages_of(document: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", document))


def test_the_same_text_gives_the_same_bytes_in_another_process() -> None:
    script = "import hashlib, sys; from data.papers.pdf import pdf; print(hashlib.sha256(pdf(sys.argv[1])).hexdigest())"
    root = Path(__file__).parents[3]
    runs = [
        subprocess.run(
            [sys.executable, "-c", script, PAPER], cwd=root, capture_output=True, text=True, check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert len(runs[0].strip()) == 64
    assert runs[0] == runs[1]
    assert pdf(PAPER) == pdf(PAPER)


def test_it_is_a_document_with_its_title_and_holds_nothing_that_runs() -> None:
    document = pdf("\n".join([PAPER, *(f"- {inert(each)}" for each in HOSTILE)]), mark="Invented city", foot="Foot")
    assert document.startswith(b"%PDF-")
    assert b"/Title (A paper)" in document
    for live in (b"/JavaScript", b"/JS", b"/URI", b"/Launch", b"/OpenAction", b"/EmbeddedFile"):
        assert live not in document


def test_a_long_table_goes_over_pages_and_a_row_longer_than_a_page_is_split() -> None:
    rows = "".join(f"| {at} | {'word ' * 40} |\n" for at in range(60)) + f"| last | {'word ' * 4000} |\n"
    assert pages_of(pdf(f"# Long\n\n| A | B |\n| --- | --- |\n{rows}")) > 5


def test_letters_of_other_alphabets_are_printed_and_what_cannot_be_is_named() -> None:
    assert printable("Zofia Łąk, Ольга, Ελένη, Nguyễn") == "Zofia Łąk, Ольга, Ελένη, Nguyễn"
    assert printable("שם") == "‹U+05E9›‹U+05DD›"
    assert printable("a\u202eb\u200fc\x07") == "a‹U+202E›b‹U+200F›c‹U+0007›"
    assert len(pdf("# Name\n\nשם")) > len(pdf("# Name\n\nxx")), "the note at the end says so"
    assert "Unicode" in NOTE


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_from_data_is_characters_in_the_markdown_and_on_the_page(value: str) -> None:
    said = f"- {inert(value)}\n\n| A | B |\n| --- | --- |\n| {inert(value)} | end |\n"
    assert MarkdownIt("js-default").render(f"{inert(value)}x").count("<") == 2, "one paragraph and nothing in it"
    made = page.html(said)
    assert "<script" not in made.lower()
    assert "<img" not in made.lower()
    assert made.count("<td>") == 2
    assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", made)
    assert pdf(said).startswith(b"%PDF-")


@pytest.mark.parametrize("value", ["=1+1", "+1+1", "-cmd", "@SUM(A1)"])
def test_a_formula_is_text_to_a_spreadsheet(value: str) -> None:
    assert page.bare(inert(value)) == f"'{value}"


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Co", "Cs", "Zs", "Zl", "Zp")), min_size=1))
def test_a_value_is_read_back_as_it_was(value: str) -> None:
    shown = page.bare(inert(value))
    assert shown.removeprefix("'") == value.removeprefix("'")
    assert "**" not in inert(value)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_any_text_makes_a_document(value: str) -> None:
    assert pages_of(pdf(f"# T\n\n{value}\n\n| {inert(value)} | b |\n| --- | --- |\n| {inert(value)} | {value} |")) >= 1

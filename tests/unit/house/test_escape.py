"""A value from data shows as the characters it is made of, whatever they are."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pages.components.escape import JOINER, markup, plain, text

NASTY = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](http://example.org/x.png)",
    "<img src=x onerror=alert(1)>",
    "$a$ and $$b$$",
    ":red[danger]",
    ":red-background[danger]",
    ":smile: :material/home: :streamlit:",
    "# heading",
    "1. first",
    "- item",
    "a | b\n--|--\nc | d",
    "`code` **bold** _it_ ~~gone~~",
    "O'Brien & Sons -> x <- y >= z",
    "https://example.org www.example.org a@example.org",
    "&lt;b&gt; &#60;",
    "back\\slash \\[x\\]",
    "two\n\nparagraphs",
    "\u202eright to left\u202c",
]


def shown(markdown: str) -> str:
    """What a CommonMark reader with GitHub's tables, links and strikethrough would show, as text; tags would remain."""
    reader = MarkdownIt("gfm-like", {"html": True, "linkify": False})
    inner = re.fullmatch(r"<p>(.*)</p>\n?", reader.render(markdown), re.DOTALL)
    return html.unescape(inner.group(1)) if inner else reader.render(markdown)


@pytest.mark.parametrize("value", NASTY)
def test_nothing_in_a_value_is_read_as_markdown_or_html(value: str) -> None:
    assert shown(text(value)).replace(JOINER, "") == plain(value)


@given(st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=80))
def test_any_text_stays_itself(value: str) -> None:
    if plain(value):
        assert shown(text(value)).replace(JOINER, "") == plain(value)


@pytest.mark.parametrize(
    "value", [":smile:", ":material/home:", "->", "<-", "--", ">=", "www.x.uk", "a@b.uk", "http://x"]
)
def test_what_streamlit_replaces_after_parsing_is_held_apart(value: str) -> None:
    assert JOINER in text(value)


@pytest.mark.parametrize("value", NASTY)
def test_markup_holds_no_tag_and_cannot_leave_an_attribute(value: str) -> None:
    assert not set('<>"') & set(markup(value))
    assert html.unescape(markup(value)) == plain(value)


def test_nothing_is_empty_and_numbers_are_text() -> None:
    assert text(None) == ""
    assert text(14) == "14"

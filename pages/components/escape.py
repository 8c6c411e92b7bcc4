"""Values from data are shown as they are: never as Markdown, never as HTML."""

from __future__ import annotations

import html
import re

# Zero width, and no line break: Streamlit turns ":smile:", "->" and "www.x.uk" into other things *after* the Markdown
# was parsed, where a backslash no longer helps, so such pairs are held apart.
JOINER = "\u2060"
_SPECIAL = re.compile(r"([!-/:-@\[-`{-~])")
_PAIRS = re.compile(r"(?<=[:@])(?=\S)|(?<=[<>=\-])(?=[<>=\-])|(?<=www)(?=\.)", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def plain(value: object) -> str:
    """One line, without control characters or marks that turn the direction of writing; None is empty."""
    return "" if value is None else _SPACES.sub(" ", _CONTROL.sub("", str(value))).strip()


def text(value: object) -> str:
    """A value from data, safe inside Markdown: in ``st.markdown``, labels, captions, help, tabs and radio options.

    Every punctuation mark of ASCII is escaped (CommonMark 0.31, section 2.4), so links, HTML, formulas, colours and
    headings stay what they were in the data: characters.
    """
    apart = _PAIRS.sub(JOINER, plain(value))
    return _SPECIAL.sub(r"\\\1", apart)


def markup(value: object) -> str:
    """A value from data, safe inside our own HTML and inside Plotly's labels, which read a little HTML."""
    return html.escape(plain(value), quote=True)

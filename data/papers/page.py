"""Papers as HTML: the little Markdown that they use, every value escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Literal

STYLE = (
    "body{font:16px/1.5 Georgia,serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1f1d1a;background:#fff}"
    "h1,h2,h3{font-family:system-ui,sans-serif;line-height:1.25}h2{margin-top:2rem}"
    "table{border-collapse:collapse;width:100%;font-size:.85rem;margin:1rem 0}"
    "th,td{border:1px solid #cfc9bd;padding:.35rem .5rem;text-align:left;vertical-align:top}th{background:#f4f1ea}"
    "body:has(th:nth-child(8)){max-width:84rem}"
    "@media print{body{margin:0;max-width:none}h2,h3{break-after:avoid}tr{break-inside:avoid}}"
)
Sort = Literal["heading", "list", "table", "text", ""]
Manner = Literal["strong", "code", ""]
_MARKED = re.compile(r"\*\*(.+?)\*\*|`([^`]+)`")
_CELLS = re.compile(r"(?<!\\)\|")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
#: Where escaped marks wait, out of reach, until the others have been read.
_AWAY = 0xE000
_HIDDEN = re.compile(f"[{chr(_AWAY)}-{chr(_AWAY + 0x7F)}]")


def html(markdown: str) -> str:
    """A whole page. Headings, paragraphs, lists, tables, bold and code; anything else is text."""
    title = next((line[2:] for line in markdown.splitlines() if line.startswith("# ")), "Paper")
    body = "\n".join(_element(sort, run) for sort, run in blocks(markdown))
    head = f'<meta charset="utf-8"><title>{escape(bare(title))}</title><style>{STYLE}</style>'
    return f'<!doctype html>\n<html lang="en-GB"><head>{head}</head>\n<body>\n{body}\n</body></html>\n'


def blocks(markdown: str) -> Iterator[tuple[Sort, list[str]]]:
    """Runs of lines of one sort; a heading is alone."""
    run: list[str] = []
    sort: Sort = ""
    for line in [*markdown.splitlines(), ""]:
        now = _sort(line)
        if run and (now != sort or now == "heading"):
            yield sort, run
            run = []
        sort = now
        if now:
            run.append(line)


def heading(line: str) -> tuple[int, str]:
    """The level of a heading and its words."""
    level = len(line) - len(line.lstrip("#"))
    return level, line[level:].strip()


def rows(run: list[str]) -> list[list[str]]:
    """The cells of a table, its head first, without the line below the head."""
    return [[cell.strip() for cell in _CELLS.split(line.strip())[1:-1]] for line in (run[0], *run[2:])]


def spans(text: str) -> Iterator[tuple[Manner, str]]:
    """Pieces of a line with the manner in which each is set; what was escaped is a plain character again."""
    away = _ESCAPED.sub(lambda found: chr(_AWAY + ord(found[1])), _HIDDEN.sub("", text))
    place = 0
    for found in _MARKED.finditer(away):
        yield "", _back(away[place : found.start()])
        yield ("strong", _back(found[1])) if found[1] else ("code", _back(found[2]))
        place = found.end()
    yield "", _back(away[place:])


def bare(text: str) -> str:
    """A line without its marks."""
    return "".join(piece for _, piece in spans(text))


def _back(text: str) -> str:
    return _HIDDEN.sub(lambda found: chr(ord(found[0]) - _AWAY), text)


def _sort(line: str) -> Sort:
    marks: tuple[tuple[str, Sort], ...] = (("|", "table"), ("- ", "list"), ("#", "heading"))
    return next((sort for mark, sort in marks if line.startswith(mark)), "text" if line.strip() else "")


def _element(sort: Sort, run: list[str]) -> str:
    if sort == "heading":
        level, words = heading(run[0])
        return f"<h{level}>{_inline(words)}</h{level}>"
    if sort == "list":
        return "<ul>" + "".join(f"<li>{_inline(line[2:])}</li>" for line in run) + "</ul>"
    if sort == "table":
        return _table(rows(run))
    return f"<p>{_inline(' '.join(run))}</p>"


def _table(cells: list[list[str]]) -> str:
    head = "".join(f"<th>{_inline(cell)}</th>" for cell in cells[0])
    body = "".join("<tr>" + "".join(f"<td>{_inline(cell)}</td>" for cell in row) + "</tr>" for row in cells[1:])
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _inline(text: str) -> str:
    return "".join(
        f"<{manner}>{escape(piece)}</{manner}>" if manner else escape(piece) for manner, piece in spans(text)
    )

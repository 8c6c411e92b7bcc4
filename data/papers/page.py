"""Papers as HTML: the little Markdown that they use, every value escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

STYLE = (
    "body{font:16px/1.5 Georgia,serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1f1d1a;background:#fff}"
    "h1,h2,h3{font-family:system-ui,sans-serif;line-height:1.25}h2{margin-top:2rem}"
    "table{border-collapse:collapse;width:100%;font-size:.85rem;margin:1rem 0}"
    "th,td{border:1px solid #cfc9bd;padding:.35rem .5rem;text-align:left;vertical-align:top}th{background:#f4f1ea}"
    "body:has(th:nth-child(8)){max-width:84rem}"
    "@media print{body{margin:0;max-width:none}h2,h3{break-after:avoid}tr{break-inside:avoid}}"
)
_BOLD, _CODE = re.compile(r"\*\*(.+?)\*\*"), re.compile(r"`([^`]+)`")
_CELLS = re.compile(r"(?<!\\)\|")


def html(markdown: str) -> str:
    """A whole page. Headings, paragraphs, lists, tables, bold and code; anything else is text."""
    title = next((line[2:] for line in markdown.splitlines() if line.startswith("# ")), "Paper")
    body = "\n".join(_blocks(markdown.splitlines()))
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}</style>'
    return f'<!doctype html>\n<html lang="en-GB"><head>{head}</head>\n<body>\n{body}\n</body></html>\n'


def _blocks(lines: list[str]) -> Iterator[str]:
    """Runs of lines of one sort, each as its element."""
    run: list[str] = []
    sort = ""
    for line in [*lines, ""]:
        now = _sort(line)
        if run and (now != sort or now == "heading"):
            yield _element(sort, run)
            run = []
        sort = now
        if now:
            run.append(line)


def _sort(line: str) -> str:
    marks = (("|", "table"), ("- ", "list"), ("#", "heading"))
    return next((sort for mark, sort in marks if line.startswith(mark)), "text" if line.strip() else "")


def _element(sort: str, run: list[str]) -> str:
    if sort == "heading":
        level = len(run[0]) - len(run[0].lstrip("#"))
        return f"<h{level}>{_inline(run[0][level:].strip())}</h{level}>"
    if sort == "list":
        return "<ul>" + "".join(f"<li>{_inline(line[2:])}</li>" for line in run) + "</ul>"
    if sort == "table":
        return _table([_split(line) for line in run])
    return f"<p>{_inline(' '.join(run))}</p>"


def _table(rows: list[list[str]]) -> str:
    head = "".join(f"<th>{_inline(cell)}</th>" for cell in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{_inline(cell)}</td>" for cell in row) + "</tr>" for row in rows[2:])
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _split(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in _CELLS.split(line.strip())[1:-1]]


def _inline(text: str) -> str:
    return _CODE.sub(r"<code>\1</code>", _BOLD.sub(r"<strong>\1</strong>", escape(text)))

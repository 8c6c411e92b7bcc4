"""Papers as PDF: the same little Markdown on A4. The same text gives the same bytes: no clock, no chance.

DejaVu Sans comes with us, since a PDF's own fonts know no letter beyond Western Europe. What it can't print (and
scripts that run from right to left, which would need shaping) stands as its number, ``‹U+05D0›``, and a line at the
end says so.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, LongTable, PageTemplate, Paragraph, Spacer, TableStyle

from data.papers import page
from data.papers.inert import named

FONTS = Path(__file__).with_name("fonts")
BODY, BOLD = "DejaVuSans", "DejaVuSans-Bold"
MARGIN, TOP, FOOT = 20 * mm, 24 * mm, 20 * mm
WIDTH, HEIGHT = A4[0] - 2 * MARGIN, A4[1] - TOP - FOOT
INK, QUIET, LINE, TINT = (colors.HexColor(each) for each in ("#1f1d1a", "#6b665d", "#cfc9bd", "#f4f1ea"))
_SIZES = {1: (17, 22, 0, 8), 2: (12.5, 16, 12, 4), 3: (10.5, 14, 9, 3)}
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "PDF", "PDI", "FSI"})
#: Letters as wide as the narrowest column, and as many as make a column as wide as it needs to be.
_NARROW, _WIDE = 4, 60
NOTE = "Characters that can't be printed here stand as their number in Unicode, such as ‹U+05D0›."


def pdf(markdown: str, *, mark: str = "", foot: str = "") -> bytes:
    """The whole document. ``mark`` stands at the top of every page, such as *Invented city*, ``foot`` at its bottom."""
    told = story(markdown)
    if unprinted(markdown):
        told += [Spacer(0, 6), Paragraph(markup(NOTE), style("small"))]
    title = next((page.bare(line[2:]) for line in markdown.splitlines() if line.startswith("# ")), "Paper")
    return bound(told, title, mark=mark, foot=foot)


def story(markdown: str) -> list[Flowable]:
    """What a page is set from, for papers that have charts between their words."""
    return [flowable for sort, run in page.blocks(markdown) for flowable in _flowables(sort, run)]


def bound(story: list[Flowable], title: str, *, mark: str = "", foot: str = "") -> bytes:
    """``story`` on A4 pages with their furniture: the title and the mark above, the foot and the number below."""
    made = io.BytesIO()
    document = BaseDocTemplate(
        made, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=TOP, bottomMargin=FOOT,
        title=printable(title), author="", lang="en-GB", invariant=1,
    )  # fmt: skip
    frame = Frame(MARGIN, FOOT, WIDTH, HEIGHT, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    document.addPageTemplates(PageTemplate(frames=[frame]))
    furniture = (printable(title), printable(mark), printable(foot))
    document.build(story, canvasmaker=lambda *given, **more: Numbered(furniture, *given, **more))
    return made.getvalue()


class Numbered(Canvas):
    """Pages wait until all are there, so that each can say of how many it is."""

    def __init__(self, furniture: tuple[str, str, str], *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._furniture = furniture
        self._waiting: list[dict[str, Any]] = []

    def showPage(self) -> None:
        self._waiting.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, state in enumerate(self._waiting, 1):
            self.__dict__.update(state)
            self._furnish(number, len(self._waiting))
            super().showPage()
        super().save()

    def _furnish(self, number: int, of: int) -> None:
        title, mark, foot = self._furniture
        self.setFillColor(QUIET)
        self.setFont(BODY, 7.5)
        self.drawString(MARGIN, A4[1] - 14 * mm, _cut(title, 90 if mark else 120))
        self.drawString(MARGIN, 11 * mm, _cut(foot, 105))
        self.drawRightString(A4[0] - MARGIN, 11 * mm, f"Page {number} of {of}")
        if mark:
            self.setFont(BOLD, 7.5)
            self.drawRightString(A4[0] - MARGIN, A4[1] - 14 * mm, mark)
        self.setStrokeColor(LINE)
        self.line(MARGIN, A4[1] - 16 * mm, A4[0] - MARGIN, A4[1] - 16 * mm)


def printable(text: str) -> str:
    """Text of which every character can be printed, as itself or as its number."""
    return "".join(named(each) if _strange(each) else each for each in unicodedata.normalize("NFC", text))


def unprinted(text: str) -> bool:
    """Whether anything in it stands as its number."""
    return any(_strange(each) for each in unicodedata.normalize("NFC", text) if each not in "\n\t")


def _strange(character: str) -> bool:
    if character.isascii():
        return not character.isprintable()
    return ord(character) not in letters() or unicodedata.bidirectional(character) in _RIGHT_TO_LEFT


@cache
def letters() -> frozenset[int]:
    """The numbers of the characters that both fonts have; the fonts are made known to the printer on the way."""
    for name in (BODY, BOLD):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name}.ttf")))
    pdfmetrics.registerFontFamily(BODY, normal=BODY, bold=BOLD, italic=BODY, boldItalic=BOLD)
    seen = [set(pdfmetrics.getFont(name).face.charToGlyph) for name in (BODY, BOLD)]
    return frozenset(code for code in seen[0] & seen[1] if unicodedata.category(chr(code)) not in ("Cc", "Cf", "Co"))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def style(name: str, **more: Any) -> ParagraphStyle:
    """How a paragraph of the name is set: body, cell or small, with ``more`` of reportlab's own attributes."""
    letters()
    size, leading = {"body": (9, 13), "cell": (7.5, 10), "small": (7.5, 10)}.get(name, (9, 13))
    usual = {"fontName": BODY, "fontSize": size, "leading": leading, "textColor": INK, "splitLongWords": 1}
    return ParagraphStyle(name, **(usual | more))


def _flowables(sort: page.Sort, run: list[str]) -> list[Flowable]:
    if sort == "heading":
        level, words = page.heading(run[0])
        size, leading, before, after = _SIZES.get(level, _SIZES[3])
        kept = {"fontName": BOLD, "fontSize": size, "leading": leading, "keepWithNext": 1}
        return [Paragraph(markup(words), style(f"h{level}", spaceBefore=before, spaceAfter=after, **kept))]
    if sort == "list":
        point = style("body", leftIndent=14, bulletIndent=4, spaceAfter=2, bulletFontName=BODY)
        return [*(Paragraph(markup(line[2:]), point, bulletText="•") for line in run), Spacer(0, 4)]
    if sort == "table":
        return [_table(page.rows(run)), Spacer(0, 8)]
    return [Paragraph(markup(" ".join(run)), style("body", spaceAfter=6))]


def markup(text: str) -> str:
    """A line in the few marks that a paragraph reads, everything else escaped."""
    return "".join(
        f"<b>{escape(printable(piece), quote=False)}</b>"
        if manner == "strong"
        else escape(printable(piece), quote=False)
        for manner, piece in page.spans(text)
    )


def _table(cells: list[list[str]]) -> LongTable:
    columns = max(1, *(len(row) for row in cells))
    level = [[*row, *[""] * columns][:columns] for row in cells]
    body, head = style("cell"), style("cell", fontName=BOLD)
    set_in = [[Paragraph(markup(cell), head if at == 0 else body) for cell in row] for at, row in enumerate(level)]
    table = LongTable(set_in, colWidths=_widths(level), repeatRows=1, splitInRow=1, hAlign="LEFT")
    ruled = [
        ("GRID", (0, 0), (-1, -1), 0.4, LINE),
        ("BACKGROUND", (0, 0), (-1, 0), TINT),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    padded = [(f"{side}PADDING", (0, 0), (-1, -1), 3.5) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
    table.setStyle(TableStyle([*ruled, *padded]))
    return table


def _widths(cells: Sequence[Sequence[str]]) -> list[float]:
    """Each column as wide as what it holds asks for, between its longest word and a share of the page."""
    asked = []
    for column in zip(*cells, strict=True):
        longest = max((len(word) for cell in column for word in page.bare(cell).split()), default=0)
        whole = max(len(page.bare(cell)) for cell in column)
        asked.append(max(_NARROW, min(longest + 3, 20), min(whole, _WIDE) ** 0.85))
    return [WIDTH * each / sum(asked) for each in asked]

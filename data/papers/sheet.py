"""One page, always: sections in two columns and below, shortened until they fit, and each says by how much."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.platypus import Flowable, HRFlowable, Paragraph, Spacer, Table

from data.papers import page
from data.papers.pdf import BOLD, HEIGHT, LINE, NOTE, QUIET, WIDTH, bound, markup, style, unprinted

#: What stands above every page, and as the document's title: it names nobody.
HEADING = "Kinsight: one page for a meeting"
GAP = 14.0
#: A section that has no line left to give up.
_NOTHING = -1000
HALF = (WIDTH - GAP) / 2
#: No title, line of a column or line across is longer than this many letters: a name of five hundred would push the
#: rest off the page.
LONGEST_TITLE, LONGEST, LONGEST_ACROSS = 70, 200, 360


@dataclass(frozen=True)
class Section:
    """A heading and its lines, the most important first, in our little Markdown with values made inert.

    ``keep`` is how many lines are only given up when nothing else can be, and of a ``firm`` section after all others;
    ``marked`` puts a point before each line.
    """

    title: str
    lines: tuple[str, ...]
    keep: int = 2
    firm: bool = False
    marked: bool = True


def sheet(
    title: str, about: Sequence[str], left: Sequence[Section], right: Sequence[Section], below: Sequence[Section],
    *, mark: str, foot: str,
) -> bytes:  # fmt: skip
    """The page. ``about`` are the lines under the title; the sections stand in two columns, and across below them."""
    columns = [_Column(left, HALF), _Column(right, HALF)]
    across = _Column(below, WIDTH)
    head = _head(title, about)
    told = "\n".join([title, *about, *(line for each in (*left, *right, *below) for line in each.lines)])
    note = [Paragraph(markup(NOTE), style("small"))] if unprinted(told) else []
    room = HEIGHT - _height([*head, *note], WIDTH) - GAP
    _fit(columns, across, room)
    body = Table([[columns[0].flowables(), "", columns[1].flowables()]], colWidths=[HALF, GAP, HALF])
    body.setStyle(_BARE)
    return bound([*head, body, Spacer(0, GAP / 2), *across.flowables(), *note], HEADING, mark=mark, foot=foot)


_BARE: Any = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    *((f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
]


class _Column:
    """Sections one below the other; how many lines of each are shown can be made fewer."""

    def __init__(self, sections: Sequence[Section], width: float) -> None:
        self.width = width
        self.sections = [each for each in sections if each.lines]
        self.shown = [len(each.lines) for each in self.sections]
        most = LONGEST if width < WIDTH else LONGEST_ACROSS
        self._lines = [[_line(cut(line, most), each.marked) for line in each.lines] for each in self.sections]
        self._heights = [[_height([line], width) for line in lines] for lines in self._lines]
        self._more = _height([_line("and 99 more", False)], width)
        self._headings = [_heading(each.title) for each in self.sections]

    @property
    def height(self) -> float:
        """How much of the page it takes."""
        heads = _height(self._headings, self.width)
        told = sum(sum(heights[:shown]) for heights, shown in zip(self._heights, self.shown, strict=True))
        return heads + told + self._more * sum(len(a) > b for a, b in zip(self._lines, self.shown, strict=True))

    def spare(self) -> tuple[int, int]:
        """How many lines can be given up most easily, and by which section; lines to keep count for less."""
        over = [
            (_spare(each, shown), -at) for at, (each, shown) in enumerate(zip(self.sections, self.shown, strict=True))
        ]
        most, at = max(over, default=(_NOTHING, 0))
        return most, -at

    def flowables(self) -> list[Flowable]:
        """The sections as they are to be printed."""
        return [flowable for at in range(len(self.sections)) for flowable in self._section(at)]

    def _section(self, at: int) -> Iterator[Flowable]:
        lines, shown = self._lines[at], self.shown[at]
        yield self._headings[at]
        yield from lines[:shown]
        if rest := len(lines) - shown:
            yield _line(f"and {rest} more" if shown else f"{rest} not printed: no room", False, quiet=True)


def _fit(columns: list[_Column], across: _Column, room: float) -> None:
    """Give up lines, the longest section first, until everything stands on the page."""
    while max(each.height for each in columns) + across.height > room:
        tallest = max(columns, key=lambda each: each.height)
        column = max((tallest, across), key=lambda each: each.spare()[0])
        most, at = column.spare()
        if most == _NOTHING:
            return
        column.shown[at] -= 1
    _give_back([across, *columns], lambda: max(each.height for each in columns) + across.height <= room)


def _give_back(columns: list[_Column], fits: Callable[[], bool]) -> None:
    """What was given up for a long line may leave room for a short one."""
    for column in columns:
        for at, each in enumerate(column.sections):
            while column.shown[at] < len(each.lines):
                column.shown[at] += 1
                if not fits():
                    column.shown[at] -= 1
                    break


def _spare(section: Section, shown: int) -> int:
    """How many lines over those to keep; below that far less than nothing."""
    if shown > section.keep:
        return shown - section.keep
    return _NOTHING if not shown else shown - (500 if section.firm else 250)


def _head(title: str, about: Sequence[str]) -> list[Flowable]:
    name = style("title", fontName=BOLD, fontSize=17, leading=21, spaceAfter=3)
    return [
        Paragraph(markup(cut(title, LONGEST_TITLE)), name),
        *(Paragraph(markup(cut(line, LONGEST_ACROSS)), style("body", leading=12)) for line in about if line),
        Spacer(0, 5),
        HRFlowable(width="100%", thickness=0.6, color=LINE, spaceBefore=0, spaceAfter=2),
    ]


def _heading(title: str) -> Paragraph:
    return Paragraph(markup(title), style("h", fontName=BOLD, fontSize=10.5, leading=13, spaceBefore=7, spaceAfter=2))


def _line(line: str, marked: bool, quiet: bool = False) -> Paragraph:
    own = {"leftIndent": 9, "bulletIndent": 0} if marked else {}
    colour = {"textColor": QUIET} if quiet else {}
    set_in = style("line", fontSize=8.5, leading=11, spaceAfter=1.5, **own, **colour)
    return Paragraph(markup(line), set_in, bulletText="•" if marked else None)


def cut(line: str, most: int) -> str:
    """``line``, or as much of it as there is room for, with a mark that it went on. Made inert again by its marks."""
    if len(page.bare(line)) <= most:
        return line
    kept, count = [], 0
    for manner, piece in page.spans(line):
        part = piece[: most - count]
        count += len(part)
        safe = "".join(f"\\{each}" if not each.isalnum() and each.isascii() and each != " " else each for each in part)
        kept.append(f"**{safe}**" if manner == "strong" and part else safe)
    return "".join(kept).rstrip() + "…"


def _height(flowables: Sequence[Flowable], width: float) -> float:
    """With the larger of the spaces before and after each, which is never less than they take one below the other."""
    return sum(
        each.wrap(width, HEIGHT)[1] + max(each.getSpaceBefore(), each.getSpaceAfter(), 2.0) for each in flowables
    )

"""The pictures of the report to a board, drawn as lines and letters (vector): no browser, no clock, no chance."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from math import cos, radians

import pandas as pd
from reportlab.graphics.shapes import Circle, Drawing, Group, Line, Polygon, PolyLine, Rect, String
from reportlab.lib import colors
from reportlab.lib.utils import simpleSplit

from analytics.management.classes import CLASSES, WITHHELD, Classes, middle
from analytics.management.outlines import rings
from data.papers.pdf import BODY, BOLD, INK, LINE, QUIET, WIDTH, letters, printable

#: Light to dark, which is all that a grey printer keeps.
SHADES = ("#fdf6df", "#f6cf86", "#d98324", "#9a3f53", "#5c1f55")
_DEEP = colors.HexColor("#1d3f72")
_NONE = colors.HexColor("#ffffff")


def _say(
    x: float, y: float, words: str, size: float = 7.5, bold: bool = False, anchor: str = "start", **more: object
) -> String:
    letters()
    return String(
        x, y, printable(words), fontName=BOLD if bold else BODY, fontSize=size, textAnchor=anchor,
        fillColor=more.get("colour", INK),
    )  # fmt: skip


def trends(series: Sequence[tuple[str, pd.Series]]) -> Drawing:
    """Small multiples, each from nought: ``series`` are a title and counts by day, NaN where withheld."""
    width, height, gap = WIDTH / len(series), 78, 14
    drawing = Drawing(WIDTH, height)
    for at, (title, values) in enumerate(series):
        drawing.add(_trend(at * width, width - gap, height, title, values))
    return drawing


def _trend(left: float, width: float, height: float, title: str, values: pd.Series) -> Group:
    group, low, top = Group(), 16.0, height - 26
    group.add(_say(left, height - 9, title, 8, bold=True))
    known = values.dropna()
    if len(known) < 2:
        group.add(_say(left, low + 20, "too few to show", colour=QUIET))
        return group
    most = float(known.max()) or 1.0
    step = (width - 8) / max(len(values) - 1, 1)
    points = [(left + 4 + at * step, low + (top - low) * value / most) for at, value in enumerate(values)]
    group.add(Line(left, low, left + width, low, strokeColor=LINE, strokeWidth=0.7))
    drawn = [point for point in points if point[1] == point[1]]
    group.add(PolyLine([part for point in drawn for part in point], strokeColor=_DEEP, strokeWidth=1.3))
    group.add(Circle(*drawn[-1], 2.2, fillColor=_DEEP, strokeColor=_DEEP))
    group.add(_say(drawn[0][0], drawn[0][1] + 5, f"{known.iloc[0]:,.0f}", 7))
    group.add(
        _say(drawn[-1][0] + 3, max(y for _, y in drawn[-4:]) + 5, f"{known.iloc[-1]:,.0f}", 7, bold=True, anchor="end")
    )
    first, last = (values.index[at] for at in (0, -1))
    group.add(_say(left, 5, f"{first:%b %Y}", 6.5, colour=QUIET))
    group.add(_say(left + width, 5, f"{last:%b %Y}", 6.5, anchor="end", colour=QUIET))
    return group


def intervals(panels: Sequence[tuple[str, pd.DataFrame]]) -> Drawing:
    """Rates of places with their 95 % intervals, a panel each: ``rate, low, high`` by name, the last one the city's."""
    names = list(panels[0][1].index) if panels else []
    margin, row, gap = 62.0, 15.0, 16.0
    width, height = (WIDTH - margin) / max(len(panels), 1), 34 + row * len(names)
    drawing = Drawing(WIDTH, height)
    for at, name in enumerate(names):
        drawing.add(_say(0, height - 30 - row * at, str(name), bold=at == len(names) - 1))
    for at, (title, frame) in enumerate(panels):
        drawing.add(_panel(margin + at * width, width - gap, height, row, title, frame))
    return drawing


def _panel(left: float, width: float, height: float, row: float, title: str, frame: pd.DataFrame) -> Group:
    group = Group()
    group.add(_say(left, height - 9, title, 8, bold=True))
    most = float(frame["high"].max()) if frame["high"].notna().any() else 1.0
    scale = (width - 26) / most
    for at, (_, told) in enumerate(frame.iterrows()):
        y = height - 27.5 - row * at
        group.add(Line(left, y, left + width, y, strokeColor=LINE, strokeWidth=0.4))
        if pd.isna(told["rate"]):
            group.add(_say(left, y - 2.5, WITHHELD))
            continue
        ends = left + told["low"] * scale, left + told["high"] * scale
        group.add(Line(ends[0], y, ends[1], y, strokeColor=_DEEP, strokeWidth=1.6))
        group.add(Circle(left + told["rate"] * scale, y, 2.4, fillColor=_DEEP, strokeColor=_DEEP))
        group.add(_say(ends[1] + 4, y - 2.5, f"{told['rate']:.1f}", 7))
    return group


def ward_map(wards: pd.DataFrame, geometry: dict[str, str], rates: pd.Series, height: float = 250) -> Drawing:
    """Wards in classes: each has its number, c where it is withheld; the classes stand beside."""
    drawing, classes = Drawing(WIDTH, height), Classes.of(rates)
    shapes = {code: list(rings(json.loads(text))) for code, text in geometry.items() if code in wards.index}
    points = [point for each in shapes.values() for ring in each for point in ring]
    if not points:
        drawing.add(_say(0, height / 2, "The records hold no outlines of wards."))
        return drawing
    place = _placed(points, WIDTH * 0.6, height)
    for code, each in sorted(shapes.items()):
        shade = _shade(classes.named(rates.get(code, float("nan"))), len(classes.breaks) + 1)
        for ring in each:
            corners = [part for point in ring for part in place(point)]
            drawing.add(Polygon(corners, fillColor=shade, strokeColor=INK, strokeWidth=0.4))
    for code, each in sorted(shapes.items()):
        named = classes.named(rates.get(code, float("nan")))
        x, y = place(list(middle(each)))
        dark = _dark(_shade(named, len(classes.breaks) + 1))
        drawing.add(_say(x, y - 2.5, named, 7.5, anchor="middle", colour=_NONE if dark else INK))
    _named(drawing, wards, classes, rates, _key(drawing, classes, height))
    return drawing


def _placed(points: list[list[float]], width: float, height: float) -> Callable[[Sequence[float]], tuple[float, float]]:
    """From degrees to the page: as wide and as tall as they truly are."""
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    narrow = cos(radians(sum(ys) / len(ys)))
    wide, tall = (max(xs) - min(xs)) * narrow or 1e-9, (max(ys) - min(ys)) or 1e-9
    scale = min((width - 4) / wide, (height - 4) / tall)
    return lambda point: (2 + (point[0] - min(xs)) * narrow * scale, 2 + (point[1] - min(ys)) * scale)


def _key(drawing: Drawing, classes: Classes, height: float) -> float:
    """What the classes are. Where the next line may stand."""
    left = WIDTH * 0.62
    drawing.add(_say(left, height - 16, "Class: per 1,000 children", 8, bold=True))
    count = len(classes.breaks) + 1
    for at, words in enumerate([*classes.words(), f"{WITHHELD}: withheld"]):
        y = height - 34 - 15 * at
        shade = _shade(WITHHELD if at == count else str(at + 1), count)
        drawing.add(Rect(left, y, 11, 9, fillColor=shade, strokeColor=INK, strokeWidth=0.4))
        drawing.add(_say(left + 17, y + 1, words))
    return height - 34 - 15 * (count + 1)


def _named(drawing: Drawing, wards: pd.DataFrame, classes: Classes, rates: pd.Series, top: float) -> None:
    """Which wards are in the two highest classes, so that nobody has to know the map by heart."""
    left, count = WIDTH * 0.62, len(classes.breaks) + 1
    for name in [str(at) for at in range(count, max(count - 2, 0), -1)]:
        mine = sorted(
            str(wards.loc[code, "name"]) for code in wards.index if classes.named(rates.get(code, float("nan"))) == name
        )
        lines = simpleSplit(printable(f"Class {name}: {', '.join(mine)}"), BODY, 7.5, WIDTH * 0.38)
        for line in lines:
            drawing.add(_say(left, top, line))
            top -= 10
        top -= 5


def _shade(name: str, count: int) -> colors.Color:
    if name == WITHHELD:
        return _NONE
    at = round((int(name) - 1) * (CLASSES - 1) / max(count - 1, 1)) if count > 1 else CLASSES // 2
    return colors.HexColor(SHADES[at])


def _dark(shade: colors.Color) -> bool:
    return bool(0.299 * shade.red + 0.587 * shade.green + 0.114 * shade.blue < 0.55)

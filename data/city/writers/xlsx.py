"""A small workbook writer: values only, the same bytes every time (no time stamps, no temporary names)."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import pyarrow as pa

FIXED = (2026, 10, 1, 0, 0, 0)
EXCEL_DAY_ZERO = 25_569  # 1970-01-01 in a workbook's days
_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

_TYPE = "application/vnd.openxmlformats-officedocument"
# The second cell format (s="1") is a date.
_STYLES = (
    f'<styleSheet {_NS}><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def write(path: Path, sheets: dict[str, pa.Table]) -> None:
    """Write each table as a sheet of its name, headers in the first row, dates as dates."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as book:
        for name, text in _frame(list(sheets)).items():
            _add(book, name, text)
        for number, table in enumerate(sheets.values(), 1):
            _add(book, f"xl/worksheets/sheet{number}.xml", _sheet(table))


def _add(book: zipfile.ZipFile, name: str, text: str) -> None:
    member = zipfile.ZipInfo(name, FIXED)
    member.compress_type = zipfile.ZIP_DEFLATED
    book.writestr(member, text)


def _sheet(table: pa.Table) -> str:
    """Rows as inline strings and numbers, built a column at a time."""
    cells = [_cells(column) for column in table.columns]
    header = "".join(f'<c t="inlineStr"><is><t>{escape(name)}</t></is></c>' for name in table.column_names)
    rows = ["<row>" + "".join(row) + "</row>" for row in zip(*cells, strict=True)]
    return f"{_HEAD}<worksheet {_NS}><sheetData><row>{header}</row>{''.join(rows)}</sheetData></worksheet>"


def _cells(column: pa.ChunkedArray) -> list[str]:
    if pa.types.is_date(column.type):
        days = column.cast(pa.int32()).to_numpy(zero_copy_only=False)
        return ["<c/>" if np.isnan(d) else f'<c s="1"><v>{int(d) + EXCEL_DAY_ZERO}</v></c>' for d in days.astype(float)]
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        return ["<c/>" if v is None else f"<c><v>{v}</v></c>" for v in column.to_pylist()]
    return [
        "<c/>" if v is None else f'<c t="inlineStr"><is><t>{escape(str(v))}</t></is></c>' for v in column.to_pylist()
    ]


def _frame(names: list[str]) -> dict[str, str]:
    """The parts of a workbook around its sheets."""
    numbers = range(1, len(names) + 1)
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in zip(numbers, names, strict=True)
    )
    return {
        "[Content_Types].xml": _types(len(names)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'{_HEAD}<workbook {_NS} xmlns:r="{_REL}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            [*(("worksheet", f"worksheets/sheet{n}.xml") for n in numbers), ("styles", "styles.xml")]
        ),
        "xl/styles.xml": _HEAD + _STYLES,
    }


def _types(sheets: int) -> str:
    """What each part of the package is."""
    kinds = {"workbook.xml": "sheet.main", "styles.xml": "styles"}
    kinds |= {f"worksheets/sheet{n}.xml": "worksheet" for n in range(1, sheets + 1)}
    parts = "".join(
        f'<Override PartName="/xl/{name}" ContentType="{_TYPE}.spreadsheetml.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{parts}</Types>"
    )


def _relations(targets: list[tuple[str, str]]) -> str:
    """What a part refers to, numbered from rId1."""
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{_REL}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'

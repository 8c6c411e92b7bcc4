"""Rejected rows: which rules they broke, where they stand, and the rows themselves for whoever puts them right."""

from __future__ import annotations

import csv
import io

import pandas as pd

from analytics.governance.sources import part_label
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.sources import SOURCES

#: A spreadsheet takes a cell that begins so for a formula: OWASP, "CSV Injection".
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
HEAD = ("file", "line", "column", "rule", "value")
EXAMPLES = 3

# The value found is left out: it may name somebody.
_RULES = f"""
SELECT f.part, r."column" AS field, r.rule, count(*) AS rows, min(f.delivered) AS since, max(f.delivered) AS latest,
       arg_min({{'file': f.name, 'line': r.line}}, (f.name, r.line), {EXAMPLES}) AS examples
FROM rejected_row r JOIN source_file f USING (file)
WHERE f.source = $source GROUP BY ALL ORDER BY rows DESC, f.part, field, rule
"""
_ROWS = """
SELECT f.name, r.line, r."column" AS field, r.rule, r.value FROM rejected_row r JOIN source_file f USING (file)
WHERE f.source = $source ORDER BY f.name, r.line, r."column"
"""


def rules(session: Session, source: str) -> pd.DataFrame:
    """Broken rules, commonest first: ``part, field, rule`` in words, ``rows, since, latest`` and ``examples``.

    ``examples`` are up to three (file, line).
    """
    rows = serve(session, Permission.SEE_REJECTED, _RULES, {"source": source}, what=f"rejected rows of {source}")
    rows["field"] = [field_label(source, *each) for each in zip(rows["part"], rows["field"], strict=True)]
    rows["part"] = [part_label(source, part) for part in rows["part"]]
    examples = [[(str(one["file"]), int(one["line"])) for one in each] for each in rows["examples"]]
    return rows.assign(examples=pd.Series(examples, dtype=object))


def field_label(source: str, part: str, field: str | None) -> str:
    """A column's name on screen; a rule that a row broke as a whole names none."""
    if field is None or field != field:
        return "The whole row"
    return next((c.label for c in SOURCES[source].part(part).columns if c.name == field), field)


def export(session: Session, source: str) -> bytes:
    """Every rejected row of a source as CSV (UTF-8 with a mark, as Excel wants it): file, line, column, rule, value.

    It leaves the house, so it is an entry of its own in the log. Raises `AccessRefused`.
    """
    rows = serve(session, Permission.EXPORT_REJECTED, _ROWS, {"source": source}, what=f"rejected rows of {source}")
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEAD)
    writer.writerows([safe(cell) for cell in row] for row in rows.itertuples(index=False))
    return out.getvalue().encode("utf-8-sig")


def safe(cell: object) -> str:
    """A cell as text that no spreadsheet runs: an apostrophe goes before whatever could be a formula."""
    text = "" if cell is None or cell != cell else str(cell)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA) or text.startswith(_FORMULA) else text

"""Every row checked: SQL that reads the files of a part, cleans each column and says which rows can't be taken.

``raw_row`` holds the columns as the files have them. ``checked_row`` holds all rows of one part, good and bad, from
all its files:

- ``"@file"``, ``"@line"``; ``"@broken"``: the column whose rule the row breaks, '' for the row as a whole, null where
  it is good; ``"@fault"``: the rule broken by the row as a whole
- each declared column, cleaned; ``"?column"``: there was a value and it was set aside;
- ``"!column"``: the text of a required column that can't be taken
- ``delivered``, ``period_from``, ``period_to``, ``news_from`` of its file
- ``"#who"`` and ``"@who"``: number and client of each person of the row

``accepted_row`` are the good ones, with the persons of the rows that they name as their parents.
"""

from __future__ import annotations

from collections.abc import Sequence

from data.ingest import rules
from data.ingest.client import says_anything
from data.ingest.people import clients, number, parent_join, parents_clients, told
from data.ingest.sheet import Sheet
from data.ingest.sql import comma, literal, name
from data.schema import Column, Part, Source

EMPTY = "is empty"
NOBODY = "names nobody"


def raw_types(part: Part, sheets: Sequence[Sheet]) -> dict[str, str]:
    """How each column is kept as read: typed where every file has it in a type that will do, else as text."""
    types = {}
    for column in part.columns:
        held = {sheet.places[column.name].type for sheet in sheets if column.name in sheet.places}
        native = held and all(each in rules.NATIVE.get(column.kind, ()) for each in held)
        types[column.name] = rules.TYPES[column.kind] if native else "VARCHAR"
    return types


def raw_ddl(types: dict[str, str]) -> str:
    """The table into which the files are read as they are, in their order."""
    columns = ", ".join(f"{name(column)} {kind}" for column, kind in types.items())
    return f'CREATE OR REPLACE TEMP TABLE raw_row ("@file" INTEGER, "@line" BIGINT, "@fault" VARCHAR, {columns})'


def append_sql(sheet: Sheet, types: dict[str, str]) -> str:
    """Append the sheet's rows to ``raw_row``: parameters are the file's number, then the sheet's own."""
    held = [
        f"({sheet.places[column].sql})::{kind}" if column in sheet.places else "NULL" for column, kind in types.items()
    ]
    about = f"?::INTEGER, {sheet.line or 'NULL'}, {sheet.fault}"
    return f"INSERT INTO raw_row SELECT {about}, {', '.join(held)} FROM {sheet.relation}"


def checked_sql(source: Source, part: Part, types: dict[str, str]) -> str:
    """``checked_row`` from ``raw_row``: see above."""
    raw = [f"{_raw(column, types[column.name])} AS {name('<' + column.name)}" for column in part.columns]
    read = [f"{_cleaned(column, types[column.name])} AS {name('~' + column.name)}" for column in part.columns]
    cleaned = [f"{rules.within(column, name('~' + column.name))} AS {name(column.name)}" for column in part.columns]
    return f"""
    CREATE OR REPLACE TEMP TABLE checked_row AS
    WITH incoming AS (
        SELECT r."@file", coalesce(r."@line", r.rowid - f.first_row + f.first_line) AS "@line", "@fault",
               f.delivered, f.period_from, f.period_to, f.news_from,
        {comma(raw)}
        FROM raw_row r JOIN taking f ON f.file = r."@file"
    ), read AS (
        SELECT *, {comma(read)} FROM incoming WHERE "@fault" IS NOT NULL OR {_holds_anything(part)}
    ), cleaned AS (
        SELECT *, {comma(cleaned)} FROM read
    )
    SELECT "@file", "@line", "@fault", {_broken(part)} AS "@broken", delivered, period_from, period_to, news_from,
    {comma([*_kept(part), *clients(source, part)])}
    FROM cleaned
    """


def accepted_sql(source: Source, part: Part) -> str:
    """``accepted_row``: a view where the rows say of whom they are, else a table, with their parents' persons."""
    if part.parent is None:
        return 'CREATE OR REPLACE TEMP VIEW accepted_row AS SELECT * FROM checked_row WHERE "@broken" IS NULL'
    return f"""
    CREATE OR REPLACE TEMP TABLE accepted_row AS
    SELECT r.*, {comma(parents_clients(source, part))}
    FROM checked_row r {parent_join(source, part)} WHERE "@broken" IS NULL
    ORDER BY "@file", "@line"
    """


def _holds_anything(part: Part) -> str:
    """True where a row is more than the blank ones that spreadsheets leave at the end of a file."""
    return " OR ".join(f"{name('<' + column.name)} IS NOT NULL" for column in part.columns)


def _raw(column: Column, kind: str) -> str:
    """The column as the file has it: typed, or text without blanks around it."""
    return f"r.{name(column.name)}" if _typed(column, kind) else rules.trimmed(f"r.{name(column.name)}", column.kind)


def _cleaned(column: Column, kind: str) -> str:
    x = name("<" + column.name)
    return x if _typed(column, kind) else rules.clean(column, x)


def _typed(column: Column, kind: str) -> bool:
    return kind != "VARCHAR" and kind == rules.TYPES[column.kind]


def _kept(part: Part) -> list[str]:
    kept = []
    for column in part.columns:
        raw, cleaned = name("<" + column.name), name(column.name)
        kept.append(cleaned)
        if column.required:
            kept.append(f"CASE WHEN {cleaned} IS NULL THEN {raw}::VARCHAR END AS {name('!' + column.name)}")
        else:
            kept.append(f"{raw} IS NOT NULL AND {cleaned} IS NULL AS {name('?' + column.name)}")
    return kept


def _broken(part: Part) -> str:
    cases = ["WHEN \"@fault\" IS NOT NULL THEN ''"]
    cases += [f"WHEN {name(c.name)} IS NULL THEN {literal(c.name)}" for c in part.columns if c.required]
    if nobody := _nobody(part):
        cases.append(f"WHEN {nobody[1]} THEN {literal(nobody[0])}")
    return f"CASE {' '.join(cases)} END"


def _nobody(part: Part) -> tuple[str, str] | None:
    """The column to blame and the SQL, true where a row of people says nothing of its person."""
    who = next((who for who in part.who if who.name == "self"), None)
    if who is None or part.parent is not None or any(part.column(column).required for column in who.fields.values()):
        return None
    return next(iter(who.fields.values())), f"NOT ({says_anything(told(who))} OR {number(part, who)} IS NOT NULL)"


def rejected_sql(part: Part) -> str:
    """Quarantine: one entry a row, by its first broken rule."""
    required = [column for column in part.columns if column.required]
    rule = [f"WHEN {literal(c.name)} THEN {_why(c)}" for c in required]
    value = [f"WHEN {literal(c.name)} THEN {name('!' + c.name)}" for c in required]
    return f"""
    INSERT INTO staged.rejected_row
    SELECT "@file", "@line", nullif("@broken", ''),
           CASE "@broken" WHEN '' THEN "@fault" {" ".join(rule)} ELSE '{NOBODY}' END,
           {f'CASE "@broken" {" ".join(value)} END' if value else "NULL"}
    FROM checked_row WHERE "@broken" IS NOT NULL
    ORDER BY ALL
    """


def _why(column: Column) -> str:
    return f"CASE WHEN {name('!' + column.name)} IS NULL THEN '{EMPTY}' ELSE {literal(rules.broken(column))} END"


def counts_sql(part: Part) -> str:
    """Per file: rows, rejected, then how many values of each optional column were set aside in rows that are taken, and
    the first line of each."""
    set_aside = [f'FILTER ("@broken" IS NULL AND {name("?" + c.name)})' for c in optional(part)]
    counts = ", ".join(f"count(*) {each}" for each in set_aside)
    lines = ", ".join(f'min("@line") {each}' for each in set_aside)
    return f"""
    SELECT "@file", count(*), count("@broken"), [{counts}]::BIGINT[], [{lines}]::BIGINT[]
    FROM checked_row GROUP BY "@file" ORDER BY "@file"
    """


def optional(part: Part) -> tuple[Column, ...]:
    """The columns whose values are set aside, not the row, where they can't be read."""
    return tuple(column for column in part.columns if not column.required)

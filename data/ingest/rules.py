"""What each kind of column accepts: one SQL expression that gives the cleaned value, null where a rule is broken.

Every function is pure and returns SQL text over an SQL expression ``x`` that is trimmed and not empty, or null.
"""

from __future__ import annotations

from collections.abc import Callable

from data.ingest.sql import literals
from data.schema import Codes, Column, Kind

#: How each kind is stored.
TYPES: dict[Kind, str] = {
    Kind.TEXT: "VARCHAR", Kind.INTEGER: "BIGINT", Kind.NUMBER: "DOUBLE", Kind.DATE: "DATE", Kind.TIME: "TIMESTAMP",
    Kind.FLAG: "BOOLEAN", Kind.CODE: "VARCHAR", Kind.NHS: "VARCHAR", Kind.UPN: "VARCHAR", Kind.NI: "VARCHAR",
    Kind.POSTCODE: "VARCHAR", Kind.UPRN: "BIGINT",
}  # fmt: skip
#: Types of a Parquet column that need no reading as text.
NATIVE: dict[Kind, tuple[str, ...]] = {
    Kind.INTEGER: ("BIGINT", "INTEGER", "SMALLINT", "TINYINT", "UINTEGER"),
    Kind.NUMBER: ("DOUBLE", "FLOAT", "BIGINT", "INTEGER", "SMALLINT", "TINYINT", "UINTEGER"),
    Kind.DATE: ("DATE",),
    Kind.TIME: ("TIMESTAMP", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP_S"),
    Kind.FLAG: ("BOOLEAN",),
}
# What spreadsheets and databases write for nothing. "Null" is a surname, so text keeps it.
NOTHING = ("#N/A", "#VALUE!", "#REF!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!")
# Why there is no pupil number is written in its place: DfE, "Looked-after children return", UPN.
NO_UPN = tuple(f"UN{reason}" for reason in range(1, 8))
NOTHING_TYPED = (*NOTHING, "NULL", "null", "NaN", "nan", "N/A", "n/a", "-")

FIRST_DAY, LAST_DAY = "1900-01-01", "2099-12-31"
DAY_FORMATS = ("%d/%m/%Y", "%Y-%b-%d", "%d-%b-%Y", "%d %b %Y", "%d %B %Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%Y%m%d")
TIME_FORMATS = tuple(f"{day}{clock}" for day in DAY_FORMATS for clock in (" %H:%M:%S", " %H:%M", ""))
# Day 0 of Excel's 1900 system, allowing for its leap year that was none: ECMA-376 part 1, 18.17.4.1.
EXCEL_DAY_0 = "DATE '1899-12-30'"

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
SAID_YES = ("1", "true", "yes", "y", "t", "1.0")
SAID_NO = ("0", "false", "no", "n", "f", "0.0")


def trimmed(raw: str, kind: Kind) -> str:
    """SQL of the text without blanks around it (no-break spaces too); null where it is empty or says there is none."""
    nothing = literals(NOTHING if kind is Kind.TEXT else NOTHING_TYPED + (NO_UPN if kind is Kind.UPN else ()))
    bare = f"nullif(trim(regexp_replace({raw}, '[\\s\\x{{a0}}]+', ' ', 'g')), '')"
    # Most values are plain, and telling so is a tenth of the cost of the regular expression.
    odd = " OR ".join(f"contains({raw}, {blank})" for blank in ("chr(160)", "chr(9)", "chr(10)", "chr(13)"))
    # What is written ="0123" is text that a spreadsheet must not take for a number.
    guarded = f"WHEN {raw} LIKE '=\"%\"' THEN nullif(trim(substr({raw}, 3, length({raw}) - 3)), '')"
    plain = f"CASE WHEN {raw} LIKE ' %' OR {raw} LIKE '% ' OR {odd} THEN {bare} {guarded} ELSE {raw} END"
    return f"CASE WHEN {raw} <> '' AND {raw} NOT IN {nothing} THEN {plain} END"


def clean(column: Column, x: str) -> str:
    """SQL of the column's value, of the type that ``TYPES`` gives; null where ``x`` breaks the rule."""
    if column.codes is not None:
        return code(column.codes, x)
    return _READERS[column.kind](x)


def broken(column: Column) -> str:
    """The rule in plain English, said of a value that breaks it."""
    if column.codes is not None:
        return f"is not a code for {column.codes.name}"
    return _SAID[column.kind]


def within(column: Column, value: str) -> str:
    """SQL of a cleaned value, null where it is a day that nobody could mean."""
    if column.kind not in (Kind.DATE, Kind.TIME):
        return value
    return f"CASE WHEN {value} >= DATE '{FIRST_DAY}' AND {value} < DATE '{LAST_DAY}' + 1 THEN {value} END"


def day(x: str) -> str:
    """A date in ISO form, DD/MM/YYYY, ``2024-Oct-16 00:00:00``, an Excel day number; with or without a time of day."""
    plain = f"WHEN length({x}) = 10 AND {x}[5] = '-' THEN try_cast({x} AS DATE)"
    return f"CASE {plain} {_usual(x, 'DATE')} ELSE CAST({_any_moment(x)} AS DATE) END"


def moment(x: str) -> str:
    """A date with the time of day, midnight where none is given."""
    plain = f"WHEN length({x}) BETWEEN 16 AND 19 AND {x}[5] = '-' AND {x}[8] = '-' THEN try_cast({x} AS TIMESTAMP)"
    return f"CASE {plain} {_usual(x, 'TIMESTAMP')} ELSE {_any_moment(x)} END"


def _usual(x: str, kind: str) -> str:
    """The two forms of the statutory returns, which would be slow among all forms."""
    slashes = (
        f"WHEN length({x}) = 10 AND {x}[3] = '/' AND {x}[6] = '/' THEN CAST(try_strptime({x}, '%d/%m/%Y') AS {kind})"
    )
    month = f"WHEN length({x}) = 20 AND {x}[9] = '-' THEN CAST(try_strptime({x}, '%Y-%b-%d %H:%M:%S') AS {kind})"
    return f"{slashes} {month}"


def _any_moment(x: str) -> str:
    """The slower reading, of every form there is."""
    serial = (
        f"CASE WHEN regexp_full_match({x}, '[1-7][0-9]{{4}}([.][0-9]+)?') "
        f"THEN {EXCEL_DAY_0} + to_milliseconds((try_cast({x} AS DOUBLE) * 86400000)::BIGINT) END"
    )
    iso = f"CASE WHEN regexp_matches({x}, '^[0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}}') THEN try_cast({x} AS TIMESTAMP) END"
    # A word such as "epoch" has a meaning of its own in DuckDB.
    found = f"coalesce({iso}, try_strptime({x}, {literals(TIME_FORMATS)}), {serial})"
    return f"CASE WHEN regexp_matches({x}, '^[0-9]') THEN {found} END"


def number(x: str) -> str:
    """A finite number; a pound sign and commas between thousands may be there."""
    bare = f"regexp_replace({x}, '[£,]', '', 'g')"
    form = "[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]{1,2})?"
    return f"CASE WHEN regexp_full_match({bare}, '{form}') THEN try_cast({bare} AS DOUBLE) END"


def whole(x: str) -> str:
    """A whole number, also where a spreadsheet wrote it as 3.0."""
    bare = f"regexp_replace({x}, '[.]0*$', '')"
    return f"CASE WHEN regexp_full_match({bare}, '[-+]?[0-9]{{1,15}}') THEN try_cast({bare} AS BIGINT) END"


def flag(x: str) -> str:
    """Yes or no, as 1, true, Yes or ``a) Yes``."""
    bare = f"regexp_replace(lower({x}), '^[a-z][)] *', '')"
    return f"CASE WHEN {bare} IN {literals(SAID_YES)} THEN true WHEN {bare} IN {literals(SAID_NO)} THEN false END"


def code(codes: Codes, x: str) -> str:
    """A code of the set: itself, another spelling of it, or inside ``q) 6: Police`` or ``N1 - Abuse or Neglect``."""
    spelt = {key.upper(): key for key in codes.labels} | {key.upper(): value for key, value in codes.also.items()}
    keys, values = literals(spelt), literals(spelt.values())
    unlettered = f"regexp_replace({x}, '^[A-Za-z]{{1,2}}[)] *', '')"
    leading = f"regexp_extract({unlettered}, '^([A-Za-z0-9#]+)(?:[.]0)? *(?:[:–—-].*)?$', 1)"
    tries = (f"({values})[list_position({keys}, upper({each}))]" for each in (x, unlettered, leading))
    return f"CASE WHEN {x} IN {literals(codes.labels)} THEN {x} ELSE coalesce({', '.join(tries)}) END"


def nhs(x: str) -> str:
    """Ten digits of which the last is the check digit. Modulus 11: NHS Data Dictionary, "NHS NUMBER"."""
    digits = f"replace(replace({x}, ' ', ''), '-', '')"
    total = " + ".join(f"{11 - i} * (n // {10 ** (10 - i)} % 10)" for i in range(1, 10))
    right = _of(f"try_cast({digits} AS BIGINT)", f"(11 - ({total}) % 11) % 11 = n % 10 AND n NOT IN (0, 9999999999)")
    return f"CASE WHEN regexp_full_match({digits}, '[0-9]{{10}}') THEN CASE WHEN {right} THEN {digits} END END"


def upn(x: str) -> str:
    """Check letter and twelve digits, or eleven digits and a letter: DfE, "Unique pupil numbers: a guide", annex A."""
    u = f"upper({x})"
    body = _of(f"substr({x}, 2, 11)::BIGINT", " + ".join(f"{i + 2} * (n // {10 ** (10 - i)} % 10)" for i in range(11)))
    last = f"coalesce(try_cast(substr({x}, 13, 1) AS INTEGER), strpos('{UPN_LETTERS}', substr({u}, 13, 1)) - 1)"
    right = f"strpos('{UPN_LETTERS}', substr({u}, 1, 1)) = ({body} + 13 * {last}) % 23 + 1"
    form = f"[{UPN_LETTERS}][0-9]{{11}}[0-9{UPN_LETTERS}]"
    return f"CASE WHEN regexp_full_match({u}, '{form}') THEN CASE WHEN {right} THEN {u} END END"


def _of(value: str, expression: str) -> str:
    """SQL of an expression over ``n``, worked out once: within CASE, DuckDB would work it out at each mention."""
    return f"list_transform([{value}], lambda n: {expression})[1]"


def ni(x: str) -> str:
    """Two prefix letters, six digits, suffix A to D: HMRC manual NIM39110. QQ, never issued, stands in examples."""
    bare = f"regexp_replace(upper({x}), '[ -]', '', 'g')"
    return (
        f"CASE WHEN regexp_full_match({bare}, '(QQ|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])[0-9]{{6}}[A-D]') "
        f"AND substr({bare}, 1, 2) NOT IN ('BG', 'GB', 'KN', 'NK', 'NT', 'TN', 'ZZ') THEN {bare} END"
    )


def postcode(x: str) -> str:
    """A United Kingdom postcode, upper case, one space before the last three."""
    bare = f"regexp_replace(upper({x}), '[^A-Z0-9]', '', 'g')"
    form = "[A-Z]{1,2}[0-9][A-Z0-9]?%s[0-9][A-Z]{2}"
    tidied = f"CASE WHEN regexp_full_match({bare}, '{form % ''}') THEN left({bare}, -3) || ' ' || right({bare}, 3) END"
    return f"CASE WHEN regexp_full_match({x}, '{form % ' '}') THEN {x} ELSE {tidied} END"


def uprn(x: str) -> str:
    """A property number: 1 to 12 digits, not nought."""
    return f"list_filter([{whole(x)}], lambda n: n BETWEEN 1 AND 999999999999)[1]"


_READERS: dict[Kind, Callable[[str], str]] = {
    Kind.TEXT: str, Kind.INTEGER: whole, Kind.NUMBER: number, Kind.DATE: day, Kind.TIME: moment, Kind.FLAG: flag,
    Kind.NHS: nhs, Kind.UPN: upn, Kind.NI: ni, Kind.POSTCODE: postcode, Kind.UPRN: uprn,
}  # fmt: skip
_SAID: dict[Kind, str] = {
    Kind.TEXT: "is not text", Kind.INTEGER: "is not a whole number", Kind.NUMBER: "is not a number",
    Kind.DATE: "is not a date from 1900 to 2099", Kind.TIME: "is not a date and time from 1900 to 2099",
    Kind.FLAG: "is not yes or no", Kind.NHS: "is not a valid NHS number",
    Kind.UPN: "is not a valid unique pupil number",
    Kind.NI: "is not a valid national insurance number", Kind.POSTCODE: "is not a postcode",
    Kind.UPRN: "is not a property number",
}  # fmt: skip

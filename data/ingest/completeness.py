"""What a source's rows look like month by month: how many, which fields are filled, which codes they hold.

Counted where the rows are checked, in one pass a part, so that nobody has to read the files again to see a feed change.
Rejected rows are counted with the rest: a field that is empty in them is empty.
"""

from __future__ import annotations

import duckdb

from data.ingest.people import at
from data.ingest.sql import literal, literals, name
from data.schema import Column, Kind, Part, Source
from data.snapshot.tables import CODE_MONTH, FIELD_ASIDE, FIELD_MONTH, REJECTED_CLIENT, SOURCE_HEARD, SOURCE_MONTH

TABLES = (SOURCE_MONTH, SOURCE_HEARD, FIELD_MONTH, CODE_MONTH, FIELD_ASIDE, REJECTED_CLIENT)

# Days heard of and the silence between them; what an agency says of days to come is not heard yet.
_SETTLED = """
INSERT INTO staged.source_heard
WITH heard AS (
    SELECT source, day, day - lag(day) OVER (PARTITION BY source ORDER BY day) AS silence
    FROM (SELECT DISTINCT source, day FROM staged.heard WHERE day IS NOT NULL)
), latest AS (SELECT *, max(day) OVER (PARTITION BY source) AS heard_on FROM heard)
SELECT source, any_value(heard_on),
       quantile_disc(silence, 0.95) FILTER (day > heard_on - 730)::INTEGER
FROM latest GROUP BY source ORDER BY source
"""

_BROKEN = """
SELECT place, sum(broken)
FROM (SELECT unnest(broken) AS broken, unnest(range(len(broken))) AS place FROM monthly) GROUP BY place
"""


def make_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Make the staged tables of this module anew, empty."""
    for table in TABLES:
        con.execute(f"DROP TABLE IF EXISTS staged.{table.name}")
        con.execute(table.ddl("staged"))
    con.execute("CREATE OR REPLACE TABLE staged.heard (source VARCHAR, day DATE)")


def count(con: duckdb.DuckDBPyConnection, source: Source, part: Part) -> None:
    """Count the part's rows, which stand in ``checked_row``, into the staged tables."""
    con.execute(_dated_sql(part))
    con.execute(_monthly_sql(part))
    for statement in (_rows_sql, _fields_sql, _heard_sql):
        con.execute(statement(source, part))
    if _coded(part):
        con.execute(_codes_sql(source, part))
    for column in _with_broken(con, part):
        con.execute(_aside_sql(column))
    if whose := _whose(part):
        con.execute(_clients_sql(whose))
    con.execute("DROP TABLE monthly")
    con.execute("DROP VIEW dated")


def settle(con: duckdb.DuckDBPyConnection) -> None:
    """When each source was last heard of, once all its parts are counted."""
    con.execute(_SETTLED)
    con.execute("DROP TABLE staged.heard")


def day_sql(part: Part) -> str:
    """SQL of the day that a row speaks of: when what it tells happened, else the first of those its file speaks of.

    Null where neither says: such a file came on the day of the build, which tells nothing of its agency.
    """
    said = _said(part)
    days = [f"TRY(({said})::DATE)"] if said else []
    return f"coalesce({', '.join([*days, 'period_from'])})"


def _said(part: Part) -> str | None:
    """The first required date; else the day of an event that every row becomes, or of what the row states."""
    born = {who.fields.get("birth_date") for who in part.who}
    required = [c.name for c in part.columns if c.required and c.kind in (Kind.DATE, Kind.TIME) and c.name not in born]
    if required:
        return name(required[0])
    # A census speaks of its term, whenever its pupils joined.
    if "{term}" in part.file:
        return None
    # An event that only some rows tell of, such as a death, doesn't date the rest.
    days = [rule.on for rule in part.events if rule.on not in (rule.when or "")]
    days += [name(who.fields["seen_from"]) for who in part.who if "seen_from" in who.fields]
    days += [relation.start for relation in part.relations if relation.start]
    return days[0] if days else None


def _dated_sql(part: Part) -> str:
    """``dated``: the rows with the day that they speak of and the first of its month, or that of the delivery's."""
    return f"""
    CREATE OR REPLACE TEMP VIEW dated AS
    SELECT *, date_trunc('month', coalesce("@day", delivered))::DATE AS "@month"
    FROM (
        SELECT *, CASE WHEN "@said" > delivered THEN delivered ELSE "@said" END AS "@day"
        FROM (SELECT *, {day_sql(part)} AS "@said" FROM checked_row)
    )
    """


def _monthly_sql(part: Part) -> str:
    """``monthly``: a row a month, with a list entry a column; of codes, one a column that has them."""
    filled = ", ".join(f"count({name(column.name)})" for column in part.columns)
    broken = ", ".join(f"count(*) FILTER ({_broken(column)})" for column in part.columns)
    held = ", ".join(f"map_entries(histogram({name(column.name)}::VARCHAR))" for column in _coded(part))
    codes = f"[{held}]" if held else "NULL"
    return f"""
    CREATE OR REPLACE TEMP TABLE monthly AS
    SELECT "@month" AS month, count(*) AS "rows", count("@broken") AS rejected,
           [{filled}] AS filled, [{broken}] AS broken, {codes} AS codes
    FROM dated GROUP BY "@month" ORDER BY "@month"
    """


def _broken(column: Column) -> str:
    return f"{name('!' + column.name)} IS NOT NULL" if column.required else name("?" + column.name)


def _rows_sql(source: Source, part: Part) -> str:
    return f"""
    INSERT INTO staged.source_month
    SELECT {literal(source.name)}, {literal(part.name)}, month, "rows", rejected FROM monthly
    """


def _fields_sql(source: Source, part: Part) -> str:
    fields = literals(column.name for column in part.columns)
    return f"""
    INSERT INTO staged.field_month
    SELECT {literal(source.name)}, {literal(part.name)}, unnest({fields}), month, "rows", unnest(filled), unnest(broken)
    FROM monthly
    """


def _heard_sql(source: Source, part: Part) -> str:
    """The days on which the agency knew what the rows tell, none later than their delivery."""
    declared = {column.name.lower(): column.name for column in part.columns}
    hidden = [name(declared[each]) for each in ("occurred_on", "ended_on") if each in declared]
    ended = next((rule.ended for rule in part.events if rule.ended), "NULL")
    return f"""
    INSERT INTO staged.heard
    SELECT DISTINCT {literal(source.name)}, least(coalesce(TRY(({part.known})::DATE), occurred_on), delivered)
    FROM (
        SELECT * {f"EXCLUDE ({', '.join(hidden)})" if hidden else ""},
               "@day" AS occurred_on, TRY(({ended})::DATE) AS ended_on
        FROM dated WHERE "@broken" IS NULL AND "@day" IS NOT NULL
    )
    """


def _coded(part: Part) -> list[Column]:
    return [column for column in part.columns if column.codes is not None or column.kind is Kind.FLAG]


def _codes_sql(source: Source, part: Part) -> str:
    fields = literals(column.name for column in _coded(part))
    return f"""
    INSERT INTO staged.code_month
    WITH held AS (SELECT month, unnest({fields}::VARCHAR[]) AS field, unnest(codes) AS codes FROM monthly)
    SELECT {literal(source.name)}, {literal(part.name)}, field, month, code.key, code.value
    FROM (SELECT month, field, unnest(codes) AS code FROM held)
    """


def _with_broken(con: duckdb.DuckDBPyConnection, part: Part) -> list[Column]:
    """Columns of which a value was set aside, as ``monthly`` has counted them: few have any."""
    counts = con.execute(_BROKEN).fetchall()
    return [part.columns[place] for place, broken in sorted(counts) if broken and not part.columns[place].required]


def _aside_sql(column: Column) -> str:
    return f"""
    INSERT INTO staged.field_aside
    SELECT "@file", "@line", {literal(column.name)} FROM checked_row
    WHERE "@broken" IS NULL AND {name("?" + column.name)}
    """


def _whose(part: Part) -> str | None:
    """The column of ``checked_row`` with the client of a row; None where only its parent says whose it is."""
    if all(who.name != "self" for who in part.who):
        return None
    return at("self") if part.parent is None else name("<@self")


def _clients_sql(whose: str) -> str:
    return f"""
    INSERT INTO staged.rejected_client
    SELECT "@file", "@line", {whose} FROM checked_row WHERE "@broken" IS NOT NULL AND {whose} IS NOT NULL
    """

"""Taking people out of the staged tables, before anything is linked or computed of them.

Everything that a snapshot holds of a person is made from these tables, so what leaves here is in none of its tables:
records, events, ties, contacts, indicators, scores, known cases, the search index.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import duckdb
import pyarrow as pa

from data.ingest.sql import name
from data.schema import Source

# Who is past retention in a source: it last told of them too long ago, and they are past the birthday, if one is set.
RIPE = """
CREATE OR REPLACE TEMP TABLE leaving AS
WITH born AS (
    SELECT client, min(birth_date) AS born FROM staged.person_record GROUP BY client
), heard AS (
    SELECT client, r.source, max(coalesce(seen_to, seen_from, delivered)) AS last
    FROM staged.person_record r JOIN staged.source_file f USING (file) GROUP BY client, r.source
), ripe AS (
    SELECT client, source, last, years FROM heard JOIN retention USING (source) JOIN born USING (client)
    WHERE last + to_years(years) < $today AND coalesce(born, last) + to_years(birthday) < $today
), told AS (
    SELECT client, source, max(greatest(known_on, ended_on)) AS last
    FROM staged.event SEMI JOIN ripe USING (client, source) GROUP BY client, source
)
SELECT client, source FROM ripe r LEFT JOIN told t USING (client, source)
WHERE coalesce(t.last, r.last) + to_years(years) < $today
"""
RETIRED = """
INSERT INTO staged.retired_row
SELECT source, 'past retention', count(DISTINCT client), count(*) FROM staged.person_record
SEMI JOIN leaving USING (client, source) GROUP BY source ORDER BY source
"""
ERASED = """
INSERT INTO staged.retired_row
SELECT NULL, 'erased', count(DISTINCT client), count(*) FROM staged.person_record SEMI JOIN leaving USING (client)
"""
# A contact is of the hub's own source; its table does not say which.
LATE_CONTACTS = """
DELETE FROM staged.contact WHERE client IN (SELECT client FROM leaving WHERE list_contains($hubs::VARCHAR[], source))
"""
REJECTED = """
DELETE FROM staged.rejected_row WHERE (file, line) IN (SELECT (file, line) FROM staged.rejected_client
    WHERE client IN (SELECT client FROM leaving))
"""
RENUMBERED = """
CREATE OR REPLACE TABLE staged.person_record AS
SELECT * REPLACE ((row_number() OVER (ORDER BY record) - 1)::BIGINT AS record) FROM staged.person_record ORDER BY record
"""
COLUMNS = """
SELECT table_name, list(column_name) FROM duckdb_columns() WHERE schema_name = 'staged' GROUP BY table_name
HAVING list_contains(list(column_name), 'client') ORDER BY table_name
"""


def retire(con: duckdb.DuckDBPyConnection, sources: Mapping[str, Source], today: date) -> dict[str, int]:
    """Take out of ``staged`` what is past its source's retention on ``today``; how many people, by source."""
    con.register("retention", _rules(sources.values()))
    con.execute(RIPE, {"today": today})
    con.unregister("retention")
    con.execute(RETIRED)
    hubs = [source.name for source in sources.values() if any(part.contact for part in source.parts)]
    con.execute(LATE_CONTACTS, {"hubs": hubs})
    _delete(con, "(client, source) IN (SELECT (client, source) FROM leaving)", needs="source")
    con.execute("DELETE FROM staged.relation WHERE (other_client, source) IN (SELECT (client, source) FROM leaving)")
    return dict(
        con.execute("SELECT source, people FROM staged.retired_row WHERE source IS NOT NULL ORDER BY source").fetchall()
    )


def erase(con: duckdb.DuckDBPyConnection, clients: Iterable[int]) -> int:
    """Take every row of these clients out of ``staged``, and every tie to them; how many of them there were."""
    con.register("asked", pa.table({"client": pa.array(sorted(set(clients)), pa.int64())}))
    con.execute("CREATE OR REPLACE TEMP TABLE leaving AS SELECT client, NULL::VARCHAR AS source FROM asked")
    con.unregister("asked")
    found = con.execute("SELECT count(DISTINCT client) FROM staged.person_record SEMI JOIN leaving USING (client)")
    there = int(found.fetchall()[0][0])
    if there:
        con.execute(ERASED)
    con.execute(REJECTED)
    _delete(con, "client IN (SELECT client FROM leaving)")
    con.execute("DELETE FROM staged.relation WHERE other_client IN (SELECT client FROM leaving)")
    return there


def _delete(con: duckdb.DuckDBPyConnection, which: str, needs: str = "client") -> None:
    """Delete the rows ``which`` of every staged table that says whose it is; the numbers of records stay dense."""
    if not con.execute("SELECT count(*) FROM leaving").fetchall()[0][0]:
        return
    for table, columns in con.execute(COLUMNS).fetchall():
        if needs in columns:
            con.execute(f"DELETE FROM staged.{name(table)} WHERE {which}")
    con.execute(RENUMBERED)


def _rules(sources: Iterable[Source]) -> pa.Table:
    rules = [(source.name, source.retention.years, source.retention.birthday) for source in sources]
    columns = list(zip(*rules, strict=True))
    kinds = (("source", pa.string()), ("years", pa.int32()), ("birthday", pa.int32()))
    return pa.table({name: pa.array(values, kind) for (name, kind), values in zip(kinds, columns, strict=True)})

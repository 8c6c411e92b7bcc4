"""Staging the people of a part: who each row speaks of, and how they were written down."""

from __future__ import annotations

from data.ingest.checks import key_columns
from data.ingest.client import client, identity_hash, row_hash, says_anything, tells_apart
from data.ingest.sql import comma, literal, name
from data.schema import IDENTITY, Part, Source, Who

FIELDS = tuple(field for field in IDENTITY if field not in ("local_id", "full_name", "seen_from", "seen_to"))
_TYPES = {"birth_date": "DATE", "uprn": "BIGINT"}
# The last blank parts forename and surname of a name written as one.
_FULL_NAME = {
    "forename": "regexp_extract({0}, '^(\\S+) .+$', 1)",
    "surname": "regexp_extract({0}, '(\\S+)$', 1)",
    "middle_names": "nullif(regexp_extract({0}, '^\\S+ (.+) \\S+$', 1), '')",
}


def at(who: str) -> str:
    """The column of ``accepted_row`` that holds the client of a ``Who``."""
    return name("@" + who)


def local_id_at(who: str) -> str:
    return name("#" + who)


def whos(part: Part) -> tuple[Who, ...]:
    """The people of a row; a row that carries only its parent's key still speaks of its parent's person."""
    if part.who or part.parent is None:
        return part.who
    return (Who({}),)


def accepted_sql(source: Source, part: Part) -> str:
    """``accepted_row``: the good rows with file, line, the file's dates and the client of each of their people."""
    people = []
    for who in whos(part):
        own = _local_id(part, who)
        people += [f"{own} AS {local_id_at(who.name)}", f"{client(source.numbering, local_id_at(who.name))} AS {at(who.name)}"]
    columns = [name(column.name) for column in part.columns]
    return f"""
    CREATE OR REPLACE TEMP TABLE accepted_row AS
    WITH good AS (
        SELECT r."@file", r."@line", f.delivered, f.period_from, f.period_to, {comma([f"r.{each}" for each in columns])}
        {"".join(f", r.{name('=' + key)}" for key in key_columns(part))}
        FROM checked_row r JOIN taking f ON f.file = r."@file" WHERE "@broken" IS NULL
    )
    SELECT g.*{"".join(f", {each}" for each in people)}
    FROM good g {_parent_join(source, part)}
    """


def parent_table(source: Source, part: str) -> str:
    """The table that keeps the keys of a part which others name as their parent."""
    return name(f"key {source.name} {part}")


def parent_sql(source: Source, part: Part, key: str) -> str:
    """Keep each key of the part with its client, and with the delivery, for keys are given anew in each."""
    return f"""
    CREATE OR REPLACE TEMP TABLE {parent_table(source, part.name)} AS
    SELECT {name(key)} AS key, delivered, min({at("self")}) AS client, arg_min({local_id_at("self")}, {at("self")}) AS local_id
    FROM accepted_row WHERE {at("self")} IS NOT NULL GROUP BY ALL
    """


def _parent_join(source: Source, part: Part) -> str:
    if part.parent is None:
        return ""
    parent, here, _ = part.parent
    return f"LEFT JOIN {parent_table(source, parent)} p ON p.key = g.{name(here)} AND p.delivered = g.delivered"


def _local_id(part: Part, who: Who) -> str:
    """The agency's number, else the parent's, else a hash of the identity, else null."""
    fields = _cleaned(who)
    own = who.fields.get("local_id")
    numbered = name("=" + own) if own in key_columns(part) else name(own) if own else "NULL"
    if part.parent is not None:
        return f"coalesce({numbered}, p.local_id)"
    by_row = row_hash(fields, 'g."@file"', 'g."@line"')
    by_identity = f"CASE WHEN {tells_apart(fields)} THEN {identity_hash(fields)} WHEN {says_anything(fields)} THEN {by_row} END"
    return f"coalesce({numbered}, {by_identity})"


def _cleaned(who: Who) -> dict[str, str]:
    return {field: name(column) for field, column in who.fields.items() if field not in ("local_id", "seen_from", "seen_to")}


def seen_sql(source: Source, part: Part, who: Who) -> str:
    """Append to ``staged.person_seen`` each distinct way in which the part writes down a ``Who``, with the days it was seen.

    A bare number makes a row too: whoever is known by nothing else must not be lost.
    """
    fields = _cleaned(who)
    values = {field: _value(field, fields) for field in FIELDS}
    begins, ends = _seen(who)
    held = [f"{value} AS {name(field)}" for field, value in values.items()]
    return f"""
    INSERT INTO staged.person_seen BY NAME
    SELECT {at(who.name)} AS client, {literal(source.name)} AS source, min({local_id_at(who.name)}) AS local_id,
    {comma(held)},
    min({begins}) AS seen_from, max({ends}) AS seen_to, arg_min("@file", ("@file", "@line")) AS file, arg_min("@line", ("@file", "@line")) AS line
    FROM accepted_row WHERE {at(who.name)} IS NOT NULL
    GROUP BY ALL
    """


def _value(field: str, fields: dict[str, str]) -> str:
    if field in fields:
        return f"nullif({fields[field]}, 'U')" if field == "sex" else fields[field]
    if "full_name" in fields and field in _FULL_NAME:
        return _FULL_NAME[field].format(fields["full_name"])
    return f"NULL::{_TYPES.get(field, 'VARCHAR')}"


def _seen(who: Who) -> tuple[str, str]:
    """First and last day; what is still open was last seen when the file came."""
    begins = f"{name(who.fields['seen_from'])}::DATE" if "seen_from" in who.fields else None
    ends = f"{name(who.fields['seen_to'])}::DATE" if "seen_to" in who.fields else None
    if begins and ends:
        last = f"coalesce({ends}, delivered)"
        return begins, f"least(greatest({begins}, {last}), delivered)"
    if begins or ends:
        only = begins or ends or ""
        return only, f"least({only}, delivered)"
    return "period_from", "CASE WHEN period_from IS NOT NULL THEN delivered END"

"""Staging the people of a part: who each row speaks of, and how they were written down."""

from __future__ import annotations

from data.ingest.client import client, identity_hash, row_hash, says_anything, says_who, tells_apart
from data.ingest.sql import comma, literal, name
from data.schema import IDENTITY, Kind, Part, Source, Who

FIELDS = tuple(field for field in IDENTITY if field not in ("local_id", "full_name", "seen_from", "seen_to"))
# More lines than any file may have: file and line become one number, which is quick to compare.
LINES = 1 << 40
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


def told(who: Who) -> dict[str, str]:
    """What the row tells of a person beside their number: identity field -> SQL."""
    return {
        field: name(column) for field, column in who.fields.items() if field not in ("local_id", "seen_from", "seen_to")
    }


def number(part: Part, who: Who) -> str:
    """SQL of the agency's own number, as text: an official number is still the key where its check digit is wrong."""
    column = who.fields.get("local_id")
    if column is None:
        return "NULL::VARCHAR"
    if part.column(column).kind is not Kind.TEXT:
        return f"{name('<' + column)}::VARCHAR"
    # Spreadsheets write 101.0 where other files of the agency have 101.
    pointed = f"regexp_replace({name(column)}, '^([0-9]+)[.]0+$', '\\1')"
    return f"CASE WHEN {name(column)} LIKE '%.0' THEN {pointed} ELSE {name(column)} END"


def clients(source: Source, part: Part) -> list[str]:
    """Select list of number and client of each person of a row, by what the row itself holds."""
    listed = []
    for who in part.who:
        fields = told(who)
        by_row = row_hash(fields, '"@file"', '"@line"')
        # A second person is there only if something is said of them: an unnamed father's address is the child's.
        there = says_anything(fields) if who.name == "self" else says_who(fields)
        alone = f"WHEN {there} THEN {by_row}"
        by_identity = f"CASE WHEN {tells_apart(fields)} THEN {identity_hash(fields)} {alone} END"
        local_id = number(part, who) if part.parent else f"coalesce({number(part, who)}, {by_identity})"
        listed += _listed(source, "" if part.parent is None else "<", who.name, local_id)
    return listed


def parents_clients(source: Source, part: Part) -> list[str]:
    """Select list of number and client of each person of a row: its own, else the parent row's person."""
    listed = []
    for who in part.who or (Who({}),):
        own = name("<#" + who.name) if part.who else "NULL"
        listed += _listed(source, "", who.name, f"coalesce({own}, p.local_id)")
    return listed


def _listed(source: Source, mark: str, who: str, local_id: str) -> list[str]:
    at_number = name(f"{mark}#{who}")
    return [f"{local_id} AS {at_number}", f"{client(source.numbering, at_number)} AS {name(f'{mark}@{who}')}"]


def parent_table(source: Source, part: str) -> str:
    """The table that keeps the keys of a part which others name as their parent."""
    return name(f"key {source.name} {part}")


def parent_sql(source: Source, part: Part, key: str) -> str:
    """Keep each key of the part with its client, and with the delivery, for keys are given anew in each."""
    return f"""
    CREATE OR REPLACE TEMP TABLE {parent_table(source, part.name)} AS
    SELECT {name(key)} AS key, delivered, min({local_id_at("self")}) AS local_id
    FROM accepted_row WHERE {at("self")} IS NOT NULL GROUP BY ALL
    """


def parent_join(source: Source, part: Part) -> str:
    """Joins ``r``, rows of the part, to ``p``, the keys of its parent."""
    if part.parent is None:
        return ""
    parent, here, _ = part.parent
    return f"LEFT JOIN {parent_table(source, parent)} p ON p.key = r.{name(here)} AND p.delivered = r.delivered"


def seen_sql(source: Source, who: Who) -> str:
    """Append to ``staged.person_seen`` each distinct way in which the part writes down a ``Who``, and when it was seen.

    A bare number makes a row too: whoever is known by nothing else must not be lost.
    """
    fields = told(who)
    values = {field: _value(field, fields) for field in FIELDS}
    begins, ends = _seen(who)
    held = [f"{value} AS {name(field)}" for field, value in values.items()]
    return f"""
    INSERT INTO staged.person_seen BY NAME
    SELECT {at(who.name)} AS client, {literal(source.name)} AS source, any_value({local_id_at(who.name)}) AS local_id,
    {comma(held)},
    min({begins}) AS seen_from, max({ends}) AS seen_to,
    min("@file"::BIGINT * {LINES} + "@line") AS place
    FROM accepted_row WHERE {at(who.name)} IS NOT NULL
    GROUP BY {comma([at(who.name), *fields.values()])}
    """


def _value(field: str, fields: dict[str, str]) -> str:
    if field in fields:
        return f"nullif({fields[field]}, 'U')" if field == "sex" else fields[field]
    if "full_name" in fields and field in _FULL_NAME:
        return _FULL_NAME[field].format(fields["full_name"])
    return f"NULL::{_TYPES.get(field, 'VARCHAR')}"


def _told(day: str | None) -> str | None:
    """A day as it counts: what a later delivery tells of days that an earlier one spoke of was seen when it came."""
    return day and f"CASE WHEN {day} < news_from THEN delivered ELSE {day} END"


def _seen(who: Who) -> tuple[str, str]:
    """First and last day; what is still open was last seen when the file came."""
    begins = f"{name(who.fields['seen_from'])}::DATE" if "seen_from" in who.fields else None
    ends = f"{name(who.fields['seen_to'])}::DATE" if "seen_to" in who.fields else None
    begins, ends = (_told(day) for day in (begins, ends))
    if begins and ends:
        last = f"coalesce({ends}, delivered)"
        return begins, f"least(greatest({begins}, {last}), delivered)"
    if begins or ends:
        only = begins or ends or ""
        return only, f"least({only}, delivered)"
    return "period_from", "CASE WHEN period_from IS NOT NULL THEN delivered END"

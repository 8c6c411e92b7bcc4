"""Staging what a row becomes: events, relations, groups, coverage, known cases, contacts. SQL over ``accepted_row``."""

from __future__ import annotations

from dataclasses import fields

from data.ingest.people import at
from data.ingest.sql import literal, name
from data.schema import Contact, EventRule, Group, KnownCase, Part, Relation, Source, Span

# Everyone on one reference is paired with everyone else; more than this is a hostel or a mistyped reference.
LARGEST_GROUP = 30

NO_DATE = "{kind}: has no date"
TOO_LATE = "{kind}: dated after the file was delivered"
BACKWARDS = "{kind}: ends before it begins, the end set aside"
ORPHAN = "{key}: is not in {parent} of the same delivery"
CROWD = f"reference shared by more than {LARGEST_GROUP} people, not paired"


def event_sql(source: Source, part: Part, rule: EventRule) -> str:
    """Append one kind of event to ``staged.event_told``."""
    return f"""
    INSERT INTO staged.event_told
    {_told(part, rule)}
    SELECT {at(rule.who)}, {literal(rule.kind)}, occurred_on, CASE WHEN ended_on >= occurred_on THEN ended_on END,
           {_known(rule.known or part.known)},
           "@value", "@detail", {literal(source.name)}, "@file", "@line", {_key(source, part)}
    FROM told WHERE occurred_on <= delivered AND {at(rule.who)} IS NOT NULL
    """


def _key(source: Source, part: Part) -> str:
    """The row by its own key, where the part declares one: a later delivery of the same key replaces what it said."""
    if not part.key:
        return "NULL"
    held = ", ".join(f"coalesce({name(column)}::VARCHAR, '')" for column in part.key)
    return f"(md5_number_lower(concat_ws('|', {literal(source.name)}, {literal(part.name)}, {held})) >> 1)::BIGINT"


def event_faults_sql(part: Part, rule: EventRule) -> str:
    """Per file: events without a date, after the delivery, and ending before they begin."""
    return f"""
    {_told(part, rule)}
    SELECT "@file", count(*) FILTER (occurred_on IS NULL), count(*) FILTER (occurred_on > delivered),
           count(*) FILTER (occurred_on <= delivered AND ended_on < occurred_on)
    FROM told WHERE occurred_on IS NULL OR occurred_on > delivered OR ended_on < occurred_on
    GROUP BY "@file" ORDER BY "@file"
    """


def _told(part: Part, rule: EventRule) -> str:
    """``told``: the rows that become the event, its own ``occurred_on`` and ``ended_on`` in place of any column's."""
    return f"""
    WITH told AS (
        SELECT * EXCLUDE ({_hidden(part)}),
               TRY(({rule.on})::DATE) AS occurred_on, TRY(({rule.ended or "NULL"})::DATE) AS ended_on,
               TRY(({rule.value or "NULL"})::DOUBLE) AS "@value", ({rule.detail or "NULL"})::VARCHAR AS "@detail"
        FROM (SELECT *, NULL AS "@none" FROM accepted_row) WHERE {rule.when or "true"}
    )"""


def _hidden(part: Part) -> str:
    """Columns that the event's own dates stand in for."""
    declared = {column.name.lower(): column.name for column in part.columns}
    return ", ".join(['"@none"', *(name(declared[each]) for each in ("occurred_on", "ended_on") if each in declared)])


def relation_sql(source: Source, part: Part, relation: Relation) -> str:
    """Append the ties that a part states to ``staged.relation``: the other is ``kind`` of the client."""
    start = relation.start or "NULL"
    return f"""
    INSERT INTO staged.relation
    {_dated(part, start, relation.end)}
    SELECT {at(relation.who)}, {at(relation.other)}, lower(({relation.kind})::VARCHAR), occurred_on, ended_on,
           {_known(part.known)}, {literal(source.name)}, "@file", "@line"
    FROM told
    WHERE {at(relation.who)} <> {at(relation.other)} AND ({relation.kind}) IS NOT NULL AND ({relation.when or "true"})
    """


def _known(declared: str) -> str:
    """The day a thing was known: never before it began, and when the file came where nothing says.

    What a later delivery tells of days that an earlier one spoke of was not known before the later one came.
    """
    known = f"greatest(occurred_on, coalesce(TRY(({declared})::DATE), delivered))"
    return f"CASE WHEN {known} < news_from THEN delivered ELSE {known} END"


def _dated(part: Part, start: str, end: str | None) -> str:
    return f"""
    WITH told AS (
        SELECT * EXCLUDE ({_hidden(part)}),
               TRY(({start})::DATE) AS occurred_on, TRY(({end or "NULL"})::DATE) AS ended_on
        FROM (SELECT *, NULL AS "@none" FROM accepted_row)
    )"""


def group_sql(source: Source, part: Part, group: Group) -> str:
    """Append to ``staged.relation`` each two people on one reference at one time, once, the smaller client first."""
    return f"""
    INSERT INTO staged.relation
    {_dated(part, group.start, group.end)}, member AS (
        SELECT ({group.by})::VARCHAR AS reference, {at("self")} AS client, occurred_on AS "from", ended_on AS "to",
               {_known(part.known)} AS known_on, "@file" AS file, "@line" AS line
        FROM told
        WHERE occurred_on <= delivered AND {at("self")} IS NOT NULL AND ({group.by}) IS NOT NULL
          AND ({group.when or "true"})
    ), usable AS (
        SELECT reference FROM member GROUP BY reference HAVING count(DISTINCT client) BETWEEN 2 AND {LARGEST_GROUP}
    ), placed AS (SELECT * FROM member SEMI JOIN usable USING (reference))
    SELECT a.client, b.client, {literal(group.kind)}, greatest(a."from", b."from") AS together,
           min(least(a."to", b."to")),
           min(greatest(a.known_on, b.known_on)), {literal(source.name)}, min(a.file), arg_min(a.line, (a.file, a.line))
    FROM placed a JOIN placed b ON a.reference = b.reference AND a.client < b.client
    WHERE greatest(a."from", b."from") <= least(coalesce(a."to", 'infinity'), coalesce(b."to", 'infinity'))
    GROUP BY a.client, b.client, together
    """


def crowds_sql(group: Group) -> str:
    """How many rows of each file are on a reference that too many share."""
    return f"""
    WITH crowd AS (
        SELECT ({group.by}) AS reference FROM accepted_row WHERE ({group.by}) IS NOT NULL AND ({group.when or "true"})
        GROUP BY reference HAVING count(DISTINCT {at("self")}) > {LARGEST_GROUP}
    )
    SELECT "@file", count(*) FROM accepted_row JOIN crowd ON crowd.reference = ({group.by})
    GROUP BY "@file" ORDER BY "@file"
    """


def coverage_sql(source: Source, span: Span) -> str:
    """Append to ``staged.span`` when the source had each person on its books."""
    return f"""
    INSERT INTO staged.span
    SELECT {at("self")}, {literal(source.name)}, "from", CASE WHEN "to" < '9999-12-31' THEN "to" END
    FROM (
        SELECT {at("self")}, CASE WHEN began < news_from THEN delivered ELSE began END AS "from",
               coalesce(TRY(({span.end or "NULL"})::DATE), DATE '9999-12-31') AS "to"
        FROM (SELECT *, TRY(({span.start})::DATE) AS began FROM accepted_row)
    )
    WHERE {at("self")} IS NOT NULL AND "from" IS NOT NULL AND "to" >= "from"
    GROUP BY ALL
    """


def known_case_sql(source: Source, known: KnownCase) -> str:
    """Append to ``staged.known_case`` whom professionals identified."""
    day = f"({known.on})::DATE"
    return f"""
    INSERT INTO staged.known_case
    SELECT {at("self")}, ({known.profile})::VARCHAR, {day}, CASE WHEN {day} < news_from THEN delivered ELSE {day} END,
           {literal(source.name)}
    FROM accepted_row
    WHERE {at("self")} IS NOT NULL AND ({known.profile}) IS NOT NULL
      AND ({known.on})::DATE <= delivered AND ({known.when or "true"})
    """


def contact_sql(contact: Contact) -> str:
    """Append to ``staged.contact`` each contact and person it is about."""
    told = {field.name: f"({getattr(contact, field.name)})" for field in fields(contact)}
    told = {"contact": told.pop("number"), "client": at("self")} | told
    columns = ", ".join(f"{sql} AS {name}" for name, sql in told.items())
    return f"INSERT INTO staged.contact BY NAME SELECT {columns} FROM accepted_row WHERE {at('self')} IS NOT NULL"

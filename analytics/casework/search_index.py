"""The search tables: every name, date of birth, address and number under which anybody was ever recorded."""

from __future__ import annotations

import duckdb

# Lower case, no accents, apostrophes closed up, parted at everything that is not a letter: as `asked.names_in` does.
TOKENS = r"regexp_extract_all(regexp_replace(lower(strip_accents({})), '[''’`]', '', 'g'), '\p{{L}}+')"
_CLOSED = r"regexp_replace(lower(strip_accents({})), '[^\p{{L}}]', '', 'g')"
_NUMBER = "regexp_replace(upper({}), '[^A-Z0-9]', '', 'g')"
_NUMBERS = {"postcode": "postcode", "local_id": "local_id", "nhs": "nhs_number", "upn": "upn", "ni": "ni_number"}

# A double name is found by either half and by both run together.
_PART = """
CREATE OR REPLACE TEMP TABLE search_part AS
WITH written AS (
    SELECT DISTINCT l.person, kind, name, false AS now
    FROM {store}.person_record r JOIN {store}.person_link l USING (client),
    LATERAL (
        VALUES ('forename', r.forename), ('middle', r.middle_names), ('surname', r.surname),
               ('former', r.former_surname)
    ) n(kind, name)
    WHERE name IS NOT NULL
    UNION ALL SELECT person, 'forename', forename, true FROM {store}.person WHERE forename IS NOT NULL
    UNION ALL SELECT person, 'surname', surname, true FROM {store}.person WHERE surname IS NOT NULL
), parted AS (
    SELECT person, kind, now, unnest({tokens}) AS part FROM written
    UNION ALL SELECT person, kind, now, {closed} FROM written
)
SELECT part, person, kind, bool_or(now) AS now FROM parted WHERE part <> '' GROUP BY part, person, kind
"""

_TOKEN = """
INSERT INTO {store}.search_token
SELECT (row_number() OVER (ORDER BY part) - 1)::INTEGER, part, people
FROM (SELECT part, count(DISTINCT person)::INTEGER AS people FROM search_part GROUP BY part) ORDER BY part
"""

_NAME = """
INSERT INTO {store}.search_name
SELECT t.number, p.person, p.kind, p.now FROM search_part p JOIN {store}.search_token t ON t.token = p.part
ORDER BY t.number, p.person, p.kind
"""

# Whatever was written of somebody, and beside it what is held to be right now. A ward is known by its postcodes.
_FACT = r"""
INSERT INTO {store}.search_fact
WITH written AS (
    SELECT DISTINCT l.person, r.source, r.local_id, r.birth_date, r.postcode, r.nhs_number, r.upn, r.ni_number,
           r.address
    FROM {store}.person_record r JOIN {store}.person_link l USING (client)
), place AS (
    SELECT postcode, min(ward) AS ward FROM {store}.person WHERE ward IS NOT NULL AND postcode IS NOT NULL
    GROUP BY postcode
), fact AS (
    SELECT 'birth' AS kind, strftime(birth_date, '%Y-%m-%d') AS value, person, false AS now FROM written
    UNION ALL SELECT 'birth', strftime(birth_date, '%Y-%m-%d'), person, true FROM {store}.person
    UNION ALL SELECT 'postcode', {postcode}, person, false FROM written
    UNION ALL SELECT 'postcode', {postcode}, person, true FROM {store}.person
    UNION ALL SELECT 'ward', place.ward, person, false FROM written JOIN place USING (postcode)
    UNION ALL SELECT 'ward', ward, person, true FROM {store}.person
    UNION ALL SELECT 'street', trim(regexp_replace(lower(strip_accents(address)), '[^\p{{L}}]+', ' ', 'g')), person,
           false FROM written
    UNION ALL SELECT 'school', {detail}, person, true FROM {store}.event WHERE kind = 'enrolment'
    UNION ALL SELECT 'number', {local_id}, person, true FROM written
    UNION ALL SELECT 'number', {nhs}, person, true FROM written
    UNION ALL SELECT 'number', {upn}, person, true FROM written
    UNION ALL SELECT 'number', {ni}, person, true FROM written
)
SELECT kind, value, person, bool_or(now) FROM fact WHERE value IS NOT NULL AND value <> ''
GROUP BY kind, value, person ORDER BY kind, value, person
"""

_ALIAS = """
INSERT INTO {store}.search_alias
WITH written AS (
    SELECT l.person, trim(concat_ws(' ', r.forename, n.surname)) AS written, r.source
    FROM {store}.person_record r JOIN {store}.person_link l USING (client),
    LATERAL (VALUES (r.surname), (r.former_surname)) n(surname)
    WHERE n.surname IS NOT NULL
)
SELECT w.person, w.written, list(DISTINCT w.source ORDER BY w.source)
FROM written w JOIN {store}.person p USING (person)
WHERE lower(w.written) <> lower(trim(concat_ws(' ', p.forename, p.surname))) GROUP BY w.person, w.written
ORDER BY w.person, w.written
"""


def build(con: duckdb.DuckDBPyConnection, store: str = "snapshot") -> None:
    """Fill the search tables of ``store`` from its people, links, records and events."""
    con.execute(_PART.format(store=store, tokens=TOKENS.format("name"), closed=_CLOSED.format("name")))
    con.execute(_TOKEN.format(store=store))
    con.execute(_NAME.format(store=store))
    con.execute("DROP TABLE search_part")
    numbers = {name: _NUMBER.format(column) for name, column in _NUMBERS.items()}
    con.execute(_FACT.format(store=store, detail=_NUMBER.format("detail"), **numbers))
    con.execute(_ALIAS.format(store=store))

"""The search tables: every name, date of birth, postcode and number under which anybody was ever recorded."""

from __future__ import annotations

import duckdb

# Lower case, no accents, apostrophes closed up, parted at everything that is not a letter: as `asked.names_in` does.
TOKENS = r"regexp_extract_all(regexp_replace(lower(strip_accents({})), '[''’`]', '', 'g'), '\p{{L}}+')"
_CLOSED = r"regexp_replace(lower(strip_accents({})), '[^\p{{L}}]', '', 'g')"
_NUMBER = "regexp_replace(upper({}), '[^A-Z0-9]', '', 'g')"
_NUMBERS = {"postcode": "postcode", "local_id": "local_id", "nhs": "nhs_number", "upn": "upn", "ni": "ni_number"}

# A double name is found by either half and by both run together.
_NAME = """
INSERT INTO {store}.search_name
WITH written AS (
    SELECT DISTINCT l.person, kind, name
    FROM {store}.person_record r JOIN {store}.person_link l USING (client),
    LATERAL (
        VALUES ('forename', r.forename), ('middle', r.middle_names), ('surname', r.surname),
               ('former', r.former_surname)
    ) n(kind, name)
    WHERE name IS NOT NULL
    UNION SELECT person, 'forename', forename FROM {store}.person WHERE forename IS NOT NULL
    UNION SELECT person, 'surname', surname FROM {store}.person WHERE surname IS NOT NULL
    UNION SELECT person, 'place', w.name FROM {store}.person p JOIN {store}.ward w USING (ward)
), parted AS (
    SELECT person, kind, unnest({tokens}) AS token FROM written
    UNION SELECT person, kind, {closed} FROM written WHERE kind <> 'place'
)
SELECT token, person, kind FROM (SELECT DISTINCT token, person, kind FROM parted WHERE token <> '')
ORDER BY token, person, kind
"""

_FACT = """
INSERT INTO {store}.search_fact
WITH written AS (
    SELECT DISTINCT l.person, r.source, r.local_id, r.birth_date, r.postcode, r.nhs_number, r.upn, r.ni_number
    FROM {store}.person_record r JOIN {store}.person_link l USING (client)
), fact AS (
    SELECT 'birth' AS kind, strftime(birth_date, '%Y-%m-%d') AS value, person FROM written
    UNION SELECT 'birth', strftime(birth_date, '%Y-%m-%d'), person FROM {store}.person
    UNION SELECT 'postcode', {postcode}, person FROM written
    UNION SELECT 'number', {local_id}, person FROM written
    UNION SELECT 'number', {nhs}, person FROM written
    UNION SELECT 'number', {upn}, person FROM written
    UNION SELECT 'number', {ni}, person FROM written
)
SELECT kind, value, person FROM fact WHERE value IS NOT NULL AND value <> '' ORDER BY kind, value, person
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

_TOKEN = """
INSERT INTO {store}.search_token
SELECT token, count(DISTINCT person)::INTEGER FROM {store}.search_name GROUP BY token ORDER BY token
"""


def build(con: duckdb.DuckDBPyConnection, store: str = "snapshot") -> None:
    """Fill the search tables of ``store`` from its people, links and records."""
    con.execute(_NAME.format(store=store, tokens=TOKENS.format("name"), closed=_CLOSED.format("name")))
    con.execute(_TOKEN.format(store=store))
    numbers = {name: _NUMBER.format(column) for name, column in _NUMBERS.items()}
    con.execute(_FACT.format(store=store, **numbers))
    con.execute(_ALIAS.format(store=store))

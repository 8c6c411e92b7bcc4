"""Tidy identities: one row for every distinct way in which a client was written down."""

from __future__ import annotations

import duckdb

from data.linkage.names import pairs, placeholders

POSTCODE = "^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$"
OLDEST_BIRTH = "1901-02-01"  # systems without a birth date write 1900-01-01 or 1901-01-01 ...
EPOCH = "1970-01-01"  # ... or their day nought
BORN_AFTER_SEEN = 300  # days: a child may be on the books before it is born

# Weights of the Modulus 11 algorithm, NHS Data Dictionary, "NHS NUMBER".
_WEIGHED = " + ".join(f"try_cast(substr(nhs_number, {i}, 1) AS INTEGER) * {11 - i}" for i in range(1, 10))
NHS_VALID = f"""
    regexp_full_match(nhs_number, '[0-9]{{10}}') AND nhs_number NOT IN ('0000000000', '9999999999')
    AND (11 - ({_WEIGHED}) % 11) % 11 = substr(nhs_number, 10, 1)::INTEGER
"""
UPN_VALID = "regexp_full_match(upn, '[A-Z][0-9]{11}[0-9A-Z]')"
NI_VALID = "regexp_full_match(ni_number, '[A-Z]{2}[0-9]{6}[A-D]')"

NICKNAME = """
CREATE OR REPLACE TABLE linkage.nickname AS
SELECT name, list("group" ORDER BY "group") AS groups
FROM (SELECT unnest($names) AS name, unnest($groups) AS "group") GROUP BY name
"""

RAW_NAMES = """
    SELECT DISTINCT forename AS raw FROM staged.person_record
    UNION SELECT DISTINCT middle_names FROM staged.person_record
    UNION SELECT DISTINCT surname FROM staged.person_record
    UNION SELECT DISTINCT former_surname FROM staged.person_record
"""

# Hyphens join forenames (Anne-Marie) and part surnames (Smith-Owusu).
NAME = """
CREATE OR REPLACE TABLE linkage.name AS
WITH raw AS ({raw}), folded AS (
    SELECT raw, regexp_replace(lower(strip_accents(raw)), '[''’`.]', '', 'g') AS folded FROM raw WHERE raw IS NOT NULL
), spaced AS (
    SELECT raw, string_split(trim(regexp_replace(folded, '[^a-z]+', ' ', 'g')), ' ') AS parts,
           string_split(trim(regexp_replace(replace(folded, '-', ''), '[^a-z]+', ' ', 'g')), ' ') AS given
    FROM folded
)
SELECT raw, array_to_string(parts, '') AS whole, parts, given[1] AS first, given[2:] AS rest
FROM spaced WHERE parts[1] <> '' AND NOT list_contains($placeholders, array_to_string(parts, ''))
"""

IDENTITY = f"""
CREATE OR REPLACE TABLE linkage.identity AS
WITH tidy AS (
    SELECT r.client, r.source, f.first AS forename, coalesce(m.first, f.rest[1]) AS middle, s.whole AS surname,
           nullif(p.whole, s.whole) AS former_surname, list_concat(s.parts, p.parts) AS parts,
           CASE WHEN birth_date >= DATE '{OLDEST_BIRTH}' AND birth_date <> DATE '{EPOCH}'
                 AND birth_date <= coalesce(seen_to, birth_date) + INTERVAL {BORN_AFTER_SEEN} DAY
                THEN birth_date END AS birth_date,
           CASE WHEN sex IN ('M', 'F') THEN sex END AS sex,
           replace(upper(postcode), ' ', '') AS spelt,
           CASE WHEN regexp_full_match(spelt, '{POSTCODE}') AND NOT starts_with(spelt, 'ZZ') THEN spelt END AS postcode,
           CASE WHEN uprn > 0 THEN uprn END AS uprn,
           CASE WHEN {NHS_VALID} THEN nhs_number END AS nhs,
           CASE WHEN {UPN_VALID} THEN upn END AS upn,
           CASE WHEN {NI_VALID} THEN ni_number END AS ni, seen_to
    FROM staged.person_record r
    LEFT JOIN linkage.name f ON r.forename = f.raw LEFT JOIN linkage.name m ON r.middle_names = m.raw
    LEFT JOIN linkage.name s ON r.surname = s.raw LEFT JOIN linkage.name p ON r.former_surname = p.raw
)
SELECT client, min(source) AS source, forename, middle, surname, former_surname, max(parts) AS parts, birth_date, sex,
       postcode, uprn, nhs, upn, ni, count(*)::INTEGER AS records, max(seen_to) AS seen_to
FROM tidy
GROUP BY client, forename, middle, surname, former_surname, birth_date, sex, postcode, uprn, nhs, upn, ni
"""

# Agencies may share numbering: then one client has rows of several sources.
CLIENT = """
CREATE OR REPLACE TABLE linkage.client AS
SELECT (row_number() OVER (ORDER BY client) - 1)::INTEGER AS i, client, source
FROM (SELECT client, min(source) AS source FROM linkage.identity GROUP BY client)
"""


def clean(con: duckdb.DuckDBPyConnection) -> int:
    """Write ``linkage.name``, ``nickname``, ``identity`` and ``client``; the number of clients."""
    fold_names(con, RAW_NAMES)
    con.execute(IDENTITY)
    con.execute(CLIENT)
    return count(con, "linkage.client")


def fold_names(con: duckdb.DuckDBPyConnection, raw: str) -> None:
    """Write ``linkage.name`` (raw -> its parts without accents and case) and ``nickname``; ``raw`` is a SELECT."""
    con.execute(NICKNAME, {"names": [name for name, _ in pairs()], "groups": [group for _, group in pairs()]})
    con.execute(NAME.format(raw=raw), {"placeholders": placeholders()})


def count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    """Rows of a table named by the program."""
    return int(con.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])

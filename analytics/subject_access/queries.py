"""What the snapshot holds of ``$person``, table by table. Other people are in none of the answers, by rule."""

from __future__ import annotations

from data.access.successors import EARLIER as NUMBERS

__all__ = [
    "CASES", "CONTACTS", "COVERAGE", "EVENTS", "HOMES", "IDENTITY", "INDICATORS", "LINKS", "NUMBERS",
    "RECORDS", "REJECTED", "SCORES", "TIES",
]  # fmt: skip

IDENTITY = """
SELECT p.person, forename, surname, birth_date, death_date, sex, ethnicity, postcode, uprn, w.name AS ward_name
FROM person p LEFT JOIN ward w USING (ward) WHERE p.person = $person
"""

RECORDS = """
SELECT l.person, r.source, f.name AS file_name, r.line, r.local_id, r.forename, r.middle_names, r.surname,
       r.former_surname, r.birth_date, r.sex, r.ethnicity, r.postcode, r.uprn, r.address, r.nhs_number, r.upn,
       r.ni_number, r.seen_from, r.seen_to
FROM person_record r JOIN person_link l USING (client) LEFT JOIN source_file f USING (file)
WHERE l.person = $person ORDER BY r.source, r.local_id, r.seen_from, r.record
"""

LINKS = """
SELECT l.person, l.client, l.source, l.how, l.probability, any_value(r.local_id ORDER BY r.record) AS local_id,
       list(DISTINCT r.source ORDER BY r.source) AS sources
FROM person_link l LEFT JOIN person_record r USING (client)
WHERE l.person = $person GROUP BY ALL ORDER BY l.source, local_id, l.client
"""

EVENTS = """
SELECT e.person, e.event, e.kind, e.occurred_on, e.ended_on, e.known_on, e.corrected_on, e.value, e.detail, e.source,
       f.name AS file_name, e.line
FROM event e LEFT JOIN source_file f USING (file)
WHERE e.person = $person ORDER BY e.occurred_on DESC, e.event DESC
"""

CONTACTS = """
SELECT c.person, c.contact, c.received_at, c.agency, c.reason, c.narrative, c.outcome, c.closed_at, n.people
FROM contact c JOIN (SELECT contact, count(DISTINCT person) AS people FROM contact GROUP BY contact) n USING (contact)
WHERE c.person = $person ORDER BY c.received_at DESC, c.contact
"""

COVERAGE = """
SELECT person, source, "from" AS since, "to" AS until FROM coverage WHERE person = $person ORDER BY source, since
"""

HOMES = """
SELECT person, uprn, "from" AS since, "to" AS until, known_on, sources FROM home_stay
WHERE person = $person ORDER BY since, uprn
"""

# Who the other is stays out: the tie itself is the person's own data, and the other's name is the other's.
TIES = """
SELECT person, kind, manner, "from" AS since, "to" AS until, known_on, source,
       dense_rank() OVER (ORDER BY md5(other::VARCHAR || person::VARCHAR)) AS somebody
FROM relationship WHERE person = $person ORDER BY kind, since, source, somebody
"""

CASES = """
SELECT person, profile, identified_on, known_on, source FROM known_case WHERE person = $person
ORDER BY identified_on, profile
"""

INDICATORS = """
SELECT person, as_of, indicator, value FROM indicator_value
WHERE person = $person AND as_of = (SELECT max(as_of) FROM indicator_value WHERE person = $person) ORDER BY indicator
"""

# How many there are and for which days; never what they say: that is told where it was shown to somebody.
SCORES = """
SELECT person, model, version, min(as_of) AS first_day, max(as_of) AS last_day, count(*) AS days FROM score
WHERE person = $person GROUP BY ALL ORDER BY model, version
"""

REJECTED = """
SELECT $person AS person, f.source, f.name AS file_name, r.line, r."column" AS field, r.rule
FROM rejected_row r JOIN rejected_client c USING (file, line) JOIN source_file f USING (file)
JOIN person_link l ON l.client = c.client
WHERE l.person = $person ORDER BY f.source, f.name, r.line, field
"""

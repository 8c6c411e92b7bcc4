"""One child's records written straight into a snapshot, each odd in a way of its own, to be traced to their rows."""

from __future__ import annotations

from data.home import Home
from data.snapshot.publish import Draft
from data.snapshot.tables import TABLES

YASMIN, BROTHER = 7001, 7002
NASTY = "<script>alert(1)</script>"

#: Three reports in the year, one before it, one known too late, one corrected since, and one of her brother.
_ROWS = f"""
INSERT INTO ward VALUES ('N1', 'Lockleaze', 'North', 3, NULL), ('C1', 'Cabot', 'Central', 3, NULL);
INSERT INTO person (person, forename, surname, birth_date, ward) VALUES
    ({YASMIN}, 'Yasmin', '{NASTY}', '2012-03-04', 'N1'), ({BROTHER}, 'Omar', 'Khan', '2009-03-04', 'C1');
INSERT INTO source (source, label, owner, rows, accepted, rejected)
    VALUES ('police_missing', 'Police: missing people', 'Police', 9, 7, 2);
INSERT INTO source_file VALUES
    (1, 'police_missing', 'episode', 'police_missing/police_missing_2026.csv', 'abc123', 9, 7, 2, '{{"sex: odd": 3}}',
     '2026-09-30'),
    (2, 'police_missing', 'episode', '{NASTY}.csv', 'def456', 1, 1, 0, '{{}}', '2026-09-30');
INSERT INTO event (event, person, kind, occurred_on, known_on, corrected_on, value, source, file, line) VALUES
    (1, {YASMIN}, 'missing', '2026-02-01', '2026-02-02', NULL, 9, 'police_missing', 1, 2),
    (2, {YASMIN}, 'missing', '2026-03-01', '2026-03-02', NULL, 9, 'police_missing', 1, 3),
    (3, {YASMIN}, 'missing', '2026-04-01', '2026-04-02', NULL, 9, 'police_missing', 2, 4),
    (4, {YASMIN}, 'missing', '2024-04-01', '2024-04-02', NULL, 9, 'police_missing', 1, 5),
    (5, {YASMIN}, 'missing', '2026-09-30', '2026-10-05', NULL, 9, 'police_missing', 1, 6),
    (6, {YASMIN}, 'missing', '2026-05-01', '2026-05-02', '2026-06-01', 9, 'police_missing', 1, 7),
    (7, {BROTHER}, 'missing', '2026-05-01', '2026-05-02', NULL, 9, 'police_missing', 1, 8),
    (8, 999, 'missing', '2026-05-01', '2026-05-02', NULL, 9, 'police_missing', 1, 9);
INSERT INTO relationship (person, other, kind, "from", known_on, source)
    VALUES ({YASMIN}, {BROTHER}, 'sibling', '2012-03-04', '2020-01-01', 'registrar');
INSERT INTO person_link VALUES
    (11, 'police_crime', {YASMIN}, 0.93, 'name and details'), (12, 'police_crime', {YASMIN}, 0.99, 'NHS number'),
    (13, 'school', {YASMIN}, 1, 'UPN'), (14, 'police_crime', {BROTHER}, 1, 'alone');
INSERT INTO person_record (record, client, source, local_id, forename, surname, birth_date, file, line) VALUES
    (0, 11, 'police_missing', '{NASTY}', 'Yasmin', '{NASTY}', '2012-03-04', 1, 2),
    (1, 12, 'police_missing', 'P2', 'Jasmin', 'Kahn', '2012-03-04', 1, 3),
    (2, 13, 'attendance', 'A123', 'Yasmin', 'Khan', '2012-03-04', 1, 3),
    (3, 14, 'police_missing', 'P4', 'Omar', 'Khan', '2009-03-04', 1, 8);
INSERT INTO field_aside VALUES (1, 2, 'sex');
INSERT INTO rejected_row VALUES
    (1, 20, 'missing_from', 'is empty', '{NASTY}'), (1, 21, 'missing_from', 'is empty', '=1+1');
INSERT INTO rejected_client VALUES (1, 20, 11), (1, 21, 14);
INSERT INTO indicator_value VALUES ({YASMIN}, '2026-10-01', 'missing_12m', 3);
"""


def build(home: Home) -> None:
    """Publish it."""
    with Draft(home) as draft:
        for table in TABLES:
            draft.connection.execute(table.ddl())
        draft.connection.execute(_ROWS)
        city = {"id": "lane", "name": "Lane", "invented": True}
        draft.manifest |= {"city": city, "today": "2026-10-01", "recorded_until": "2026-10-01"}

"""What readers did in Fernhill before a picture is taken: children allocated and watched, some of whom fell since."""

from __future__ import annotations

from pathlib import Path

from data.home import Home
from data.journal.casework import allocate, watch
from data.journal.journal import Entry, Journal
from data.snapshot.reading import current

_NORTH = """
SELECT s.person FROM score s JOIN person USING (person) JOIN ward USING (ward)
WHERE area = 'North' AND model = 'cse' GROUP BY s.person
ORDER BY arg_max(band, as_of) = 'lower' AND bool_or(band = 'heightened') DESC, arg_max(raw, as_of) DESC, s.person
LIMIT 6
"""
_GIVEN = (
    ("demo.north", "Direct work", "2026-11-02", "2026-11-16"),
    ("Jo Bloggs, Barnardo's", "Make contact and assess", "2026-11-09", "2026-11-23"),
    ("demo.north", "Review what is in place", "2026-11-16", "2026-11-30"),
)


def write_work(home: Home, journal: Path) -> None:
    """Six children of the north: three allocated, four watched."""
    with current(home) as snapshot, snapshot.cursor() as cursor:
        people = [person for (person,) in cursor.execute(_NORTH).fetchall()]
        seen = snapshot.id
    log = Journal(f"sqlite:///{journal}")
    for person, (worker, purpose, since, due) in zip(people, _GIVEN, strict=False):
        entry = Entry("demo.north", "lead_professional", "allocate", (person,), snapshot=seen)
        allocate(log, person, worker, since, purpose, entry, due, "cse")
    for person in people[2:]:
        entry = Entry("demo.north", "lead_professional", "watch", (person,), snapshot=seen)
        watch(log, person, "quiet at school since the summer", "2027-02-20", entry)
    log.close()

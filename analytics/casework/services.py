"""Which services are open to a person now."""

from __future__ import annotations

from typing import Any

from analytics.casework.rows import items
from analytics.matrix.guard import STANDS_TODAY
from data.snapshot.reading import derived

#: Event kinds that say a service is at work with the person, in the words of a card, most serious first.
SERVICES = {
    "protection_plan": "child protection plan",
    "placement": "in care",
    "in_need": "child in need",
    "worker": "social worker",
    "exploitation_service": "exploitation service",
    "youth_justice": "youth justice",
    "early_help": "early help",
    "mental_health_care": "mental health",
    "domestic_support": "domestic abuse service",
    "probation": "probation",
    "adult_care": "adult social care",
    "extra_health_visits": "extra health visiting",
    "job_support": "employment adviser",
    "mentor": "mentor",
}

#: The inspection lists say who held a case on the day they were drawn up, and never that it ended.
NOT_A_GLIMPSE = "NOT (kind = 'worker' AND source = 'annex_a')"

#: A select of ``person, services, worker`` (who social care says holds the case) of the events of ``{events}``, a table
#: or a select; binds ``$today``.
OPEN_AMONG = f"""
SELECT person, list(DISTINCT kind) AS services,
       max_by(detail, (occurred_on, event)) FILTER (kind = 'worker' AND detail IS NOT NULL) AS worker
FROM {{events}}
WHERE kind IN {tuple(SERVICES)} AND {STANDS_TODAY} AND occurred_on < $today
  AND (ended_on IS NULL OR ended_on >= $today) AND {NOT_A_GLIMPSE}
GROUP BY person
"""

#: The same for the people of ``{people}`` (a select), on the snapshot's day: a look at every event is taken once.
OPEN_SERVICES = f"""
SELECT person, services, worker FROM {derived("open_service", OPEN_AMONG.format(events="event") + "ORDER BY person")}
WHERE person IN ({{people}})
"""


def service_words(kinds: Any) -> tuple[str, ...]:
    """Open kinds in words, most serious first; nothing where none is open."""
    found = set(items(kinds))
    return tuple(dict.fromkeys(words for kind, words in SERVICES.items() if kind in found))

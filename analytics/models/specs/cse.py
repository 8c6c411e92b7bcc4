"""Child sexual exploitation: the question Bristol asked, with a pass mark fixed beforehand."""

from __future__ import annotations

from datetime import date

from analytics.models.spec import Capacity, ModelSpec, PassMark

CSE = ModelSpec(
    name="cse",
    label="Child sexual exploitation",
    question="Who, aged 10 to 17 and not yet known to the exploitation service, will professionals identify as "
    "sexually exploited in the twelve months that begin 90 days from now?",
    profile="cse",
    ages=(10, 17),
    # 243 children were allocated to key workers in a year, in a city of 54,000 families.
    capacity=Capacity(places=243, families=54_000, least=10),
    pass_mark=PassMark(precision=0.33, rival="prior_contacts"),
    prior_contacts="contacts_24m",
    roles=("lead_professional", "manager", "analyst"),
    review_on=date(2027, 4, 1),
    # What the exploitation service itself writes down is the outcome, seen from the other side.
    excluded_kinds=("exploitation_service", "factor_cse"),
    cannot_know=(
        "Anything a child has told somebody in confidence",
        "What happens online or on a phone",
        "What happened after the day it was computed, or has not yet been recorded",
        "Exploitation that no agency has noticed: it has learned only from those whom professionals did identify",
        "A child who is new to the city, or whom the sources hardly know",
    ),
)

"""Criminal exploitation: the same question as for sexual exploitation, of other known cases."""

from __future__ import annotations

from datetime import date

from analytics.models.spec import Capacity, ModelSpec, PassMark

CCE = ModelSpec(
    name="cce",
    label="Child criminal exploitation",
    question="Who, aged 10 to 17 and not yet known to the exploitation service, will professionals identify as "
    "criminally exploited in the twelve months that begin 90 days from now?",
    profile="cce",
    ages=(10, 17),
    capacity=Capacity(places=243, families=54_000, least=10),
    pass_mark=PassMark(precision=0.33, rival="prior_contacts"),
    prior_contacts="contacts_24m",
    roles=("lead_professional", "manager", "analyst"),
    review_on=date(2027, 4, 1),
    excluded_kinds=("exploitation_service", "factor_cce"),
    cannot_know=(
        "What a child owes, to whom, and who holds their phone",
        "Whether somebody suspected of a crime was made to do it: the police record says only what was done",
        "What happened after the day it was computed, or has not yet been recorded",
        "Exploitation that no agency has noticed: it has learned only from those whom professionals did identify",
        "A child who is new to the city, or whom the sources hardly know",
    ),
)

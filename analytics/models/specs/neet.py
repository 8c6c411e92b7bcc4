"""Not in education, work or training: who may want help to stay in, before they drop out."""

from __future__ import annotations

from datetime import date

from analytics.models.spec import Capacity, ModelSpec, PassMark

NEET = ModelSpec(
    name="neet",
    label="Not in education, work or training",
    question="Who, aged 15 to 17 and never yet out of education, work and training, will be in the twelve months that "
    "begin 90 days from now?",
    outcome=("neet",),
    happened="left education, work and training",
    ages=(15, 17),
    # Places of a careers service that meets each young person once a fortnight.
    capacity=Capacity(places=300, families=54_000, least=10),
    pass_mark=PassMark(precision=0.33, rival="prior_contacts"),
    prior_contacts="contacts_24m",
    roles=("lead_professional", "manager", "analyst"),
    review_on=date(2027, 4, 1),
    excluded_kinds=("neet", "left_unknown"),
    cannot_know=(
        "What a young person wants to do",
        "Whether there is a course, a job or a bus where they live",
        "Grades and predicted grades: no school sends them here",
        "What happened after the day it was computed, or has not yet been recorded",
    ),
)

"""The parenting programme: which families a place would spare most of what they are going through."""

from __future__ import annotations

from datetime import date

from analytics.models.spec import Capacity
from analytics.models.uplift_spec import Assignment, UpliftMark, UpliftSpec

PARENTING = UpliftSpec(
    name="parenting",
    label="Benefit from the parenting programme",
    question="Which families with a child aged 3 to 10, of those who may be offered a place on the parenting "
    "programme, would be spared most contacts with the hub in the twelve months after by being offered one?",
    offer="the parenting programme",
    ages=(3, 10),
    offered=("programme_offered",),
    waiting=("programme_waiting",),
    open_to=("early_help",),
    # What the course is for. It is not meant to change how often a child goes missing or the police are called.
    reasons=("neglect", "physical", "emotional", "behaviour", "school", "other"),
    assignment=Assignment.LOT,
    # Places of a year, about half of what families apply for.
    capacity=Capacity(places=1_000, families=54_000, least=10),
    pass_mark=UpliftMark(qini=0.0),
    prior_contacts="contacts_24m",
    roles=("lead_professional", "manager", "analyst"),
    review_on=date(2027, 4, 1),
    excluded_kinds=("parenting_course",),
    cannot_know=(
        "Whether the parents want the course, or could come on the evening when it is held",
        "What the course does for one family: only what it did, on average, for families like theirs",
        "Whether there were fewer worries, or only fewer that somebody told the hub of",
        "Anything about families who never applied: they were never drawn",
        "What happened after the day it was computed, or has not yet been recorded",
    ),
)

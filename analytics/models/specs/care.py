"""Entering care: which families may want intensive support, so that a child can stay at home safely."""

from __future__ import annotations

from datetime import date

from analytics.models.spec import Capacity, ModelSpec, PassMark

CARE = ModelSpec(
    name="care",
    label="Coming into care",
    question="Which children under 18 who have never been in care will come into care in the twelve months that begin "
    "90 days from now?",
    outcome=("looked_after",),
    happened="came into care",
    ages=(0, 17),
    # Families that an intensive support team can take on in a year.
    capacity=Capacity(places=200, families=54_000, least=10),
    pass_mark=PassMark(precision=0.33, rival="prior_contacts"),
    prior_contacts="contacts_24m",
    roles=("lead_professional", "manager", "analyst"),
    review_on=date(2027, 4, 1),
    cannot_know=(
        "What family and friends could do if they were asked",
        "Court cases that nobody has written down here",
        "A baby who is not yet born, or a family that has just come to the city",
        "What happened after the day it was computed, or has not yet been recorded",
        "That coming into care can be the right thing: it says what is likely, not what is good",
    ),
)

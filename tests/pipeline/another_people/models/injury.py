"""Whom the physiotherapist will take on."""

from datetime import date

from analytics.models.spec import Capacity, ModelSpec, PassMark

MODEL = ModelSpec(
    name="injury",
    label="Injury",
    question="Which members will the physiotherapist take on in the twelve months that begin 90 days from now?",
    profile="injury",
    ages=(18, 90),
    capacity=Capacity(places=40, families=1000, least=40),
    pass_mark=PassMark(precision=0.1, rival="prior_contacts"),
    prior_contacts="sprains_12m",
    roles=("analyst",),
    review_on=date(2027, 4, 1),
    cannot_know=("What a member keeps to themselves",),
)

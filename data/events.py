"""Event kinds: everything that can happen to a person here, declared once with its words on screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Lane = Literal["school", "police", "care", "health", "housing", "money", "family", "support"]
LANES: dict[Lane, str] = {
    "school": "School",
    "police": "Police",
    "care": "Social care",
    "support": "Early help and support",
    "health": "Health",
    "housing": "Housing",
    "money": "Work and money",
    "family": "Family",
}


@dataclass(frozen=True)
class EventKind:
    """One kind: ``label`` names it, ``said`` tells one event in a sentence (``{value}``, ``{detail}``), ``unit`` is of its value."""

    name: str
    label: str
    lane: Lane
    said: str
    unit: str = ""
    lasts: bool = False
    protective: bool = False
    sensitive: bool = False


def _kinds(*kinds: EventKind) -> dict[str, EventKind]:
    by_name = {kind.name: kind for kind in kinds}
    if len(by_name) != len(kinds):
        raise ValueError("an event kind is declared twice")
    return by_name


K = EventKind
KINDS: dict[str, EventKind] = _kinds(
    # police
    K("missing", "Reported missing", "police", "Reported missing, away for {value} hours", "hours"),
    K("found_harmed", "Harm disclosed after being missing", "police", "Came back and harm was disclosed", sensitive=True),
    K("crime_suspect", "Suspected of a crime", "police", "Suspected of a crime: {detail}"),
    K("crime_victim", "Victim of a crime", "police", "Victim of a crime: {detail}"),
    K("sexual_victim", "Victim of a sexual offence", "police", "Victim of a sexual offence", sensitive=True),
    K("antisocial", "Anti-social behaviour report", "police", "Named in an anti-social behaviour report: {detail}"),
    K("domestic_incident", "Domestic abuse incident", "police", "Domestic abuse incident, assessed as {detail}", "grade 1 to 3"),
    K("domestic_child", "Child present at a domestic abuse incident", "police", "Present at a domestic abuse incident, assessed as {detail}", "grade 1 to 3"),
    # youth justice
    K("youth_justice", "Youth justice intervention", "police", "Working with youth justice: {detail}", lasts=True),
    # school
    K("attendance", "School attendance", "school", "Attended {value} % of sessions", "%", lasts=True),
    K("attendance_term", "School attendance, by census", "school", "Attended {value} % of the term's sessions", "%", lasts=True),
    K("unauthorised", "Unauthorised absence", "school", "Missed {value} sessions without permission", "sessions", lasts=True),
    K("suspension", "Suspended from school", "school", "Suspended for {value} sessions: {detail}", "sessions"),
    K("exclusion", "Permanently excluded", "school", "Permanently excluded: {detail}"),
    K("enrolment", "On roll at a school", "school", "On roll at {detail}", lasts=True),
    K("sen_support", "Special educational needs support", "school", "Special educational needs support", lasts=True),
    K("ehc_plan", "Education, health and care plan", "school", "Education, health and care plan", lasts=True),
    K("free_meals", "Free school meals", "school", "Entitled to free school meals", lasts=True),
    K("neet", "Not in education, work or training", "school", "Not in education, work or training", lasts=True),
    K("left_unknown", "Whereabouts in education not known", "school", "Education or work not known", lasts=True),
    # social care
    K("contact", "Contact with the safeguarding hub", "care", "Contact with the hub from {detail}"),
    K("referral", "Referral to children's social care", "care", "Referred to children's social care by {detail}"),
    K("assessment", "Social care assessment", "care", "Assessed by a social worker", lasts=True),
    K("factor_alcohol_drugs_child", "Own alcohol or drug use noted", "care", "Assessment noted the child's alcohol or drug use"),
    K("factor_alcohol_drugs_parent", "Parental alcohol or drug use noted", "care", "Assessment noted a parent's alcohol or drug use"),
    K("factor_domestic_abuse", "Domestic abuse noted", "care", "Assessment noted domestic abuse"),
    K("factor_mental_health_child", "Own mental health noted", "care", "Assessment noted the child's mental health"),
    K("factor_mental_health_parent", "Parental mental health noted", "care", "Assessment noted a parent's mental health"),
    K("factor_disability", "Learning or physical disability noted", "care", "Assessment noted a disability"),
    K("factor_young_carer", "Young carer", "care", "Assessment noted a young carer"),
    K("factor_missing", "Going missing noted", "care", "Assessment noted going missing"),
    K("factor_cse", "Sexual exploitation noted", "care", "Assessment noted child sexual exploitation", sensitive=True),
    K("factor_cce", "Criminal exploitation noted", "care", "Assessment noted child criminal exploitation", sensitive=True),
    K("factor_gangs", "Gangs noted", "care", "Assessment noted gangs"),
    K("factor_behaviour", "Behaviour noted", "care", "Assessment noted socially unacceptable behaviour"),
    K("factor_self_harm", "Self-harm noted", "care", "Assessment noted self-harm", sensitive=True),
    K("factor_neglect", "Neglect noted", "care", "Assessment noted neglect"),
    K("factor_emotional", "Emotional abuse noted", "care", "Assessment noted emotional abuse"),
    K("factor_physical", "Physical abuse noted", "care", "Assessment noted physical abuse"),
    K("factor_sexual", "Sexual abuse noted", "care", "Assessment noted sexual abuse", sensitive=True),
    K("factor_other", "Another factor noted", "care", "Assessment noted: {detail}"),
    K("in_need", "Child in need", "care", "Child in need", lasts=True),
    K("section47", "Child protection enquiry (section 47)", "care", "Child protection enquiry"),
    K("protection_plan", "Child protection plan", "care", "Child protection plan: {detail}", lasts=True),
    K("placement", "Placement in care", "care", "Placed: {detail}", lasts=True),
    K("looked_after", "Began to be looked after", "care", "Came into care"),
    K("care_missing", "Missing from placement", "care", "Missing from placement", lasts=True),
    K("care_review", "Looked-after review", "care", "Looked-after review"),
    K("sdq", "Strengths and difficulties score", "care", "Strengths and difficulties score {value}", "points, 0 to 40"),
    K("care_substance", "Substance misuse while in care", "care", "Substance misuse problem identified"),
    K("health_check", "Health assessment up to date", "care", "Health assessment up to date", protective=True),
    K("worker", "Allocated worker", "care", "Allocated to {detail}", lasts=True),
    # early help and support
    K("early_help", "Early help", "support", "Early help for the family: {detail}", lasts=True),
    K("early_help_progress", "Early help goal reached", "support", "Early help goal reached: {detail}", protective=True),
    K("parenting_course", "Parenting course", "support", "Attended a parenting course", protective=True),
    K("youth_club", "Youth club", "support", "Went to a youth club {value} times in the quarter", "times", lasts=True, protective=True),
    K("mentor", "Mentor", "support", "Has a mentor", lasts=True, protective=True),
    K("exploitation_service", "Exploitation support service", "support", "Supported by the exploitation service", lasts=True, sensitive=True),
    # health
    K("registered", "Registered with a GP", "health", "Registered with {detail}", lasts=True),
    K("emergency", "Emergency department visit", "health", "Went to the emergency department: {detail}"),
    K("emergency_self_harm", "Emergency visit for self-harm or overdose", "health", "Emergency visit for self-harm or overdose", sensitive=True),
    K("emergency_intoxicated", "Emergency visit, alcohol or drugs", "health", "Emergency visit with alcohol or drugs"),
    K("missed_appointment", "Missed health appointment", "health", "Missed a health appointment: {detail}"),
    K("kept_appointment", "Kept health appointment", "health", "Kept a health appointment: {detail}", protective=True),
    K("sexual_health", "Sexual health service visit", "health", "Visited a sexual health service", sensitive=True),
    K("mental_health_referral", "Referred to mental health services", "health", "Referred to mental health services: {detail}"),
    K("mental_health_care", "In mental health care", "health", "In mental health care", lasts=True),
    K("substance_treatment", "In drug or alcohol treatment", "health", "In drug or alcohol treatment: {detail}", lasts=True, sensitive=True),
    # housing
    K("tenancy", "Council or housing association tenancy", "housing", "Tenancy", lasts=True),
    K("arrears", "Rent arrears", "housing", "Rent arrears of £{value}", "pounds"),
    K("eviction_notice", "Eviction notice", "housing", "Eviction notice served"),
    K("homeless", "Homelessness application", "housing", "Applied as homeless: {detail}"),
    K("temporary_home", "Temporary accommodation", "housing", "In temporary accommodation", lasts=True),
    # money
    K("benefit", "Benefit claim", "money", "Benefit claim: {detail}", lasts=True),
    K("out_of_work", "Out-of-work benefit", "money", "Out of work", lasts=True),
    K("sanction", "Benefit sanction", "money", "Benefit sanctioned"),
    # family
    K("birth", "Birth", "family", "Born"),
    K("death", "Death", "family", "Died"),
)  # fmt: skip

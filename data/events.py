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

Area = Literal["crime", "attendance", "help", "work", "domestic", "health"]
#: The six headline areas of the Troubled Families programme (DCLG, Financial Framework 2015), in their usual order.
AREAS: dict[Area, str] = {
    "crime": "crime and anti-social behaviour",
    "attendance": "school attendance",
    "help": "children needing help",
    "work": "unemployment",
    "domestic": "domestic abuse",
    "health": "health",
}


@dataclass(frozen=True)
class EventKind:
    """One kind: ``label`` names it, ``said`` tells one event in a sentence (``{value}``, ``{detail}``, ``{one|many}``), ``unit`` is of its value.

    ``areas``: headline areas that it speaks of: of need in them or, where ``protective``, of need met.
    """

    name: str
    label: str
    lane: Lane
    said: str
    unit: str = ""
    lasts: bool = False
    protective: bool = False
    sensitive: bool = False
    areas: tuple[Area, ...] = ()

    def __post_init__(self) -> None:
        unknown = set(self.areas) - set(AREAS)
        if unknown:
            raise ValueError(f"event kind {self.name}: no such headline areas: {sorted(unknown)}")


def _kinds(*kinds: EventKind) -> dict[str, EventKind]:
    by_name = {kind.name: kind for kind in kinds}
    if len(by_name) != len(kinds):
        raise ValueError("an event kind is declared twice")
    return by_name


K = EventKind
KINDS: dict[str, EventKind] = _kinds(
    # police
    K("missing", "Reported missing", "police", "Reported missing, away for {value} {hour|hours}", "hours", areas=("help",)),
    K("found_harmed", "Harm disclosed after being missing", "police", "Came back and harm was disclosed", sensitive=True, areas=("help",)),
    K("crime_suspect", "Suspected of a crime", "police", "Suspected of a crime: {detail}", areas=("crime",)),
    K("crime_victim", "Victim of a crime", "police", "Victim of a crime: {detail}"),
    K("sexual_victim", "Victim of a sexual offence", "police", "Victim of a sexual offence", sensitive=True, areas=("help",)),
    K("antisocial", "Anti-social behaviour report", "police", "Named in an anti-social behaviour report: {detail}", areas=("crime",)),
    K("domestic_incident", "Domestic abuse incident", "police", "Domestic abuse incident, assessed as {detail}", "grade 1 to 3", areas=("domestic",)),
    K("domestic_child", "Child present at a domestic abuse incident", "police", "Present at a domestic abuse incident, assessed as {detail}", "grade 1 to 3", areas=("domestic",)),
    K("antisocial_case", "Anti-social behaviour case", "police", "Named in an anti-social behaviour case: {detail}", lasts=True, areas=("crime",)),
    K("antisocial_complaint", "Complained of anti-social behaviour", "police", "Complained of anti-social behaviour: {detail}", lasts=True),
    K("antisocial_action", "Anti-social behaviour warning or order", "police", "Action on anti-social behaviour: {detail}", areas=("crime",)),
    K("risk_conference", "High-risk domestic abuse conference", "police", "Discussed at the high-risk domestic abuse conference: {detail}", sensitive=True, areas=("domestic",)),
    # youth justice and probation
    K("youth_justice", "Youth justice intervention", "police", "Working with youth justice: {detail}", lasts=True, areas=("crime",)),
    K("probation", "On probation", "police", "On probation: {detail}", lasts=True, areas=("crime",)),
    K("custody", "In custody", "police", "In custody", lasts=True, sensitive=True, areas=("crime",)),
    # school
    K("attendance", "School attendance", "school", "Attended {value} % of sessions", "%", lasts=True, areas=("attendance",)),
    K("attendance_term", "School attendance, by census", "school", "Attended {value} % of the term's sessions", "%", lasts=True, areas=("attendance",)),
    K("unauthorised", "Unauthorised absence", "school", "Missed {value} {session|sessions} without permission", "sessions", lasts=True, areas=("attendance",)),
    K("suspension", "Suspended from school", "school", "Suspended for {value} {session|sessions}: {detail}", "sessions", areas=("attendance",)),
    K("exclusion", "Permanently excluded", "school", "Permanently excluded: {detail}", areas=("attendance",)),
    K("enrolment", "On roll at a school", "school", "On roll at {detail}", lasts=True),
    K("sen_support", "Special educational needs support", "school", "Special educational needs support", lasts=True),
    K("ehc_plan", "Education, health and care plan", "school", "Education, health and care plan", lasts=True, areas=("help",)),
    K("free_meals", "Free school meals", "school", "Entitled to free school meals", lasts=True),
    K("neet", "Not in education, work or training", "school", "Not in education, work or training", lasts=True, areas=("work",)),
    K("left_unknown", "Whereabouts in education not known", "school", "Education or work not known", lasts=True, areas=("work",)),
    K("attendance_notice", "Legal action over attendance", "school", "Legal action over school attendance: {detail}", areas=("attendance",)),
    K("missing_education", "Child missing education", "school", "Missing from education", lasts=True, areas=("attendance", "help")),
    K("home_education", "Educated at home", "school", "Educated at home", lasts=True),
    K("reduced_timetable", "Reduced timetable", "school", "On a reduced timetable", lasts=True, areas=("attendance",)),
    K("ehc_request", "Education, health and care assessment asked for", "school", "An education, health and care assessment was asked for: {detail}", areas=("help",)),
    # social care
    K("contact", "Contact with the safeguarding hub", "care", "Contact with the hub from {detail}", areas=("help",)),
    K("referral", "Referral to children's social care", "care", "Referred to children's social care by {detail}", areas=("help",)),
    K("assessment", "Social care assessment", "care", "Assessed by a social worker", lasts=True, areas=("help",)),
    K("factor_alcohol_drugs_child", "Own alcohol or drug use noted", "care", "Assessment noted the child's alcohol or drug use", areas=("health",)),
    K("factor_alcohol_drugs_parent", "Parental alcohol or drug use noted", "care", "Assessment noted a parent's alcohol or drug use", areas=("health",)),
    K("factor_domestic_abuse", "Domestic abuse noted", "care", "Assessment noted domestic abuse", areas=("domestic",)),
    K("factor_mental_health_child", "Own mental health noted", "care", "Assessment noted the child's mental health", areas=("health",)),
    K("factor_mental_health_parent", "Parental mental health noted", "care", "Assessment noted a parent's mental health", areas=("health",)),
    K("factor_disability", "Learning or physical disability noted", "care", "Assessment noted a disability", areas=("help",)),
    K("factor_young_carer", "Young carer", "care", "Assessment noted a young carer", areas=("help",)),
    K("factor_missing", "Going missing noted", "care", "Assessment noted going missing", areas=("help",)),
    K("factor_cse", "Sexual exploitation noted", "care", "Assessment noted child sexual exploitation", sensitive=True, areas=("help",)),
    K("factor_cce", "Criminal exploitation noted", "care", "Assessment noted child criminal exploitation", sensitive=True, areas=("help",)),
    K("factor_gangs", "Gangs noted", "care", "Assessment noted gangs", areas=("crime",)),
    K("factor_behaviour", "Behaviour noted", "care", "Assessment noted socially unacceptable behaviour", areas=("help",)),
    K("factor_self_harm", "Self-harm noted", "care", "Assessment noted self-harm", sensitive=True, areas=("health",)),
    K("factor_neglect", "Neglect noted", "care", "Assessment noted neglect", areas=("help",)),
    K("factor_emotional", "Emotional abuse noted", "care", "Assessment noted emotional abuse", areas=("help",)),
    K("factor_physical", "Physical abuse noted", "care", "Assessment noted physical abuse", areas=("help",)),
    K("factor_sexual", "Sexual abuse noted", "care", "Assessment noted sexual abuse", sensitive=True, areas=("help",)),
    K("factor_other", "Another factor noted", "care", "Assessment noted: {detail}"),
    K("in_need", "Child in need", "care", "Child in need", lasts=True, areas=("help",)),
    K("section47", "Child protection enquiry (section 47)", "care", "Child protection enquiry", areas=("help",)),
    K("protection_plan", "Child protection plan", "care", "Child protection plan: {detail}", lasts=True, areas=("help",)),
    K("placement", "Placement in care", "care", "Placed: {detail}", lasts=True, areas=("help",)),
    K("looked_after", "Began to be looked after", "care", "Came into care", areas=("help",)),
    K("care_missing", "Missing from placement", "care", "Missing from placement", lasts=True, areas=("help",)),
    K("care_review", "Looked-after review", "care", "Looked-after review"),
    K("sdq", "Strengths and difficulties score", "care", "Strengths and difficulties score {value}", "points, 0 to 40", areas=("health",)),
    K("care_substance", "Substance misuse while in care", "care", "Substance misuse problem identified", areas=("health",)),
    K("health_check", "Health assessment up to date", "care", "Health assessment up to date", protective=True, areas=("health",)),
    K("worker", "Allocated worker", "care", "Allocated to {detail}", lasts=True, areas=("help",)),
    # adult social care
    K("adult_care", "Adult care and support", "care", "Care and support as an adult: {detail}", lasts=True, areas=("health",)),
    K("adult_concern", "Safeguarding concern about an adult", "care", "Safeguarding concern about an adult: {detail}", sensitive=True),
    K("adult_enquiry", "Adult safeguarding enquiry (section 42)", "care", "Adult safeguarding enquiry: {detail}", lasts=True, sensitive=True),
    # early help and support
    K("early_help", "Early help", "support", "Early help for the family: {detail}", lasts=True, areas=("help",)),
    K("early_help_worker", "Early help worker", "support", "Early help worker: {detail}", lasts=True),
    K("early_help_progress", "Early help goal reached", "support", "Early help goal reached: {detail}", protective=True, areas=("help",)),
    K("parenting_course", "Parenting course", "support", "Attended a parenting course", protective=True, areas=("help",)),
    K("programme_offered", "Offered a place on the parenting programme", "support", "Drawn for a place on the parenting programme", areas=("help",)),
    K("programme_waiting", "On the waiting list of the parenting programme", "support", "Not drawn for a place on the parenting programme", areas=("help",)),
    K("youth_club", "Youth club", "support", "Went to a youth club {value} {time|times} in the quarter", "times", lasts=True, protective=True),
    K("mentor", "Mentor", "support", "Has a mentor", lasts=True, protective=True, areas=("help",)),
    K("exploitation_service", "Exploitation support service", "support", "Supported by the exploitation service", lasts=True, sensitive=True, areas=("help",)),
    K("childrens_centre", "Children's centre", "support", "Went to a children's centre {value} {time|times} in the quarter", "times", lasts=True, protective=True, areas=("help",)),
    K("early_place", "Funded early education place", "support", "In a funded early education place", lasts=True, protective=True, areas=("help",)),
    K("domestic_support", "Domestic abuse support", "support", "Supported by the domestic abuse service: {detail}", lasts=True, sensitive=True, areas=("domestic",)),
    # health
    K("registered", "Registered with a GP", "health", "Registered with {detail}", lasts=True),
    K("emergency", "Emergency department visit", "health", "Went to the emergency department: {detail}"),
    K("emergency_self_harm", "Emergency visit for self-harm or overdose", "health", "Emergency visit for self-harm or overdose", sensitive=True, areas=("health",)),
    K("emergency_intoxicated", "Emergency visit, alcohol or drugs", "health", "Emergency visit with alcohol or drugs", areas=("health",)),
    K("missed_appointment", "Missed health appointment", "health", "Missed a health appointment: {detail}", areas=("health",)),
    K("kept_appointment", "Kept health appointment", "health", "Kept a health appointment: {detail}", protective=True, areas=("health",)),
    K("sexual_health", "Sexual health service visit", "health", "Visited a sexual health service", sensitive=True),
    K("mental_health_referral", "Referred to mental health services", "health", "Referred to mental health services: {detail}", areas=("health",)),
    K("mental_health_care", "In mental health care", "health", "In mental health care", lasts=True, areas=("health",)),
    K("substance_treatment", "In drug or alcohol treatment", "health", "In drug or alcohol treatment: {detail}", lasts=True, sensitive=True, areas=("health",)),
    K("health_review", "Child health review done", "health", "Child health review done: {detail}", protective=True, areas=("health",)),
    K("missed_review", "Child health review missed", "health", "Child health review missed: {detail}", areas=("health",)),
    K("development_concern", "Concern about development", "health", "A health review found a concern about development: {detail}", areas=("help",)),
    K("extra_health_visits", "Extra health visiting or school nursing", "health", "Extra support from health visitor or school nurse: {detail}", lasts=True, areas=("health",)),
    # housing
    K("refuge", "In a refuge", "housing", "In a refuge", lasts=True, sensitive=True, areas=("domestic",)),
    K("tenancy", "Council or housing association tenancy", "housing", "Tenancy", lasts=True),
    K("arrears", "Rent arrears", "housing", "Rent arrears of £{value}", "pounds", areas=("work",)),
    K("eviction_notice", "Eviction notice", "housing", "Eviction notice served", areas=("work",)),
    K("homeless", "Homelessness application", "housing", "Applied as homeless: {detail}", areas=("work",)),
    K("temporary_home", "Temporary accommodation", "housing", "In temporary accommodation", lasts=True, areas=("work",)),
    # money
    K("benefit", "Benefit claim", "money", "Benefit claim: {detail}", lasts=True),
    K("out_of_work", "Out-of-work benefit", "money", "Out of work", lasts=True, areas=("work",)),
    K("sanction", "Benefit sanction", "money", "Benefit sanctioned", areas=("work",)),
    K("job_support", "Help to find work", "money", "Helped to find work by {detail}", lasts=True, areas=("work",)),
    K("in_work", "Started work", "money", "Started work: {detail}", lasts=True, protective=True, areas=("work",)),
    # family
    K("birth", "Birth", "family", "Born"),
    K("death", "Death", "family", "Died"),
)  # fmt: skip

"""What a grading of contacts reads, asks and answers: declared once; SQL, model, screen and papers come from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from data.codes import CONTACT_REASON
from data.events import KINDS

Whose = Literal["subject", "sibling", "parent"]
Way = Literal["count", "open", "ever"]
LONGEST = 730  # days: no indicator looks further back, but those that ask *ever*


@dataclass(frozen=True)
class History:
    """An indicator from events of those a contact is about, or of the people around them, before it came.

    ``way``: ``count`` in the ``window_days``; ``open`` that day (1 or 0); ``ever`` (1 or 0). ``more`` says it with ``{value}``, ``none``
    where there is nothing; what raises the risk ``raises`` it. Raises ``ValueError`` for what does not fit together.
    """

    name: str
    label: str
    kinds: tuple[str, ...]
    whose: Whose
    way: Way
    more: str
    none: str
    window_days: int = LONGEST
    raises: bool = True

    def __post_init__(self) -> None:
        unknown = set(self.kinds) - set(KINDS)
        if unknown or not self.name.isidentifier() or not 0 < self.window_days <= LONGEST:
            raise ValueError(f"indicator of contacts {self.name}: {sorted(unknown) or 'its name or window'}")


@dataclass(frozen=True)
class Told:
    """An indicator from the contact itself, or from the contacts before it: ``sql`` over the query's own tables."""

    name: str
    label: str
    sql: str
    more: str
    none: str
    raises: bool | None = True


def _h(name: str, label: str, kinds: str, whose: Whose, way: Way, more: str, none: str, days: int = LONGEST) -> History:
    return History(name, label, tuple(kinds.split()), whose, way, more, none, days)


HISTORIES = (
    _h("enquiries", "Child protection enquiries, 24 months", "section47", "subject", "count", "{value} child protection {enquiry|enquiries} in two years", "No child protection enquiry in two years"),
    _h("plan", "On a child protection plan", "protection_plan", "subject", "open", "Now on a child protection plan", "Not on a child protection plan"),
    _h("plan_ever", "Has had a child protection plan", "protection_plan", "subject", "ever", "Has had a child protection plan", "Never had a child protection plan"),
    _h("in_need", "Child in need", "in_need", "subject", "open", "Now a child in need", "Not a child in need"),
    _h("in_need_ever", "Was a child in need", "in_need", "subject", "ever", "Was a child in need before", "Never a child in need before"),
    _h("care_ever", "Was looked after", "looked_after", "subject", "ever", "Was looked after", "Never looked after"),
    _h("assessments", "Social care assessments, 24 months", "assessment", "subject", "count", "{value} social care {assessment|assessments} in two years", "No social care assessment in two years"),
    _h("abuse_noted", "Abuse or neglect noted, 24 months", "factor_neglect factor_emotional factor_physical factor_sexual", "subject", "count", "Assessments noted abuse or neglect {value} {time|times} in two years", "No assessment noted abuse or neglect"),
    _h("exploitation_noted", "Exploitation or gangs noted, 24 months", "factor_cse factor_cce factor_gangs", "subject", "count", "Assessments noted exploitation or gangs {value} {time|times}", "No assessment noted exploitation or gangs"),
    _h("domestic", "Domestic abuse incidents, 24 months", "domestic_child domestic_incident", "subject", "count", "{value} domestic abuse {incident|incidents} in two years", "No domestic abuse incident in two years"),
    _h("missing", "Missing reports, 12 months", "missing care_missing", "subject", "count", "Reported missing {value} {time|times} in a year", "Not reported missing in a year", 365),
    _h("offences", "Suspected of a crime, 24 months", "crime_suspect", "subject", "count", "Suspected of a crime {value} {time|times} in two years", "Not suspected of a crime in two years"),
    _h("victim", "Victim of a crime, 24 months", "crime_victim sexual_victim", "subject", "count", "Victim of a crime {value} {time|times} in two years", "Not the victim of a crime in two years"),
    _h("self_harm", "Self-harm, 24 months", "emergency_self_harm factor_self_harm", "subject", "count", "Self-harm recorded {value} {time|times} in two years", "No self-harm recorded in two years"),
    _h("emergency", "Emergency visits, 12 months", "emergency emergency_intoxicated", "subject", "count", "{value} emergency {visit|visits} in a year", "No emergency visit in a year", 365),
    _h("missed_health", "Missed health appointments, 12 months", "missed_appointment missed_review", "subject", "count", "Missed {value} health {appointment|appointments} in a year", "No missed health appointment in a year", 365),
    _h("suspensions", "Suspensions, 12 months", "suspension exclusion", "subject", "count", "Suspended or excluded {value} {time|times} in a year", "Not suspended in a year", 365),
    _h("early_help", "Early help", "early_help", "subject", "open", "Early help is open", "No early help open"),
    _h("adult_concerns", "Concerns about the adult, 24 months", "adult_concern adult_enquiry", "subject", "count", "{value} adult safeguarding {concern|concerns} in two years", "No adult safeguarding concern in two years"),
    _h("sibling_enquiries", "Enquiries about brothers and sisters, 24 months", "section47 protection_plan", "sibling", "count", "{value} child protection {enquiry or plan|enquiries or plans} for brothers and sisters in two years", "No child protection enquiry or plan for brothers and sisters"),
    _h("sibling_care", "A brother or sister was looked after", "looked_after", "sibling", "ever", "A brother or sister was looked after", "No brother or sister was looked after"),
    _h("parent_domestic", "Domestic abuse incidents of a parent, 24 months", "domestic_incident risk_conference", "parent", "count", "{value} domestic abuse {incident|incidents} of a parent in two years", "No domestic abuse incident of a parent"),
    _h("parent_substance", "Parent in drug or alcohol treatment", "substance_treatment emergency_intoxicated", "parent", "count", "A parent's drinking or drug use recorded {value} {time|times} in two years", "No drinking or drug use of a parent recorded"),
    _h("parent_mental", "Parent's mental health care, 24 months", "mental_health_care mental_health_referral", "parent", "count", "Mental health care of a parent recorded {value} {time|times} in two years", "No mental health care of a parent recorded"),
    _h("parent_crime", "Parent suspected of a crime, 24 months", "crime_suspect probation custody", "parent", "count", "A parent suspected of a crime or supervised {value} {time|times} in two years", "No parent suspected of a crime"),
    _h("parent_concern", "Concerns about a parent as an adult, 24 months", "adult_concern adult_enquiry", "parent", "count", "{value} adult safeguarding {concern|concerns} about a parent in two years", "No adult safeguarding concern about a parent"),
)  # fmt: skip

TOLD = (
    Told("contacts", "Contacts before, 12 months", "before.year", "{value} earlier {contact|contacts} in a year", "No contact in the year before"),
    Told("contacts_two", "Contacts before, 24 months", "before.two", "{value} earlier {contact|contacts} in two years", "No contact in the two years before"),
    Told("low_before", "Contacts that led nowhere, 12 months", "before.low", "{value} earlier {contact|contacts} in a year that led to nothing more", "No earlier contact in a year that led to nothing more"),
    Told("high_before", "Contacts that led to an assessment, 24 months", "before.high", "{value} earlier {contact|contacts} in two years that led to an assessment", "No earlier contact in two years that led to an assessment"),
    Told("tellers", "Agencies that made contact, 12 months", "before.agencies", "{value} {agency|agencies} made contact in a year", "No other agency made contact in a year"),
    Told("month", "Contacts before, a month", "before.month", "{value} earlier {contact|contacts} within a month", "No contact within the month before"),
    Told("people", "People it is about", "subject.people", "It is about {value} {person|people}", "It is about nobody known", None),
    Told("youngest", "Age of the youngest", "subject.youngest", "The youngest is {value}", "The youngest is not yet one", None),
    Told("adult", "About an adult", "subject.adult", "It is about an adult", "It is about children", None),
)  # fmt: skip

# Words that officers heed, a whole word or the beginning of one: comparisons of officers are made at equal words. The
# grader weighs none of them; each build measures what they would be worth to it (`measure.WORDED`).
GRAVE_WORDS = (
    "injur", "bruise", "mark", "hit", "touched", "described", "locked", "unconscious", "evicted", "alone", "days",
    "hospital", "self-harm", "distressed", "late at night", "cannot cope", "confused", "not been seen", "today",
)  # fmt: skip
MILD_WORDS = ("calm", "advice", "may fit", "same evening", "ask", "begun", "smelt", "raised voices", "for a while")


def occurring(words: tuple[str, ...]) -> str:
    """SQL: how many of ``words`` occur in a contact, counted where it lies: its text goes nowhere."""
    found = (rf"regexp_matches(lower(coalesce(narrative, '')), '\b{word}')::INTEGER" for word in words)
    return " + ".join(found)


REASONS = tuple(CONTACT_REASON.labels)

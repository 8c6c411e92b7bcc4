"""The six headline criteria of the Troubled Families programme, by what records can show of them.

Source: Department for Communities and Local Government, Financial Framework for the Expanded Troubled Families
Programme (2015): a family is eligible with two of the six. Its thresholds are kept where records can tell them (three
suspensions, attendance under nine in ten); "identified by a professional" is read as what agencies have open.
"""

from __future__ import annotations

from analytics.families.criterion import Criterion, Programme, Sign

HEADLINE = Programme(
    "headline",
    "Six criteria (Troubled Families)",
    "A family with two or more was within the programme's reach.",
    2,
    (
        Criterion(
            "crime", "Crime and anti-social behaviour",
            "A child or an adult was involved in crime or anti-social behaviour in the last twelve months.",
            (
                Sign("suspected of a crime", ("crime_suspect",)),
                Sign("named in two reports of anti-social behaviour or more", ("antisocial",), at_least=2),
                Sign("a case or a warning for anti-social behaviour", ("antisocial_case", "antisocial_action"), lasting=True),
                Sign("with youth justice, on probation or in custody", ("youth_justice", "probation", "custody"), lasting=True),
                Sign("an assessment noted gangs", ("factor_gangs",)),
            ),
        ),
        Criterion(
            "attendance", "School attendance",
            "A child has not been attending school regularly.",
            (
                Sign("attended less than 90 % over twelve months", ("attendance",), whom="child", mean_below=90),
                Sign("attended less than 90 % over three terms, by the census", ("attendance_term",), 15, "child", mean_below=90),
                Sign("suspended three times or more", ("suspension",), whom="child", at_least=3),
                Sign("permanently excluded", ("exclusion",), whom="child"),
                Sign("missing from education or on part of a timetable", ("missing_education", "reduced_timetable"), whom="child", lasting=True),
                Sign("legal action over attendance", ("attendance_notice",)),
            ),
        ),
        Criterion(
            "help", "Children who need help",
            "A child of any age needs help: identified as in need, subject to a plan, looked after, missing or exploited.",
            (
                Sign("a child in need, on a protection plan or looked after", ("in_need", "protection_plan", "placement"), whom="child", lasting=True),
                Sign("a child protection enquiry", ("section47",), whom="child"),
                Sign("early help is open", ("early_help",), 0, lasting=True),
                Sign("a child reported missing", ("missing", "care_missing"), whom="child"),
                Sign("exploitation noted or worked on", ("factor_cse", "factor_cce", "exploitation_service"), whom="child", lasting=True),
                Sign("neglect or abuse noted", ("factor_neglect", "factor_emotional", "factor_physical", "factor_sexual"), whom="child"),
                Sign("a young carer", ("factor_young_carer",), whom="child"),
                Sign("a concern about a young child's development", ("development_concern",), whom="child", ages=(0, 5)),
            ),
        ),
        Criterion(
            "work", "Out of work, or in financial difficulty",
            "An adult is out of work, a young person is not in education or work, or the family's money or home is at risk.",
            (
                Sign("an adult on an out-of-work benefit", ("out_of_work",), 0, "adult", lasting=True),
                Sign("a young person not in education, work or training", ("neet",), 0, lasting=True),
                Sign("rent arrears", ("arrears",), 6),
                Sign("an eviction notice", ("eviction_notice",)),
                Sign("homeless or in temporary accommodation", ("homeless", "temporary_home"), lasting=True),
                Sign("a benefit stopped or cut", ("sanction",)),
            ),
        ),
        Criterion(
            "domestic", "Domestic abuse",
            "Somebody in the family has been affected by domestic abuse in the last twelve months.",
            (
                Sign("a domestic abuse incident", ("domestic_incident", "domestic_child")),
                Sign("discussed at the high-risk conference", ("risk_conference",)),
                Sign("with the domestic abuse service or in a refuge", ("domestic_support", "refuge"), lasting=True),
                Sign("an assessment noted domestic abuse", ("factor_domestic_abuse",)),
            ),
        ),
        Criterion(
            "health", "Health",
            "A parent or a child has a range of health problems, mental health and drugs or alcohol among them.",
            (
                Sign("in mental health care", ("mental_health_care",), 0, lasting=True),
                Sign("referred to mental health services", ("mental_health_referral",)),
                Sign("in drug or alcohol treatment", ("substance_treatment",), 0, lasting=True),
                Sign("an emergency visit for self-harm, alcohol or drugs", ("emergency_self_harm", "emergency_intoxicated")),
                Sign("an assessment noted mental health, self-harm, alcohol or drugs",
                     ("factor_mental_health_child", "factor_mental_health_parent", "factor_self_harm",
                      "factor_alcohol_drugs_child", "factor_alcohol_drugs_parent", "care_substance")),
                Sign("an adult with care and support", ("adult_care",), 0, "adult", lasting=True),
                Sign("two of a young child's health reviews missed", ("missed_review",), 24, "child", at_least=2, ages=(0, 5)),
            ),
        ),
    ),
)  # fmt: skip

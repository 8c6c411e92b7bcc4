"""The ten family outcomes of the Supporting Families programme, by what records can show against each.

Source: Department for Levelling Up, Housing and Communities, Supporting Families Programme Guidance 2022 to 2025,
chapter 3 and the National Supporting Families Outcome Framework: a family with three needs or more may be worked with,
and an outcome counts once it has been sustained for six months (school attendance for three terms' figures). Here an
outcome is met when no need of it has shown for that long. Records show needs sooner than their absence: a met outcome
says that nothing on record speaks against it, no more.
"""

from __future__ import annotations

from analytics.families.criterion import Criterion, Programme, Sign

#: For how long an outcome has to be sustained.
SUSTAINED = 6

OUTCOMES = Programme(
    "outcome",
    "Ten outcomes (Supporting Families)",
    "A family with three needs or more may be worked with; the work is done when every outcome has held for six months.",
    3,
    (
        Criterion(
            "education", "Good education",
            "Every child attends school and is not shut out of it.",
            (
                Sign("attended less than 90 %", ("attendance",), SUSTAINED, "child", mean_below=90),
                Sign("attended less than 90 %, by the census", ("attendance_term",), 15, "child", mean_below=90),
                Sign("suspended", ("suspension",), SUSTAINED, "child"),
                Sign("permanently excluded", ("exclusion",), SUSTAINED, "child"),
                Sign("missing from education or on part of a timetable", ("missing_education", "reduced_timetable"), SUSTAINED, "child", lasting=True),
                Sign("legal action over attendance", ("attendance_notice",), SUSTAINED),
                Sign("a young person not in education, work or training", ("neet", "left_unknown"), SUSTAINED, lasting=True),
            ),
        ),
        Criterion(
            "early_years", "Good early years development",
            "Children under five have their reviews and develop as expected.",
            (
                Sign("a health review missed", ("missed_review",), SUSTAINED, "child", ages=(0, 4)),
                Sign("a concern about development", ("development_concern",), SUSTAINED, "child", ages=(0, 4)),
                Sign("extra visits by a health visitor", ("extra_health_visits",), SUSTAINED, "child", lasting=True, ages=(0, 4)),
            ),
            ("health_review", "childrens_centre", "early_place"),
        ),
        Criterion(
            "health", "Improved mental and physical health",
            "Nobody's mental or physical health is in trouble.",
            (
                Sign("in mental health care", ("mental_health_care",), SUSTAINED, lasting=True),
                Sign("referred to mental health services", ("mental_health_referral",), SUSTAINED),
                Sign("an emergency visit for self-harm", ("emergency_self_harm",), SUSTAINED),
                Sign("an assessment noted mental health or self-harm",
                     ("factor_mental_health_child", "factor_mental_health_parent", "factor_self_harm"), SUSTAINED),
                Sign("an adult with care and support", ("adult_care",), SUSTAINED, "adult", lasting=True),
            ),
            ("kept_appointment", "health_check"),
        ),
        Criterion(
            "substances", "Harm from drugs and alcohol is less",
            "Nobody's use of drugs or alcohol does harm, or it is being treated with success.",
            (
                Sign("in drug or alcohol treatment", ("substance_treatment",), SUSTAINED, lasting=True),
                Sign("an emergency visit with alcohol or drugs", ("emergency_intoxicated",), SUSTAINED),
                Sign("an assessment noted alcohol or drugs",
                     ("factor_alcohol_drugs_child", "factor_alcohol_drugs_parent", "care_substance"), SUSTAINED),
            ),
        ),
        Criterion(
            "relationships", "Improved family relationships",
            "The family copes together: no child had to leave it, runs away or cares beyond their years.",
            (
                Sign("a child is looked after", ("placement", "looked_after"), SUSTAINED, "child", lasting=True),
                Sign("a child reported missing", ("missing",), SUSTAINED, "child"),
                Sign("behaviour, emotional abuse or a young carer noted",
                     ("factor_behaviour", "factor_emotional", "factor_young_carer"), SUSTAINED, "child"),
            ),
            ("parenting_course", "early_help_progress"),
        ),
        Criterion(
            "safe", "Children safe from abuse and exploitation",
            "Every child is safe at home and outside it.",
            (
                Sign("on a protection plan", ("protection_plan",), SUSTAINED, "child", lasting=True),
                Sign("a child protection enquiry", ("section47",), SUSTAINED, "child"),
                Sign("exploitation noted or worked on", ("factor_cse", "factor_cce", "exploitation_service"), SUSTAINED, "child", lasting=True),
                Sign("neglect or abuse noted", ("factor_neglect", "factor_physical", "factor_sexual"), SUSTAINED, "child"),
                Sign("harm disclosed after being missing, or a sexual offence", ("found_harmed", "sexual_victim"), SUSTAINED, "child"),
            ),
        ),
        Criterion(
            "crime", "Crime prevented and tackled",
            "Nobody is involved in crime or anti-social behaviour.",
            (
                Sign("suspected of a crime", ("crime_suspect",), SUSTAINED),
                Sign("named in a report of anti-social behaviour", ("antisocial", "antisocial_action"), SUSTAINED),
                Sign("a case of anti-social behaviour", ("antisocial_case",), SUSTAINED, lasting=True),
                Sign("with youth justice, on probation or in custody", ("youth_justice", "probation", "custody"), SUSTAINED, lasting=True),
                Sign("an assessment noted gangs", ("factor_gangs",), SUSTAINED),
            ),
        ),
        Criterion(
            "domestic", "Safe from domestic abuse",
            "Nobody lives with domestic abuse.",
            (
                Sign("a domestic abuse incident", ("domestic_incident", "domestic_child"), SUSTAINED),
                Sign("discussed at the high-risk conference", ("risk_conference",), SUSTAINED),
                Sign("with the domestic abuse service or in a refuge", ("domestic_support", "refuge"), SUSTAINED, lasting=True),
                Sign("an assessment noted domestic abuse", ("factor_domestic_abuse",), SUSTAINED),
            ),
        ),
        Criterion(
            "housing", "Secure housing",
            "The family has a home that it can keep.",
            (
                Sign("homeless or in temporary accommodation", ("homeless", "temporary_home"), SUSTAINED, lasting=True),
                Sign("an eviction notice", ("eviction_notice",), SUSTAINED),
                Sign("complaints or action over anti-social behaviour", ("antisocial_action",), SUSTAINED),
            ),
        ),
        Criterion(
            "money", "Financial stability",
            "The adults have work or enough to live on, and debts are in hand.",
            (
                Sign("an adult on an out-of-work benefit", ("out_of_work",), SUSTAINED, "adult", lasting=True),
                Sign("rent arrears", ("arrears",), SUSTAINED),
                Sign("a benefit stopped or cut", ("sanction",), SUSTAINED),
            ),
            ("in_work", "job_support"),
        ),
    ),
)  # fmt: skip

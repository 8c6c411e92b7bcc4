"""Children's social care: contacts, assessments and what they noted, plans, care."""

from analytics.features.feature import Feature

CARE = "Social care"
RESIDENTIAL = ("H5", "K1", "K2", "K3", "R1", "R5", "Z11", "Z12", "Z13")


def _noted(name: str, what: str, kind: str) -> Feature:
    """What a social worker's assessment noted in two years."""
    return Feature(
        f"noted_{name}_24m", f"Assessment noted {what}, 24 months", (kind,), "any", "raises", CARE,
        f"An assessment in the last {{window}} noted {what}", f"No assessment in the last {{window}} noted {what}",
        window_days=730,
    )  # fmt: skip


FEATURES = (
    Feature("contacts_12m", "Contacts with the safeguarding hub, 12 months", ("contact",), "count", "raises", CARE,
            "{value} {contact|contacts} with the safeguarding hub in the last {window}", "No contact with the safeguarding hub in the last {window}",
            window_days=365),
    Feature("contacts_24m", "Contacts with the safeguarding hub, 24 months", ("contact",), "count", "raises", CARE,
            "{value} {contact|contacts} with the safeguarding hub in the last {window}", "No contact with the safeguarding hub in the last {window}",
            window_days=730),
    Feature("contact_since", "Days since the last contact with the hub", ("contact",), "days_since", "lowers", CARE,
            "Last contact with the safeguarding hub {value} {day|days} ago", "No contact with the safeguarding hub in the last {window}",
            window_days=730, unit="days", flag="contacts_24m"),
    Feature("referrals_24m", "Referrals to social care, 24 months", ("referral",), "count", "raises", CARE,
            "Referred to social care {value} {time|times} in the last {window}", "Not referred to social care in the last {window}",
            window_days=730),
    Feature("assessments_24m", "Social care assessments, 24 months", ("assessment",), "count", "raises", CARE,
            "Assessed by a social worker {value} {time|times} in the last {window}", "Not assessed by a social worker in the last {window}",
            window_days=730),
    _noted("own_substance", "the child's own alcohol or drug use", "factor_alcohol_drugs_child"),
    _noted("parent_substance", "a parent's alcohol or drug use", "factor_alcohol_drugs_parent"),
    _noted("own_mental_health", "the child's own mental health", "factor_mental_health_child"),
    _noted("parent_mental_health", "a parent's mental health", "factor_mental_health_parent"),
    _noted("domestic_abuse", "domestic abuse", "factor_domestic_abuse"),
    _noted("missing", "going missing", "factor_missing"),
    _noted("gangs", "gangs", "factor_gangs"),
    _noted("behaviour", "socially unacceptable behaviour", "factor_behaviour"),
    _noted("self_harm", "self-harm", "factor_self_harm"),
    _noted("neglect", "neglect", "factor_neglect"),
    _noted("emotional_abuse", "emotional abuse", "factor_emotional"),
    _noted("physical_abuse", "physical abuse", "factor_physical"),
    _noted("sexual_abuse", "sexual abuse", "factor_sexual"),
    _noted("disability", "a learning or physical disability", "factor_disability"),
    _noted("young_carer", "that the child is a young carer", "factor_young_carer"),
    Feature("in_need_now", "Child in need", ("in_need",), "open", "raises", CARE, "Now a child in need", "Not a child in need"),
    Feature("in_need_24m", "Days as a child in need, 24 months", ("in_need",), "days", "raises", CARE,
            "A child in need for {value} {day|days} of the last {window}", "Not a child in need in the last {window}",
            window_days=730, unit="days"),
    Feature("section47_24m", "Child protection enquiries, 24 months", ("section47",), "count", "raises", CARE,
            "{value} child protection {enquiry|enquiries} in the last {window}", "No child protection enquiry in the last {window}",
            window_days=730),
    Feature("protection_plan_now", "Child protection plan", ("protection_plan",), "open", "raises", CARE,
            "Now on a child protection plan", "Not on a child protection plan"),
    Feature("protection_plan_24m", "Days on a child protection plan, 24 months", ("protection_plan",), "days", "raises", CARE,
            "On a child protection plan for {value} {day|days} of the last {window}", "Not on a child protection plan in the last {window}",
            window_days=730, unit="days"),
    Feature("in_care_now", "In care", ("placement",), "open", "raises", CARE, "Now in care", "Not in care"),
    Feature("in_care_24m", "Days in care, 24 months", ("placement",), "days", "raises", CARE,
            "In care for {value} {day|days} of the last {window}", "Not in care in the last {window}", window_days=730, unit="days"),
    Feature("placements_24m", "Placements begun, 24 months", ("placement",), "count", "raises", CARE,
            "{value} {placement|placements} in care begun in the last {window}", "No placement in care begun in the last {window}",
            window_days=730),
    Feature("residential_now", "In residential or semi-independent care", ("placement",), "open", "raises", CARE,
            "Now in a children's home, or residential or semi-independent care", "Not in a children's home, or residential or semi-independent care",
            details=RESIDENTIAL),
    Feature("care_missing_12m", "Times missing from placement, 12 months", ("care_missing",), "count", "raises", "Going missing",
            "Missing from placement {value} {time|times} in the last {window}", "Not missing from placement in the last {window}", window_days=365),
    Feature("sdq_last", "Latest strengths and difficulties score, 24 months", ("sdq",), "last", "raises", CARE,
            "Latest strengths and difficulties score: {value} of 40", unknown="Not known: the score is taken of children in care for a year",
            window_days=730, unit="points, 0 to 40"),
    Feature("care_substance_24m", "Substance misuse while in care, 24 months", ("care_substance",), "any", "raises", CARE,
            "A substance misuse problem was identified in care in the last {window}", "No substance misuse problem identified in care in the last {window}",
            window_days=730),
    Feature("workers_24m", "Changes of worker, 24 months", ("worker",), "distinct", "raises", CARE,
            "{value} {worker|workers} or teams took the case in the last {window}", "No worker took a case in the last {window}",
            window_days=730),
)  # fmt: skip

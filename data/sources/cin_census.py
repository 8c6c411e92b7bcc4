"""Children in need census: the yearly XML, read into one part an element that repeats."""

from data.codes import ABUSE, CLOSURE, DISABILITY, ETHNICITY, FACTOR, NEED, REFERRAL_SOURCE, SEX, UPN_UNKNOWN
from data.schema import EventRule, Kind, Part, Retention, Source, Who, code, date, flag, identifier, text, whole

CHILD = text("LAchildID", "Child number", required=True)
KEY = (Who({"local_id": "LAchildID"}),)
KNOWN = "occurred_on + 5"
FACTOR_KINDS = {
    "factor_alcohol_drugs_child": ("1A", "2A"),
    "factor_alcohol_drugs_parent": ("1B", "2B"),
    "factor_domestic_abuse": ("3A", "3B", "3C"),
    "factor_mental_health_child": ("4A",),
    "factor_mental_health_parent": ("4B",),
    "factor_disability": ("5A", "6A"),
    "factor_young_carer": ("7A",),
    "factor_missing": ("10A",),
    "factor_cse": ("11A",),
    "factor_gangs": ("13A",),
    "factor_behaviour": ("14A",),
    "factor_self_harm": ("15A",),
    "factor_neglect": ("16A",),
    "factor_emotional": ("17A",),
    "factor_physical": ("18A", "18B", "18C"),
    "factor_sexual": ("19A", "19B", "19C"),
    "factor_cce": ("24A",),
}
_NAMED = sorted(code for codes in FACTOR_KINDS.values() for code in codes)


def _one_of(codes: tuple[str, ...] | list[str]) -> str:
    return "AssessmentFactors IN (" + ", ".join(f"'{each}'" for each in codes) + ")"


SOURCE = Source(
    name="cin_census",
    label="Children in need census",
    owner="Avonbridge Council, children's social care",
    call="Children's social care duty team, 01632 960 112, childrens.duty@avonbridge.example",
    about="Every child referred to or helped by children's social care: referrals, assessments, enquiries and plans.",
    gateway="Children Act 1989 s.83; Children Act 2004 s.10",
    refresh_days=31,
    coverage="everyone",
    numbering="social_care",
    format="cin_xml",
    theme="children needing help",
    retention=Retention(6, birthday=25, basis="Council retention schedule for children in need: until the 25th birthday"),
    year="return",
    parts=(
        Part(
            "child", "Each child once a year.", "cin_census_{year}.xml",
            (CHILD, identifier("UPN", "Unique pupil number", Kind.UPN), identifier("FormerUPN", "Former pupil number", Kind.UPN),
             code("UPNunknown", "Why there is no pupil number", UPN_UNKNOWN), date("PersonBirthDate", "Date of birth"),
             date("ExpectedPersonBirthDate", "Expected date of birth"), code("Sex", "Sex", SEX, "GenderCurrent"),
             date("PersonDeathDate", "Date of death"), code("Ethnicity", "Ethnicity", ETHNICITY)),
            (Who({"local_id": "LAchildID", "upn": "UPN", "birth_date": "PersonBirthDate", "sex": "Sex", "ethnicity": "Ethnicity"}),),
            known=KNOWN,
            events=(EventRule("death", "PersonDeathDate", when="PersonDeathDate IS NOT NULL"),),
        ),
        Part(
            "disability", "Each disability of a child.", "cin_census_{year}.xml",
            (CHILD, code("Disability", "Disability", DISABILITY)), KEY,
        ),
        Part(
            "episode", "Each episode of need, from referral to closure.", "cin_census_{year}.xml",
            (CHILD, date("CINreferralDate", "Referred"), code("ReferralSource", "Who referred", REFERRAL_SOURCE),
             code("PrimaryNeedCode", "Need", NEED), date("CINclosureDate", "Closed"), code("ReasonForClosure", "Why it closed", CLOSURE),
             date("DateOfInitialCPC", "Initial conference"), flag("ReferralNFA", "No further action at referral")),
            KEY, known=KNOWN,
            events=(
                EventRule("referral", "CINreferralDate", detail="ReferralSource"),
                EventRule("in_need", "CINreferralDate", ended="CINclosureDate", detail="PrimaryNeedCode", when="NOT coalesce(ReferralNFA, false)"),
            ),
        ),
        Part(
            "assessment", "Each social care assessment.", "cin_census_{year}.xml",
            (CHILD, date("AssessmentActualStartDate", "Began"), date("AssessmentInternalReviewDate", "Internal review"),
             date("AssessmentAuthorisationDate", "Authorised")),
            KEY, known=KNOWN, events=(EventRule("assessment", "AssessmentActualStartDate", ended="AssessmentAuthorisationDate"),),
        ),
        Part(
            "factor", "Each factor found at an assessment.", "cin_census_{year}.xml",
            (CHILD, date("AssessmentActualStartDate", "Assessment began"), date("AssessmentAuthorisationDate", "Assessment authorised"),
             code("AssessmentFactors", "Factor", FACTOR)),
            KEY, known=KNOWN,
            events=(
                *(
                    EventRule(kind, "coalesce(AssessmentAuthorisationDate, AssessmentActualStartDate)", detail="AssessmentFactors", when=_one_of(codes))
                    for kind, codes in FACTOR_KINDS.items()
                ),
                EventRule(
                    "factor_other", "coalesce(AssessmentAuthorisationDate, AssessmentActualStartDate)", detail="AssessmentFactors",
                    when=f"NOT {_one_of(_NAMED)} AND AssessmentFactors <> '21'",
                ),
            ),
        ),
        Part(
            "plan", "Each child in need plan.", "cin_census_{year}.xml",
            (CHILD, date("CINPlanStartDate", "From"), date("CINPlanEndDate", "To")), KEY, known=KNOWN,
        ),
        Part(
            "section47", "Each child protection enquiry.", "cin_census_{year}.xml",
            (CHILD, date("S47ActualStartDate", "Began"), date("InitialCPCtarget", "Conference due"),
             date("DateOfInitialCPC", "Conference held"), flag("ICPCnotRequired", "No conference needed")),
            KEY, known=KNOWN, events=(EventRule("section47", "S47ActualStartDate"),),
        ),
        Part(
            "protection_plan", "Each child protection plan.", "cin_census_{year}.xml",
            (CHILD, date("CPPstartDate", "From"), date("CPPendDate", "To"), code("InitialCategoryOfAbuse", "First category", ABUSE),
             code("LatestCategoryOfAbuse", "Latest category", ABUSE), whole("NumberOfPreviousCPP", "Earlier plans")),
            KEY, known=KNOWN, events=(EventRule("protection_plan", "CPPstartDate", ended="CPPendDate", detail="InitialCategoryOfAbuse"),),
        ),
        Part(
            "pre_proceedings", "Each time that a child's case came before court proceedings.", "cin_census_{year}.xml",
            (CHILD, date("PPStartDate", "From"), date("LBPSentDate", "Letter sent"), flag("FGDMMeetingOffer", "Family meeting offered"),
             flag("FGDMMeetingFac", "Family meeting held"), date("InitialPPMeetingDate", "First meeting"), whole("ReviewMeetingsCount", "Review meetings"),
             date("StepDecisionDate", "Decision to step down or up"), text("PPOutcome", "Outcome"), date("CourtAppDate", "Applied to court"),
             date("LetterInitCPDate", "Letter of first proceedings")),
            KEY, known=KNOWN,
        ),
        Part(
            "plan_review", "Each review of a child protection plan.", "cin_census_{year}.xml",
            (CHILD, date("CPPstartDate", "Plan from"), date("CPPreviewDate", "Review held")), KEY, known=KNOWN,
        ),
    ),
)  # fmt: skip

"""SSDA903: the yearly return on looked-after children, as CSV lists or one XML file, in the layouts of 2017 to 2026.

A row needs the child's number alone: of a row without a date the child is kept and no event is made.
"""

from data.codes import (
    EPISODE_END,
    EPISODE_START,
    ETHNICITY,
    LEGAL_STATUS,
    NEED,
    PLACE_CHANGE,
    PLACEMENT,
    PROVIDER,
    SEX,
)
from data.schema import (
    Codes,
    EventRule,
    Kind,
    Part,
    Retention,
    Source,
    Who,
    code,
    date,
    flag,
    identifier,
    number,
    text,
    whole,
)

CHILD = text("CHILD", "Child number", required=True)
DOB = date("DOB", "Date of birth")
KEY = (Who({"local_id": "CHILD", "birth_date": "DOB"}),)
MISSING = Codes("missing or away", {"M": "missing", "A": "away without authorisation"})
SDQ_REASON = Codes("reason for no SDQ", {f"SDQ{n}": f"reason {n}" for n in range(1, 6)})
KNOWN = "occurred_on + 5"

SOURCE = Source(
    name="ssda903",
    label="Looked-after children return (SSDA903)",
    owner="Avonbridge Council, children's social care",
    call="Children in care team, 01632 960 134, children.in.care@avonbridge.example",
    about="Every child looked after by the council: episodes, placements, reviews, health and times missing.",
    gateway="Children Act 1989 s.83; Children Act 2004 s.10",
    refresh_days=31,
    coverage="everyone",
    numbering="social_care",
    theme="children needing help",
    retention=Retention(15, birthday=75, basis="Care Planning, Placement and Case Review (England) Regulations 2010, regulation 50: until the 75th birthday"),
    year="return",
    parts=(
        Part(
            "header", "Each child once.", "header.csv",
            (CHILD, code("SEX", "Sex", SEX), date("DOB", "Date of birth"), code("ETHNIC", "Ethnicity", ETHNICITY),
             identifier("UPN", "Unique pupil number", Kind.UPN), flag("MOTHER", "Is a mother"), date("MC_DOB", "Child's date of birth")),
            (Who({"local_id": "CHILD", "sex": "SEX", "birth_date": "DOB", "ethnicity": "ETHNIC", "upn": "UPN"}),),
        ),
        Part(
            "episodes", "Each spell under one legal status and placement.", "episodes.csv",
            (CHILD, date("DECOM", "Episode began"), code("RNE", "Why it began", EPISODE_START),
             code("LS", "Legal status", LEGAL_STATUS), code("CIN", "Need", NEED), code("PLACE", "Placement", PLACEMENT),
             code("PLACE_PROVIDER", "Provider", PROVIDER), date("DEC", "Episode ended"), code("REC", "Why it ended", EPISODE_END),
             code("REASON_PLACE_CHANGE", "Why the placement changed", PLACE_CHANGE),
             identifier("HOME_POST", "Home postcode", Kind.POSTCODE), identifier("PL_POST", "Placement postcode", Kind.POSTCODE),
             text("URN", "Placement's Ofsted number")),
            (Who({"local_id": "CHILD", "postcode": "HOME_POST", "seen_from": "DECOM"}),),
            known=KNOWN,
            events=(
                EventRule("placement", "DECOM", ended="DEC", detail="PLACE"),
                EventRule("looked_after", "DECOM", detail="LS", when="RNE = 'S'"),
            ),
        ),
        Part(
            "reviews", "Each review of a child's plan.", "reviews.csv",
            (CHILD, DOB, date("REVIEW", "Review held"), text("REVIEW_CODE", "How the child took part")),
            KEY, known=KNOWN, events=(EventRule("care_review", "REVIEW", detail="REVIEW_CODE"),),
        ),
        Part(
            "uasc", "Unaccompanied asylum-seeking children.", "uasc.csv",
            (CHILD, code("SEX", "Sex", SEX), DOB, date("DUC", "Ceased to be unaccompanied")), KEY,
        ),
        Part(
            "oc2", "Health of those looked after for a year.", "oc2_{year}.csv",
            (CHILD, DOB, number("SDQ_SCORE", "Strengths and difficulties score"), code("SDQ_REASON", "Why there is no score", SDQ_REASON),
             flag("CONVICTED", "Convicted in the year"), flag("HEALTH_CHECK", "Health check done"), flag("IMMUNISATIONS", "Immunised"),
             flag("TEETH_CHECK", "Teeth checked"), flag("HEALTH_ASSESSMENT", "Health assessed"),
             flag("SUBSTANCE_MISUSE", "Substance misuse problem"), flag("INTERVENTION_RECEIVED", "Intervention received"),
             flag("INTERVENTION_OFFERED", "Intervention offered", "INTERVENTION_OFFERED")),
            KEY, known="delivered",
            events=(
                EventRule("sdq", "period_to", value="SDQ_SCORE", when="SDQ_SCORE IS NOT NULL"),
                EventRule("care_substance", "period_to", when="SUBSTANCE_MISUSE"),
                EventRule("health_check", "period_to", when="HEALTH_ASSESSMENT"),
            ),
        ),
        Part(
            "oc3", "Care leavers near a birthday.", "oc3_{year}.csv",
            (CHILD, DOB, text("IN_TOUCH", "In touch"), text("ACTIV", "Activity"), text("ACCOM", "Accommodation")), KEY,
        ),
        Part(
            "ad1", "Adoptions.", "ad1.csv",
            (CHILD, DOB, date("DATE_INT", "Decision"), date("DATE_MATCH", "Matched"), text("FOSTER_CARE", "By foster carers"),
             whole("NB_ADOPTR", "Number of adopters"), text("SEX_ADOPTR", "Sex of adopters"), text("LS_ADOPTR", "Legal status of adopters")),
            KEY,
        ),
        Part(
            "placed_for_adoption", "Placements for adoption.", "placed_for_adoption.csv",
            (CHILD, DOB, date("DATE_PLACED", "Placed"), date("DATE_PLACED_CEASED", "Placement ceased"), text("REASON_PLACED_CEASED", "Why it ceased")),
            KEY,
        ),
        Part(
            "previous_permanence", "Earlier permanence that broke down.", "previous_permanence.csv",
            (CHILD, DOB, text("PREV_PERM", "Earlier permanence"), text("LA_PERM", "Council"), text("DATE_PERM", "Date of the order")), KEY,
        ),
        Part(
            "missing", "Times missing or away from placement.", "missing.csv",
            (CHILD, DOB, code("MISSING", "Missing or away", MISSING), date("MIS_START", "Went"), date("MIS_END", "Came back")),
            KEY, known="coalesce(ended_on, occurred_on) + 3",
            events=(EventRule("care_missing", "MIS_START", ended="MIS_END", detail="MISSING"),),
        ),
        Part(
            "sw_episodes", "Who the social worker was.", "sw_episodes.csv",
            (CHILD, DOB, text("SW_ID", "Social worker's number"), date("SW_DECOM", "From"), date("SW_DEC", "To"), text("SW_REASON", "Why it changed")),
            KEY, known=KNOWN,
        ),
        Part(
            "dolo", "Deprivation of liberty orders.", "dolo.csv",
            (CHILD, DOB, date("DOLO_START", "From"), date("DOLO_END", "To")), KEY,
        ),
    ),
)  # fmt: skip

"""Children's social care data as councils send it to DfE every day: JSON, in the layout of specification 0.7.

It tells what the yearly returns tell, with the same numbers, so one event told by both is one. The invented city has no
such feed.
"""

from data.codes import (
    CLOSURE,
    DISABILITY,
    EPISODE_END,
    EPISODE_START,
    ETHNICITY,
    FACTOR,
    PLACE_CHANGE,
    PLACEMENT,
    REFERRAL_SOURCE,
    SEX,
    UPN_UNKNOWN,
)
from data.schema import EventRule, Kind, Part, Retention, Source, Who, code, date, flag, identifier, number, text
from data.sources.cin_census import FACTOR_KINDS

FILE = "statutory_daily_{year}.json"
CHILD = text("la_child_id", "Child number", required=True)
KEY = (Who({"local_id": "la_child_id"}),)
KNOWN = "occurred_on + 2"
_NAMED = sorted(code for codes in FACTOR_KINDS.values() for code in codes)
ASSESSED = "coalesce(authorisation_date, start_date)"


def _one_of(codes: tuple[str, ...] | list[str]) -> str:
    return "factor IN (" + ", ".join(f"'{each}'" for each in codes) + ")"


SOURCE = Source(
    name="statutory_daily",
    label="Children's social care data, daily",
    owner="Avonbridge Council, children's social care",
    call="Children's social care duty team, 01632 960 112, childrens.duty@avonbridge.example",
    about="What is sent to the Department for Education every day: children, episodes, assessments, plans and placements.",
    gateway="Children Act 1989 s.83; Children Act 2004 s.10",
    refresh_days=1,
    coverage="everyone",
    numbering="social_care",
    format="json",
    theme="children needing help",
    retention=Retention(6, birthday=25, basis="Council retention schedule for children in need: until the 25th birthday"),
    in_city=False,
    parts=(
        Part(
            "child", "Each child.", FILE,
            (CHILD, text("mis_child_id", "Number in the case system"), text("first_name", "Forename", "forename"), text("surname", "Surname", "last_name"),
             identifier("unique_pupil_number", "Unique pupil number", Kind.UPN, "upn"),
             identifier("former_unique_pupil_number", "Former pupil number", Kind.UPN, "former_upn"),
             code("unique_pupil_number_unknown_reason", "Why there is no pupil number", UPN_UNKNOWN, "upn_unknown_reason"),
             date("date_of_birth", "Date of birth"), date("expected_date_of_birth", "Expected date of birth"), code("sex", "Sex", SEX, "gender"),
             code("ethnicity", "Ethnicity", ETHNICITY), identifier("postcode", "Postcode", Kind.POSTCODE),
             flag("uasc_flag", "Unaccompanied asylum-seeking child"), date("uasc_end_date", "Ceased to be unaccompanied")),
            (Who({"local_id": "la_child_id", "forename": "first_name", "surname": "surname", "birth_date": "date_of_birth", "sex": "sex",
                  "ethnicity": "ethnicity", "postcode": "postcode", "upn": "unique_pupil_number"}),),
        ),
        Part("disability", "Each disability of a child.", FILE, (CHILD, code("disability", "Disability", DISABILITY)), KEY),
        Part(
            "sdq", "Each score of strengths and difficulties.", FILE,
            (CHILD, date("date", "Day"), number("score", "Score")), KEY, known=KNOWN,
            events=(EventRule("sdq", '"date"', value="score", when="score IS NOT NULL"),),
        ),
        Part(
            "episode", "Each episode, from referral to closure.", FILE,
            (CHILD, text("social_care_episode_id", "Episode"), date("referral_date", "Referred"), code("referral_source", "Who referred", REFERRAL_SOURCE),
             flag("referral_no_further_action_flag", "No further action at referral"), date("closure_date", "Closed"),
             code("closure_reason", "Why it closed", CLOSURE)),
            KEY, known=KNOWN,
            events=(
                EventRule("referral", "referral_date", detail="referral_source"),
                EventRule("in_need", "referral_date", ended="closure_date", when="NOT coalesce(referral_no_further_action_flag, false)"),
            ),
        ),
        Part(
            "worker", "Who held the case when.", FILE,
            (CHILD, text("worker_id", "Worker's number"), date("start_date", "From"), date("end_date", "To")), KEY, known=KNOWN,
            events=(EventRule("worker", "start_date", ended="end_date", detail="worker_id"),),
        ),
        Part(
            "assessment", "Each social care assessment.", FILE,
            (CHILD, text("child_and_family_assessment_id", "Assessment"), date("start_date", "Began"), date("authorisation_date", "Authorised")),
            KEY, known=KNOWN, events=(EventRule("assessment", "start_date", ended="authorisation_date"),),
        ),
        Part(
            "factor", "Each factor found at an assessment.", FILE,
            (CHILD, date("start_date", "Assessment began"), date("authorisation_date", "Assessment authorised"), code("factor", "Factor", FACTOR)),
            KEY, known=KNOWN,
            events=(
                *(EventRule(kind, ASSESSED, detail="factor", when=_one_of(codes)) for kind, codes in FACTOR_KINDS.items()),
                EventRule("factor_other", ASSESSED, detail="factor", when=f"NOT {_one_of(_NAMED)} AND factor <> '21'"),
            ),
        ),
        Part(
            "plan", "Each child in need plan.", FILE,
            (CHILD, text("child_in_need_plan_id", "Plan"), date("start_date", "From"), date("end_date", "To")), KEY, known=KNOWN,
        ),
        Part(
            "section47", "Each child protection enquiry.", FILE,
            (CHILD, text("section_47_assessment_id", "Enquiry"), date("start_date", "Began"), flag("icpc_required_flag", "Conference needed"),
             date("icpc_date", "Conference held"), date("end_date", "Ended")),
            KEY, known=KNOWN, events=(EventRule("section47", "start_date"),),
        ),
        Part(
            "protection_plan", "Each child protection plan.", FILE,
            (CHILD, text("child_protection_plan_id", "Plan"), date("start_date", "From"), date("end_date", "To")), KEY, known=KNOWN,
            events=(EventRule("protection_plan", "start_date", ended="end_date"),),
        ),
        Part(
            "placement", "Each placement of a looked-after child.", FILE,
            (CHILD, text("child_looked_after_placement_id", "Placement"), date("start_date", "From"), code("start_reason", "Why it began", EPISODE_START),
             code("placement_type", "Placement", PLACEMENT), identifier("postcode", "Placement postcode", Kind.POSTCODE), date("end_date", "To"),
             code("end_reason", "Why it ended", EPISODE_END), code("change_reason", "Why the placement changed", PLACE_CHANGE)),
            KEY, known=KNOWN,
            events=(
                EventRule("placement", "start_date", ended="end_date", detail="placement_type"),
                EventRule("looked_after", "start_date", when="start_reason = 'S'"),
            ),
        ),
        Part(
            "adoption", "Steps to adoption.", FILE,
            (CHILD, date("initial_decision_date", "Decision"), date("matched_date", "Matched"), date("placed_date", "Placed")), KEY,
        ),
        Part(
            "leaver", "Care leavers.", FILE,
            (CHILD, date("contact_date", "In touch"), text("activity", "Activity"), text("accommodation", "Accommodation")), KEY,
        ),
    ),
)  # fmt: skip

"""The special educational needs team: requests for assessment, and education, health and care plans."""

from data.codes import SEN_NEED
from data.schema import Codes, EventRule, Part, Retention, Source, code, date
from data.sources.contract import NAME, person, who

FIELDS = (*NAME, "postcode", "upn", "nhs_number")
DECISION = Codes(
    "decision",
    {"refused": "not to assess", "no_plan": "assessed, no plan", "plan": "plan issued", "waiting": "not decided yet"},
)

SOURCE = Source(
    name="special_needs",
    label="Special educational needs",
    owner="Avonbridge Council, special educational needs",
    call="Special educational needs team, 01632 960 133, sen.team@avonbridge.example",
    about="Each request for an education, health and care assessment, what was decided, and the plan while it lasts.",
    gateway="Children and Families Act 2014 s.22 to s.26 and s.36",
    refresh_days=31,
    coverage="everyone",
    theme="children needing help",
    retention=Retention(6, birthday=25, basis="Special Educational Needs and Disability Regulations 2014; pupils with plans until the 25th birthday"),
    parts=(
        Part(
            "request", "One row a request.", "special_needs_request.csv",
            (*person("sen_id", "Special needs number", *FIELDS), code("primary_need", "Main need", SEN_NEED), date("requested_on", "Requested", required=True),
             code("decision", "Decision", DECISION), date("plan_from", "Plan from"), date("plan_to", "Plan ended")),
            (who("sen_id", *FIELDS, seen_from="requested_on", seen_to="plan_to"),),
            known="occurred_on + 10",
            events=(
                EventRule("ehc_request", "requested_on", detail="primary_need"),
                EventRule("ehc_plan", "plan_from", ended="plan_to", when="decision = 'plan' AND plan_from IS NOT NULL"),
            ),
        ),
    ),
)  # fmt: skip

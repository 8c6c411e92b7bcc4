"""Jobcentre advisers for families, and the work that parents start."""

from data.schema import Codes, EventRule, Part, Retention, Source, Span, code, date, number
from data.sources.contract import person, who

FIELDS = ("forename", "surname", "birth_date", "sex", "postcode", "ni_number")
OFFER = Codes(
    "who helps",
    {"adviser": "an employment adviser for families", "youth_hub": "a youth hub coach", "skills": "a skills course", "disability": "a disability adviser"},
)  # fmt: skip
HOURS = Codes("hours", {"full": "full time", "part": "part time", "variable": "varying hours"})

SOURCE = Source(
    name="job_support",
    label="Help to find work",
    owner="Department for Work and Pensions",
    call="Safeguarding lead of the local jobcentre, 01632 960 114, safeguarding@avonvale-jobcentre.example",
    about="Who is helped to find work by a Jobcentre adviser for families, and the jobs they start.",
    gateway="Welfare Reform Act 2012 s.131; Digital Economy Act 2017 s.35",
    refresh_days=31,
    coverage="everyone",
    theme="unemployment",
    retention=Retention(6, basis="Agreement with the DWP: 6 years after support ended"),
    parts=(
        Part(
            "caseload", "One row a spell with an adviser.", "job_support_caseload.csv",
            (*person("customer_id", "Customer number", *FIELDS), code("offer", "Who helps", OFFER), date("joined_on", "From", required=True), date("left_on", "To")),
            (who("customer_id", *FIELDS, seen_from="joined_on", seen_to="left_on"),),
            known="occurred_on + 30", events=(EventRule("job_support", "joined_on", ended="left_on", detail="offer"),), span=Span("joined_on", "left_on"),
        ),
        Part(
            "job", "One row a job started.", "job_support_job.csv",
            (*person("customer_id", "Customer number", *FIELDS), code("hours", "Hours", HOURS), number("weekly_hours", "Hours a week"),
             date("job_from", "From", required=True), date("job_to", "To")),
            (who("customer_id", *FIELDS, seen_from="job_from", seen_to="job_to"),),
            known="occurred_on + 45", events=(EventRule("in_work", "job_from", ended="job_to", detail="hours"),),
        ),
    ),
)  # fmt: skip

"""Health visitors and school nurses (the 0 to 19 service): reviews that every child is offered, and extra support."""

from data.schema import Codes, EventRule, Part, Retention, Source, Span, Who, code, date, text
from data.sources.contract import HOME, NAME, person, who

FIELDS = (*NAME, "ethnicity", *HOME, "nhs_number")
REVIEW = Codes(
    "review",
    {"new_birth": "new baby visit", "six_weeks": "6 to 8 weeks", "one_year": "one year", "two_years": "two to two and a half years",
     "school_entry": "starting school"},
)  # fmt: skip
OUTCOME = Codes(
    "outcome",
    {"done": "done, as expected", "concern": "done, concern about development", "missed": "not brought or declined"},
)
LEVEL = Codes("level of support", {"targeted": "targeted", "specialist": "specialist"})

SOURCE = Source(
    name="child_health",
    label="Health visiting and school nursing",
    owner="Avon Vale Community Health",
    call="Health visiting and school nursing hub, 01632 960 115, childhealth.hub@avonvale-community.example",
    about="Health reviews done and missed from birth to starting school, what they found of a child's development, and extra support.",
    gateway="Health and Social Care Act 2012 s.251B; Children Act 2004 s.10",
    refresh_days=31,
    coverage="enrolled",
    format="parquet",
    theme="health",
    retention=Retention(8, birthday=25, basis="NHS Records Management Code of Practice 2023: children until the 25th birthday"),
    parts=(
        Part(
            "child", "Each child as last written down, from the day the service took the child on.", "child_health_child.parquet",
            (*person("chis_id", "Child health number", *FIELDS), date("taken_on", "Taken on", required=True), date("handed_on", "Handed on")),
            (who("chis_id", *FIELDS, seen_from="taken_on", seen_to="handed_on"),), span=Span("taken_on", "handed_on"),
        ),
        Part(
            "review", "One row a review due.", "child_health_review_{year}.parquet",
            (text("chis_id", "Child health number", required=True), code("review", "Review", REVIEW), code("outcome", "Outcome", OUTCOME, required=True),
             date("due_on", "Due", required=True), text("reviewer", "Reviewer")),
            (Who({"local_id": "chis_id"}),), known="occurred_on + 28",
            events=(
                EventRule("health_review", "due_on", detail="review", when="outcome <> 'missed'"),
                EventRule("missed_review", "due_on", detail="review", when="outcome = 'missed'"),
                EventRule("development_concern", "due_on", detail="review", when="outcome = 'concern'"),
            ),
        ),
        Part(
            "extra", "One row a spell of extra support.", "child_health_extra.parquet",
            (text("chis_id", "Child health number", required=True), code("level", "Level", LEVEL), date("extra_from", "From", required=True),
             date("extra_to", "To")),
            (Who({"local_id": "chis_id"}),), known="occurred_on + 28",
            events=(EventRule("extra_health_visits", "extra_from", ended="extra_to", detail="level"),),
        ),
    ),
)  # fmt: skip

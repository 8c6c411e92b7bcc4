"""Participation of 16 to 18 year-olds."""

from data.schema import Codes, EventRule, Part, Retention, Source, Span, code, date
from data.sources.contract import HOME, NAME, person, who

FIELDS = (*NAME, "ethnicity", *HOME, "upn")
ACTIVITY = Codes(
    "activity",
    {"EET": "in education, work or training", "NEET": "not in education, work or training", "UNKNOWN": "not known"},
)

SOURCE = Source(
    name="neet",
    label="Participation of 16 to 18 year-olds (NCCIS)",
    owner="Avonbridge Council, post-16 participation",
    call="Post-16 advisers, 01632 960 127, post16@avonbridge.example",
    about="What each young person of 16 to 18 is doing, spell by spell.",
    gateway="Education and Skills Act 2008 s.68 and s.72",
    refresh_days=31,
    coverage="enrolled",
    theme="unemployment",
    retention=Retention(6, birthday=25, basis="Council retention schedule for participation of young people: until the 25th birthday"),
    parts=(
        Part(
            "activity", "One row a spell.", "neet_activity.csv",
            (*person("young_person_id", "Young person's number", *FIELDS), code("activity", "Activity", ACTIVITY, required=True),
             date("from_date", "From", required=True), date("to_date", "To")),
            (who("young_person_id", *FIELDS, seen_from="from_date", seen_to="to_date"),),
            known="occurred_on + 30", span=Span("from_date", "to_date"),
            events=(
                EventRule("neet", "from_date", ended="to_date", when="activity = 'NEET'"),
                EventRule("left_unknown", "from_date", ended="to_date", when="activity = 'UNKNOWN'"),
            ),
        ),
    ),
)  # fmt: skip

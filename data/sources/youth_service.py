"""Voluntary youth services: clubs and mentors."""

from data.schema import EventRule, Part, Retention, Source, date, number, text
from data.sources.contract import person, who

FIELDS = ("forename", "surname", "birth_date", "postcode")

SOURCE = Source(
    name="youth_service",
    label="Youth clubs and mentoring",
    owner="Avonbridge Youth Alliance (voluntary)",
    call="Youth Alliance office, 01632 960 136, office@avonbridge-youth.example",
    about="Who goes to a youth club or has a mentor.",
    gateway="consent of the young person or parent",
    refresh_days=92,
    coverage="everyone",
    theme="children needing help",
    retention=Retention(6, birthday=25, basis="Council retention schedule for youth work: until the 25th birthday"),
    parts=(
        Part(
            "club", "One row a young person and quarter.", "youth_club.csv",
            (*person("member_id", "Member number", *FIELDS), date("quarter_start", "Quarter from", required=True), date("quarter_end", "Quarter to", required=True),
             number("times", "Times attended", required=True)),
            (who("member_id", *FIELDS, seen_from="quarter_start", seen_to="quarter_end"),),
            known="quarter_end + 14", events=(EventRule("youth_club", "quarter_start", ended="quarter_end", value="times", when="times > 0"),),
        ),
        Part(
            "mentor", "One row a mentoring relationship.", "youth_mentor.csv",
            (*person("member_id", "Member number", *FIELDS), text("mentor", "Mentor"), date("from_date", "From", required=True), date("to_date", "To")),
            (who("member_id", *FIELDS, seen_from="from_date", seen_to="to_date"),),
            known="occurred_on + 14", events=(EventRule("mentor", "from_date", ended="to_date"),),
        ),
    ),
)  # fmt: skip

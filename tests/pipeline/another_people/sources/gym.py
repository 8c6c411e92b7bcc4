"""A sports club: grown-ups, their visits, and those whom its physiotherapist took on with an injury."""

from data.events import EventKind
from data.schema import EventRule, KnownCase, Part, Source, Span, Who, date, text
from data.sources.contract import NAME, person, who

KINDS = (
    EventKind("gym_visit", "Visit to the gym", "support", "Came to the gym"),
    EventKind("sprain", "Sprain reported", "health", "Reported a sprain"),
)
SOURCE = Source(
    name="gym",
    label="Sports club",
    owner="Riverside Sports Club",
    about="Members, each visit, each sprain, and who was taken on by the physiotherapist.",
    gateway="The member's contract",
    refresh_days=7,
    coverage="enrolled",
    theme="health",
    parts=(
        Part(
            "member", "One row a member.", "gym_member.csv",
            (*person("member_no", "Member number", *NAME, "postcode"), date("joined_on", "Joined", required=True)),
            (who("member_no", *NAME, "postcode", seen_from="joined_on"),),
            span=Span("joined_on"),
        ),
        Part(
            "visit", "Each visit.", "gym_visit.csv",
            (text("member_no", "Member number", required=True), date("visited_on", "Day of the visit", required=True)),
            (Who({"local_id": "member_no"}),), events=(EventRule("gym_visit", "visited_on"),),
        ),
        Part(
            "sprain", "Each sprain.", "gym_sprain.csv",
            (text("member_no", "Member number", required=True), date("sprained_on", "Sprained on", required=True)),
            (Who({"local_id": "member_no"}),), events=(EventRule("sprain", "sprained_on"),),
        ),
        Part(
            "injury", "Who was taken on by the physiotherapist.", "gym_injury.csv",
            (text("member_no", "Member number", required=True), date("taken_on", "Taken on", required=True)),
            (Who({"local_id": "member_no"}),), known_case=KnownCase("'injury'", "taken_on"),
        ),
    ),
)  # fmt: skip

"""Youth justice service."""

from data.schema import EventRule, Part, Retention, Source, date, text
from data.sources.contract import HOME, NAME, person, who

FIELDS = (*NAME, "ethnicity", *HOME)

SOURCE = Source(
    name="youth_justice",
    label="Youth justice service",
    owner="Avonbridge Youth Justice Service",
    call="Youth justice duty worker, 01632 960 135, youth.justice@avonbridge.example",
    about="Each intervention with a child who offended or was at risk of it.",
    gateway="Crime and Disorder Act 1998 s.37 and s.115",
    refresh_days=31,
    coverage="everyone",
    theme="crime and anti-social behaviour",
    retention=Retention(6, birthday=25, basis="Youth Justice Board guidance on case records: until the 25th birthday"),
    parts=(
        Part(
            "intervention", "One row an intervention.", "youth_justice.csv",
            (*person("yot_id", "Youth justice number", *FIELDS), text("intervention", "Intervention"), date("started_on", "Began", required=True),
             date("ended_on", "Ended"), date("recorded_on", "Recorded", required=True)),
            (who("yot_id", *FIELDS, seen_from="started_on", seen_to="ended_on"),),
            known="recorded_on", whole=True, events=(EventRule("youth_justice", "started_on", ended='"ended_on"', detail="intervention"),),
        ),
    ),
)  # fmt: skip

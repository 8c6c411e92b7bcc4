"""Police: people reported missing."""

from data.schema import EventRule, Group, Part, Retention, Source, date, flag, text, time
from data.sources.contract import HOME, NAME, person, who

SOURCE = Source(
    name="police_missing",
    label="Police: missing people",
    owner="Avon Vale Police",
    call="Missing people coordinator, 01632 960 130, missing@avonvale-police.example",
    about="Each report of a person missing, with the risk grade, when they were found and whom they were with.",
    gateway="Children Act 2004 s.10; Crime and Disorder Act 1998 s.115",
    refresh_days=7,
    coverage="everyone",
    numbering="police",
    theme="children needing help",
    retention=Retention(6, birthday=25, basis="College of Policing, retention, review and disposal: 6 clear years; children of the hub until the 25th birthday"),
    parts=(
        Part(
            "episode", "One row a person and report.", "police_missing_{year}.csv",
            (*person("nominal", "Police person number", *NAME, "ethnicity", *HOME),
             text("report_ref", "Report number", required=True), text("joint_ref", "Reference shared by those missing together"),
             time("missing_from", "Missing from", required=True), time("found_at", "Found"), text("risk_grade", "Risk grade"),
             flag("harm_disclosed", "Harm disclosed at return interview"), flag("return_interview", "Return interview held"),
             date("recorded_on", "Recorded", required=True)),
            (who("nominal", *NAME, "ethnicity", *HOME, seen_from="recorded_on", seen_to="recorded_on"),),
            known="recorded_on", key=("nominal", "report_ref"),
            events=(
                EventRule("missing", "missing_from::DATE", value="date_diff('minute', missing_from, found_at) / 60.0", detail="risk_grade"),
                EventRule("found_harmed", "found_at::DATE", when="harm_disclosed AND found_at IS NOT NULL", known="recorded_on + 4"),
            ),
            groups=(Group("co_missing", "joint_ref", "missing_from::DATE", when="joint_ref IS NOT NULL"),),
        ),
    ),
)  # fmt: skip

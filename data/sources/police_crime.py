"""Police: crimes and anti-social behaviour, with suspects and victims."""

from data.codes import OFFENCE
from data.schema import Codes, EventRule, Group, Part, Retention, Source, code, date, text
from data.sources.contract import HOME, NAME, person, who

ROLE = Codes("role", {"suspect": "suspect", "victim": "victim", "named": "named"})
FIELDS = (*NAME, "ethnicity", *HOME)

SOURCE = Source(
    name="police_crime",
    label="Police: crime and anti-social behaviour",
    owner="Avon Vale Police",
    call="Public protection desk, 01632 960 128, public.protection@avonvale-police.example",
    about="Each person's part in a recorded crime or anti-social behaviour report.",
    gateway="Crime and Disorder Act 1998 s.115",
    refresh_days=7,
    coverage="everyone",
    format="parquet",
    numbering="police",
    theme="crime and anti-social behaviour",
    retention=Retention(10, birthday=25, basis="College of Policing, retention, review and disposal: 10 clear years for serious offences"),
    parts=(
        Part(
            "crime", "One row a person and crime.", "police_crime_{year}.parquet",
            (*person("nominal", "Police person number", *FIELDS), text("crime_ref", "Crime number", required=True),
             code("role", "Role", ROLE, required=True), code("offence", "Offence group", OFFENCE),
             date("committed_on", "Committed", required=True), date("recorded_on", "Recorded", required=True)),
            (who("nominal", *FIELDS, seen_from="recorded_on", seen_to="recorded_on"),),
            known="recorded_on", key=("nominal", "crime_ref"),
            events=(
                EventRule("crime_suspect", "committed_on", detail="offence", when="role = 'suspect'"),
                EventRule("crime_victim", "committed_on", detail="offence", when="role = 'victim' AND offence IS DISTINCT FROM 'sexual'"),
                EventRule("sexual_victim", "committed_on", detail="offence", when="role = 'victim' AND offence = 'sexual'"),
            ),
            groups=(Group("co_offending", "crime_ref", "committed_on", when="role = 'suspect'"),),
        ),
        Part(
            "antisocial", "One row a person and report.", "police_antisocial_{year}.parquet",
            (*person("nominal", "Police person number", *FIELDS), text("report_ref", "Report number", required=True), text("nature", "Nature"),
             date("happened_on", "Happened", required=True), date("recorded_on", "Recorded", required=True)),
            (who("nominal", *FIELDS, seen_from="recorded_on", seen_to="recorded_on"),),
            known="recorded_on", key=("nominal", "report_ref"), events=(EventRule("antisocial", "happened_on", detail="nature"),),
        ),
    ),
)  # fmt: skip

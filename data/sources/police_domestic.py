"""Police: domestic abuse incidents."""

from data.codes import DASH
from data.schema import Codes, EventRule, Part, Retention, Source, code, date, text
from data.sources.contract import HOME, NAME, person, who

ROLE = Codes("role", {"victim": "victim", "suspect": "suspect", "child": "child present"})
FIELDS = (*NAME, *HOME)

SOURCE = Source(
    name="police_domestic",
    label="Police: domestic abuse",
    owner="Avon Vale Police",
    call="Domestic abuse unit, 01632 960 129, domestic.abuse@avonvale-police.example",
    about="Each person's part in a domestic abuse incident, children present included, with its risk grade.",
    gateway="Domestic Abuse Act 2021; Crime and Disorder Act 1998 s.115",
    refresh_days=1,
    coverage="everyone",
    numbering="police",
    theme="domestic abuse",
    retention=Retention(10, birthday=25, basis="College of Policing, retention, review and disposal: 10 clear years for violence"),
    parts=(
        Part(
            "incident", "One row a person and incident.", "police_domestic_{year}.csv",
            (*person("nominal", "Police person number", *FIELDS), text("incident_ref", "Incident number", required=True),
             code("role", "Role", ROLE, required=True), code("dash", "Risk grade", DASH), date("happened_on", "Happened", required=True),
             date("recorded_on", "Recorded", required=True)),
            (who("nominal", *FIELDS, seen_from="recorded_on", seen_to="recorded_on"),),
            known="recorded_on", key=("nominal", "incident_ref"),
            events=(
                EventRule("domestic_child", "happened_on", value="dash::INTEGER", detail="dash", when="role = 'child'"),
                EventRule("domestic_incident", "happened_on", value="dash::INTEGER", detail="dash", when="role <> 'child'"),
            ),
        ),
    ),
)  # fmt: skip

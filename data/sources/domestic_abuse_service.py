"""The voluntary domestic abuse service: support, refuge, and the conference on those at high risk."""

from data.schema import Codes, EventRule, Group, Part, Retention, Source, code, date, text
from data.sources.contract import person, who

FIELDS = ("forename", "surname", "birth_date", "sex", "ethnicity", "postcode")
SUPPORT = Codes(
    "support",
    {"advocate": "an independent advocate", "outreach": "outreach", "refuge": "a refuge", "child": "work with a child", "programme": "work with a perpetrator"},
)  # fmt: skip
ROLE = Codes("role", {"victim": "victim", "perpetrator": "perpetrator", "child": "child of the household"})

SOURCE = Source(
    name="domestic_abuse_service",
    label="Domestic abuse service",
    owner="Avonbridge Haven (voluntary service)",
    call="Haven's duty adviser, 01632 960 118, duty@avonbridge-haven.example",
    about="Adults and children supported by the domestic abuse service or living in its refuge, and people discussed at the high-risk conference (MARAC).",
    gateway="Domestic Abuse Act 2021 s.57; Crime and Disorder Act 1998 s.115; consent, or vital interests",
    refresh_days=31,
    coverage="everyone",
    theme="domestic abuse",
    retention=Retention(8, birthday=25, basis="Agreement with the service: 8 years after support ended, children until the 25th birthday"),
    parts=(
        Part(
            "support", "One row a person and spell of support.", "domestic_abuse_support.csv",
            (*person("haven_id", "Service's number", *FIELDS), text("family_ref", "Family's number"), code("support", "Support", SUPPORT, required=True),
             date("supported_from", "From", required=True), date("supported_to", "To")),
            (who("haven_id", *FIELDS, seen_from="supported_from", seen_to="supported_to"),),
            known="occurred_on + 14",
            events=(
                EventRule("domestic_support", "supported_from", ended="supported_to", detail="support", when="support <> 'refuge'"),
                EventRule("refuge", "supported_from", ended="supported_to", when="support = 'refuge'"),
            ),
            groups=(Group("household", "family_ref", "supported_from", "supported_to", when="support <> 'programme'"),),
        ),
        Part(
            "conference", "One row a person and conference.", "domestic_abuse_conference_{year}.csv",
            (*person("haven_id", "Service's number", *FIELDS), text("conference_ref", "Conference number", required=True),
             code("role", "Role", ROLE, required=True), date("discussed_on", "Discussed", required=True)),
            (who("haven_id", *FIELDS, seen_from="discussed_on", seen_to="discussed_on"),),
            known="occurred_on + 3", events=(EventRule("risk_conference", "discussed_on", detail="role"),),
        ),
    ),
)  # fmt: skip

"""DWP: benefit claims and who is in them."""

from data.schema import Codes, EventRule, Group, Part, Retention, Source, Span, Who, code, date, text
from data.sources.contract import HOME, NAME, person, who

FIELDS = (*NAME, *HOME, "ni_number")
ROLE = Codes("role", {"claimant": "claimant", "partner": "partner", "child": "child"})

SOURCE = Source(
    name="benefits",
    label="Benefits",
    owner="Department for Work and Pensions",
    call="Safeguarding lead of the local jobcentre, 01632 960 114, safeguarding@avonvale-jobcentre.example",
    about="Universal Credit claims with the people in them, whether out of work, and sanctions.",
    gateway="Welfare Reform Act 2012 s.131; Digital Economy Act 2017 s.35",
    refresh_days=31,
    coverage="everyone",
    format="parquet",
    theme="unemployment",
    retention=Retention(6, birthday=25, basis="Agreement with the DWP: 6 years after the claim ended; children of the household until the 25th birthday"),
    parts=(
        Part(
            "member", "One row a member of a claim.", "benefits_member.parquet",
            (*person("dwp_id", "Claim person number", *FIELDS), text("claim_ref", "Claim number", required=True), code("role", "Role", ROLE),
             date("from_date", "From", required=True), date("to_date", "To")),
            (who("dwp_id", *FIELDS, seen_from="from_date", seen_to="to_date"),),
            known="occurred_on + 30",
            events=(EventRule("benefit", "from_date", ended="to_date", detail="role"),),
            groups=(Group("household", "claim_ref", "from_date", "to_date"),),
            span=Span("from_date", "to_date"),
        ),
        Part(
            "out_of_work", "Each spell out of work of a claimant or partner.", "benefits_out_of_work.parquet",
            (text("dwp_id", "Claim person number", required=True), date("from_date", "From", required=True), date("to_date", "To")),
            (Who({"local_id": "dwp_id"}),), known="occurred_on + 30", events=(EventRule("out_of_work", "from_date", ended="to_date"),),
        ),
        Part(
            "sanction", "Each sanction.", "benefits_sanction.parquet",
            (text("dwp_id", "Claim person number", required=True), date("sanctioned_on", "Sanctioned", required=True)),
            (Who({"local_id": "dwp_id"}),), known="occurred_on + 30", events=(EventRule("sanction", "sanctioned_on"),),
        ),
    ),
)  # fmt: skip

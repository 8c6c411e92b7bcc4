"""Housing: tenancies, arrears and homelessness."""

from data.schema import Codes, EventRule, Group, Part, Retention, Source, Span, Who, code, date, number, text
from data.sources.contract import HOME, NAME, person, who

FIELDS = (*NAME, *HOME, "ni_number")
ROLE = Codes("role", {"tenant": "tenant", "member": "member of the household"})

SOURCE = Source(
    name="housing",
    label="Housing",
    owner="Avonbridge Council, housing",
    call="Housing officers' desk, 01632 960 124, housing.officers@avonbridge.example",
    about="Social tenancies with their households, rent arrears, eviction notices and homelessness applications.",
    gateway="Housing Act 1996 part 7; Children Act 2004 s.10",
    refresh_days=31,
    coverage="enrolled",
    theme="unemployment",
    retention=Retention(6, birthday=25, basis="Limitation Act 1980: 6 years after the tenancy ended; children of the household until the 25th birthday"),
    parts=(
        Part(
            "member", "One row a member of a tenancy.", "housing_member.csv",
            (*person("housing_id", "Housing person number", *FIELDS), text("tenancy_ref", "Tenancy number", required=True), code("role", "Role", ROLE),
             date("from_date", "From", required=True), date("to_date", "To")),
            (who("housing_id", *FIELDS, seen_from="from_date", seen_to="to_date"),),
            known="occurred_on + 14",
            events=(EventRule("tenancy", "from_date", ended="to_date"),),
            groups=(Group("household", "tenancy_ref", "from_date", "to_date"),),
            span=Span("from_date", "to_date"),
        ),
        Part(
            "arrears", "Rent owed at the end of a quarter, over four weeks' rent.", "housing_arrears_{year}.csv",
            (text("housing_id", "Housing person number", required=True), date("quarter_end", "Quarter end", required=True),
             number("owed", "Pounds owed", required=True)),
            (Who({"local_id": "housing_id"}),), known="occurred_on + 14", events=(EventRule("arrears", "quarter_end", value="owed"),),
        ),
        Part(
            "notice", "Each eviction notice.", "housing_notice.csv",
            (text("housing_id", "Housing person number", required=True), date("served_on", "Served", required=True)),
            (Who({"local_id": "housing_id"}),), known="occurred_on + 14", events=(EventRule("eviction_notice", "served_on"),),
        ),
        Part(
            "homeless", "Each homelessness application, one row a member.", "housing_homeless.csv",
            (*person("housing_id", "Housing person number", *FIELDS), text("case_ref", "Case number", required=True), text("reason", "Reason"),
             date("applied_on", "Applied", required=True), date("placed_from", "Placed from"), date("placed_to", "Placed to")),
            (who("housing_id", *FIELDS, seen_from="applied_on", seen_to="placed_to"),),
            known="occurred_on + 14",
            events=(
                EventRule("homeless", "applied_on", detail="reason"),
                EventRule("temporary_home", "placed_from", ended="placed_to", when="placed_from IS NOT NULL"),
            ),
            groups=(Group("household", "case_ref", "applied_on", "placed_to"),),
        ),
    ),
)  # fmt: skip

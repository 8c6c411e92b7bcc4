"""The children's social care case system: whom it knows, how they are related, who holds the case."""

from data.schema import EventRule, Part, Relation, Retention, Source, Who, date, text
from data.sources.contract import HOME, NAME, person, who

FIELDS = (*NAME, "former_surname", "ethnicity", *HOME, "nhs_number", "upn")
WORDS = "parent, child, sibling, partner, associate"

SOURCE = Source(
    name="social_care",
    label="Children's social care case system",
    owner="Avonbridge Council, children's social care",
    call="Children's social care duty team, 01632 960 112, childrens.duty@avonbridge.example",
    about="Everyone the service knows, with addresses, relations and the worker who holds the case.",
    gateway="Children Act 1989 s.17 and s.47; Children Act 2004 s.10",
    refresh_days=1,
    coverage="everyone",
    theme="children needing help",
    retention=Retention(6, birthday=25, basis="Council retention schedule for social care records: children until the 25th birthday, adults 6 years after the case closed"),
    parts=(
        Part(
            "client", "Each person, once an address.", "social_care_client.csv",
            (*person("client_number", "Client number", *FIELDS), date("recorded_from", "Address from"), date("recorded_to", "Address to")),
            (who("client_number", *FIELDS, seen_from="recorded_from", seen_to="recorded_to"),),
        ),
        Part(
            "relation", f"Who is what to whom ({WORDS}): the other person is this to the first.", "social_care_relation.csv",
            (text("client_number", "Client number", required=True), text("other_number", "Other client's number", required=True),
             text("relation", "Relation", required=True), date("from_date", "From"), date("to_date", "To"), date("recorded_on", "Recorded")),
            (Who({"local_id": "client_number"}), Who({"local_id": "other_number"}, "other")),
            known="recorded_on",
            relations=(Relation("relation", "other", start="from_date", end="to_date"),),
        ),
        Part(
            "do_not_link", "Two files of an adopted child, before and after the order: never to be linked.", "social_care_do_not_link.csv",
            (text("client_number", "Client number", required=True), text("other_number", "Other client's number", required=True),
             text("reason", "Reason"), date("recorded_on", "Recorded")),
            (Who({"local_id": "client_number"}), Who({"local_id": "other_number"}, "other")),
            known="recorded_on",
            relations=(Relation("'do_not_link'", "other"),),
        ),
        Part(
            "worker", "Who held the case when.", "social_care_worker.csv",
            (text("client_number", "Client number", required=True), text("worker", "Worker"), text("team", "Team"),
             date("from_date", "From", required=True), date("to_date", "To")),
            (Who({"local_id": "client_number"}),), known="occurred_on + 1",
            events=(EventRule("worker", "from_date", ended="to_date", detail="concat_ws(', ', worker, team)"),),
        ),
    ),
)  # fmt: skip

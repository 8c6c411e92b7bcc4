"""Children's centres and funded early education."""

from data.schema import Codes, EventRule, Group, Part, Retention, Source, code, date, number, text
from data.sources.contract import NAME, person, who

FIELDS = (*NAME, "postcode")
ROLE = Codes("role", {"child": "child", "parent": "parent or carer"})

SOURCE = Source(
    name="childrens_centres",
    label="Children's centres and early education",
    owner="Avonbridge Council, early years",
    call="Children's centres team, 01632 960 116, childrens.centres@avonbridge.example",
    about="Families who go to a children's centre, quarter by quarter, and two year-olds in funded early education.",
    gateway="Childcare Act 2006 s.1, s.5A and s.7; consent of the parent",
    refresh_days=92,
    coverage="everyone",
    theme="children needing help",
    retention=Retention(6, birthday=25, basis="Council retention schedule for early help: until the 25th birthday"),
    parts=(
        Part(
            "attendance", "One row a person and quarter.", "childrens_centre_{year}.csv",
            (*person("centre_member", "Membership number", *FIELDS), text("family_ref", "Family's membership"), code("role", "Role", ROLE), text("centre", "Centre"),
             date("visits_from", "Quarter from", required=True), date("visits_to", "Quarter to", required=True), number("visits", "Times attended", required=True)),
            (who("centre_member", *FIELDS, seen_from="visits_from", seen_to="visits_to"),),
            known="visits_to + 14",
            events=(EventRule("childrens_centre", "visits_from", ended="visits_to", value="visits", when="visits > 0"),),
            groups=(Group("household", "family_ref", "visits_from", "visits_to"),),
        ),
        Part(
            "place", "One row a funded place of a two year-old.", "early_education_place.csv",
            (*person("centre_member", "Membership number", *FIELDS), text("provider", "Provider"), date("place_from", "From", required=True), date("place_to", "To")),
            (who("centre_member", *FIELDS, seen_from="place_from", seen_to="place_to"),),
            known="occurred_on + 21", events=(EventRule("early_place", "place_from", ended="place_to"),),
        ),
    ),
)  # fmt: skip

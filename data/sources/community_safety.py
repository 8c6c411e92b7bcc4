"""The council's and landlords' joint work on anti-social behaviour."""

from data.schema import Codes, EventRule, Group, Part, Retention, Source, Who, code, date, text
from data.sources.contract import HOME, NAME, person, who

FIELDS = (*NAME, *HOME)
ROLE = Codes("role", {"named": "named as responsible", "complainant": "complainant"})
NATURE = Codes(
    "kind of anti-social behaviour",
    {"noise": "noise", "rowdy": "rowdy behaviour", "intimidation": "intimidation", "damage": "damage", "drugs": "drugs",
     "vehicles": "vehicles", "litter": "rubbish", "neighbours": "a dispute between neighbours", "cuckooing": "a home taken over"},
)  # fmt: skip
ACTION = Codes(
    "action",
    {"warning": "warning letter", "contract": "acceptable behaviour contract", "notice": "community protection notice",
     "injunction": "civil injunction", "order": "criminal behaviour order", "closure": "closure order"},
)  # fmt: skip

SOURCE = Source(
    name="community_safety",
    label="Community safety",
    owner="Avonbridge Council, community safety",
    call="Anti-social behaviour team, 01632 960 117, community.safety@avonbridge.example",
    about="Anti-social behaviour cases of the council and landlords, who is named in them and who complained, and warnings and orders.",
    gateway="Crime and Disorder Act 1998 s.17 and s.115; Anti-social Behaviour, Crime and Policing Act 2014",
    refresh_days=14,
    coverage="everyone",
    theme="crime and anti-social behaviour",
    retention=Retention(6, birthday=25, basis="Crime and Disorder Act 1998 case records, after the Limitation Act 1980: 6 years"),
    parts=(
        Part(
            "case", "One row a person and case.", "community_safety_case_{year}.csv",
            (*person("asb_person", "Community safety person number", *FIELDS), text("case_ref", "Case number", required=True),
             code("role", "Role", ROLE, required=True), code("nature", "Kind", NATURE), date("opened_on", "Opened", required=True), date("closed_on", "Closed")),
            (who("asb_person", *FIELDS, seen_from="opened_on", seen_to="closed_on"),),
            known="occurred_on + 5",
            events=(
                EventRule("antisocial_case", "opened_on", ended="closed_on", detail="nature", when="role = 'named'"),
                EventRule("antisocial_complaint", "opened_on", ended="closed_on", detail="nature", when="role = 'complainant'"),
            ),
            groups=(Group("associate", "case_ref", "opened_on", when="role = 'named'"),),
        ),
        Part(
            "action", "One row a warning, contract, notice or order.", "community_safety_action.csv",
            (text("asb_person", "Community safety person number", required=True), code("action", "Action", ACTION, required=True),
             date("issued_on", "Issued", required=True)),
            (Who({"local_id": "asb_person"}),), known="occurred_on + 5", events=(EventRule("antisocial_action", "issued_on", detail="action"),),
        ),
    ),
)  # fmt: skip

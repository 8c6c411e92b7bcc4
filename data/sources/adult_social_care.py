"""Adult social care: care and support, and safeguarding of adults."""

from data.codes import ADULT_ABUSE
from data.schema import Codes, EventRule, Part, Retention, Source, code, date, flag
from data.sources.contract import HOME, NAME, person, who

FIELDS = (*NAME, "ethnicity", *HOME, "nhs_number")
#: Primary support reasons, from the adult social care client level data collection.
REASON = Codes(
    "reason for support",
    {"physical": "physical disability or illness", "sensory": "sight or hearing", "memory": "memory", "learning": "learning disability",
     "mental": "mental health", "substance": "alcohol or drugs", "social": "isolation or other", "carer": "caring for somebody"},
)  # fmt: skip

SOURCE = Source(
    name="adult_social_care",
    label="Adult social care",
    owner="Avonbridge Council, adult social care",
    call="Adult care duty desk, 01632 960 111, adultcare.duty@avonbridge.example",
    about="Adults with care and support, carers among them, and safeguarding concerns and enquiries about adults.",
    gateway="Care Act 2014 s.6, s.42 and s.45",
    refresh_days=7,
    coverage="everyone",
    theme="health",
    retention=Retention(8, basis="Council retention schedule for adult social care, after the Limitation Act 1980: 6 years, and 2 for complaints"),
    parts=(
        Part(
            "support", "One row a spell of care and support.", "adult_care_support.csv",
            (*person("adult_id", "Adult care number", *FIELDS), code("reason", "Reason for support", REASON), date("support_from", "From", required=True),
             date("support_to", "To")),
            (who("adult_id", *FIELDS, seen_from="support_from", seen_to="support_to"),),
            known="occurred_on + 7", events=(EventRule("adult_care", "support_from", ended="support_to", detail="reason"),),
        ),
        Part(
            "concern", "One row a safeguarding concern about an adult.", "adult_care_concern_{year}.csv",
            (*person("adult_id", "Adult care number", *FIELDS), code("harm", "Kind of harm", ADULT_ABUSE), date("raised_on", "Raised", required=True),
             flag("enquiry", "Enquiry begun (section 42)"), date("concluded_on", "Enquiry concluded")),
            (who("adult_id", *FIELDS, seen_from="raised_on", seen_to="raised_on"),),
            known="occurred_on + 2",
            events=(
                EventRule("adult_concern", "raised_on", detail="harm"),
                EventRule("adult_enquiry", "raised_on", ended="concluded_on", detail="harm", when="enquiry", known="occurred_on + 9"),
            ),
        ),
    ),
)  # fmt: skip

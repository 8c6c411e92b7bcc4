"""Probation: adults on community sentences, on licence, and in custody."""

from data.schema import Codes, EventRule, Part, Retention, Source, code, date
from data.sources.contract import NAME, person, who

FIELDS = (*NAME, "ethnicity", "postcode", "address")
SENTENCE = Codes(
    "sentence", {"community": "community order", "suspended": "suspended sentence", "licence": "licence after custody", "supervision": "post-sentence supervision"}
)  # fmt: skip

SOURCE = Source(
    name="probation",
    label="Probation",
    owner="The Probation Service, Avon Vale",
    call="Probation duty officer, 01632 960 131, duty@avonvale-probation.example",
    about="Adults under supervision, by which sentence, and spells in custody.",
    gateway="Offender Management Act 2007 s.14; Crime and Disorder Act 1998 s.115",
    refresh_days=31,
    coverage="everyone",
    theme="crime and anti-social behaviour",
    retention=Retention(6, basis="HM Prison and Probation Service retention schedule: 6 years after the sentence ended"),
    parts=(
        Part(
            "supervision", "One row a period of supervision.", "probation_supervision.csv",
            (*person("crn", "Case reference number", *FIELDS), code("sentence", "Sentence", SENTENCE), date("supervised_from", "From", required=True),
             date("supervised_to", "To")),
            (who("crn", *FIELDS, seen_from="supervised_from", seen_to="supervised_to"),),
            known="occurred_on + 21", events=(EventRule("probation", "supervised_from", ended="supervised_to", detail="sentence"),),
        ),
        Part(
            "custody", "One row a spell in custody.", "probation_custody.csv",
            (*person("crn", "Case reference number", *FIELDS), date("received_on", "Received", required=True), date("released_on", "Released")),
            (who("crn", *FIELDS, seen_from="received_on", seen_to="released_on"),),
            known="occurred_on + 21", events=(EventRule("custody", "received_on", ended="released_on"),),
        ),
    ),
)  # fmt: skip

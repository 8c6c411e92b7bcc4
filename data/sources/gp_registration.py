"""NHS: GP registrations."""

from data.schema import EventRule, Part, Retention, Source, Span, date, text
from data.sources.contract import HOME, NAME, person, who

FIELDS = (*NAME, "former_surname", *HOME, "nhs_number")

SOURCE = Source(
    name="gp_registration",
    label="GP registration",
    owner="Avon Vale Integrated Care Board",
    call="Safeguarding team of the care board, 01632 960 122, safeguarding@avonvale-icb.example",
    about="Who is registered with which practice, from when, at what address.",
    gateway="Health and Social Care Act 2012 s.251B; Children Act 2004 s.10",
    refresh_days=31,
    coverage="enrolled",
    theme="health",
    retention=Retention(10, birthday=25, basis="NHS Records Management Code of Practice 2023: GP records"),
    parts=(
        Part(
            "registration", "One row a registration and address.", "gp_registration.csv",
            (*person("patient_id", "Patient number", *FIELDS), text("practice", "Practice"), date("from_date", "From", required=True), date("to_date", "To")),
            (who("patient_id", *FIELDS, seen_from="from_date", seen_to="to_date"),),
            known="occurred_on + 14",
            events=(EventRule("registered", "from_date", ended="to_date", detail="practice"),),
            span=Span("from_date", "to_date"),
        ),
    ),
)  # fmt: skip

"""NHS: emergency department visits and community appointments."""

from data.schema import Codes, EventRule, Part, Retention, Source, Who, code, date, text
from data.sources.contract import NAME, person, who

FIELDS = (*NAME, "postcode", "nhs_number")
NATURE = Codes(
    "nature",
    {"injury": "injury", "illness": "illness", "assault": "assault", "self_harm": "self-harm or overdose",
     "intoxicated": "alcohol or drugs", "other": "other"},
)  # fmt: skip
CLINIC = Codes(
    "clinic",
    {"immunisation": "immunisation", "dentist": "dentist", "paediatrics": "paediatrics", "health_visitor": "health visitor",
     "sexual_health": "sexual health", "therapy": "therapy"},
)  # fmt: skip

SOURCE = Source(
    name="hospital",
    label="Hospital and community health",
    owner="Avon Vale NHS Trust",
    call="Hospital safeguarding nurses, 01632 960 123, safeguarding@avonvale-nhs.example",
    about="Emergency department visits, and community appointments kept and missed, for children and young people.",
    gateway="Health and Social Care Act 2012 s.251B; Children Act 2004 s.10",
    refresh_days=31,
    coverage="everyone",
    format="parquet",
    theme="health",
    retention=Retention(8, birthday=25, basis="NHS Records Management Code of Practice 2023: adults 8 years, children until the 25th birthday"),
    parts=(
        Part(
            "patient", "Each patient as last written down.", "hospital_patient.parquet",
            (*person("hospital_id", "Hospital number", *FIELDS), date("seen_on", "Last seen")),
            (who("hospital_id", *FIELDS, seen_to="seen_on"),),
        ),
        Part(
            "emergency", "One row a visit.", "hospital_emergency_{year}.parquet",
            (text("hospital_id", "Hospital number", required=True), code("nature", "Nature", NATURE), date("attended_on", "Attended", required=True)),
            (Who({"local_id": "hospital_id"}),), known="occurred_on + 21",
            events=(
                EventRule("emergency", "attended_on", detail="nature"),
                EventRule("emergency_self_harm", "attended_on", when="nature = 'self_harm'"),
                EventRule("emergency_intoxicated", "attended_on", when="nature = 'intoxicated'"),
            ),
        ),
        Part(
            "appointment", "One row an appointment.", "hospital_appointment_{year}.parquet",
            (text("hospital_id", "Hospital number", required=True), code("clinic", "Clinic", CLINIC), text("outcome", "kept or missed"),
             date("booked_for", "Booked for", required=True)),
            (Who({"local_id": "hospital_id"}),), known="occurred_on + 21",
            events=(
                EventRule("missed_appointment", "booked_for", detail="clinic", when="outcome = 'missed'"),
                EventRule("kept_appointment", "booked_for", detail="clinic", when="outcome = 'kept' AND clinic <> 'sexual_health'"),
                EventRule("sexual_health", "booked_for", when="outcome = 'kept' AND clinic = 'sexual_health'"),
            ),
        ),
    ),
)  # fmt: skip

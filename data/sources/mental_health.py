"""NHS: child and adolescent mental health, and drug and alcohol treatment."""

from data.schema import EventRule, Part, Retention, Source, date, text
from data.sources.contract import NAME, person, who

FIELDS = (*NAME, "postcode", "nhs_number")

SOURCE = Source(
    name="mental_health",
    label="Mental health and substance services",
    owner="Avon Vale Mental Health Partnership",
    call="Single point of access, 01632 960 126, access@avonvale-mentalhealth.example",
    about="Referrals to and care by child and adult mental health services, and drug and alcohol treatment.",
    gateway="Health and Social Care Act 2012 s.251B; Children Act 2004 s.10",
    refresh_days=31,
    coverage="everyone",
    theme="health",
    retention=Retention(20, birthday=25, basis="NHS Records Management Code of Practice 2023: mental health records 20 years"),
    parts=(
        Part(
            "referral", "One row a referral.", "mental_health_referral.csv",
            (*person("mh_id", "Service's number", *FIELDS), text("reason", "Reason"), date("referred_on", "Referred", required=True),
             date("care_from", "In care from"), date("care_to", "In care to")),
            (who("mh_id", *FIELDS, seen_from="referred_on", seen_to="care_to"),),
            known="occurred_on + 21",
            events=(
                EventRule("mental_health_referral", "referred_on", detail="reason"),
                EventRule("mental_health_care", "care_from", ended="care_to", when="care_from IS NOT NULL"),
            ),
        ),
        Part(
            "treatment", "One row a spell of drug or alcohol treatment.", "substance_treatment.csv",
            (*person("mh_id", "Service's number", *FIELDS), text("substance", "Substance"), date("from_date", "From", required=True), date("to_date", "To")),
            (who("mh_id", *FIELDS, seen_from="from_date", seen_to="to_date"),),
            known="occurred_on + 21", events=(EventRule("substance_treatment", "from_date", ended="to_date", detail="substance"),),
        ),
    ),
)  # fmt: skip

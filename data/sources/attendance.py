"""Schools' attendance, each half term, from their own systems."""

from data.schema import EventRule, Kind, Part, Retention, Source, Span, date, identifier, number, text
from data.sources.contract import who

FIELDS = ("forename", "surname", "birth_date", "upn")
MISSED = "coalesce(authorised, 0) + coalesce(unauthorised, 0)"
USABLE = f"possible > 0 AND {MISSED} BETWEEN 0 AND possible"

SOURCE = Source(
    name="attendance",
    label="School attendance",
    owner="Avonbridge schools, through the council's education service",
    call="The school's office, through the education data team, 01632 960 113, education.data@avonbridge.example",
    about="Sessions possible and missed by each pupil, half term by half term.",
    gateway="Education (Information About Individual Pupils) Regulations 2013; Children Act 2004 s.10",
    refresh_days=46,
    coverage="enrolled",
    numbering="school",
    format="parquet",
    theme="school attendance",
    retention=Retention(6, birthday=25, basis="School Attendance (Pupil Registration) (England) Regulations 2024: registers 6 years; pupil record until the 25th birthday"),
    parts=(
        Part(
            "half_term", "One row a pupil and half term.", "attendance_{year}.parquet",
            (identifier("upn", "Unique pupil number", Kind.UPN), text("forename", "Forename"), text("surname", "Surname"), date("birth_date", "Date of birth"),
             text("school", "School"), date("from_date", "From", required=True), date("to_date", "To", required=True),
             number("possible", "Sessions possible", required=True), number("authorised", "Missed with permission"),
             number("unauthorised", "Missed without permission"), date("sent_on", "Sent", required=True)),
            (who("upn", *FIELDS, seen_from="from_date", seen_to="to_date"),),
            known="sent_on",
            events=(
                EventRule("attendance", "from_date", ended="to_date", value=f"100 * (1 - ({MISSED}) / possible)", when=USABLE),
                EventRule("unauthorised", "from_date", ended="to_date", value="unauthorised", when=f"{USABLE} AND unauthorised > 0"),
            ),
            span=Span("from_date", "to_date"),
        ),
    ),
)  # fmt: skip

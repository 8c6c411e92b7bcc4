"""Education welfare: legal action over attendance, and children outside school or hardly in it."""

from data.codes import SEX
from data.schema import Codes, EventRule, Kind, Part, Relation, Retention, Source, Who, code, date, identifier, text
from data.sources.contract import HOME, NAME, person, who

FIELDS = (*NAME, *HOME, "upn")
STEP = Codes(
    "legal step",
    {"letter": "notice to improve", "penalty": "penalty notice", "supervision": "education supervision order", "court": "prosecution"},
)  # fmt: skip
STATUS = Codes("status", {"missing": "missing education", "home": "educated at home", "reduced": "reduced timetable"})

SOURCE = Source(
    name="education_welfare",
    label="Education welfare",
    owner="Avonbridge Council, education welfare",
    call="Education welfare duty officer, 01632 960 120, education.welfare@avonbridge.example",
    about="Legal action over attendance with the parent it was taken against; children missing education, taught at home or on a reduced timetable.",
    gateway="Education Act 1996 s.436A, s.437 and s.444; Children Act 2004 s.10",
    refresh_days=7,
    coverage="everyone",
    theme="school attendance",
    retention=Retention(6, birthday=25, basis="IRMS toolkit for schools: pupil record until the 25th birthday"),
    parts=(
        Part(
            "notice", "One row a legal step, child and parent.", "education_welfare_notice_{year}.csv",
            (text("ews_child", "Child's number", required=True), text("child_forename", "Child's forename"), text("child_surname", "Child's surname"),
             date("child_birth_date", "Child's date of birth"), code("child_sex", "Child's sex", SEX), identifier("upn", "Unique pupil number", Kind.UPN),
             text("ews_parent", "Parent's number"), text("parent_forename", "Parent's forename"), text("parent_surname", "Parent's surname"),
             identifier("postcode", "Postcode", Kind.POSTCODE), code("step", "Legal step", STEP, required=True), date("issued_on", "Issued", required=True)),
            (
                Who({"local_id": "ews_child", "forename": "child_forename", "surname": "child_surname", "birth_date": "child_birth_date", "sex": "child_sex",
                     "upn": "upn", "postcode": "postcode", "seen_from": "issued_on", "seen_to": "issued_on"}),
                Who({"local_id": "ews_parent", "forename": "parent_forename", "surname": "parent_surname", "postcode": "postcode",
                     "seen_from": "issued_on", "seen_to": "issued_on"}, "parent"),
            ),
            known="occurred_on + 7",
            events=(EventRule("attendance_notice", "issued_on", detail="step"),),
            relations=(Relation("'parent'", "parent", start="child_birth_date", when="ews_parent IS NOT NULL"),),
        ),
        Part(
            "episode", "One row a spell out of school, or hardly in it.", "education_welfare_episode.csv",
            (*person("ews_child", "Child's number", *FIELDS), code("status", "Status", STATUS, required=True), date("began_on", "From", required=True),
             date("finished_on", "To")),
            (who("ews_child", *FIELDS, seen_from="began_on", seen_to="finished_on"),),
            known="occurred_on + 14",
            events=(
                EventRule("missing_education", "began_on", ended="finished_on", when="status = 'missing'"),
                EventRule("home_education", "began_on", ended="finished_on", when="status = 'home'"),
                EventRule("reduced_timetable", "began_on", ended="finished_on", when="status = 'reduced'"),
            ),
        ),
    ),
)  # fmt: skip

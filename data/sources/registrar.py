"""Registrar: births, with the parents named."""

from data.codes import SEX
from data.schema import EventRule, Kind, Part, Relation, Retention, Source, Who, code, date, identifier, text

SOURCE = Source(
    name="registrar",
    label="Registrar of births",
    owner="Avonbridge Register Office",
    call="Register office, 01632 960 132, register.office@avonbridge.example",
    about="Each birth registered in the city, with the mother and, where named, the other parent.",
    gateway="Births and Deaths Registration Act 1953; Digital Economy Act 2017 s.46",
    refresh_days=31,
    coverage="everyone",
    theme="family",
    retention=Retention(25, birthday=75, basis="Births and Deaths Registration Act 1953: registers are permanent; the copy is kept as long as any council record of a child"),
    parts=(
        Part(
            "birth", "One row a birth.", "registrar_birth.csv",
            (text("child_ref", "Child's entry", required=True), text("child_forename", "Child's forename"), text("child_surname", "Child's surname"),
             date("child_birth_date", "Date of birth", required=True), code("child_sex", "Child's sex", SEX), text("mother_ref", "Mother's entry"),
             text("mother_forename", "Mother's forename"), text("mother_surname", "Mother's surname"),
             text("mother_former_surname", "Mother's former surname"), date("mother_birth_date", "Mother's date of birth"),
             text("father_ref", "Father's entry"), text("father_forename", "Father's forename"), text("father_surname", "Father's surname"),
             date("father_birth_date", "Father's date of birth"), identifier("postcode", "Postcode", Kind.POSTCODE), date("registered_on", "Registered")),
            (
                Who({"local_id": "child_ref", "forename": "child_forename", "surname": "child_surname", "birth_date": "child_birth_date",
                     "sex": "child_sex", "postcode": "postcode", "seen_from": "child_birth_date", "seen_to": "registered_on"}),
                Who({"local_id": "mother_ref", "forename": "mother_forename", "surname": "mother_surname", "former_surname": "mother_former_surname",
                     "birth_date": "mother_birth_date", "postcode": "postcode", "seen_from": "registered_on", "seen_to": "registered_on"}, "mother"),
                Who({"local_id": "father_ref", "forename": "father_forename", "surname": "father_surname", "birth_date": "father_birth_date",
                     "postcode": "postcode", "seen_from": "registered_on", "seen_to": "registered_on"}, "father"),
            ),
            known="coalesce(registered_on, occurred_on + 42)",
            events=(EventRule("birth", "child_birth_date"),),
            relations=(
                Relation("'parent'", "mother", start="child_birth_date", when="mother_ref IS NOT NULL"),
                Relation("'parent'", "father", start="child_birth_date", when="father_ref IS NOT NULL"),
            ),
        ),
    ),
)  # fmt: skip

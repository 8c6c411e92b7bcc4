"""School census: pupils on roll and off, each term, as the council's tables name them.

Tables and columns come and go from term to term: what a layout lacks is told, what it has is taken. The tables that
nothing is taken from (learning aims, nationalities, classes ...) are counted as one part, so that a census may be handed
over whole.
"""

from data.codes import ABSENCE, EXCLUSION, EXCLUSION_REASON, SEN_PROVISION, SEX
from data.schema import EventRule, Kind, Part, Retention, Source, Span, Who, code, date, identifier, number, text

ON, OFF = "pupilonrolltableid", "pupilnolongeronrolltableid"
PUPIL = {
    "local_id": "upn", "surname": "surname", "forename": "forename", "middle_names": "middlenames",
    "former_surname": "formersurname", "birth_date": "dob", "sex": "sex", "upn": "upn",
}  # fmt: skip


def _pupil(key: str) -> tuple:
    return (
        text(key, "Row key"), text("NativeId", "School", "estab"), date("dob", "Date of birth", "dateofbirth"), text("surname", "Surname"),
        text("forename", "Forename"), text("middlenames", "Middle names", "middlename"), text("preferredsurname", "Preferred surname"),
        text("formersurname", "Former surname"), identifier("upn", "Unique pupil number", Kind.UPN),
        identifier("formerupn", "Former pupil number", Kind.UPN), code("sex", "Sex", SEX, "gender"), date("entrydate", "Joined"),
        number("termlysessionspossible", "Sessions possible"), number("termlysessionsauthorised", "Sessions missed with permission"),
        number("termlysessionsunauthorised", "Sessions missed without permission"),
    )  # fmt: skip


#: What the standard has beside what is read: keys of the tables, hours, and whatever else a table holds.
UNREAD = ("nativeid", "sourceid", "*tableid", "*orderseqcolumn")
UNREAD_PUPIL = (
    *UNREAD, "uniquelearnernumber", "*sessions*", "*hrs*", "*hours*", "parttime", "boarder", "ethnicity", "language", "*gcse*", "*flag", "missingaddress",
    "duplicatenotfunded", "schoollunchtaken", "topupfunding", "ftemp", "classtype", "adoptedfromcare", "plaa", "yssa", "*indicator", "eyp*",
    "*code", "servicechild", "youngcarer", "countryofbirth", "proficiencyinenglish", "fsm*", "preferred*", "enrolstatus", "ncyear*", "sen*",
    "*funding*", "disability*", "firstlanguage*", "modeoftravel", "pupilpremium*",
)  # fmt: skip
MISSED = "coalesce(termlysessionsauthorised, 0) + coalesce(termlysessionsunauthorised, 0)"
ATTENDED = f"100 * (1 - ({MISSED}) / termlysessionspossible)"
# From 2025 two of the terms no longer say what was missed in the pupil's own row: that is unknown, not nothing.
USABLE = (
    "coalesce(termlysessionsauthorised, termlysessionsunauthorised) IS NOT NULL "
    f"AND termlysessionspossible > 0 AND {MISSED} BETWEEN 0 AND termlysessionspossible"
)
ATTENDANCE = (EventRule("attendance_term", "period_from", ended="period_to", value=ATTENDED, when=USABLE),)


def _sessions(name: str, about: str, parent: str, key: str) -> Part:
    columns = (
        text(key, "Row key of the pupil", required=True), number("sessions", "Sessions", "absencesessions"),
        code("attendancereason", "Reason", ABSENCE, "absencereason"),
    )  # fmt: skip
    return Part(
        name,
        about,
        f"{{year}}_{{term}}_{name}.csv",
        columns,
        parent=(parent, key, key),
        known="delivered",
        unread=UNREAD,
    )


def _exclusions(name: str, parent: str, key: str) -> Part:
    return Part(
        name, "Each suspension or exclusion.", f"{{year}}_{{term}}_{name}.csv",
        (text(key, "Row key of the pupil", required=True), date("startdate", "From"), number("sessions", "Sessions"),
         code("reason1", "Main reason", EXCLUSION_REASON, "reason"), code("reason2", "Second reason", EXCLUSION_REASON),
         code("reason3", "Third reason", EXCLUSION_REASON), code("category", "Kind", EXCLUSION), code("senprovision", "Special needs", SEN_PROVISION)),
        parent=(parent, key, key), known="delivered",
        events=(
            EventRule("suspension", "startdate", value="sessions", detail="reason1", when="category IN ('SUSP', 'LNCH')"),
            EventRule("exclusion", "startdate", detail="reason1", when="category = 'PERM'"),
        ),
        unread=(*UNREAD, "reinstatementdate", "reviewdate", "reviewresult", "senexpert"),
    )  # fmt: skip


def _addresses(name: str, parent: str, key: str) -> Part:
    return Part(
        name, "Each address of a pupil.", f"{{year}}_{{term}}_{name}.csv",
        (text(key, "Row key of the pupil", required=True), identifier("uniquepropertyreferencenumber", "Property number", Kind.UPRN, "uprn"),
         identifier("postcode", "Postcode", Kind.POSTCODE)),
        (Who({"uprn": "uniquepropertyreferencenumber", "postcode": "postcode"}),), parent=(parent, key, key), known="delivered",
        unread=(*UNREAD, "saon", "paon", "street", "locality", "town", "administrativearea", "posttown", "addressline*", "county", "country"),
    )  # fmt: skip


SOURCE = Source(
    name="school_census",
    label="School census",
    owner="Avonbridge schools, through the council's education service",
    call="The school's office, through the education data team, 01632 960 113, education.data@avonbridge.example",
    about="Every pupil in a state school each term: school, absence, suspensions, special needs and free meals.",
    gateway="Education Act 1996 s.537A; Children Act 2004 s.10",
    refresh_days=122,
    coverage="enrolled",
    numbering="school",
    theme="school attendance",
    retention=Retention(6, birthday=25, basis="IRMS toolkit for schools: pupil record until the 25th birthday"),
    parts=(
        Part(
            "pupilonroll", "Each pupil on roll on census day.", "{year}_{term}_pupilonroll.csv",
            (*_pupil(ON), code("senprovision", "Special needs", SEN_PROVISION), text("ncyearactual", "Year group"),
             text("enrolstatus", "Enrolment status"), text("language", "Language")),
            (Who(PUPIL),), known="delivered",
            events=(
                *ATTENDANCE,
                EventRule("enrolment", "coalesce(entrydate, period_to)", detail="NativeId"),
                EventRule("sen_support", "period_from", ended="period_to", when="senprovision = 'K'"),
                EventRule("ehc_plan", "period_from", ended="period_to", when="senprovision = 'E'"),
            ),
            span=Span("period_from", "delivered + 150"), unread=UNREAD_PUPIL,
        ),
        Part(
            "pupilnolongeronroll", "Each pupil who left since the last census.", "{year}_{term}_pupilnolongeronroll.csv",
            (*_pupil(OFF), date("leavingdate", "Left")), (Who(PUPIL),), known="delivered", events=ATTENDANCE,
            span=Span("entrydate", "leavingdate"), unread=UNREAD_PUPIL,
        ),
        _exclusions("termlyexclusionsonroll", "pupilonroll", ON),
        _exclusions("termlyexclusionsoffroll", "pupilnolongeronroll", OFF),
        _sessions("termlysessiondetailsonroll", "Sessions missed by reason.", "pupilonroll", ON),
        _sessions("termlysessiondetailsoffroll", "Sessions missed by reason, leavers.", "pupilnolongeronroll", OFF),
        _sessions("annualsessiondetailsonroll", "Sessions missed in the year, by reason.", "pupilonroll", ON),
        _sessions("annualsessiondetailsoffroll", "Sessions missed in the year, leavers.", "pupilnolongeronroll", OFF),
        _sessions("summerhalfterm2sessiondetailsonroll", "Second half of summer term, by reason.", "pupilonroll", ON),
        _sessions("summerhalfterm2sessiondetailsoffroll", "Second half of summer term, leavers.", "pupilnolongeronroll", OFF),
        _addresses("addressesonroll", "pupilonroll", ON),
        _addresses("addressesoffroll", "pupilnolongeronroll", OFF),
        Part(
            "fsmperiodsonroll", "Each spell of free school meals.", "{year}_{term}_fsmperiodsonroll.csv",
            (text(ON, "Row key of the pupil", required=True), date("fsmstartdate", "From"), date("fsmenddate", "To"),
             text("ukcountry", "Country")),
            parent=("pupilonroll", ON, ON), known="delivered",
            events=(EventRule("free_meals", "fsmstartdate", ended="CASE WHEN fsmenddate >= fsmstartdate THEN fsmenddate END"),),
            unread=UNREAD,
        ),
        Part(
            "other_table", "Tables of the census that nothing is taken from.", "{year}_{term}_other.csv",
            (text("sourceid", "Row key of the school"), text("NativeId", "School"), text(ON, "Row key of the pupil"),
             text(OFF, "Row key of the leaver")),
            unread=("*",), catch_all=True,
        ),
    ),
)  # fmt: skip

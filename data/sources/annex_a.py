"""Ofsted Annex A: the workbook that an inspection asks for, lists 1 to 11."""

from data.codes import ABUSE, ETHNICITY, LEGAL_STATUS, NEED, PLACEMENT, REFERRAL_SOURCE, SEX
from data.schema import Column, EventRule, Part, Source, Who, code, date, flag, text, whole

FILE = "annex_a_{year}.xlsx"
BASE: tuple[Column, ...] = (
    text("Child Unique ID", "Child number", "Child ID", "Child unique identifier", required=True),
    code("Gender", "Sex", SEX, "Sex"),
    code("Ethnicity", "Ethnicity", ETHNICITY),
    date("Date of Birth", "Date of birth"),
)
WORKER: tuple[Column, ...] = (text("Allocated Team", "Team"), text("Allocated Worker", "Worker"))
WHO = (Who({"local_id": "Child Unique ID", "sex": "Gender", "ethnicity": "Ethnicity", "birth_date": "Date of Birth"}),)
KNOWN = "occurred_on + 5"


def _list(number: int, about: str, columns: tuple[Column, ...], events: tuple[EventRule, ...] = (), worker: bool = True) -> Part:
    """One list of the workbook; ``worker`` where it says who holds the case, as at the workbook's date."""
    if worker:
        columns = (*columns, *WORKER)
        events = (*events, EventRule("worker", "period_to", detail='"Allocated Team"', when='"Allocated Team" IS NOT NULL', known="delivered"))
    return Part(f"list_{number}", about, FILE, (*BASE, *columns), WHO, known=KNOWN, events=events)


SOURCE = Source(
    name="annex_a",
    label="Ofsted Annex A lists",
    owner="Avonbridge Council, children's social care",
    about="Every child in contact with children's social care in the last six months, with the team that holds the case.",
    gateway="Children Act 1989 s.83; Education and Inspections Act 2006 s.136",
    refresh_days=183,
    coverage="everyone",
    numbering="social_care",
    format="annex_a",
    theme="children needing help",
    parts=(
        _list(1, "Contacts.", (date("Date of Contact", "Contact", required=True), code("Contact Source", "From whom", REFERRAL_SOURCE)), worker=False),
        _list(
            2, "Early help assessments.",
            (date("Assessment start date", "Began", required=True), date("Assessment completion date", "Completed"),
             text("Organisation completing assessment", "By whom")), worker=False,
        ),
        _list(
            3, "Referrals.",
            (date("Date of Referral", "Referred", required=True), code("Referral Source", "Who referred", REFERRAL_SOURCE),
             flag("Referral NFA?", "No further action"), whole("Number of Referrals in Last 12 Months", "Referrals in 12 months")),
            (EventRule("referral", '"Date of Referral"', detail='"Referral Source"'),),
        ),
        _list(
            4, "Assessments.",
            (flag("Does the Child have a Disability", "Disabled"), date("Continuous Assessment Start Date", "Began", required=True),
             flag("Child Seen During Continuous Assessment", "Child seen"), date("Continuous Assessment Date of Authorisation", "Authorised")),
            (EventRule("assessment", '"Continuous Assessment Start Date"', ended='"Continuous Assessment Date of Authorisation"'),),
        ),
        _list(
            5, "Child protection enquiries.",
            (flag("Does the Child have a Disability", "Disabled"),
             date("Strategy discussion initiating Section 47 Enquiry Start Date", "Began", required=True),
             date("Date of Initial Child Protection Conference", "Conference")),
            (EventRule("section47", '"Strategy discussion initiating Section 47 Enquiry Start Date"'),),
        ),
        _list(
            6, "Children in need.",
            (flag("Does the Child have a Disability", "Disabled"), date("CIN Start Date", "From", required=True),
             code("Primary Need Code", "Need", NEED), date("Date Child Was Last Seen", "Last seen"), date("CIN Closure Date", "Closed"),
             text("Reason for Closure", "Why it closed"), text("Case Status", "Status")),
        ),
        _list(
            7, "Child protection plans.",
            (flag("Does the Child have a Disability", "Disabled"), date("Child Protection Plan Start Date", "From", required=True),
             code("Initial Category of Abuse", "First category", ABUSE), code("Latest Category of Abuse", "Latest category", ABUSE),
             date("Date of the Last Statutory Visit", "Last visit"), date("Child Protection Plan End Date", "To"),
             whole("Number of Previous Child Protection Plans", "Earlier plans")),
            (EventRule("protection_plan", '"Child Protection Plan Start Date"', ended='"Child Protection Plan End Date"',
                       detail='"Initial Category of Abuse"'),),
        ),
        _list(
            8, "Children in care.",
            (flag("Does the Child have a Disability", "Disabled"), date("Date Started to be Looked After", "From", required=True),
             code("Child's Category of Need", "Need", NEED), code("Child's Legal Status", "Legal status", LEGAL_STATUS),
             date("Date of Latest Statutory Review", "Latest review"), date("Date Ceased to be Looked After", "To"),
             date("Start Date of Most Recent Placement", "Placed"), code("Placement Type", "Placement", PLACEMENT)),
            (EventRule("looked_after", '"Date Started to be Looked After"'),),
        ),
        _list(
            9, "Care leavers.",
            (flag("Does the Child have a Disability", "Disabled"), text("Eligibility Category", "Eligibility"), text("LA in Touch", "In touch"),
             text("Type of Accommodation", "Accommodation"), text("Suitability of Accommodation", "Suitable"), text("Activity Status", "Activity")),
        ),
        _list(
            10, "Adoption: children.",
            (text("Family identifier", "Family number"), flag("Does the Child have a Disability", "Disabled"),
             date("Date the Child Entered Care", "Entered care"), date("Date Placed for Adoption", "Placed"),
             date("Date of Adoption Order", "Order", "Date of Adoption Order ")), worker=False,
        ),
        Part(
            "list_11", "Adoption: adopters.", FILE,
            (text("Individual adopter identifier", "Adopter number", required=True), text("Family identifier", "Family number"),
             code("Gender", "Sex", SEX, "Sex"), code("Ethnicity", "Ethnicity", ETHNICITY), date("Date enquiry received", "Enquired"),
             date("Date application approved", "Approved")),
        ),
    ),
)  # fmt: skip

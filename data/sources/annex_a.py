"""Ofsted Annex A: the workbook that an inspection asks for, lists 1 to 11.

Every column but the child's number may be blank or unreadable: the child is kept, and what can't be read is told.
Other spellings, with ``*`` for anything, are those met in councils' workbooks since 2018.
"""

from data.codes import ABUSE, ETHNICITY, LEGAL_STATUS, NEED, PLACEMENT, REFERRAL_SOURCE, SEX
from data.schema import Column, EventRule, Part, Retention, Source, Who, code, date, flag, text, whole

FILE = "annex_a_{year}.xlsx"
BASE: tuple[Column, ...] = (
    text(
        "Child Unique ID",
        "Child number",
        "Child ID",
        "Child unique identifier",
        "Unique ID",
        "Child number",
        "Person ID",
        "Client ID",
        "*child* id",
        "*child* id *",
        "*child*identifier*",
        "*unique*id*",
        required=True,
    ),
    code("Gender", "Sex", SEX, "Sex", "Child gender", "Child sex"),
    code("Ethnicity", "Ethnicity", ETHNICITY, "Ethnic origin", "Ethnic group", "*ethnic*"),
    date("Date of Birth", "Date of birth", "DOB", "Birth date", "*date*birth*"),
)
WORKER: tuple[Column, ...] = (
    text("Allocated Team", "Team", "Team", "Team name", "*allocated*team*"),
    text("Allocated Worker", "Worker", "Worker", "Social worker", "Allocated social worker", "*allocated*worker*"),
)
DISABLED = flag("Does the Child have a Disability", "Disabled", "Disability", "Disabled", "*child*disab*")
WHO = (Who({"local_id": "Child Unique ID", "sex": "Gender", "ethnicity": "Ethnicity", "birth_date": "Date of Birth"}),)
KNOWN = "occurred_on + 5"
#: What the standard asks for beside what is read.
UNREAD: dict[int, tuple[str, ...]] = {
    4: ("was the child assessed*",),
    5: ("was an initial*conference deemed*", "did the initial*", "number of section 47*", "number of icpc*"),
    7: ("was the child seen alone*", "date of latest review*", "subject to emergency*"),
    8: (
        "unaccompanied asylum*", "is this a second*", "start date of current legal*", "date of last*", "what is the permanence*", "number of placements*",
        "reason ceased*", "placement provider*", "placement postcode*", "urn of*", "placement location*", "la of*", "number of episodes*",
        "was the child offered*", "did the child accept*",
    ),
    10: ("date of decision*", "date of placement order*", "date of matching*", "reason why*", "date the child was placed*"),
    11: ("disability*", "is the*fostering*", "date stage*", "date application submitted*", "date adopter matched*", "date child*placed*", "no. of*",
         "number of children*", "date of adoption*", "date of leaving*", "reason for leaving*"),
}  # fmt: skip


def _list(
    number: int, about: str, columns: tuple[Column, ...], events: tuple[EventRule, ...] = (), worker: bool = True
) -> Part:
    """One list of the workbook; ``worker`` where it says who holds the case, as at the workbook's date."""
    if worker:
        columns = (*columns, *WORKER)
        events = (
            *events,
            EventRule(
                "worker", "period_to", detail='"Allocated Team"', when='"Allocated Team" IS NOT NULL', known="delivered"
            ),
        )
    unread = ("age", "age of child*", "age at*", *UNREAD.get(number, ()))
    return Part(f"list_{number}", about, FILE, (*BASE, *columns), WHO, known=KNOWN, events=events, unread=unread)


SOURCE = Source(
    name="annex_a",
    label="Ofsted Annex A lists",
    owner="Avonbridge Council, children's social care",
    call="Children's social care duty team, 01632 960 112, childrens.duty@avonbridge.example",
    about="Every child in contact with children's social care in the last six months, with the team that holds the case.",
    gateway="Children Act 1989 s.83; Education and Inspections Act 2006 s.136",
    refresh_days=183,
    coverage="everyone",
    numbering="social_care",
    format="annex_a",
    theme="children needing help",
    retention=Retention(6, birthday=25, basis="Council retention schedule for children in need: until the 25th birthday"),
    parts=(
        _list(
            1, "Contacts.",
            (date("Date of Contact", "Contact", "Contact date", "*date*contact*"), code("Contact Source", "From whom", REFERRAL_SOURCE, "*contact*source*", "Source of contact")),
            worker=False,
        ),
        _list(
            2, "Early help assessments.",
            (date("Assessment start date", "Began", "Date assessment started", "*start*date*", "*date*start*"),
             date("Assessment completion date", "Completed", "Date assessment completed", "*complet*date*", "*date*complet*", "*end*date*"),
             text("Organisation completing assessment", "By whom", "Organisation", "*organisation*")), worker=False,
        ),
        _list(
            3, "Referrals.",
            (date("Date of Referral", "Referred", "Referral date", "*date*referral*", "*referral*date*"), code("Referral Source", "Who referred", REFERRAL_SOURCE, "Source of referral", "*referral*source*"),
             flag("Referral NFA?", "No further action", "NFA", "*nfa*", "*no further action*"),
             whole("Number of Referrals in Last 12 Months", "Referrals in 12 months", "*number*referrals*")),
            (EventRule("referral", '"Date of Referral"', detail='"Referral Source"'),),
        ),
        _list(
            4, "Assessments.",
            (DISABLED,
             date("Continuous Assessment Start Date", "Began", "Assessment start date", "Date assessment started", "*assessment*start*"),
             flag("Child Seen During Continuous Assessment", "Child seen", "Child seen", "*child seen*"),
             date("Continuous Assessment Date of Authorisation", "Authorised", "Assessment date of authorisation", "Assessment authorisation date", "*authoris*")),
            (EventRule("assessment", '"Continuous Assessment Start Date"', ended='"Continuous Assessment Date of Authorisation"'),),
        ),
        _list(
            5, "Child protection enquiries.",
            (DISABLED,
             date("Strategy discussion initiating Section 47 Enquiry Start Date", "Began", "Section 47 enquiry start date", "Section 47 start date", "S47 start date",
                  "*strategy discussion*", "*47*start*", "*47*date*"),
             date("Date of Initial Child Protection Conference", "Conference", "Date of ICPC", "ICPC date", "*date*initial*conference*")),
            (EventRule("section47", '"Strategy discussion initiating Section 47 Enquiry Start Date"'),),
        ),
        _list(
            6, "Children in need.",
            (DISABLED, date("CIN Start Date", "From", "Date CIN started", "*cin*start*", "*start*cin*", "Start date"),
             code("Primary Need Code", "Need", NEED, "Primary need", "Need code", "*need*code*"), date("Date Child Was Last Seen", "Last seen", "Date last seen", "*last seen*"),
             date("CIN Closure Date", "Closed", "*clos*date*", "*date*clos*"),
             text("Reason for Closure", "Why it closed", "Closure reason", "*reason*clos*"), text("Case Status", "Status", "*case*status*")),
        ),
        _list(
            7, "Child protection plans.",
            (DISABLED, date("Child Protection Plan Start Date", "From", "CP plan start date", "CPP start date", "*plan*start*"),
             code("Initial Category of Abuse", "First category", ABUSE, "*initial*category*"), code("Latest Category of Abuse", "Latest category", ABUSE, "*latest*category*", "*current*category*"),
             date("Date of the Last Statutory Visit", "Last visit", "Date of last visit", "*last*visit*"), date("Child Protection Plan End Date", "To", "CP plan end date", "CPP end date", "*plan*end*"),
             whole("Number of Previous Child Protection Plans", "Earlier plans", "*previous*plan*")),
            (EventRule("protection_plan", '"Child Protection Plan Start Date"', ended='"Child Protection Plan End Date"',
                       detail='"Initial Category of Abuse"'),),
        ),
        _list(
            8, "Children in care.",
            (DISABLED, date("Date Started to be Looked After", "From", "Date became looked after", "LAC start date", "CLA start date", "*start*looked after*", "*became looked after*"),
             code("Child's Category of Need", "Need", NEED, "Category of need", "*category*need*"), code("Child's Legal Status", "Legal status", LEGAL_STATUS, "Legal status", "*child*legal status"),
             date("Date of Latest Statutory Review", "Latest review", "*latest*review*", "*last*review*"), date("Date Ceased to be Looked After", "To", "LAC end date", "CLA end date", "date*ceased*looked after*"),
             date("Start Date of Most Recent Placement", "Placed", "*start*placement*"), code("Placement Type", "Placement", PLACEMENT, "*placement*type*")),
            (EventRule("looked_after", '"Date Started to be Looked After"'),),
        ),
        _list(
            9, "Care leavers.",
            (DISABLED, text("Eligibility Category", "Eligibility", "*eligib*"), text("LA in Touch", "In touch", "*in touch*"),
             text("Type of Accommodation", "Accommodation", "Accommodation type", "*type*accommodation*"),
             text("Suitability of Accommodation", "Suitable", "*suitab*"), text("Activity Status", "Activity", "*activity*")),
        ),
        _list(
            10, "Adoption: children.",
            (text("Family identifier", "Family number", "Family ID", "*family*id*"), DISABLED,
             date("Date the Child Entered Care", "Entered care", "*entered care*"), date("Date Placed for Adoption", "Placed", "date placed*"),
             date("Date of Adoption Order", "Order", "*adoption order*")), worker=False,
        ),
        Part(
            "list_11", "Adoption: adopters.", FILE,
            (text("Individual adopter identifier", "Adopter number", "Adopter ID", "*adopter*id*", required=True), text("Family identifier", "Family number", "Family ID", "*family*id*"),
             code("Gender", "Sex", SEX, "Sex"), code("Ethnicity", "Ethnicity", ETHNICITY, "*ethnic*"), date("Date enquiry received", "Enquired", "*enquiry*"),
             date("Date application approved", "Approved", "*approved*")), unread=UNREAD[11],
        ),
    ),
)  # fmt: skip

"""Files as each year and term has them, made from the published layouts: what is read must be what is there."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from itertools import cycle, islice

import openpyxl

YEARS = range(2017, 2027)
TERMS = ("autumn", "spring", "summer")
HOW_MANY = 12

PLACES = "A3 A4 A5 A6 K1 K2 P1 P3 R1 R2 R3 R5 S1 T0 T1 T2 T3 T4 U1 U2 U3 U4 U5 U6 Z1".split()
ENDS = "X1 E11 E12 E2 E3 E4A E4B E13 E41 E5 E6 E7 E9 E14 E15 E16 E17 E8".split()
CHANGES = "CARPL CLOSE ALLEG STAND APPRR CREQB CREQO CHILD LAREQ PLACE OTHER".split()
ORDERS = "C1 C2 D1 E1 V2 V3 V4 L1 L2 L3 J1 J2 J3".split()
ETHNICITIES = (
    "WBRI WIRI WIRT WOTH WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH REFU NOBT".split()
)
ABSENCES = {
    2016: "C E G H I M N O R S T U X Y Z #".split(),
    2021: "/ \\ B C D E G H I J L M N O P R S T U V W X Y Z #".split(),
    2025: "/ \\ B C C1 C2 D E G I J1 K L M N O P Q R S T U V W X Y1 Y2 Y3 Y4 Y5 Y6 Y7 Z #".split(),
}
Table = tuple[list[str], list[list[str]]]


def of_year(codes: dict[int, list[str]], year: int) -> list[str]:
    return codes[max(each for each in codes if each <= year)]


def drawn(codes: Sequence[str], many: int = HOW_MANY) -> list[str]:
    """The codes one after another, each at least once where there is room."""
    return list(islice(cycle(codes), many))


def written(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(headings)
    writer.writerows(rows)
    return stream.getvalue().encode()


def child(number: int) -> str:
    return f"C{number:04d}"


CHILDREN = [child(number) for number in range(HOW_MANY)]


def sexes(year: int) -> list[str]:
    return drawn(["1", "2"] if year < 2025 else ["M", "F", "U"])


def looked_after(year: int) -> dict[str, Table]:
    """Every list of the SSDA903 of a year."""
    day, dob = f"14/05/{year - 1}", "03/02/2008"
    places = PLACES + (["H5", "P2"] if year < 2023 else ["K3"]) + (["Z11", "Z12", "Z13", "Z14"] if year >= 2026 else [])
    ends = ENDS + (["E43", "E44"] if year < 2019 else ["E45", "E46", "E47", "E48"])
    changes = CHANGES + (["CUSTOD"] if year >= 2019 else [])
    many = max(len(places), len(ends))
    episodes = zip(
        drawn(CHILDREN, many), drawn("SLPTBU", many), drawn(ORDERS, many), drawn([f"N{n}" for n in range(1, 9)], many),
        drawn(places, many), drawn([f"PR{n}" for n in range(6)], many), drawn(ends, many), drawn(changes, many),
        strict=True,
    )  # fmt: skip
    key = [[each, dob] for each in CHILDREN]
    lists: dict[str, Table] = {
        "header": (
            "CHILD SEX DOB ETHNIC UPN MOTHER MC_DOB".split(),
            [
                [each, sex, dob, ethnic, "UN3", "0", ""]
                for each, sex, ethnic in zip(CHILDREN, sexes(year), drawn(ETHNICITIES), strict=True)
            ],
        ),
        "episodes": (
            "CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE HOME_POST PL_POST URN".split(),
            [
                [who, day, rne, ls, cin, place, provider, f"20/05/{year - 1}", rec, change, "BS1 4DJ", "BS28AA", "SC1"]
                for who, rne, ls, cin, place, provider, rec, change in episodes
            ],
        ),
        "reviews": ("CHILD DOB REVIEW REVIEW_CODE".split(), [[*each, day, "PN1"] for each in key]),
        "uasc": (
            "CHILD SEX DOB DUC".split(),
            [[who, sex, dob, "03/02/2026"] for (who, _), sex in zip(key, sexes(year), strict=True)],
        ),
        "oc2": (
            ("CHILD DOB SDQ_SCORE SDQ_REASON CONVICTED HEALTH_CHECK IMMUNISATIONS TEETH_CHECK HEALTH_ASSESSMENT "
             "SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED").split(),
            [[*each, "17", "SDQ1", *"01010101"] for each in key],
        ),
        "oc3": ("CHILD DOB IN_TOUCH ACTIV ACCOM".split(), [[*each, "YES", "F2", "U1"] for each in key]),
        "ad1": (
            "CHILD DOB DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR".split(),
            [[*each, day, day, "0", "2", "MF", "L11"] for each in key],
        ),
        "placed_adoption": (
            "CHILD DOB DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED".split(),
            [[*each, day, "", "RD1"] for each in key],
        ),
        "prev_perm": (
            "CHILD DOB PREV_PERM LA_PERM DATE_PERM".split(), [[*each, "P1", "801", "zz/zz/2015"] for each in key],
        ),
        "missing": (
            "CHILD DOB MISSING MIS_START MIS_END".split(),
            [[*each, kind, day, day] for each, kind in zip(key, drawn("MA"), strict=True)],
        ),
    }  # fmt: skip
    if year >= 2024:
        lists["social_worker"] = (
            "CHILD DOB SW_ID SW_DECOM SW_DEC SW_REASON".split(), [[*each, "SW1", day, "", "MANAGE"] for each in key],
        )  # fmt: skip
    if year >= 2025:
        lists["deprivation_of_liberty_order"] = (
            "CHILD DOB DOLO_START DOLO_END".split(), [[*each, day, ""] for each in key],
        )  # fmt: skip
    return lists


def leaves(names: Sequence[str], values: Sequence[str]) -> str:
    return "".join(
        f"<{name}>{value}</{name}>" if value else f"<{name}/>" for name, value in zip(names, values, strict=True)
    )


def looked_after_xml(year: int) -> str:
    """The same year as one file: what is the child's alone in HEADER, with the lists that repeat within it."""
    lists = looked_after(year)
    wrapped = {
        "reviews": "AREVIEW", "missing": "AMISSING", "oc2": "OC2", "prev_perm": "PERMANENCE",
        "placed_adoption": "AD_PLACED", "social_worker": "SW_EPISODE", "deprivation_of_liberty_order": "DOLO",
    }  # fmt: skip

    def mine(part: str, who: str, tag: str, drop: int) -> str:
        names, rows = lists.get(part, ([], []))
        held = [leaves(names[drop:], row[drop:]) for row in rows if row[0] == who]
        return "".join(f"<{tag}>{each}</{tag}>" if tag else each for each in held)

    people = []
    for at, who in enumerate(CHILDREN):
        names, rows = lists["header"]
        own = leaves(["CHILDID", *names[1:]], rows[at])
        flat = "<UASC>1</UASC>" + "".join(
            mine(part, who, "", 3 if part == "uasc" else 2) for part in ("uasc", "oc3", "ad1")
        )
        inner = "".join(mine(part, who, tag, 2) for part, tag in wrapped.items())
        episodes = mine("episodes", who, "EPISODE", 1).replace("PLACE>", "PL>").replace("<PLACE/>", "<PL/>")
        people.append(f"<CHILD>\n<HEADER>{own}{flat}{inner}</HEADER>\n{episodes}</CHILD>\n")
    return f'<?xml version="1.0" encoding="utf-8"?>\n<SSDA903>\n{"".join(people)}</SSDA903>\n'


REFERRERS = "1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 6 7 8 9 10".split()
FACTORS = (
    [f"{n}{letter}" for n in range(1, 7) for letter in "ABC"]
    + "7A 8B 8C 8D 8E 8F 9A 10A 11A 12A 13A 14A 15A 16A 17A 18B 18C 19B 19C 20 21 22A 23A".split()
)  # fmt: skip


def census(year: int) -> str:
    """A children in need census with every element and every code of its year."""
    factors = FACTORS + (["24A"] if year >= 2022 else ["18A", "19A"]) + (["8A"] if year < 2018 else [])
    sex = "Sex" if year >= 2025 else "GenderCurrent"
    closed = [f"RC{n}" for n in range(1, 8)] + (["RC8"] if year >= 2018 else []) + (["RC9"] if year >= 2022 else [])
    referrers = REFERRERS + (["5D"] if year >= 2022 else [])
    many = max(len(referrers), HOW_MANY)
    turns = {
        "sex": ["1", "2", "0", "9"] if year < 2025 else ["M", "F", "U"], "ethnicity": ETHNICITIES, "referrer": referrers,
        "closed": closed, "abuse": ["NEG", "PHY", "SAB", "EMO", "MUL"],
    }  # fmt: skip
    drawings = {what: drawn(codes, many) for what, codes in turns.items()}
    people = [
        _census_child(who, at, year, {what: codes[at] for what, codes in drawings.items()}, factors[at::many], sex)
        for at, who in enumerate(map(child, range(many)))
    ]
    about = leaves(["Collection", "Year", "ReferenceDate"], ["CIN", str(year), f"{year}-03-31"])
    sent = leaves(
        ["SourceLevel", "LEA", "SoftwareCode", "Release", "SerialNo", "DateTime"],
        ["L", "801", "X", "1", "001", f"{year}-05-23T11:14:05"],
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<Message>\n<Header><CollectionDetails>'
        f"{about}</CollectionDetails><Source>{sent}</Source></Header>\n<Children>\n{''.join(people)}</Children>\n</Message>\n"
    )


def _census_child(who: str, at: int, year: int, drawn: dict[str, str], factors: list[str], sex: str) -> str:
    begun, ended = f"{year - 1}-06-01", f"{year - 1}-09-01"
    found = "".join(f"<AssessmentFactors>{each}</AssessmentFactors>" for each in factors)
    plan = leaves(["CINPlanStartDate", "CINPlanEndDate"], [begun, ended])
    parts = {
        "ChildIdentifiers": leaves(
            ["LAchildID", "UPNunknown", "PersonBirthDate", sex], [who, f"UN{at % 7 + 1}", "2010-02-03", drawn["sex"]]
        ),
        "ChildCharacteristics": f"<Ethnicity>{drawn['ethnicity']}</Ethnicity>"
        "<Disabilities><Disability>AUT</Disability><Disability>DDA</Disability></Disabilities>",
        "CINdetails": leaves(
            ["CINreferralDate", "ReferralSource", "PrimaryNeedCode", "CINclosureDate", "ReasonForClosure",
             "DateOfInitialCPC"],
            [begun, drawn["referrer"], f"N{at % 10}", ended, drawn["closed"], begun],
        )
        + "<Assessments>"
        + leaves(
            ["AssessmentActualStartDate", "AssessmentInternalReviewDate", "AssessmentAuthorisationDate"],
            [begun, begun, ended],
        )
        + f"<FactorsIdentifiedAtAssessment>{found}</FactorsIdentifiedAtAssessment></Assessments>"
        + ("" if year == 2021 else f"<CINPlanDates>{plan}</CINPlanDates>")
        + "<Section47>"
        + leaves(
            ["S47ActualStartDate", "InitialCPCtarget", "DateOfInitialCPC", "ICPCnotRequired"], [begun, begun, begun, "0"]
        )
        + "</Section47><ReferralNFA>0</ReferralNFA><ChildProtectionPlans>"
        + leaves(
            ["CPPstartDate", "CPPendDate", "InitialCategoryOfAbuse", "LatestCategoryOfAbuse", "NumberOfPreviousCPP"],
            [begun, ended, drawn["abuse"], "NEG", "0"],
        )
        + f"<Reviews><CPPreviewDate>{ended}</CPPreviewDate></Reviews></ChildProtectionPlans>",
    }  # fmt: skip
    return "<Child>\n" + "\n".join(f"<{tag}>{held}</{tag}>" for tag, held in parts.items()) + "\n</Child>\n"


PUPIL_KEYS = {"pupilonroll": "pupilonrolltableid", "pupilnolongeronroll": "pupilnolongeronrolltableid"}


def school_census(year: int, term: str) -> dict[str, Table]:
    """The tables of a school census: names and columns as they drift from year to year and term to term."""
    sex = "sex" if year >= 2024 else "gender"
    day = f"{year}-Oct-16 00:00:00"
    autumn_like = term == "autumn"
    lost = year >= 2025 and not autumn_like

    def table(name: str, key: str, more: dict[str, Sequence[str]], many: int = HOW_MANY) -> Table:
        headings = [key, "NativeId", f"{name}tableid", f"{name}orderseqcolumn", "sourceid", *more]
        rows = [
            [
                f"{key[:7]}-{at % HOW_MANY:04d}",
                "SCH1",
                f"t{at}",
                str(at),
                "s1",
                *(values[at % len(values)] for values in more.values()),
            ]
            for at in range(many)
        ]
        return headings, rows

    pupil: dict[str, Sequence[str]] = {
        "dob": [day.replace(str(year), "2010")], "surname": ["SUR"], "forename": ["FOR"], "middlenames": [""],
        "formersurname": [""], "upn": [f"5ff4489b-{at:03x}" for at in range(HOW_MANY)], "formerupn": [""],
        "uniquelearnernumber": [""], sex: ["M", "F"], "entrydate": [day.replace(str(year), "2014")],
        "parttime": ["False"], "termlysessionspossible": ["130.0"],
    }  # fmt: skip
    if not lost:
        pupil |= {"termlysessionsauthorised": ["9.0"], "termlysessionsunauthorised": ["2.0"]}
    if 2021 <= year <= 2022 and not autumn_like:
        pupil |= {
            "termlysessionscoronavirus": ["1"],
            "termlysessionseducational": ["1"],
            "termlysessionsexceptional": ["1"],
        }
    if term == "spring":
        pupil |= {"ethnicity": ["WBRI"], "language": ["ENG"], "youngcarer": ["N"]}
    sen = ["N", "E", "K", "S"] if year < 2020 else ["N", "E", "K"]
    sessions = "absencesessions" if year < 2021 else "sessions"
    reasons = (
        {"reason": ["PP", "OT"]}
        if year < 2021
        else {"reason1": ["PP", "OW", "LG", "DS", "MT"], "reason2": ["PA"], "reason3": [""]}
    )
    kinds = ["PERM", "FIXD", "LNCH"] if year < 2021 else ["PERM", "SUSP", "LNCH"]
    tables: dict[str, Table] = {}
    for side, parent in (("onroll", "pupilonroll"), ("offroll", "pupilnolongeronroll")):
        key = PUPIL_KEYS[parent]
        extra: dict[str, Sequence[str]] = (
            {"senprovision": sen, "ncyearactual": ["7"], "enrolstatus": ["C"], "schoollunchtaken": ["True"]}
            if side == "onroll" else {"leavingdate": [day.replace(str(year), str(year - 1))]}
        )  # fmt: skip
        headings, rows = table(parent, key, pupil | extra)
        # A pupil's own table has its key once.
        tables[parent] = ([headings[0], headings[1], *headings[3:]], [[row[0], row[1], *row[3:]] for row in rows])
        codes = of_year(ABSENCES, year if year >= 2016 else 2016)
        tables[f"termlysessiondetails{side}"] = table(
            f"termlysessiondetails{side}", key, {sessions: ["3.0"], "attendancereason": codes}, len(codes)
        )
        if autumn_like:
            tables[f"summerhalfterm2sessiondetails{side}"] = table(
                f"summerhalfterm2sessiondetails{side}", key, {sessions: ["3.0"], "attendancereason": codes}, len(codes)
            )
            if year < 2018:
                tables[f"annualsessiondetails{side}"] = table(
                    f"annualsessiondetails{side}", key, {sessions: ["3.0"], "attendancereason": codes}, len(codes)
                )
        tables[f"termlyexclusions{side}"] = table(
            f"termlyexclusions{side}", key,
            {"startdate": [day.replace(str(year), str(year - 1))], "sessions": ["10.0"], **reasons, "category": kinds, "senprovision": sen},
        )  # fmt: skip
        homes: dict[str, Sequence[str]] = (
            {"postcode": ["BS1 4DJ"]}
            if year < 2017
            else {"uniquepropertyreferencenumber": ["1.0"], "postcode": ["BS1 4DJ"]}
        )
        tables[f"addresses{side}"] = table(f"addresses{side}", key, homes)
        tables[f"learningaims{side}"] = table(
            f"learningaims{side}",
            key if year < 2022 else f"programmeaims{side}tableid",
            {"qn": ["601"], "learningstartdate": [day]},
        )
        tables[f"learnerfam{side}"] = table(f"learnerfam{side}", key, {"learnerfamtype": ["NLM"]})
        if year in (2017, 2018):
            tables[f"nationalities{side}"] = table(f"nationalities{side}", key, {"nationality": ["GBR"]})
    tables["fsmperiodsonroll"] = table(
        "fsmperiodsonroll",
        "pupilonrolltableid",
        {"fsmstartdate": [day.replace(str(year), "2014")], "fsmenddate": [""], "ukcountry": ["ENG"]},
    )
    tables["schoolcensus"] = table(
        "schoolcensus", "schoolcensustableid", {"term": ["AUT"], "year": [str(year)], "estab": ["4001"]}, 1
    )
    tables["classes"] = table("classes", "schoolcensustableid", {"classname": ["7X"], "ppateachers": ["1"]}, 3)
    return tables


ANNEX_A: dict[int, tuple[tuple[str, ...], tuple[object, ...]]] = {
    1: (("Date of Contact", "Contact Source"), ("16/09/2022", "q) 6: Police")),
    2: (
        ("Assessment start date", "Assessment completion date", "Organisation completing assessment"),
        ("16/09/2022", "", "Top Town Academy"),
    ),
    3: (
        ("Date of Referral", "Referral Source", "Referral NFA?", "Number of Referrals in Last 12 Months", "Allocated Team",
         "Allocated Worker"),
        ("16/09/2022", "s) 8: Other", "b) No", 0, "Team\xa01", "#N/A"),
    ),
    4: (
        ("Does the Child have a Disability", "Continuous Assessment Start Date", "Child Seen During Continuous Assessment",
         "Continuous Assessment Date of Authorisation", "Was the child assessed as requiring LA children's social care support?",
         "Allocated Team", "Allocated Worker"),
        ("b) No", "16/09/2022", "Yes", "", "CS", "Team 1", "A B"),
    ),
    5: (
        ("Does the Child have a Disability", "Strategy discussion initiating Section 47 Enquiry Start Date",
         "Was an Initial Child Protection Conference deemed unnecessary?", "Date of Initial Child Protection Conference",
         "Did the Initial Child Protection Conference Result in a Child Protection Plan",
         "Number of Section 47 Enquiries in the last 12 months", "Number of ICPCs in the last 12 months", "Allocated Team",
         "Allocated Worker"),
        ("a) Yes", "16/09/2022", "No", "", "Yes", 1, 1, "Team 1", "A B"),
    ),
    6: (
        ("Does the Child have a Disability", "CIN Start Date", "Primary Need Code", "Date Child Was Last Seen", "CIN Closure Date",
         "Reason for Closure", "Case Status", "Allocated Team", "Allocated Worker"),
        ("b) No", "", "N1 - Abuse or neglect", "", "", "", "c) Child in need plan", "Team 1", "A B"),
    ),
    7: (
        ("Does the Child have a Disability", "Child Protection Plan Start Date", "Initial Category of Abuse", "Latest Category of Abuse",
         "Date of the Last Statutory Visit", "Was the Child Seen Alone?", "Date of latest review conference",
         "Child Protection Plan End Date",
         "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)",
         "Number of Previous Child Protection Plans", "Allocated Team", "Allocated Worker"),
        ("b) No", "16/09/2022", "a) Neglect", "b) Emotional abuse", "", "a) Yes", "", "", "b) No", 0, "Team 1", "A B"),
    ),
    8: (
        ("Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)", "Does the Child have a Disability",
         "Date Started to be Looked After", "Child's Category of Need",
         "Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)",
         "Start date of current legal status", "Child's Legal Status", "Date of Latest Statutory Review", "Date of Last Social Work Visit",
         "What is the permanence plan for this child?", "Date of Last IRO Visit / Contact to the Child", "Date of Last Health Assessment",
         "Date of Last Dental Check", "Number of Placements in the Last 12 months", "Date Ceased to be Looked After",
         "Reason Ceased to be Looked After", "Start Date of Most Recent Placement", "Placement Type", "Placement Provider",
         "Placement postcode", "URN of Placement", "Placement Location", "LA of Placement",
         "Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 months",
         "Number of Episodes the Child has been 'Absent' from their Placement in the last 12 months",
         "Was the child offered a Return Interview after their last missing episode (Y/N)?",
         "Did the child accept a Return Interview after their last missing episode (Y/N)?", "Allocated Team", "Allocated Worker"),
        ("b) No", "b) No", "16/09/2019", "N1 - Abuse or neglect", "b) No", "", "E1: Placement order", "", "", "", "", "", "", 1, "", "", "",
         "f) U6: Foster placement - not FFA", "e) PR4", "T28 2WB", "", "", "Town", 0, 0, "", "", "Team 1", "A B"),
    ),
    9: (
        ("Does the Child have a Disability", "Allocated Team", "Allocated Worker", "Eligibility Category", "LA in Touch",
         "Type of Accommodation", "Suitability of Accommodation", "Activity Status"),
        ("b) No", "Team 1", "A B", "b) Former relevant child", "a) Yes", "Y: Other", "a) Suitable", "F1: Full time"),
    ),
    10: (
        ("Family identifier", "Does the Child have a Disability", "Date the Child Entered Care", "Date of Decision that Child Should be Placed for Adoption",
         "Date of Placement Order", "Date of Matching Child and Prospective Adopters", "Date Placed for Adoption", "Date of Adoption Order ",
         "Date of Decision that Child Should No Longer be Placed for Adoption", "Reason Why Child No Longer Placed for Adoption",
         "Date the child was placed for fostering in FFA or concurrent planning placement"),
        (14159183, "b) No", "16/09/2019", "", "", "", "", "", "", "", ""),
    ),
}  # fmt: skip


def annex_a(
    title: Callable[[int], str],
    heading: Callable[[str], str] = str,
    above: int = 0,
    sex: str = "Gender",
    extra: bool = False,
) -> bytes:
    """A workbook of lists 1 to 10, with the sheets and headings named as one likes."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, (headings, values) in ANNEX_A.items():
        sheet = book.create_sheet(title(number))
        for _ in range(above):
            sheet.append(["Lists for the inspection of Avonbridge"])
        base = ["Child Unique ID", sex, "Ethnicity", "Date of Birth", "Age of Child (Years)"]
        sheet.append([heading(each) for each in (*base, *headings)] + (["Our own column"] if extra else []))
        for at, who in enumerate(CHILDREN):
            row = [
                who,
                ("a) Male", "b) Female", "c) Not stated/recorded (or unborn)", "d) Neither")[at % 4],
                f"a) {ETHNICITIES[at]}",
            ]
            sheet.append([*row, "03/02/2010", 12.5, *values] + (["=A1"] if extra else []))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()

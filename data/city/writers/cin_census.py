"""Children in need census: one XML file a year (April to March), built as text a level at a time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data.city.assessment import ABUSES, CLOSED, FACTORS
from data.city.clock import TODAY_DAY, day
from data.city.log import Table, take
from data.city.writers.cases import NEEDS, REFERRAL_CODES, cases, recent, register_of
from data.city.writers.frame import Book

Text = NDArray[np.object_]
ISO = np.datetime_as_string(np.arange("1970-01-01", "2032-01-01", dtype="datetime64[D]")).astype(object)


def write(book: Book) -> None:
    """A file for each return year since records began; the last one speaks of the year so far."""
    table = recent(cases(book))
    for year in range(2019, 2028):
        begin, end = day(f"{year - 1}-04-01"), min(day(f"{year}-04-01"), TODAY_DAY)
        if end > day("2018-10-01") and begin < TODAY_DAY:
            _year(book, table, year, begin, end)


def _year(book: Book, table: Table, year: int, begin: int, end: int) -> None:
    """Cases open at some time in the year; what had not yet happened by its end is left out."""
    mine = take(table, (table["day"] < end) & (table["until"] >= begin))
    order = np.lexsort([mine["day"], mine["child"]])
    mine = take(mine, order)
    child, first = np.unique(mine["child"], return_index=True)
    details = _details(mine, end)
    body = np.add.reduceat(details, first) if len(first) else details
    text = "".join((_identifiers(book, child, end) + body + "</Child>\n").tolist())
    path = book.out / "sources" / "cin_census" / f"cin_census_{year}.xml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_header(year, end) + text + "</Children>\n</Message>\n", encoding="utf-8", newline="\n")
    book.rows["cin_census"] = book.rows.get("cin_census", 0) + len(child) + len(mine["child"])


def _header(year: int, end: int) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<Message>\n<Header><CollectionDetails><Collection>CIN</Collection>'
        f"<Year>{year}</Year><ReferenceDate>{ISO[end - 1]}</ReferenceDate></CollectionDetails>"
        "<Source><SourceLevel>L</SourceLevel><LEA>899</LEA><SoftwareCode>Avonbridge</SoftwareCode><Release>1</Release>"
        f"<SerialNo>001</SerialNo><DateTime>{ISO[end - 1]}T12:00:00</DateTime></Source></Header>\n<Children>\n"
    )


def _tag(name: str, value: Text, keep: NDArray[np.bool_]) -> Text:
    """``<name>value</name>`` where ``keep``, nothing elsewhere."""
    return np.where(keep, f"<{name}>" + value + f"</{name}>", "").astype(object)


def _date(name: str, days: NDArray[np.integer], end: int) -> Text:
    """A date element, left out when it lies at or after ``end`` or never was."""
    fine = (days > 0) & (days < end)
    return _tag(name, ISO[np.where(fine, days, 0)], fine)


def _identifiers(book: Book, child: NDArray[np.int64], end: int) -> Text:
    register = register_of(book)
    rng = book.rng("cin upn")
    number = np.array(register.locals(child).to_pylist(), object)
    lists = {
        name: np.array(column.to_pylist(), object)
        for name, column in register.fields(("birth_date", "sex", "ethnicity"), child, np.full(len(child), end)).items()
    }
    born = book.true.people.birth[child]
    has_upn = (rng.random(book.run.lives.children)[child] < 0.8) & ((end - born) > 1700)
    unborn = born >= end
    birth = np.array([str(b) if b else "" for b in lists["birth_date"]], object)
    sex, ethnicity = (
        np.array([v or unknown for v in lists[name]], object) for name, unknown in (("sex", "U"), ("ethnicity", "NOBT"))
    )
    sex[unborn] = "U"
    lives = book.run.lives
    disabled = np.select(
        [lives.traits["autism"][child] > 0, lives.traits["learning"][child] > 0, lives.traits["adhd"][child] > 0],
        ["AUT", "LD", "BEH"],
        "NONE",
    ).astype(object)
    return (
        "<Child><ChildIdentifiers>"
        + _tag("LAchildID", number, np.ones(len(child), bool))
        + _tag("UPN", book.true.upn[child], has_upn)
        + _tag("UPNunknown", upn_unknown(child, end - born).astype(object), ~has_upn)
        + _tag("PersonBirthDate", birth, (birth != "") & ~unborn)
        + _tag("ExpectedPersonBirthDate", birth, (birth != "") & unborn)
        + _tag("Sex", sex, sex != "")
        + "</ChildIdentifiers><ChildCharacteristics>"
        + _tag("Ethnicity", ethnicity, ethnicity != "")
        + "<Disabilities>"
        + _tag("Disability", disabled, disabled != "")
        + "</Disabilities></ChildCharacteristics>\n"
    )


def upn_unknown(child: NDArray[np.int64], age: NDArray[np.integer]) -> NDArray[np.str_]:
    """Why a child of so many days has no pupil number: too young, else mostly new to the service."""
    return np.where(age > 1700, np.array(["UN4", "UN4", "UN2", "UN3", "UN5"])[child % 5], "UN1")


def _details(table: Table, end: int) -> Text:
    """``CINdetails`` of each case as known at the year's end."""
    yes = np.ones(len(table["day"]), bool)
    codes = {
        name: np.array(values, object)
        for name, values in (("from", REFERRAL_CODES), ("need", NEEDS), ("close", CLOSED))
    }
    closed = table["until"] < end
    ratio = _date("DateOfInitialCPC", table["plan"], end)
    return (
        "<CINdetails>"
        + _date("CINreferralDate", table["day"], end)
        + _tag("ReferralSource", codes["from"][table["agency"]], yes)
        + _tag("PrimaryNeedCode", codes["need"][table["reason"]], yes)
        + _date("CINclosureDate", np.where(table["nfa"], table["day"] + 1, table["until"]), end)
        + _tag(
            "ReasonForClosure",
            np.where(table["nfa"], "RC8", codes["close"][table["close"]]).astype(object),
            closed & ~table["nfa"],
        )
        + ratio
        + _assessments(table, end)
        + _plans(table, end)
        + _enquiries(table, end)
        + _tag("ReferralNFA", np.where(table["nfa"], "true", "false").astype(object), yes)
        + _protection(table, end)
        + "</CINdetails>\n"
    )


def _assessments(table: Table, end: int) -> Text:
    known = ~table["nfa"] & (table["begins"] < end)
    done = known & (table["authorised"] < end)
    factors = np.full(len(known), "", object)
    for place, code in enumerate(FACTORS):
        has = (table["factors"] >> place & 1).astype(bool)
        factors = factors + np.where(has, f"<AssessmentFactors>{code}</AssessmentFactors>", "").astype(object)
    inner = (
        _date("AssessmentActualStartDate", table["begins"], end)
        + _date("AssessmentInternalReviewDate", table["begins"] + 10, end)
        + _date("AssessmentAuthorisationDate", table["authorised"], end)
        + _tag("FactorsIdentifiedAtAssessment", factors, done)
    )
    return _tag("Assessments", inner, known)


def _plans(table: Table, end: int) -> Text:
    begin = table["authorised"] + 10
    known = table["in_need"] & (table["plan"] < 0) & (begin < np.minimum(table["until"], end))
    return _tag(
        "CINPlanDates", _date("CINPlanStartDate", begin, end) + _date("CINPlanEndDate", table["until"], end), known
    )


def _enquiries(table: Table, end: int) -> Text:
    begin = table["enquiry"]
    known = (begin > 0) & (begin < end)
    needless = np.where(table["plan"] > 0, "false", "true").astype(object)
    inner = (
        _date("S47ActualStartDate", begin, end)
        + _date("InitialCPCtarget", begin + 21, end)
        + _date("DateOfInitialCPC", table["plan"], end)
    )
    return _tag("Section47", inner + _tag("ICPCnotRequired", needless, known), known)


def _protection(table: Table, end: int) -> Text:
    begin = table["plan"]
    known = (begin > 0) & (begin < end)
    abuse = np.array(ABUSES, object)[table["abuse"]]
    reviews = np.full(len(known), "", object)
    for after in range(80, 1200, 180):
        held = known & (begin + after < np.minimum(table["plan_ends"], end))
        reviews = reviews + _tag("CPPreviewDate", ISO[np.where(held, begin + after, 0)], held)
    inner = (
        _date("CPPstartDate", begin, end)
        + _date("CPPendDate", table["plan_ends"], end)
        + _tag("InitialCategoryOfAbuse", abuse, known)
        + _tag("LatestCategoryOfAbuse", abuse, known)
        + _tag("NumberOfPreviousCPP", table["earlier"].astype(str).astype(object), known)
        + _tag("Reviews", reviews, reviews != "")
    )
    return _tag("ChildProtectionPlans", inner, known)

"""Schools: attendance each half term, and the census each term with its side tables. One set of numbers: the UPN."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.city.behaviour import EXCLUSION_REASONS, half_term
from data.city.clock import RECORDS_DAY, TODAY_DAY, Ints, day
from data.city.identity import Habits, Register
from data.city.log import Table, take
from data.city.writers.frame import CENSUS, Book, day_column, day_words, words
from data.sources.attendance import FIELDS

HABITS = Habits(upn=1.0, forename=0.055, surname=0.045, birth=0.03, stale=0.17)
TERMS = {"autumn": ((10, 12), (9, 1), (12, 20)), "spring": ((2, 4), (1, 4), (4, 1)), "summer": ((5, 7), (4, 17), (7, 21))}
ON, OFF = "pupilonrolltableid", "pupilnolongeronrolltableid"
REASONS = ("I", "M", "C", "H")
WITHOUT = ("O", "U", "G")


def write(book: Book) -> None:
    """Attendance by half term, then every term's census."""
    register = school_register(book)
    table = book.run.lives.log.table("attendance")
    spans = {month: half_term(month) for month in np.unique(table["month"]).tolist()}
    first, last = (np.array([spans.get(m, (0, 0))[i] for m in range(133)], np.int32)[table["month"]] for i in (0, 1))
    recorded = (first >= RECORDS_DAY - 31) & (last < TODAY_DAY - 12)
    table, first, last = take(table, recorded), first[recorded], last[recorded]
    _attendance(book, register, table, first, last)
    for year in range(2018, 2027):
        for term in TERMS:
            _census(book, register, table, first, year, term)


def school_register(book: Book) -> Register:
    """Schools' register: its number for a pupil is the UPN."""
    register = book.register("school_census", HABITS)
    register.local = book.true.upn
    return register


def _attendance(book: Book, register: Register, table: Table, first: Ints, last: Ints) -> None:
    child = table["child"]
    codes = pa.array(book.run.lives.schools.codes())
    sent = last + 5 + (child * 7 + table["month"]) % 9
    book.write_by_year("attendance", "half_term", {
        **register.fields(FIELDS, child, last), "school": codes.take(pa.array(table["school"])), "from_date": day_column(first), "to_date": day_column(last),
        "possible": pa.array(table["possible"]), "authorised": pa.array(table["authorised"]), "unauthorised": pa.array(table["unauthorised"]),
        "sent_on": day_column(sent),
    }, last)  # fmt: skip


def _census(book: Book, register: Register, table: Table, first: Ints, year: int, term: str) -> None:
    """One term: pupils still on roll, pupils who left, and what hangs on both."""
    _, (m1, d1), (m2, d2) = TERMS[term]
    begin, end = day(f"{year}-{m1:02d}-{d1:02d}"), day(f"{year}-{m2:02d}-{d2:02d}")
    now = np.flatnonzero((first >= begin - 40) & (first <= end))
    if len(now) == 0 or end >= TODAY_DAY - 12:
        return
    rows = take(table, now)
    child, latest = np.unique(rows["child"][::-1], return_index=True)
    latest = len(rows["child"]) - 1 - latest
    totals = {name: np.bincount(rows["child"], rows[name], book.run.lives.children)[child] for name in ("possible", "authorised", "unauthorised")}
    month = rows["month"][latest]
    gone = month < rows["month"].max()
    school, years = rows["school"][latest], rows["year"][latest]
    fill = {"year": str(year), "term": term}
    for mask, part, key in ((~gone, "pupilonroll", ON), (gone, "pupilnolongeronroll", OFF)):
        who = child[mask]
        ids = _row_keys(year, term, who)
        columns = _pupil(book, register, who, end, school[mask], ids, key)
        columns |= {f"termlysessions{name}": pa.array(total[mask]) for name, total in totals.items()}
        if part == "pupilonroll":
            columns |= {"senprovision": words(("N", "K", "E"), sen(book, who, end)), "ncyearactual": pa.array(years[mask].astype(str)),
                        "enrolstatus": pa.array(["C"] * len(who), pa.string()), "language": _languages(book, who)}  # fmt: skip
        else:
            columns["leavingdate"] = day_words(np.full(len(who), begin + 45) + who % 20, CENSUS)
        book.write("school_census", part, columns, **fill)
        side = "onroll" if part == "pupilonroll" else "offroll"
        _exclusions(book, who, ids, begin, end, side, key, fill)
        if term == "autumn":
            _addresses(book, register, who, ids, end, side, key, fill)
        if year >= 2025:
            _sessions(book, who, ids, {name: total[mask] for name, total in totals.items()}, term, side, key, fill)
        if side == "onroll" and term == "autumn":
            _meals(book, who, ids, end, fill)


def _row_keys(year: int, term: str, child: NDArray[np.integer]) -> pa.Array:
    return pa.array(np.char.add(f"{year}{term[:2]}-", child.astype(str)))


def _pupil(book: Book, register: Register, who: NDArray[np.integer], end: int, school: NDArray[np.integer], ids: pa.Array, key: str) -> dict[str, pa.Array]:
    on = np.full(len(who), end)
    made = register.fields(("forename", "middle_names", "surname", "former_surname", "sex", "upn"), who, on)
    blank = pa.nulls(len(who), pa.string())
    birth = register.birth.take(pa.array(who)).cast(pa.int32()).to_numpy(zero_copy_only=False)
    lives = book.run.lives
    joined = np.maximum(lives.people.arrived[who], lives.people.birth[who] + np.where((end - lives.people.birth[who]) > 4300, 4200, 1700))
    return {key: ids, "NativeId": pa.array(lives.schools.codes()).take(pa.array(school)), "dob": day_words(np.nan_to_num(birth, nan=0), CENSUS),
            "surname": made["surname"], "forename": made["forename"], "middlenames": made["middle_names"], "preferredsurname": made["surname"],
            "formersurname": made["former_surname"], "upn": made["upn"], "formerupn": blank, "sex": made["sex"],
            "entrydate": day_words(np.minimum(joined, end - 1), CENSUS)}  # fmt: skip


def sen(book: Book, child: NDArray[np.integer], on: int) -> NDArray[np.int64]:
    """Special needs provision on a day: 0 none, 1 support, 2 plan. Needs are met late, and sooner where somebody pushes."""
    lives = book.run.lives
    need = lives.traits["need"][child]
    spread = (child * 2654435761 % 1000) / 1000
    age = (on - lives.people.birth[child]) / 365.25
    noticed = age > 4.3 + 7 * spread**2 - 0.6 * need
    return np.where(noticed & (need + 0.5 * spread > 2.75), 2, np.where(noticed & (need + 0.5 * spread > 1.4), 1, 0))


def _languages(book: Book, who: NDArray[np.integer]) -> pa.Array:
    language = ("ENG", "ENG", "POL", "RON", "SOM", "URD", "BEN", "PNJ", "ENG", "YOR", "CHI", "ARA")
    return words(language, book.run.lives.families.community[book.run.lives.family[who]])


def _exclusions(book: Book, who: NDArray[np.integer], ids: pa.Array, begin: int, end: int, side: str, key: str, fill: dict[str, str]) -> None:
    table = book.happened("suspension")
    table = take(table, (table["day"] >= begin) & (table["day"] <= end) & np.isin(table["child"], who))
    blank = pa.nulls(len(table["child"]), pa.string())
    book.write("school_census", f"termlyexclusions{side}", {
        key: ids.take(pa.array(np.searchsorted(who, table["child"]))), "startdate": day_words(table["day"], CENSUS), "sessions": pa.array(table["sessions"]),
        "reason1": words(EXCLUSION_REASONS, table["reason"]), "reason2": blank, "reason3": blank,
        "category": words(("SUSP", "PERM"), table["permanent"].astype(int)), "senprovision": words(("N", "K", "E"), sen(book, table["child"], end)),
    }, **fill)  # fmt: skip


def _addresses(book: Book, register: Register, who: NDArray[np.integer], ids: pa.Array, end: int, side: str, key: str, fill: dict[str, str]) -> None:
    made = register.fields(("uprn", "postcode"), who, np.full(len(who), end))
    book.write("school_census", f"addresses{side}", {key: ids, "uniquepropertyreferencenumber": made["uprn"], "postcode": made["postcode"]}, **fill)


def _sessions(book: Book, who: NDArray[np.integer], ids: pa.Array, totals: dict[str, np.ndarray], term: str, side: str, key: str, fill: dict[str, str]) -> None:
    """Absence by reason: permission mostly for illness, none mostly for no reason given."""
    parts = [("I", totals["authorised"] * 4 // 5), ("M", totals["authorised"] - totals["authorised"] * 4 // 5), ("O", totals["unauthorised"])]
    rows = [(np.flatnonzero(count > 0), code, count) for code, count in parts]
    book.write("school_census", f"termlysessiondetails{side}", {
        key: ids.take(pa.array(np.concatenate([at for at, _, _ in rows]))), "sessions": pa.array(np.concatenate([count[at] for at, _, count in rows])),
        "attendancereason": pa.array(np.repeat([code for _, code, _ in rows], [len(at) for at, _, _ in rows])),
    }, **fill)  # fmt: skip
    if term == "summer":
        table = book.run.lives.log.table("attendance")
        del table
        book.write("school_census", f"summerhalfterm2sessiondetails{side}", {
            key: ids.take(pa.array(rows[2][0])), "sessions": pa.array(rows[2][2][rows[2][0]] // 2),
            "attendancereason": pa.array(["O"] * len(rows[2][0]), pa.string()),
        }, **fill)  # fmt: skip


def _meals(book: Book, who: NDArray[np.integer], ids: pa.Array, end: int, fill: dict[str, str]) -> None:
    """Each spell of free school meals that touches the term: children of families on a claim with little other income."""
    child, begin, until = meals(book)
    touch = np.flatnonzero(np.isin(child, who) & (begin <= end) & (until > end - 330))
    book.write("school_census", "fsmperiodsonroll", {
        ON: ids.take(pa.array(np.searchsorted(who, child[touch]))), "fsmstartdate": day_words(begin[touch], CENSUS),
        "fsmenddate": day_words(np.where(until[touch] <= end, until[touch], TODAY_DAY), CENSUS), "ukcountry": pa.array(["ENG"] * len(touch), pa.string()),
    }, **fill)  # fmt: skip


def meals(book: Book) -> tuple[NDArray[np.int64], Ints, Ints]:
    """(child, from, until) of every spell of free school meals: from school age, while the family claims and two years on."""
    from data.city.writers.money import spells

    lives = book.run.lives
    family, begin, until = spells(book, "claim")
    applies = book.rng("meals").random(len(lives.families)) < 0.86
    order = np.argsort(lives.family, kind="stable")
    first = np.searchsorted(lives.family[order], np.arange(len(lives.families) + 1))
    span = first[family + 1] - first[family]
    row = np.repeat(np.arange(len(family)), span)
    child = order[first[family][row] + np.arange(len(row)) - np.repeat(np.cumsum(span) - span, span)]
    birth = lives.people.birth[child]
    since = np.maximum(np.maximum(begin[row] + 30, birth + 1700), lives.people.arrived[child])
    to = np.minimum(np.where(until[row] < TODAY_DAY, until[row] + 500, TODAY_DAY), birth + 5900)
    keep = applies[family[row]] & (since < to) & (since < TODAY_DAY)
    return child[keep].astype(np.int64), since[keep].astype(np.int32), to[keep].astype(np.int32)

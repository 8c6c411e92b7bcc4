"""Schools: attendance each half term, and the census each term with its side tables. One set of numbers: the UPN."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.city.clock import RECORDS_DAY, TODAY_DAY, Ints, day
from data.city.identity import Habits, Register
from data.city.log import Table, take
from data.city.schooling import EXCLUSION_REASONS, half_term
from data.city.writers.frame import CENSUS, Book, day_column, day_words, words
from data.city.writers.home_taught import off_roll
from data.city.writers.money import spells
from data.sources.attendance import FIELDS

HABITS = Habits(upn=1.0, forename=0.055, surname=0.045, birth=0.03, stale=0.25)
# Each census speaks of the term before it (DfE, "Complete the school census"): the half terms that it reports, as
# (years back, month in which each ends), and the half term in which its roll is taken.
CENSUSES = {"autumn": (((0, 5), (0, 7)), 10), "spring": (((1, 10), (1, 12)), 2), "summer": (((0, 2), (0, 4)), 5)}
TAKEN = {"autumn": "10-05", "spring": "01-18", "summer": "05-18"}
ON, OFF = "pupilonrolltableid", "pupilnolongeronrolltableid"
SESSIONS_FROM = 2026  # absences by reason are kept for the latest year alone


def write(book: Book) -> None:
    """Attendance by half term, then every term's census."""
    register = school_register(book)
    table = book.run.lives.log.table("attendance")
    spans = {month: half_term(month) for month in np.unique(table["month"]).tolist()}
    first, last = (np.array([spans.get(m, (0, 0))[i] for m in range(133)], np.int32)[table["month"]] for i in (0, 1))
    recorded = (first >= RECORDS_DAY - 31) & (last < TODAY_DAY - 12) & ~off_roll(book, table["child"], last)
    table, first, last = take(table, recorded), first[recorded], last[recorded]
    _attendance(book, register, table, first, last)
    for year in range(2018, 2027):
        for term in CENSUSES:
            _census(book, register, table, year, term)


def school_register(book: Book) -> Register:
    """Schools' register: its number for a pupil is the UPN."""
    register = book.register("school_census", HABITS)
    register.local = book.true.upn
    return register


def _attendance(book: Book, register: Register, table: Table, first: Ints, last: Ints) -> None:
    child = table["child"]
    codes = pa.array(book.run.lives.schools.codes())
    sent = last + 5 + (child * 7 + table["month"]) % 9
    book.write_by_year(
        "attendance",
        "half_term",
        {
            **register.fields(FIELDS, child, last),
            "school": codes.take(pa.array(table["school"])),
            "from_date": day_column(first),
            "to_date": day_column(last),
            "possible": pa.array(table["possible"]),
            "authorised": pa.array(table["authorised"]),
            "unauthorised": pa.array(table["unauthorised"]),
            "sent_on": day_column(sent),
        },
        last,
    )


def _census(book: Book, register: Register, table: Table, year: int, term: str) -> None:
    """One census: pupils on its roll, pupils who left since the last, and what hangs on both."""
    on = day(f"{year}-{TAKEN[term]}")
    reported, now = CENSUSES[term]
    rolls = _half(table, year, now)
    if on >= TODAY_DAY - 40 or not len(rolls["child"]):
        return
    before = [_half(table, year - back, month) for back, month in reported]
    child = np.concatenate([half["child"] for half in before])
    totals = {
        name: np.bincount(child, np.concatenate([half[name] for half in before]), book.run.lives.children)
        for name in ("possible", "authorised", "unauthorised")
    }
    span = (
        half_term(_month(year - reported[0][0], reported[0][1]))[0],
        half_term(_month(year - reported[1][0], reported[1][1]))[1],
    )
    roll = Roll(book, register, on, span, totals, {"year": str(year), "term": term})
    roll.write("pupilonroll", ON, rolls)
    last = before[-1]
    roll.write("pupilnolongeronroll", OFF, take(last, ~np.isin(last["child"], rolls["child"])))


def _month(year: int, month: int) -> int:
    """The simulated month of a calendar month."""
    return (year - 2015) * 12 + month - 10


def _half(table: Table, year: int, month: int) -> Table:
    """The rows of the half term that ends in a month, in order of child."""
    rows = take(table, table["month"] == _month(year, month))
    return take(rows, np.argsort(rows["child"]))


@dataclass(frozen=True)
class Roll:
    """One census in the making: the day it is taken, the days and the absences that it reports."""

    book: Book
    register: Register
    on: int
    span: tuple[int, int]
    totals: dict[str, NDArray[Any]]
    fill: dict[str, str]

    def write(self, part: str, key: str, rows: Table) -> None:
        """Pupils on roll or off it, with their side tables."""
        book, who, side = self.book, rows["child"], "onroll" if part == "pupilonroll" else "offroll"
        ids = _row_keys(int(self.fill["year"]), self.fill["term"], who)
        columns = _pupil(book, self.register, who, self.on, rows["school"], ids, key)
        none = self.totals["possible"][who] == 0
        columns |= {
            f"termlysessions{name}": pa.array(total[who].astype(np.int64), pa.int64(), mask=none)
            for name, total in self.totals.items()
        }
        if side == "onroll":
            columns |= {
                "senprovision": words(("N", "K", "E"), sen(book, who, self.on)),
                "ncyearactual": pa.array(rows["year"].astype(str)),
                "enrolstatus": pa.array(["C"] * len(who), pa.string()),
                "language": _languages(book, who),
            }
        else:
            columns["leavingdate"] = day_words(self.span[1] - who % 20, CENSUS)
        book.write("school_census", part, columns, **self.fill)
        _exclusions(book, who, ids, *self.span, side, key, self.fill)
        if self.fill["term"] == "autumn":
            _addresses(book, self.register, who, ids, self.on, side, key, self.fill)
        if int(self.fill["year"]) >= SESSIONS_FROM:
            _sessions(
                book,
                ids,
                {name: total[who] for name, total in self.totals.items()},
                self.fill["term"],
                side,
                key,
                self.fill,
            )
        if side == "onroll" and self.fill["term"] == "autumn":
            _meals(book, who, ids, self.on, self.fill)


def _row_keys(year: int, term: str, child: NDArray[np.integer]) -> pa.Array:
    return pa.array(np.char.add(f"{year}{term[:2]}-", child.astype(str)))


def _pupil(
    book: Book,
    register: Register,
    who: NDArray[np.integer],
    end: int,
    school: NDArray[np.integer],
    ids: pa.Array,
    key: str,
) -> dict[str, pa.Array]:
    on = np.full(len(who), end)
    made = register.fields(("forename", "middle_names", "surname", "former_surname", "sex", "upn"), who, on)
    blank = pa.nulls(len(who), pa.string())
    birth = register.birth.take(pa.array(who)).cast(pa.int32()).to_numpy(zero_copy_only=False)
    lives = book.run.lives
    joined = np.maximum(
        lives.people.arrived[who],
        lives.people.birth[who] + np.where((end - lives.people.birth[who]) > 4300, 4200, 1700),
    )
    return {
        key: ids,
        "NativeId": pa.array(lives.schools.codes()).take(pa.array(school)),
        "dob": day_words(np.nan_to_num(birth, nan=0), CENSUS),
        "surname": made["surname"],
        "forename": made["forename"],
        "middlenames": made["middle_names"],
        "preferredsurname": made["surname"],
        "formersurname": made["former_surname"],
        "upn": made["upn"],
        "formerupn": blank,
        "sex": made["sex"],
        "entrydate": day_words(np.minimum(joined, end - 1), CENSUS),
    }


def sen(book: Book, child: NDArray[np.integer], on: int) -> NDArray[np.int64]:
    """Special needs provision on a day: 0 none, 1 support, 2 plan. Needs are met late, the plainer the sooner."""
    lives = book.run.lives
    need = lives.traits["need"][child]
    spread = (child * 2654435761 % 1000) / 1000
    age = (on - lives.people.birth[child]) / 365.25
    noticed = age > 4.3 + 7 * spread**2 - 0.6 * need
    return np.where(noticed & (need + 0.5 * spread > 2.4), 2, np.where(noticed & (need + 0.5 * spread > 1.08), 1, 0))


def _languages(book: Book, who: NDArray[np.integer]) -> pa.Array:
    language = ("ENG", "ENG", "POL", "RON", "SOM", "URD", "BEN", "PNJ", "ENG", "YOR", "CHI", "ARA")
    return words(language, book.run.lives.families.community[book.run.lives.family[who]])


def _exclusions(
    book: Book, who: NDArray[np.integer], ids: pa.Array, begin: int, end: int, side: str, key: str, fill: dict[str, str]
) -> None:
    table = book.happened("suspension")
    table = take(table, (table["day"] >= begin) & (table["day"] <= end) & np.isin(table["child"], who))
    blank = pa.nulls(len(table["child"]), pa.string())
    book.write(
        "school_census",
        f"termlyexclusions{side}",
        {
            key: ids.take(pa.array(np.searchsorted(who, table["child"]))),
            "startdate": day_words(table["day"], CENSUS),
            "sessions": pa.array(table["sessions"]),
            "reason1": words(EXCLUSION_REASONS, table["reason"]),
            "reason2": blank,
            "reason3": blank,
            "category": words(("SUSP", "PERM"), table["permanent"].astype(int)),
            "senprovision": words(("N", "K", "E"), sen(book, table["child"], end)),
        },
        **fill,
    )


def _addresses(
    book: Book,
    register: Register,
    who: NDArray[np.integer],
    ids: pa.Array,
    end: int,
    side: str,
    key: str,
    fill: dict[str, str],
) -> None:
    made = register.fields(("uprn", "postcode"), who, np.full(len(who), end))
    book.write(
        "school_census",
        f"addresses{side}",
        {key: ids, "uniquepropertyreferencenumber": made["uprn"], "postcode": made["postcode"]},
        **fill,
    )


def _sessions(
    book: Book,
    ids: pa.Array,
    totals: dict[str, np.ndarray],
    term: str,
    side: str,
    key: str,
    fill: dict[str, str],
) -> None:
    """Absence by reason: permission mostly for illness, none mostly for no reason given."""
    parts = [
        ("I", totals["authorised"] * 4 // 5),
        ("M", totals["authorised"] - totals["authorised"] * 4 // 5),
        ("O", totals["unauthorised"]),
    ]
    rows = [(np.flatnonzero(count > 0), code, count) for code, count in parts]
    book.write(
        "school_census",
        f"termlysessiondetails{side}",
        {
            key: ids.take(pa.array(np.concatenate([at for at, _, _ in rows]))),
            "sessions": pa.array(np.concatenate([count[at] for at, _, count in rows])),
            "attendancereason": pa.array(np.repeat([code for _, code, _ in rows], [len(at) for at, _, _ in rows])),
        },
        **fill,
    )
    if term == "autumn":
        book.write(
            "school_census",
            f"summerhalfterm2sessiondetails{side}",
            {
                key: ids.take(pa.array(rows[2][0])),
                "sessions": pa.array(rows[2][2][rows[2][0]] // 2),
                "attendancereason": pa.array(["O"] * len(rows[2][0]), pa.string()),
            },
            **fill,
        )


def _meals(book: Book, who: NDArray[np.integer], ids: pa.Array, end: int, fill: dict[str, str]) -> None:
    """Each spell of free school meals that touches the year: children of families on a claim."""
    child, begin, until = meals(book)
    touch = np.flatnonzero(np.isin(child, who) & (begin <= end) & (until > end - 330))
    book.write(
        "school_census",
        "fsmperiodsonroll",
        {
            ON: ids.take(pa.array(np.searchsorted(who, child[touch]))),
            "fsmstartdate": day_words(begin[touch], CENSUS),
            "fsmenddate": day_words(np.where(until[touch] <= end, until[touch], TODAY_DAY), CENSUS),
            "ukcountry": pa.array(["ENG"] * len(touch), pa.string()),
        },
        **fill,
    )


def meals(book: Book) -> tuple[NDArray[np.int64], Ints, Ints]:
    """(child, from, until) of every spell of free school meals: from school age, while the family claims, and after."""
    lives = book.run.lives
    family, begin, until = spells(book, "claim")
    applies = book.rng("meals").random(len(lives.families)) < 0.88
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

"""The city's rates beside the published ones (formats.md, section 5: Bristol's of 2025 unless the figure says other).

A figure is pooled over the last five returns or school years, eight for how children looked after fare: what rests on
a few dozen children a year in a city of this size is moved by chance alone. Under-18 conceptions are published too, but
in the city no child has children.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.city.assessment import FACTORS
from data.city.clock import TODAY_DAY, day
from data.city.history import spells
from data.city.log import Table, take
from data.city.population import in_city
from data.city.published import EXPLAINED, PUBLISHED, PUBLISHED_FACTORS
from data.city.school_rates import school
from data.city.writers import cases as social
from data.city.writers.frame import Book
from data.city.writers.ssda903 import health

RETURNS = range(2022, 2027)  # years to 31 March
FARE = range(2019, 2027)
TENTH = 0.1
Counted = tuple[str, float, float]  # figure, how many, of how many


def compare(book: Book) -> list[dict[str, Any]]:
    """One row a figure: published, the city's, their ratio, and why where they differ by more than a tenth."""
    found: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for name, part, whole in counted(book):
        found[name][0] += part
        found[name][1] += whole
    return [row(name, *found[name]) for name in PUBLISHED]


def counted(book: Book) -> Iterator[Counted]:
    """(figure, how many, of how many) of every year."""
    cases, care = social.cases(book), social.care_spells(book)
    for year in RETURNS:
        yield from _families(book, year)
        yield from _care(book, care, year)
        yield from _need(book, cases, year)
        yield from school(book, cases, care, year)
    for year in FARE:
        yield from _fare(health(book, care, year))


def row(name: str, part: float, whole: float) -> dict[str, Any]:
    """The row of one figure, ``part`` of ``whole`` counted in the city."""
    published, per = PUBLISHED[name]
    city = per * part / whole if whole else 0.0
    ratio = city / published
    return {
        "figure": name,
        "published": published,
        "city": round(city, 2),
        "ratio": round(ratio, 2),
        "why": _why(name, part, ratio) if abs(ratio - 1) > TENTH else "",
    }


def _why(name: str, part: float, ratio: float) -> str:
    """Why a figure is off: a reason of its own, or that it rests on few."""
    if name in EXPLAINED:
        return EXPLAINED[name]
    chance = 2 / max(part, 1) ** 0.5
    few = f"rests on {part:,.0f} in the years counted, whom chance alone moves by {chance:.0%}"
    return few if abs(ratio - 1) <= 1.5 * chance else ""


def _days(year: int) -> tuple[int, int]:
    """First day of a return year, and the first after it."""
    return day(f"{year - 1}-04-01"), day(f"{year}-04-01")


def _children(book: Book, on: int) -> NDArray[np.int64]:
    """Children under 18 in the city on a day."""
    people, size = book.true.people, book.run.lives.children
    age = (on - people.birth[:size]) / 365.25
    return np.flatnonzero(in_city(people, on)[:size] & (age >= 0) & (age < 18))


def _families(book: Book, year: int) -> Iterator[Counted]:
    child = _children(book, _days(year)[1])
    yield "children under 18 per 1,000 families", len(child), len(np.unique(book.run.lives.family[child]))


def _care(book: Book, spell: Table, year: int) -> Iterator[Counted]:
    begin, end = _days(year)
    children = len(_children(book, end))
    stock = (spell["day"] < end) & (spell["to"] >= end)
    during = np.unique(spell["child"][(spell["day"] < end) & (spell["to"] >= begin)])
    missing = book.run.lives.log.table("missing")
    gone = np.unique(missing["child"][_within(missing["day"], begin, end)])
    yield "looked after per 10,000", stock.sum(), children
    yield "started to be looked after per 10,000", _different(spell, "day", begin, end), children
    yield "ceased to be looked after per 10,000", _different(spell, "to", begin, end), children
    yield "looked after and missing in the year %", np.isin(during, gone).sum(), len(during)


def _fare(table: Table) -> Iterator[Counted]:
    """How those looked after for a year fare, as the March return says."""
    score, size = table["score"][table["asked"]], len(table["child"])
    old = table["age"] >= 10
    yield "looked after: strengths and difficulties, mean score", score.sum(), len(score)
    yield "looked after: score of concern % (England)", (score >= 17).sum(), len(score)
    yield "looked after: convicted % (England)", table["convicted"].sum(), old.sum()
    yield "looked after: substance misuse % (England)", table["misuses"].sum(), size


def _different(table: Table, column: str, begin: int, end: int) -> int:
    """How many children a day of the year concerns, each once."""
    return len(np.unique(table["child"][_within(table[column], begin, end)]))


def _within(days: NDArray[np.integer], begin: int, end: int) -> NDArray[np.bool_]:
    return np.asarray((days >= begin) & (days < end))


def _need(book: Book, table: Table, year: int) -> Iterator[Counted]:
    begin, end = _days(year)
    children = len(_children(book, end))
    opened = (table["day"] < end) & (table["until"] >= end) & ~table["nfa"]
    plans = (table["plan"] > 0) & (table["plan"] < end) & (table["plan_ends"] >= end)
    new = take(table, _within(table["day"], begin, end))
    started = take(table, _within(table["plan"], begin, end))
    referrals = len(new["day"])
    yield "in need on 31 March per 10,000", len(np.unique(table["child"][opened])), children
    yield "protection plans per 10,000", plans.sum(), children
    yield "referrals in the year per 10,000", referrals, children
    yield "referred again within 12 months %", _again(table, new).sum(), referrals
    yield "referrals with no further action %", new["nfa"].sum(), referrals
    yield "assessed, not in need % of referrals", (~new["nfa"] & ~new["in_need"]).sum(), referrals
    yield "second or later protection plan %", (started["earlier"] > 0).sum(), len(started["day"])
    assessed = take(table, ~table["nfa"] & _within(table["authorised"], begin, end))
    # Shares are of the assessments that found any factor.
    some = assessed["factors"][assessed["factors"] != 1 << (len(FACTORS) - 1)]
    for code, (name, _) in PUBLISHED_FACTORS.items():
        yield f"factor: {name} %", (some >> FACTORS.index(code) & 1).sum(), len(some)


def _again(table: Table, new: Table) -> NDArray[np.bool_]:
    """Whether each referral follows another of the same child within a year."""
    key = np.sort(table["child"].astype(np.int64) * 100_000 + table["day"])
    mine = new["child"].astype(np.int64) * 100_000 + new["day"]
    before = key[np.maximum(np.searchsorted(key, mine) - 1, 0)]
    return (before // 100_000 == new["child"]) & (mine > before) & (mine - before <= 365)


def noticed(book: Book) -> dict[str, Any]:
    """How much exploitation starts in a year, how many are identified, and how unequally."""
    table, lives = spells(book.run), book.run.lives
    low, high = np.quantile(lives.families.watched, [0.25, 0.75])
    made: dict[str, Any] = {}
    for kind, name in enumerate(("CSE", "CCE")):
        mine = take(table, table["kind"] == kind)
        old = (mine["start"] >= day("2018-10-01")) & (mine["start"] < TODAY_DAY - 730)
        within = mine["identified"] - mine["start"] <= 730
        watched = lives.families.watched[lives.family[mine["child"]]]
        made |= {
            f"{name} starts a year": round(_within(mine["start"], day("2018-10-01"), TODAY_DAY).sum() / 8, 1),
            f"{name} identified a year": round(_within(mine["identified"], day("2018-10-01"), TODAY_DAY).sum() / 8, 1),
            f"{name} girls %": _share(lives.female[mine["child"]]),
            f"{name} exploited on the last day": int(((mine["start"] < TODAY_DAY) & (mine["end"] > TODAY_DAY)).sum()),
            f"{name} identified within two years %": _share(within[old]),
            f"{name} the same, most watched quarter %": _share(within[old & (watched > high)]),
            f"{name} the same, least watched quarter %": _share(within[old & (watched < low)]),
        }
    return made


def _share(mask: NDArray[np.bool_]) -> float:
    return round(float(100 * mask.mean()), 1) if len(mask) else 0.0

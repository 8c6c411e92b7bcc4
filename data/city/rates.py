"""The city's rates beside the published ones (formats.md, figures for Bristol, 2025 unless stated)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.city.assessment import FACTORS
from data.city.clock import TODAY_DAY, day
from data.city.history import spells
from data.city.log import Table, take
from data.city.population import in_city
from data.city.writers import cases as social
from data.city.writers.education import meals, sen
from data.city.writers.frame import Book

LAST = (day("2025-04-01"), day("2026-04-01"))  # the last whole return year
PUBLISHED_FACTORS = {
    "4B": ("parent's mental health", 39.6),
    "3B": ("domestic abuse of a parent", 30.3),
    "17A": ("emotional abuse", 27.5),
    "4A": ("child's mental health", 25.0),
    "16A": ("neglect", 19.5),
    "1B": ("parent's alcohol", 17.6),
    "2B": ("parent's drugs", 20.4),
    "5A": ("child's learning disability", 21.4),
    "18C": ("physical abuse by an adult", 18.3),
    "14A": ("unacceptable behaviour", 9.3),
    "15A": ("self-harm", 7.4),
    "7A": ("young carer", 8.5),
    "10A": ("missing", 5.6),
    "24A": ("criminal exploitation", 7.3),
    "11A": ("sexual exploitation", 4.6),
    "13A": ("gangs", 3.7),
    "12A": ("trafficking", 1.8),
}


def compare(book: Book) -> list[dict[str, Any]]:
    """One row a figure: published, the city's, and their ratio."""
    figures = _care(book) + _need(book) + _school(book) + _factors(book)
    return [
        {
            "figure": name,
            "published": published,
            "city": round(city, 2),
            "ratio": round(city / published, 2) if published else None,
        }
        for name, published, city in figures
    ]


Figure = tuple[str, float, float]


def _children(book: Book, on: int) -> NDArray[np.int64]:
    """Children under 18 in the city on a day."""
    people, size = book.true.people, book.run.lives.children
    age = (on - people.birth[:size]) / 365.25
    return np.flatnonzero(in_city(people, on)[:size] & (age >= 0) & (age < 18))


def _care(book: Book) -> list[Figure]:
    spell, (begin, end) = social.care_spells(book), LAST
    per = 10_000 / max(len(_children(book, end)), 1)
    stock = spell["child"][(spell["day"] < end) & (spell["to"] >= end)]
    missing = book.run.lives.log.table("missing")
    year = np.unique(spell["child"][(spell["day"] < end) & (spell["to"] >= begin)])
    gone = np.unique(missing["child"][(missing["day"] >= begin) & (missing["day"] < end)])
    return [
        ("looked after per 10,000", 81, len(stock) * per),
        ("started to be looked after per 10,000", 29, _within(spell["day"], begin, end) * per),
        ("ceased to be looked after per 10,000", 31, _within(spell["to"], begin, end) * per),
        ("looked after and missing in the year %", 14, _share(np.isin(year, gone))),
    ]


def _within(days: NDArray[np.integer], begin: int, end: int) -> int:
    return int(((days >= begin) & (days < end)).sum())


def _share(mask: NDArray[np.bool_]) -> float:
    return float(100 * mask.mean()) if len(mask) else 0.0


def _need(book: Book) -> list[Figure]:
    table, (begin, end) = social.cases(book), LAST
    per = 10_000 / max(len(_children(book, end)), 1)
    opened = (table["day"] < end) & (table["until"] >= end) & ~table["nfa"]
    plans = (table["plan"] > 0) & (table["plan"] < end) & (table["plan_ends"] >= end)
    new = take(table, (table["day"] >= begin) & (table["day"] < end))
    again = _again(table, new)
    started = take(table, (table["plan"] >= begin) & (table["plan"] < end))
    assessed = ~new["nfa"]
    return [
        ("in need on 31 March per 10,000", 326.1, len(np.unique(table["child"][opened])) * per),
        ("protection plans per 10,000", 40.5, int(plans.sum()) * per),
        ("referrals in the year per 10,000", 460, len(new["day"]) * per),
        ("referred again within 12 months %", 23.2, _share(again)),
        ("referrals with no further action %", 13.6, _share(new["nfa"])),
        ("assessed, not in need % of referrals", 29.7, _share(assessed & ~new["in_need"])),
        ("second or later protection plan %", 26.3, _share(started["earlier"] > 0)),
    ]


def _again(table: Table, new: Table) -> NDArray[np.bool_]:
    """Whether each referral follows another of the same child within a year."""
    key = np.sort(table["child"].astype(np.int64) * 100_000 + table["day"])
    mine = new["child"].astype(np.int64) * 100_000 + new["day"]
    before = key[np.maximum(np.searchsorted(key, mine) - 1, 0)]
    return (before // 100_000 == new["child"]) & (mine > before) & (mine - before <= 365)


def _school(book: Book) -> list[Figure]:
    table = book.run.lives.log.table("attendance")
    year = take(table, (table["month"] >= 108) & (table["month"] <= 117))  # October 2024 to July 2025
    size = book.run.lives.children
    missed, possible = (
        np.bincount(year["child"], w, size) for w in (year["authorised"] + year["unauthorised"], year["possible"])
    )
    on_roll = possible > 0
    rate = np.divide(missed, possible, out=np.zeros(size), where=on_roll)
    figures = [
        ("absence, all pupils %", 6.7, float(100 * missed.sum() / max(possible.sum(), 1))),
        ("persistent absence, all pupils %", 20.1, _share(rate[on_roll] >= 0.1)),
    ]
    end = day("2025-03-31")
    cases, spell = social.cases(book), social.care_spells(book)
    care = np.unique(spell["child"][(spell["day"] < end - 365) & (spell["to"] >= end)])
    need = np.setdiff1d(cases["child"][(cases["day"] < end) & (cases["until"] >= end) & cases["in_need"]], care)
    plan = np.unique(cases["child"][(cases["plan"] > 0) & (cases["plan"] < end) & (cases["plan_ends"] >= end)])
    for name, who, overall, persistent in (
        ("in need", need, 21.8, 54.9),
        ("protection plan", plan, 27.1, 63.4),
        ("looked after 12 months", care, 10.8, 25.6),
    ):
        who = who[on_roll[who]]
        figures += [
            (f"absence, {name} %", overall, 100 * float(missed[who].sum() / max(possible[who].sum(), 1))),
            (f"persistent absence, {name} %", persistent, _share(rate[who] >= 0.1)),
        ]
    suspended = np.unique(take(book.run.lives.log.table("suspension"), _in_school_year(book))["child"])
    figures += [
        (f"suspended, {name} %", published, _share(np.isin(who[on_roll[who]], suspended)))
        for name, who, published in (("in need", need, 17.9), ("looked after", care, 22.4))
    ]
    pupils = np.flatnonzero(on_roll)
    provision = sen(book, pupils, end)
    child, since, to = meals(book)
    eats = np.isin(pupils, child[(since <= end) & (to > end)])
    senior = (end - book.true.people.birth[pupils]) > 11.5 * 365.25
    activity = book.run.lives.log.table("activity")
    last = activity["state"][activity["month"] == 128]
    return [
        *figures,
        ("free school meals, primary %", 27.6, _share(eats[~senior])),
        ("free school meals, secondary %", 31.7, _share(eats[senior])),
        ("education, health and care plan %", 5.1, _share(provision == 2)),
        ("special needs support %", 16.9, _share(provision == 1)),
        ("16-17 not in education, work or training %", 6.0, _share(last == 1)),
        ("the same or not known %", 6.5, _share(last > 0)),
    ]


def _in_school_year(book: Book) -> NDArray[np.bool_]:
    days = book.run.lives.log.table("suspension")["day"]
    return (days >= day("2024-09-01")) & (days < day("2025-08-31"))


def _factors(book: Book) -> list[Figure]:
    """Each factor's share of the assessments of the last return year that found any."""
    table, (begin, end) = social.cases(book), LAST
    mine = take(table, ~table["nfa"] & (table["authorised"] >= begin) & (table["authorised"] < end))
    some = mine["factors"] != 1 << (len(FACTORS) - 1)
    return [
        (f"factor: {name} %", published, _share((mine["factors"][some] >> FACTORS.index(code) & 1) == 1))
        for code, (name, published) in PUBLISHED_FACTORS.items()
    ]


def noticed(book: Book) -> dict[str, Any]:
    """How much exploitation starts in a year, how many are identified, and how unequally."""
    table = spells(book.run)
    made: dict[str, Any] = {}
    for kind, name in enumerate(("CSE", "CCE")):
        mine = take(table, table["kind"] == kind)
        old = (mine["start"] >= day("2018-10-01")) & (mine["start"] < TODAY_DAY - 730)
        within = mine["identified"] - mine["start"] <= 730
        watched = book.run.lives.families.watched[book.run.lives.family[mine["child"]]]
        low, high = np.quantile(book.run.lives.families.watched, [0.25, 0.75])
        made |= {
            f"{name} starts a year": round(_within(mine["start"], day("2018-10-01"), TODAY_DAY) / 8, 1),
            f"{name} identified a year": round(_within(mine["identified"], day("2018-10-01"), TODAY_DAY) / 8, 1),
            f"{name} girls %": round(_share(book.run.lives.female[mine["child"]]), 1),
            f"{name} exploited on the last day": int(((mine["start"] < TODAY_DAY) & (mine["end"] > TODAY_DAY)).sum()),
            f"{name} identified within two years %": round(_share(within[old]), 1),
            f"{name} the same, most watched quarter %": round(_share(within[old & (watched > high)]), 1),
            f"{name} the same, least watched quarter %": round(_share(within[old & (watched < low)]), 1),
        }
    return made

"""Ofsted Annex A: the workbook as it would be handed over on the last day, lists 1 to 11."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from data.city.assessment import ABUSES, CLOSED
from data.city.clock import TODAY_DAY
from data.city.log import Table, take
from data.city.writers.cases import NEEDS, REFERRAL_CODES, care_spells, cases, placements, register_of
from data.city.writers.frame import Book, checked, day_column, words
from data.city.writers.social_care import TEAMS, WORKERS, team_of
from data.city.writers.ssda903 import PLACES
from data.city.writers.xlsx import write as write_workbook
from data.sources import SOURCES

SIX_MONTHS = TODAY_DAY - 183
ADOPTED = 4


def write(book: Book) -> None:
    """All eleven lists in one workbook."""
    table, spells = cases(book), care_spells(book)
    lists = [
        _contacts(book),
        _early_help(book),
        *_referrals(book, table),
        _in_need(book, table),
        _plans(book, table),
        _in_care(book, spells),
        _leavers(book, spells),
        _adoptions(book, spells),
        _adopters(),
    ]
    sheets = {f"List {n}": checked(SOURCES["annex_a"], f"list_{n}", columns) for n, columns in enumerate(lists, 1)}
    path = book.out / "sources" / "annex_a" / "annex_a_2026.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_workbook(path, sheets)
    book.rows["annex_a"] = sum(table.num_rows for table in sheets.values())


def _base(book: Book, child: np.ndarray) -> dict[str, Any]:
    made = register_of(book).fields(("sex", "ethnicity", "birth_date"), child, np.full(len(child), TODAY_DAY - 1))
    return {
        "Child Unique ID": register_of(book).locals(child),
        "Gender": made["sex"],
        "Ethnicity": made["ethnicity"],
        "Date of Birth": made["birth_date"],
    }


def _disabled(book: Book, child: np.ndarray) -> pa.Array:
    traits = book.run.lives.traits
    return words(("b) No", "a) Yes"), ((traits["autism"][child] + traits["learning"][child]) > 0).astype(int))


def _worker(book: Book, child: np.ndarray, long: np.ndarray) -> dict[str, Any]:
    team = team_of(book, child, np.full(len(child), TODAY_DAY - 1), long)
    return {
        "Allocated Team": words(TEAMS, team),
        "Allocated Worker": words(WORKERS, (child * 31 + team) % len(WORKERS)),
    }


def _contacts(book: Book) -> dict[str, Any]:
    table = book.happened("contact")
    table = take(table, table["day"] >= SIX_MONTHS)
    return {
        **_base(book, table["child"]),
        "Date of Contact": day_column(table["day"]),
        "Contact Source": words(REFERRAL_CODES, table["agency"]),
    }


def _early_help(book: Book) -> dict[str, Any]:
    """Early help assessments of children whom social care knows by number: one a family."""
    table = take(book.happened("early_help"), book.happened("early_help")["day"] >= SIX_MONTHS)
    lives = book.run.lives
    known = np.unique(book.happened("contact")["child"])
    one = np.full(len(lives.families), -1, np.int64)
    one[lives.family[known]] = known
    child = one[table["family"]]
    has = child >= 0
    return {
        **_base(book, child[has]),
        "Assessment start date": day_column(table["day"][has] + 5),
        "Assessment completion date": day_column(table["day"][has] + 40),
        "Organisation completing assessment": pa.array(["Early Help Hub"] * int(has.sum()), pa.string()),
    }


def _referrals(book: Book, table: Table) -> list[dict[str, Any]]:
    """Lists 3, 4 and 5: referrals, assessments, enquiries of six months."""
    new = take(table, table["day"] >= SIX_MONTHS)
    child, blank = new["child"], new["in_need"] & False
    year = take(table, table["day"] >= TODAY_DAY - 365)
    count = np.bincount(year["child"], minlength=book.run.lives.children)[child]
    three = {
        **_base(book, child),
        "Date of Referral": day_column(new["day"]),
        "Referral Source": words(REFERRAL_CODES, new["agency"]),
        "Referral NFA?": words(("No", "Yes"), new["nfa"].astype(int)),
        "Number of Referrals in Last 12 Months": pa.array(np.maximum(count - 1, 0)),
        **_worker(book, child, blank),
    }
    begun = take(table, ~table["nfa"] & (table["begins"] < TODAY_DAY) & (table["authorised"] >= SIX_MONTHS))
    child = begun["child"]
    four = {
        **_base(book, child),
        "Does the Child have a Disability": _disabled(book, child),
        "Continuous Assessment Start Date": day_column(begun["begins"]),
        "Child Seen During Continuous Assessment": pa.array(["Yes"] * len(child), pa.string()),
        "Continuous Assessment Date of Authorisation": day_column(begun["authorised"]),
        **_worker(book, child, begun["in_need"]),
    }
    asked = take(table, (table["enquiry"] >= SIX_MONTHS) & (table["enquiry"] < TODAY_DAY))
    child = asked["child"]
    five = {
        **_base(book, child),
        "Does the Child have a Disability": _disabled(book, child),
        "Strategy discussion initiating Section 47 Enquiry Start Date": day_column(asked["enquiry"]),
        "Date of Initial Child Protection Conference": day_column(asked["plan"]),
        **_worker(book, child, asked["in_need"]),
    }
    return [three, four, five]


def _in_need(book: Book, table: Table) -> dict[str, Any]:
    mine = take(table, table["in_need"] & (table["until"] >= SIX_MONTHS))
    child, closed = mine["child"], mine["until"] < TODAY_DAY
    status = np.where(closed, 2, np.where((mine["plan"] > 0) & (mine["plan_ends"] >= TODAY_DAY), 1, 0))
    return {
        **_base(book, child),
        "Does the Child have a Disability": _disabled(book, child),
        "CIN Start Date": day_column(mine["day"]),
        "Primary Need Code": words(NEEDS, mine["reason"]),
        "Date Child Was Last Seen": day_column(np.minimum(mine["until"], TODAY_DAY - 1) - child % 20),
        "CIN Closure Date": day_column(mine["until"]),
        "Reason for Closure": words(CLOSED, np.where(closed, mine["close"], -1)),
        "Case Status": words(("c) Child in need plan", "b) Child protection plan", "e) Closed episode"), status),
        **_worker(book, child, ~closed),
    }


def _plans(book: Book, table: Table) -> dict[str, Any]:
    mine = take(table, (table["plan"] > 0) & (table["plan"] < TODAY_DAY) & (table["plan_ends"] >= SIX_MONTHS))
    child, abuse = mine["child"], words(ABUSES, mine["abuse"])
    return {
        **_base(book, child),
        "Does the Child have a Disability": _disabled(book, child),
        "Child Protection Plan Start Date": day_column(mine["plan"]),
        "Initial Category of Abuse": abuse,
        "Latest Category of Abuse": abuse,
        "Date of the Last Statutory Visit": day_column(np.minimum(mine["plan_ends"], TODAY_DAY - 1) - child % 15),
        "Child Protection Plan End Date": day_column(mine["plan_ends"]),
        "Number of Previous Child Protection Plans": pa.array(mine["earlier"]),
        **_worker(book, child, mine["plan"] > 0),
    }


def _in_care(book: Book, spells: Table) -> dict[str, Any]:
    mine = take(spells, (spells["to"] >= SIX_MONTHS) & (spells["day"] < TODAY_DAY))
    latest = placements(book)
    at = np.searchsorted(latest["spell"], mine["spell"], side="right") - 1
    child, order = mine["child"], mine["order"]
    begun = np.minimum(latest["day"][at], TODAY_DAY - 1)
    place = words(tuple(codes[0] for codes in PLACES), latest["place"][at])
    return {
        **_base(book, child),
        "Does the Child have a Disability": _disabled(book, child),
        "Date Started to be Looked After": day_column(mine["day"]),
        "Child's Category of Need": pa.array(["N1"] * len(child), pa.string()),
        "Child's Legal Status": words(("V2", "C2"), order.astype(int)),
        "Date of Latest Statutory Review": day_column(
            np.maximum(np.minimum(mine["to"], TODAY_DAY) - 20 - child % 150, mine["day"])
        ),
        "Date Ceased to be Looked After": day_column(mine["to"]),
        "Start Date of Most Recent Placement": day_column(begun),
        "Placement Type": place,
        **_worker_in_care(child),
    }


def _worker_in_care(child: np.ndarray) -> dict[str, Any]:
    team = np.full(len(child), len(TEAMS) - 1)
    return {"Allocated Team": words(TEAMS, team), "Allocated Worker": words(WORKERS, (child * 17) % len(WORKERS))}


def _leavers(book: Book, spells: Table) -> dict[str, Any]:
    birth = book.run.lives.people.birth[spells["child"]]
    child = np.unique(spells["child"][np.isin(spells["reason"], (5, 6)) & (TODAY_DAY - birth < 21 * 365.25)])
    rng, size = book.rng("annex leavers"), len(child)
    return {
        **_base(book, child),
        "Does the Child have a Disability": _disabled(book, child),
        "Eligibility Category": pa.array(["b) Former relevant child"] * size, pa.string()),
        "LA in Touch": words(("a) Yes", "b) No"), (rng.random(size) < 0.1).astype(int)),
        "Type of Accommodation": words(("U: Independent living", "V: Supported lodgings"), rng.integers(0, 2, size)),
        "Suitability of Accommodation": words(("a) Suitable", "b) Unsuitable"), (rng.random(size) < 0.08).astype(int)),
        "Activity Status": words(
            ("F2: Full time in education", "F4: Full time in work", "G5: Not in education, work or training"),
            rng.integers(0, 3, size),
        ),
        **_worker_in_care(child),
    }


def _adoptions(book: Book, spells: Table) -> dict[str, Any]:
    mine = take(spells, (spells["reason"] == ADOPTED) & (spells["to"] >= TODAY_DAY - 365) & (spells["to"] < TODAY_DAY))
    child = mine["child"]
    return {
        **_base(book, child),
        "Family identifier": pa.array(np.char.add("F", (7000 + np.arange(len(child))).astype(str))),
        "Does the Child have a Disability": _disabled(book, child),
        "Date the Child Entered Care": day_column(mine["day"]),
        "Date Placed for Adoption": day_column(np.maximum(mine["to"] - 200, mine["day"] + 30)),
        "Date of Adoption Order": day_column(mine["to"]),
    }


def _adopters() -> dict[str, Any]:
    """The city does not simulate adopters: the list has its headings alone."""
    text, none = pa.nulls(0, pa.string()), pa.nulls(0, pa.date32())
    return {
        "Individual adopter identifier": text,
        "Family identifier": text,
        "Gender": text,
        "Ethnicity": text,
        "Date enquiry received": none,
        "Date application approved": none,
    }

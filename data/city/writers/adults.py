"""Adults: care and safeguarding, probation, help to find work: what illness, offending and unemployment bring."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.city.adult_concerns import HARMS
from data.city.chronicle import quarters, strikes
from data.city.clock import RECORDS_DAY, TODAY_DAY, YEAR
from data.city.identity import Habits, age_on
from data.city.log import Table, take
from data.city.members import adult_of, apart, in_town, one_parent
from data.city.population import MOTHER
from data.city.reasons import ADULT
from data.city.writers.frame import Book, day_column, words
from data.city.writers.money import spells
from data.sources.adult_social_care import FIELDS as CARE_FIELDS
from data.sources.job_support import FIELDS as JOB_FIELDS
from data.sources.probation import FIELDS as PROBATION_FIELDS

CARE = Habits(nhs=0.72, forename=0.055, surname=0.055, birth=0.03, stale=0.2, prefix="AS")
PROBATION = Habits(forename=0.08, surname=0.05, birth=0.025, stale=0.38, no_home=0.16, prefix="CR")
JOBS = Habits(ni=0.88, forename=0.06, surname=0.05, birth=0.04, stale=0.2, prefix="JC")
REASONS = ("physical", "sensory", "learning", "mental", "substance", "social", "carer")
PHYSICAL, SENSORY, LEARNING, MENTAL, SUBSTANCE, SOCIAL, CARER = range(7)
SENTENCES = ("community", "suspended", "licence")
OFFERS = ("adviser", "skills", "disability", "youth_hub")

Rows = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


def write(book: Book) -> None:
    """All three feeds."""
    _care(book)
    _concerns(book)
    _probation(book)
    _work(book)


def _care(book: Book) -> None:
    """Spells of care and support: illness and addiction of parents, carers, disabled children who are grown."""
    rng, register = book.rng("adult_social_care"), book.register("adult_social_care", CARE)
    parts = [_ill_parents(book, rng), _carers(book, rng), _grown(book, rng)]
    who, begin, reason = (np.concatenate([part[i] for part in parts]) for i in range(3))
    end = begin + (90 + rng.gamma(1.2, 420, len(who))).astype(np.int64)
    keep = in_town(book.run, who, begin) & (begin < TODAY_DAY - 7)
    who, begin, reason, end = who[keep], begin[keep], reason[keep], end[keep]
    once = apart(who, begin, end)
    who, begin, reason, end = who[once], begin[once], reason[once], end[once]
    book.write(
        "adult_social_care",
        "support",
        {
            "adult_id": register.locals(who),
            **register.fields(CARE_FIELDS, who, begin),
            "reason": words(REASONS, reason),
            "support_from": day_column(begin),
            "support_to": day_column(end),
        },
    )


def _ill_parents(book: Book, rng: np.random.Generator) -> Rows:
    """Mothers and the men at home whose mind, drinking or body needs care."""
    told, parts = book.run.chronicle, []
    for quarter in quarters():
        mental, substance = (told.trouble(name, quarter) for name in ("parent_mental", "parent_substance"))
        family, day = strikes(rng, quarter, 0.0012 + 0.012 * mental + 0.008 * substance)
        why = np.where(mental[family], MENTAL, np.where(substance[family], SUBSTANCE, -1))
        parts.append((one_parent(book.run, family, day, rng), day.astype(np.int64), why))
    who, on, why = (np.concatenate([part[i] for part in parts]).astype(np.int64) for i in range(3))
    other = rng.choice([PHYSICAL, SENSORY, LEARNING, SOCIAL], len(who), p=[0.6, 0.08, 0.12, 0.2])
    return who, on, np.where(why < 0, other, why)


def _carers(book: Book, rng: np.random.Generator) -> Rows:
    """Mothers who care for a disabled child of school age."""
    lives = book.run.lives
    child = np.flatnonzero((lives.traits["learning"] + lives.traits["autism"] > 0) & (rng.random(lives.children) < 0.2))
    begin = lives.people.birth[child].astype(np.int64) + (YEAR * rng.uniform(3, 17, len(child))).astype(np.int64)
    keep = (begin >= RECORDS_DAY) & in_town(book.run, child, begin)
    who = adult_of(book.run, MOTHER)[lives.family[child[keep]]]
    return who, begin[keep], np.full(len(who), CARER)


def _grown(book: Book, rng: np.random.Generator) -> Rows:
    """Children with a learning disability who turn eighteen: half go on to adult care."""
    lives = book.run.lives
    who = np.flatnonzero((lives.traits["learning"] > 0) & (rng.random(lives.children) < 0.5))
    begin = lives.people.birth[who].astype(np.int64) + 6575
    keep = begin >= RECORDS_DAY
    return who[keep], begin[keep], np.full(int(keep.sum()), LEARNING)


def _concerns(book: Book) -> None:
    """Safeguarding concerns: what of the worry about grown-ups the hub hands on."""
    rng, register, table = book.rng("adult concerns"), book.register("adult_social_care", CARE), book.adult_concerns
    table = take(table, table["outcome"] == ADULT)
    who, day, enquiry = table["person"], table["day"], table["enquiry"]
    ends = day + rng.gamma(3, 25, len(who)).astype(np.int64)
    book.write_by_year(
        "adult_social_care",
        "concern",
        {
            "adult_id": register.locals(who),
            **register.fields(CARE_FIELDS, who, day),
            "harm": words(HARMS, table["harm"]),
            "raised_on": day_column(day),
            "enquiry": pa.array(enquiry),
            "concluded_on": day_column(np.where(enquiry, ends, -1)),
        },
        day,
    )


def _probation(book: Book) -> None:
    """Courts sentence one adult suspect in five, months later; one of seven of these goes to prison first."""
    rng, register = book.rng("probation"), book.register("probation", PROBATION)
    table = book.happened("suspect")
    grown = age_on(book.true.people, table["person"], table["day"]) >= 18
    table = take(table, grown & (rng.random(len(grown)) < 0.21))
    who, size = table["person"].astype(np.int64), len(table["person"])
    court = table["day"] + 20 + rng.gamma(2.5, 55, size).astype(np.int64)
    jailed = rng.random(size) < 0.15
    free = court + np.where(jailed, 20 + rng.gamma(1.4, 110, size).astype(np.int64), 0)
    end = free + rng.choice([183, 365, 365, 548, 730], size)
    keep = (free < TODAY_DAY - 21) & apart(who, court, end) & in_town(book.run, who, free)
    sentence = np.where(jailed, 2, (rng.random(size) < 0.3).astype(int))
    _supervised(book, take({"who": who, "from": free, "to": end, "sentence": sentence}, keep))
    held = jailed & (court < TODAY_DAY - 21) & apart(who, court, end) & in_town(book.run, who, court)
    book.write(
        "probation",
        "custody",
        {
            "crn": register.locals(who[held]),
            **register.fields(PROBATION_FIELDS, who[held], court[held]),
            "received_on": day_column(court[held]),
            "released_on": day_column(free[held]),
        },
    )


def _supervised(book: Book, table: Table) -> None:
    register = book.register("probation", PROBATION)
    book.write(
        "probation",
        "supervision",
        {
            "crn": register.locals(table["who"]),
            **register.fields(PROBATION_FIELDS, table["who"], table["from"]),
            "sentence": words(SENTENCES, table["sentence"]),
            "supervised_from": day_column(table["from"]),
            "supervised_to": day_column(table["to"]),
        },
    )


def _work(book: Book) -> None:
    """An adviser for a third of those long out of work; jobs are known of half of those advised, of few others."""
    rng, families = book.rng("job_support"), book.run.lives.families
    family, begin, until = (column.astype(np.int64) for column in spells(book, "out_of_work"))
    size = len(family)
    join = begin + 45 + rng.gamma(2, 60, size).astype(np.int64)
    advised = (rng.random(size) < 0.33) & (join < until) & (join > families.first_birth[family])
    leave = np.minimum(until, join + 30 + rng.gamma(3, 60, size).astype(np.int64))
    who = one_parent(book.run, family, join, rng)
    offer = np.where(
        book.run.chronicle.then("parent_mental", family, join), 2, (rng.random(size) < 0.3).astype(np.int64)
    )
    found = (until < TODAY_DAY - 45) & (rng.random(size) < np.where(advised, 0.55, 0.06))
    job = until + rng.integers(0, 21, size)
    _caseload(book, take({"who": who, "from": join, "to": leave, "offer": offer}, advised))
    _jobs(book, take({"who": who, "from": job}, found & (until > begin)), rng)


def _caseload(book: Book, table: Table) -> None:
    """Parents with an adviser, and young people out of work who come to the youth hub at eighteen."""
    register, rng = book.register("job_support", JOBS), book.rng("youth hub")
    state = book.run.lives.log.table("activity")
    young = np.unique(state["child"][(state["state"] == 1) & (rng.random(len(state["state"])) < 0.1)]).astype(np.int64)
    come = book.true.people.birth[young].astype(np.int64) + 6600
    hub = {"who": young, "from": come, "to": come + 150, "offer": np.full(len(young), 3)}
    table = {name: np.concatenate([table[name], hub[name]]) for name in table}
    known = (table["from"] >= RECORDS_DAY) & (table["from"] < TODAY_DAY - 30)
    table = take(table, known & in_town(book.run, table["who"], table["from"]))
    book.write(
        "job_support",
        "caseload",
        {
            "customer_id": register.locals(table["who"]),
            **register.fields(JOB_FIELDS, table["who"], table["from"]),
            "offer": words(OFFERS, table["offer"]),
            "joined_on": day_column(table["from"]),
            "left_on": day_column(table["to"]),
        },
    )


def _jobs(book: Book, table: Table, rng: np.random.Generator) -> None:
    register = book.register("job_support", JOBS)
    known = (table["from"] >= RECORDS_DAY) & (table["from"] < TODAY_DAY - 45)
    table = take(table, known & in_town(book.run, table["who"], table["from"]))
    size = len(table["who"])
    hours = rng.choice(3, size, p=[0.3, 0.5, 0.2])
    book.write(
        "job_support",
        "job",
        {
            "customer_id": register.locals(table["who"]),
            **register.fields(JOB_FIELDS, table["who"], table["from"]),
            "hours": words(("full", "part", "variable"), hours),
            "weekly_hours": pa.array(np.where(hours == 0, 37, rng.integers(8, 30, size))),
            "job_from": day_column(table["from"]),
            "job_to": day_column(table["from"] + rng.gamma(1.3, 420, size).astype(np.int64)),
        },
    )

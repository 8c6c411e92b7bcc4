"""Benefits and housing: claims, spells out of work, sanctions; tenancies, arrears, notices, homelessness."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.city.clock import RECORDS_DAY, STARTS, TODAY_DAY, Ints
from data.city.households import SOCIAL
from data.city.identity import Habits
from data.city.log import Table
from data.city.members import Members
from data.city.writers.frame import Book, day_column, numbered, words
from data.sources.benefits import FIELDS as BENEFIT_FIELDS
from data.sources.housing import FIELDS as HOUSING_FIELDS

BENEFITS = Habits(ni=0.96, forename=0.05, surname=0.045, birth=0.03, stale=0.2, prefix="U")
HOUSING = Habits(ni=0.62, forename=0.07, surname=0.06, birth=0.045, stale=0.23, prefix="T")


def spells(book: Book, name: str) -> tuple[NDArray[np.int64], Ints, Ints]:
    """(family, from, until) of every spell of a trouble; TODAY where it goes on."""
    log = book.run.lives.log
    began, ended = log.table(f"{name}_began"), log.table(f"{name}_ended")
    family = np.concatenate([began["family"], ended["family"]])
    day = np.concatenate([began["day"], ended["day"]])
    kind = np.repeat([0, 1], [len(began["day"]), len(ended["day"])])
    order = np.lexsort([day, family])
    family, day, kind = family[order], day[order], kind[order]
    opens = np.flatnonzero(kind == 0)
    after = np.minimum(opens + 1, len(family) - 1)
    closed = (family[after] == family[opens]) & (kind[after] == 1) & (after > opens)
    return (
        family[opens].astype(np.int64),
        day[opens].astype(np.int32),
        np.where(closed, day[after], TODAY_DAY).astype(np.int32),
    )


def write(book: Book) -> None:
    """Benefits, then housing."""
    _benefits(book)
    _housing(book)


def _claims(book: Book, name: str) -> tuple[NDArray[np.int64], Ints, Ints]:
    """Spells cut to the family's time in the city, those of the records only."""
    families = book.run.lives.families
    family, begin, until = spells(book, name)
    begin = np.maximum(begin, np.maximum(families.arrived[family], families.first_birth[family] - 200)).astype(np.int32)
    until = np.minimum(until, families.left[family]).astype(np.int32)
    keep = (begin < until) & (until > RECORDS_DAY) & (begin < TODAY_DAY - 30)
    return family[keep], begin[keep], until[keep]


def _benefits(book: Book) -> None:
    rng, register = book.rng("benefits"), book.register("benefits", BENEFITS)
    family, begin, until = _claims(book, "claim")
    row, person = Members(book.run).open(family, np.minimum(np.maximum(begin, RECORDS_DAY) + 30, until - 1))
    role = book.true.people.role[person]
    born = np.maximum(begin[row], book.true.people.birth[person] + 20)
    book.write(
        "benefits",
        "member",
        {
            "dwp_id": register.locals(person),
            **register.fields(BENEFIT_FIELDS, person, np.maximum(born, RECORDS_DAY)),
            "claim_ref": numbered("UC", row),
            "role": words(("claimant", "partner", "child"), np.select([role == 1, role > 1], [0, 1], 2)),
            "from_date": day_column(born),
            "to_date": day_column(until[row]),
        },
    )
    claims = np.zeros(len(book.run.lives.families), bool)
    claims[family] = True
    away, begin, until = _claims(book, "out_of_work")
    on_claim = claims[away]
    mother = _mothers(book)[away[on_claim]]
    book.write(
        "benefits",
        "out_of_work",
        {
            "dwp_id": register.locals(mother),
            "from_date": day_column(begin[on_claim]),
            "to_date": day_column(until[on_claim]),
        },
    )
    hit = np.flatnonzero(on_claim)[rng.random(int(on_claim.sum())) < 0.12]
    day = begin[hit] + (rng.random(len(hit)) * np.maximum(until[hit] - begin[hit], 30)).astype(np.int32)
    hit, day = hit[(day > RECORDS_DAY) & (day < TODAY_DAY - 30)], day[(day > RECORDS_DAY) & (day < TODAY_DAY - 30)]
    book.write(
        "benefits", "sanction", {"dwp_id": register.locals(_mothers(book)[away[hit]]), "sanctioned_on": day_column(day)}
    )


def _mothers(book: Book) -> NDArray[np.int64]:
    """The mother of each family."""
    people = book.true.people
    mother = np.flatnonzero(people.role == 1)
    found = np.zeros(len(book.run.lives.families), np.int64)
    found[people.family[mother]] = mother
    return found


def _housing(book: Book) -> None:
    register, homes = book.register("housing", HOUSING), book.true.homes
    families = book.run.lives.families
    spell = np.flatnonzero(
        (homes.household < homes.families) & (homes.tenure[np.minimum(homes.household, homes.families - 1)] == SOCIAL)
    )
    family = homes.household[spell].astype(np.int64)
    last = np.append(homes.first[1:], TODAY_DAY)[spell]
    same = np.append(homes.household[1:], -1)[spell] == homes.household[spell]
    until = np.minimum(np.where(same, last, TODAY_DAY), families.left[family])
    begin = np.maximum(homes.first[spell], families.first_birth[family] - 300)
    keep = (begin < until) & (until > RECORDS_DAY) & (begin < TODAY_DAY - 20)
    family, begin, until = family[keep], begin[keep], until[keep]
    row, person = Members(book.run).open(family, np.minimum(np.maximum(begin, RECORDS_DAY) + 20, until - 1))
    role = book.true.people.role[person]
    tenant = (role == 1) | ((role > 1) & (book.rng("housing joint").random(len(person)) < 0.6))
    book.write(
        "housing",
        "member",
        {
            "housing_id": register.locals(person),
            **register.fields(HOUSING_FIELDS, person, np.maximum(begin, RECORDS_DAY)[row]),
            "tenancy_ref": numbered("TN", row),
            "role": words(("tenant", "member"), np.where(tenant, 0, 1)),
            "from_date": day_column(np.maximum(begin[row], book.true.people.birth[person] + 10)),
            "to_date": day_column(until[row]),
        },
    )
    _arrears(book, family, begin, until)
    _homeless(book)


def _arrears(book: Book, family: NDArray[np.int64], begin: Ints, until: Ints) -> None:
    """Rent owed, by quarter, while a tenant family has money trouble; notices for some of those who owe much."""
    rng, register, mothers = book.rng("arrears"), book.register("housing", HOUSING), _mothers(book)
    debt: Table = book.run.lives.log.table("money_month")
    tenant = np.full(len(book.run.lives.families), -1, np.int64)
    tenant[family] = np.arange(len(family))
    at = tenant[debt["family"]]
    day = STARTS[debt["month"] + 1] - 1
    owes = (
        (at >= 0)
        & (day >= RECORDS_DAY)
        & (day < TODAY_DAY - 14)
        & (begin[at] < day)
        & (until[at] > day)
        & (rng.random(len(at)) < 0.7)
    )
    who, day = mothers[debt["family"][owes]], day[owes]
    amount = np.round(rng.lognormal(6.3, 0.7, len(who)), 2)
    book.write_by_year(
        "housing",
        "arrears",
        {"housing_id": register.locals(who), "quarter_end": day_column(day), "owed": pa.array(amount)},
        day,
    )
    served = np.flatnonzero((amount > 900) & (rng.random(len(who)) < 0.08))
    notice = day[served] + rng.integers(5, 80, len(served))
    fine = notice < TODAY_DAY - 14
    book.write(
        "housing", "notice", {"housing_id": register.locals(who[served][fine]), "served_on": day_column(notice[fine])}
    )


def _homeless(book: Book) -> None:
    """Applications by families who lost a home: three in five get somewhere temporary."""
    rng, register = book.rng("homeless"), book.register("housing", HOUSING)
    case = book.happened("homeless")
    family, day = case["family"], case["day"]
    placed = rng.random(len(day)) < 0.6
    begins = np.where(placed, day + rng.integers(1, 25, len(day)), -1)
    ends = np.where(placed, begins + rng.gamma(1.5, 120, len(day)), -1).astype(np.int64)
    row, person = Members(book.run).open(family, day)
    reason = words(
        ("end of private tenancy", "domestic abuse", "family no longer able to house", "rent arrears", "other"),
        case["reason"][row],
    )
    book.write(
        "housing",
        "homeless",
        {
            "housing_id": register.locals(person),
            **register.fields(HOUSING_FIELDS, person, day[row]),
            "case_ref": numbered("H", row),
            "reason": reason,
            "applied_on": day_column(day[row]),
            "placed_from": day_column(begins[row]),
            "placed_to": day_column(ends[row]),
        },
    )

"""The case system: clients with their addresses, who is what to whom, who held the case, who must never be linked."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.city.clock import RECORDS_DAY, TODAY_DAY, YEAR, Ints
from data.city.history import spells
from data.city.log import take
from data.city.population import CHILD, FATHER, MOTHER, PARTNER
from data.city.writers.cases import cases, clients, recent, register_of
from data.city.writers.frame import Book, day_column, words
from data.sources.social_care import FIELDS

FRIENDS_NAMED = 0.8  # for each child on whom there are inquiries, beside those of the network
TEAMS = (
    "Assessment North",
    "Assessment Central",
    "Assessment South",
    "Safeguarding North",
    "Safeguarding Central",
    "Safeguarding South",
    "Children in Care",
)
WORKERS = tuple(
    f"{first} {last}"
    for first in ("A", "B", "C", "D", "E", "H", "J", "K", "L", "M", "N", "P", "R", "S", "T")
    for last in (
        "Ashdown",
        "Bellamy",
        "Carver",
        "Denholm",
        "Elwood",
        "Farrow",
        "Garside",
        "Holloway",
        "Ingram",
        "Kersley",
        "Lovell",
        "Marlow",
    )
)


def write(book: Book) -> None:
    """Clients, relations, workers, and the two files of each adopted child."""
    child, since = clients(book)
    adult, adult_since = _adults(book, child, since)
    _clients(book, np.concatenate([child, adult]), np.concatenate([since, adult_since]))
    _relations(book, child, since, adult)
    _workers(book)
    _do_not_link(book)


def _adults(
    book: Book, child: NDArray[np.int64], since: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Parents and partners who are on file: nearly all mothers, two fathers in three, two partners in five."""
    people = book.true.people
    first = np.full(len(book.run.lives.families), TODAY_DAY, np.int64)
    np.minimum.at(first, people.family[child], since)
    share = np.array([0.0, 0.96, 0.66, 0.4])[people.role]
    on_file = (
        (people.role != CHILD)
        & (first[people.family] < TODAY_DAY)
        & (book.rng("adults on file").random(len(people)) < share)
    )
    adult = np.flatnonzero(on_file & (people.arrived < TODAY_DAY - 30) & (people.left > first[people.family]))
    return adult, np.maximum(first[people.family[adult]], people.arrived[adult])


def _clients(book: Book, person: NDArray[np.int64], since: NDArray[np.int64]) -> None:
    """One row a client and address: the one when first known, and those of later moves that the service heard of.

    Who was first known before being named gets a row with the name as well; one in fourteen is forgotten.
    """
    register, homes, rng = register_of(book), book.true.homes, book.rng("social care moves")
    since = np.maximum(since, RECORDS_DAY - 1000)
    household, day = homes.moves()
    family = book.true.people.family[person]
    order = np.lexsort((day, household))
    household, day = household[order], day[order]
    first = np.searchsorted(household, family)
    span = np.searchsorted(household, family, side="right") - first
    row = np.repeat(np.arange(len(person)), span)
    move = day[np.repeat(first, span) + np.arange(len(row)) - np.repeat(np.cumsum(span) - span, span)] + 20
    heard = (move > since[row]) & (move < since[row] + 1200) & (move < TODAY_DAY) & (rng.random(len(row)) < 0.6)
    heard &= move < book.true.people.left[person[row]]
    named, names = _named_later(book, person, since)
    who = np.concatenate([person, person[row[heard]], named])
    begin = np.concatenate([since, move[heard], names])
    order = np.lexsort([begin, who])
    who, begin = who[order], begin[order]
    ends = np.where(np.append(who[1:] == who[:-1], False), np.append(begin[1:], 0) - 1, -1)
    book.write(
        "social_care",
        "client",
        {
            "client_number": register.locals(who),
            **register.fields(FIELDS, who, begin),
            "recorded_from": day_column(begin),
            "recorded_to": day_column(ends),
        },
    )


def _named_later(
    book: Book, person: NDArray[np.int64], since: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(person, day) of those first known unborn or newborn whose true name was put on file."""
    known, rng = register_of(book).nameless, book.rng("social care names")
    if known is None:
        return person[:0], since[:0]
    named = known.until[person] + rng.integers(0, 40, len(person))
    later = (since < known.until[person]) & (named < TODAY_DAY) & (rng.random(len(person)) < 0.93)
    return person[later], named[later].astype(np.int64)


def _do_not_link(book: Book) -> None:
    """The council's list: the file of the child before the adoption order, and the file opened with it."""
    register, table = register_of(book), book.run.lives.log.table("adopted")
    recorded = table["day"] + book.rng("do not link").integers(1, 15, len(table["day"]))
    told = recorded < TODAY_DAY
    book.write(
        "social_care",
        "do_not_link",
        {
            "client_number": register.locals(table["child"][told]),
            "other_number": register.locals(table["second"][told]),
            "reason": pa.array(["adopted"] * int(told.sum()), pa.string()),
            "recorded_on": day_column(recorded[told]),
        },
    )


def _relations(book: Book, child: NDArray[np.int64], since: NDArray[np.int64], adult: NDArray[np.int64]) -> None:
    """Parents, brothers and sisters, partners; associates of children whose exploitation was looked into."""
    people = book.true.people
    known = np.full(len(people), TODAY_DAY, np.int64)
    known[child] = since
    parts = [_parents(book, child, adult, known), _siblings(book, child, known), _associates(book)]
    one, other, kind, begin, end, recorded = (np.concatenate([part[i] for part in parts]) for i in range(6))
    register = register_of(book)
    keep = recorded < TODAY_DAY
    book.write(
        "social_care",
        "relation",
        {
            "client_number": register.locals(one[keep]),
            "other_number": register.locals(other[keep]),
            "relation": words(("parent", "sibling", "associate", "partner"), kind[keep]),
            "from_date": day_column(begin[keep], -99_999),
            "to_date": day_column(end[keep]),
            "recorded_on": day_column(recorded[keep]),
        },
    )


Rows = tuple[NDArray[np.int64], ...]


def _parents(book: Book, child: NDArray[np.int64], adult: NDArray[np.int64], known: NDArray[np.int64]) -> Rows:
    people = book.true.people
    held = {}
    for role in (MOTHER, FATHER, PARTNER):
        of = np.full(len(book.run.lives.families), -1, np.int64)
        mine = adult[people.role[adult] == role]
        of[people.family[mine]] = mine
        held[role] = of[people.family[child]]
    rows = [(child[held[role] >= 0], held[role][held[role] >= 0]) for role in (MOTHER, FATHER)]
    one, other = np.concatenate([a for a, _ in rows]), np.concatenate([b for _, b in rows])
    late = book.rng("relations late").integers(0, 60, len(one))
    return (
        one,
        other,
        np.zeros(len(one), int),
        people.birth[one].astype(np.int64),
        np.full(len(one), -1),
        np.maximum(known[one] + late, people.arrived[other]),
    )


def _siblings(book: Book, child: NDArray[np.int64], known: NDArray[np.int64]) -> Rows:
    """Each child's next brother or sister on file: chains of them name a family."""
    people = book.true.people
    order = child[np.lexsort([people.birth[child], people.family[child]])]
    same = people.family[order[1:]] == people.family[order[:-1]]
    one, other = order[:-1][same], order[1:][same]
    recorded = np.maximum(known[one], known[other]) + book.rng("siblings late").integers(0, 90, len(one))
    return one, other, np.ones(len(one), int), people.birth[other].astype(np.int64), np.full(len(one), -1), recorded


def _associates(book: Book) -> Rows:
    """Children whom inquiries after an identification name: some of the same network, and about as many friends."""
    table, rng = spells(book.run), book.rng("associates")
    found = np.flatnonzero(table["identified"] < TODAY_DAY - 70)
    networked = found[table["network"][found] >= 0]
    one, other, day = [], [], []
    for i in networked:
        mates = np.flatnonzero(
            (table["network"] == table["network"][i])
            & (table["kind"] == table["kind"][i])
            & (table["child"] != table["child"][i])
            & (table["start"] < table["identified"][i])
            & (table["end"] > table["identified"][i] - 300)
        )
        mates = mates[rng.random(len(mates)) < 0.3][:4]
        one += [int(table["child"][i])] * len(mates)
        other += table["child"][mates].tolist()
        day += [int(table["identified"][i]) + 15] * len(mates)
    named = (np.array(column, np.int64) for column in (one, other, day))
    friends = _friends(book, table["child"][found].astype(np.int64), table["identified"][found] + 15)
    first, second, when = (np.concatenate(columns) for columns in zip(named, friends, strict=True))
    known = np.isin(second, clients(book)[0]) & np.isin(first, clients(book)[0])
    first, second, when = first[known], second[known], when[known]
    return (
        first,
        second,
        np.full(len(first), 2),
        when - 30,
        np.full(len(first), -1),
        when + rng.integers(0, 50, len(first)),
    )


def _friends(book: Book, child: NDArray[np.int64], day: NDArray[np.integer]) -> Rows:
    """Whom inquiries name as well: near in age and home, and mostly not exploited, or being named would give it away.

    Drawn from those whom social care knows, without a look at who is exploited.
    """
    lives, rng = book.run.lives, book.rng("associates who are friends")
    people = lives.people
    pool = clients(book)[0]
    order = pool[np.lexsort((people.birth[pool], lives.ward[pool]))]
    place = np.full(lives.children, -1, np.int64)
    place[order] = np.arange(len(order))
    row = np.repeat(np.arange(len(child)), np.where(place[child] >= 0, rng.poisson(FRIENDS_NAMED, len(child)), 0))
    step = rng.integers(1, 12, len(row)) * rng.choice([-1, 1], len(row))
    one, day = child[row], day[row].astype(np.int64)
    other = order[np.clip(place[one] + step, 0, len(order) - 1)]
    apart = np.abs(people.birth[one].astype(np.int64) - people.birth[other].astype(np.int64))
    fits = (lives.ward[one] == lives.ward[other]) & (one != other) & (apart < 2 * YEAR)
    fits &= (people.arrived[other] <= day) & (people.left[other] > day)
    return one[fits], other[fits], day[fits]


def team_of(
    book: Book, child: NDArray[np.integer], day: NDArray[np.integer], long: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """The team that holds a child's case: by area, and by whether the case lasts."""
    homes = book.true.homes
    area = homes.places.ward_area[homes.places.ward(homes.at(child, np.clip(day, RECORDS_DAY, TODAY_DAY)))]
    return 2 - area + 3 * long


def _workers(book: Book) -> None:
    """The assessing worker, then for cases in need another; one long case in two changes hands again."""
    register, table = register_of(book), recent(cases(book))
    table = take(table, ~table["nfa"])
    change: Ints = np.minimum(table["authorised"] + 10, table["until"])
    parts = [(table["child"], table["day"] + 1, change, table["worker"], table["in_need"] & False)]
    longer = table["in_need"] & (table["until"] > change + 15)
    parts.append(
        (
            table["child"][longer],
            change[longer],
            table["until"][longer],
            table["worker"][longer] * 7 + 3,
            longer[longer],
        )
    )
    child, begin, end, worker, long = (np.concatenate([part[i] for part in parts]) for i in range(5))
    keep = begin < TODAY_DAY
    child, begin, end, worker, long = child[keep], begin[keep], end[keep], worker[keep].astype(np.int64), long[keep]
    team = team_of(book, child, begin, long)
    book.write(
        "social_care",
        "worker",
        {
            "client_number": register.locals(child),
            "worker": words(WORKERS, (worker + team) % len(WORKERS)),
            "team": pa.array([TEAMS[t] for t in team], pa.string()),
            "from_date": day_column(begin),
            "to_date": day_column(end),
        },
    )

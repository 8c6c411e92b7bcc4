"""What people type into Search, made from the invented city's truth: a name gone wrong, and one fact more.

The slips are general ones, of fingers and ears, not the city's own; short names are those of the `nicknames` package,
and beside them the ways in which the city writes names of other alphabets.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
from nicknames import NickNamer

from analytics.build.truth import BEST
from data.city.names.forenames import TRANSLITERATIONS
from data.home import home
from data.snapshot.engine import attach, connect
from data.snapshot.reading import current

#: Of a name, a date and a place that so many share nobody could tell who is meant.
SHARED = 5
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_HEARD = (
    ("ph", "f"), ("ck", "k"), ("c", "k"), ("k", "c"), ("ie", "ei"), ("ei", "ie"), ("y", "ie"), ("i", "y"), ("s", "z"),
    ("th", "t"), ("gh", "g"), ("ee", "ea"), ("ea", "ee"), ("oo", "u"), ("ou", "oo"), ("ai", "ay"), ("v", "w"),
    ("w", "v"), ("j", "g"), ("sh", "ch"), ("er", "ar"), ("our", "or"),
)  # fmt: skip
_VOWELS = "aeiou"
_PEOPLE = """
SELECT t.true_person, b.person, lower(t.forename) AS forename, lower(t.surname) AS surname, t.birth_date,
       w.name AS ward, s.school
FROM read_parquet($people) t JOIN best b USING (true_person) LEFT JOIN ward w ON w.ward = t.ward
LEFT JOIN (
    SELECT person, max_by(detail, occurred_on) AS school FROM event WHERE kind = 'enrolment' GROUP BY person
) s ON s.person = b.person
ORDER BY t.true_person
"""


@dataclass(frozen=True)
class Bearer:
    """Somebody of the truth: the person of the snapshot to whom most records went, and what is true of them."""

    person: int
    forename: str
    surname: str
    born: date
    ward: str | None
    school: str | None


@dataclass(frozen=True)
class Search:
    """What is typed, whom it means, how the name went wrong and which fact stands beside it."""

    text: str
    person: int
    slip: str
    fact: str


def bearers(connection: duckdb.DuckDBPyConnection, truth: Path) -> list[Bearer]:
    """Everybody of ``truth`` of whom the snapshot that ``connection`` uses has a record."""
    connection.execute(BEST, {"identity": str(truth / "identity.parquet")})
    rows = connection.execute(_PEOPLE, {"people": str(truth / "person.parquet")}).fetchall()
    return [Bearer(*row[1:]) for row in rows]


def served_bearers() -> list[Bearer]:
    """Those of the snapshot being served; by a connection of its own, since the one that serves may open no file."""
    with current(home()) as snapshot:
        number, path = snapshot.manifest["snapshot"], snapshot.path
    connection = connect()
    attach(connection, path, "snapshot", read_only=True)
    connection.execute("USE snapshot")
    people = bearers(connection, home().truth(number))
    connection.close()
    return people


def searches(people: list[Bearer], count: int, seed: int) -> list[Search]:
    """``count`` searches, each for one of ``people`` whom fewer than `SHARED` share everything with that is given."""
    draw, shared = random.Random(seed), _Shared(people)
    made: list[Search] = []
    while len(made) < count:
        one = draw.choice(people)
        fact, words, holds = draw.choice(list(_facts(one, draw)))
        slip, forename, surname = draw.choice(list(_slips(one, draw)))
        if shared.count(one, forename, surname, holds) >= SHARED:
            continue
        name = (surname, forename) if slip == "swapped" else (forename, surname)
        made.append(Search(" ".join([*name, words]), one.person, slip, fact))
    return made


def _slips(one: Bearer, draw: random.Random) -> Iterator[tuple[str, str, str]]:
    """How the name may be typed: a slip in one of its parts, or in both; swapped; a short or otherwise written form."""
    first, last = misspelt(one.forename, draw), misspelt(one.surname, draw)
    yield "misspelt", first, one.surname
    yield "misspelt", one.forename, last
    yield "misspelt twice", first, last
    yield "swapped", one.forename, one.surname
    if others := sorted(_SHORT[one.forename]):
        yield "nickname", draw.choice(others), one.surname


def _facts(one: Bearer, draw: random.Random) -> Iterator[tuple[str, str, Callable[[Bearer], bool]]]:
    """One more fact: its kind, how it is typed, and of whom it holds."""
    born = one.born
    yield "birth year", str(born.year), lambda other: other.born.year == born.year
    day = draw.choice([f"{born.day}/{born.month}", f"{born.day} {born:%b}", f"{born.day} {born:%B}"])
    yield "day and month", day, lambda other: (other.born.day, other.born.month) == (born.day, born.month)
    month = draw.choice([f"{born.month:02d}/{born.year}", f"{born:%b} {born.year}"])
    yield "month and year", month, lambda other: (other.born.month, other.born.year) == (born.month, born.year)
    if one.ward:
        yield "area", one.ward, lambda other: other.ward == one.ward
    if one.school:
        yield "school", one.school, lambda other: other.school == one.school


class _Shared:
    """How many people fit a search in every fact given."""

    def __init__(self, people: list[Bearer]) -> None:
        self._named: dict[tuple[str, str], list[Bearer]] = defaultdict(list)
        for one in people:
            self._named[one.forename, one.surname].append(one)

    def count(self, one: Bearer, forename: str, surname: str, holds: Callable[[Bearer], bool]) -> int:
        """Those of the name that is meant, of the name as typed, and of each that it is short for."""
        names = {(one.forename, one.surname), (forename, surname)}
        names |= {(long, one.surname) for long in _LONG[forename]} | {
            (short, one.surname) for short in _SHORT[forename]
        }
        return sum(holds(other) for name in names for other in self._named[name])


def misspelt(name: str, draw: random.Random) -> str:
    """One slip, of the fingers or the ears; never the name itself."""
    while True:
        typed = draw.choice(_WAYS)(name, draw.randrange(len(name)), draw)
        if typed != name and typed.isascii():
            return typed


def _dropped(name: str, at: int, _: random.Random) -> str:
    return name[:at] + name[at + 1 :] if len(name) > 3 else name


def _doubled(name: str, at: int, _: random.Random) -> str:
    return name[: at + 1] + name[at:]


def _exchanged(name: str, at: int, _: random.Random) -> str:
    return name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :]


def _beside(name: str, at: int, draw: random.Random) -> str:
    """The key beside the one that was meant."""
    row = next((row for row in _ROWS if name[at] in row), "")
    near = [row[n] for n in (row.find(name[at]) - 1, row.find(name[at]) + 1) if row and 0 <= n < len(row)]
    return name[:at] + draw.choice(near) + name[at + 1 :] if near else name


def _vowel(name: str, at: int, draw: random.Random) -> str:
    places = [n for n, letter in enumerate(name) if letter in _VOWELS]
    place = draw.choice(places) if places else at
    return name[:place] + draw.choice(_VOWELS) + name[place + 1 :]


def _heard(name: str, _: int, draw: random.Random) -> str:
    ways = [(heard, written) for heard, written in _HEARD if heard in name]
    return name.replace(*draw.choice(ways), 1) if ways else name


_WAYS = (_dropped, _doubled, _exchanged, _beside, _vowel, _heard)


def _forms() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Short and otherwise written forms of a name, and what each is short for."""
    short: dict[str, set[str]] = defaultdict(set)
    for name, others in NickNamer.default_lookup().items():
        short[name] |= others
    for name, written in TRANSLITERATIONS.items():
        short[name] |= set(written.split())
    long: dict[str, set[str]] = defaultdict(set)
    for name, others in short.items():
        for other in others:
            long[other].add(name)
    return short, long


_SHORT, _LONG = _forms()

"""The search tables in memory: loaded once a snapshot, shared by all readers, about 60 MB for a city of 300,000.

It holds parts of names, dates and places against rows, and what it finds is a list of rows. Who of them a reader may
see, and whatever a page shows of anybody, only an answer of the gate says.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import jellyfish
import numpy as np
from numpy.typing import NDArray

from analytics.casework.asked import names_in
from data.home import Home
from data.snapshot.engine import plain_errors
from data.snapshot.reading import Snapshot, current

Rows = NDArray[np.int32]
#: Kinds of name as `Names.kind` has them.
FORENAME, SURNAME, OTHER = 0, 1, 2

_PEOPLE = """
SELECT person, coalesce(birth_date - DATE '1900-01-01', 0)::INTEGER AS born FROM person ORDER BY person
"""
_TOKENS = "SELECT token FROM search_token ORDER BY number"
_NAMES = """
SELECT token, person, now, (CASE kind WHEN 'forename' THEN 0 WHEN 'surname' THEN 1 ELSE 2 END)::TINYINT AS kind
FROM search_name ORDER BY token, person
"""
_DATES = """
SELECT year(born)::SMALLINT AS year, month(born)::TINYINT AS month, day(born)::TINYINT AS day
FROM (SELECT value, value::DATE AS born FROM (SELECT DISTINCT value FROM search_fact WHERE kind = 'birth'))
ORDER BY value
"""
_VALUES = "SELECT DISTINCT value FROM search_fact WHERE kind = $kind ORDER BY value"
_FACTS = f"""
SELECT v.number, f.person, f.now
FROM search_fact f
JOIN (SELECT value, row_number() OVER (ORDER BY value) - 1 AS number FROM ({_VALUES})) v USING (value)
WHERE f.kind = $kind ORDER BY v.number, f.person
"""
#: A reference number may be typed without the letters before it, if at least so much is left.
_LEAST_NUMBER = 5
_EXACTLY = """
SELECT DISTINCT person FROM search_fact
WHERE kind = 'number' AND value IN (SELECT unnest($numbers::VARCHAR[])) ORDER BY person
"""
_THERE = "SELECT person FROM person WHERE person = $person"
_ENDING = """
SELECT DISTINCT person FROM search_fact, (SELECT unnest($numbers::VARCHAR[]) AS ending)
WHERE kind = 'number' AND suffix(value, ending) ORDER BY person
"""
_FACT_KINDS = ("postcode", "ward", "street", "school")
_WARDS = "SELECT ward, name, area FROM ward ORDER BY ward"


@dataclass(frozen=True)
class Names:
    """Every part of a name, in order, and who bears it: ``rows[first[n]:first[n + 1]]`` bear ``tokens[n]``.

    ``sounds``: how a name sounds -> the numbers of the tokens that sound so.
    """

    tokens: list[str]
    sounds: Mapping[str, NDArray[np.int64]]
    first: NDArray[np.int64]
    rows: Rows
    kind: NDArray[np.int8]
    now: NDArray[np.bool_]

    def number(self, token: str) -> int | None:
        """The place of ``token`` among the tokens, or None."""
        n = bisect_left(self.tokens, token)
        return n if n < len(self.tokens) and self.tokens[n] == token else None

    def beginning(self, text: str) -> slice:
        """The tokens that begin with ``text``."""
        return slice(bisect_left(self.tokens, text), bisect_left(self.tokens, text + chr(0x10FFFF)))


@dataclass(frozen=True)
class Facts:
    """One kind of fact: its different ``values``, in order, and of whom each was ever written."""

    values: NDArray[np.object_]
    first: NDArray[np.int64]
    rows: Rows
    now: NDArray[np.bool_]

    def of(self, number: int) -> tuple[Rows, NDArray[np.bool_]]:
        """The rows of whom value ``number`` was written, and of whom it stands now."""
        part = slice(self.first[number], self.first[number + 1])
        return self.rows[part], self.now[part]


@dataclass(frozen=True)
class Births:
    """Every date of birth once, in order, and of whom each was ever written; the one held to be right stands now."""

    year: NDArray[np.int16]
    month: NDArray[np.int8]
    day: NDArray[np.int8]
    of: Facts


@dataclass(frozen=True)
class Memory:
    """``people`` are the person of each row, in order; ``youngest`` the day of birth that sorts them, in days.

    ``places``: words -> the wards, areas and streets that they name.
    """

    people: NDArray[np.int64]
    youngest: NDArray[np.int32]
    names: Names
    births: Births
    postcodes: Facts
    wards: Facts
    streets: Facts
    schools: Facts
    places: Mapping[str, tuple[tuple[str, int], ...]]


def load(snapshot: Snapshot) -> Memory:
    """Read the search tables of ``snapshot``: about a second for a city of 300,000 people."""
    with snapshot.cursor() as cursor, plain_errors():

        def ask(query: str, **params: Any) -> dict[str, NDArray[Any]]:
            return {name: np.ma.getdata(column) for name, column in cursor.execute(query, params).fetchnumpy().items()}

        every = ask(_PEOPLE)
        people = every["person"]
        postcodes, wards, streets, schools = (_facts(people, ask, kind) for kind in _FACT_KINDS)
        named = cursor.execute(_WARDS).fetchall()
        places = _places(named, wards, streets)
        names, births = _names(people, ask), Births(**ask(_DATES), of=_facts(people, ask, "birth"))
        return Memory(people, every["born"], names, births, postcodes, wards, streets, schools, places)


def _names(people: NDArray[np.int64], ask: Any) -> Names:
    tokens, borne = ask(_TOKENS)["token"].tolist(), ask(_NAMES)
    first = np.searchsorted(borne["token"], np.arange(len(tokens) + 1))
    return Names(tokens, _sounds(tokens), first, _rows(people, borne["person"]), borne["kind"], borne["now"])


def _sounds(tokens: list[str]) -> dict[str, NDArray[np.int64]]:
    found: dict[str, list[int]] = {}
    for number, token in enumerate(tokens):
        found.setdefault(sound(token), []).append(number)
    return {heard: np.array(numbers) for heard, numbers in found.items() if len(heard) > 1}


def sound(token: str) -> str:
    """How a name sounds in English, roughly (Lawrence Philips' Metaphone): ``kathryn`` as ``catherine``."""
    return jellyfish.metaphone(token)


def _facts(people: NDArray[np.int64], ask: Any, kind: str) -> Facts:
    values, of = ask(_VALUES, kind=kind)["value"], ask(_FACTS, kind=kind)
    first = np.searchsorted(of["number"], np.arange(len(values) + 1))
    return Facts(values, first, _rows(people, of["person"]), of["now"])


def _rows(people: NDArray[np.int64], of: NDArray[np.int64]) -> Rows:
    return np.searchsorted(people, of).astype(np.int32)


def _places(wards: list[tuple[str, str, str]], ward: Facts, street: Facts) -> dict[str, tuple[tuple[str, int], ...]]:
    """What a reader may call a place: the ward's name, its area's, a street's; as (kind, number of the value)."""
    number = {code: n for n, code in enumerate(ward.values)}
    found: dict[str, list[tuple[str, int]]] = {}
    for code, name, area in wards:
        for kind, words in (("ward", name), ("area", area)):
            if code in number and words:
                found.setdefault(" ".join(names_in(words)), []).append((kind, number[code]))
    for n, words in enumerate(street.values):
        found.setdefault(words, []).append(("street", n))
    return {words: tuple(found[words]) for words in sorted(found)}


def memory(snapshot: Snapshot) -> Memory:
    """The search tables of ``snapshot``, loaded once."""
    return snapshot.once("search", lambda: load(snapshot))


def numbered(snapshot: Snapshot, numbers: Sequence[str]) -> list[int]:
    """Whose reference numbers these are; where nobody's, whose numbers end so."""
    endings = [number for number in numbers if len(number) >= _LEAST_NUMBER]
    with snapshot.cursor() as cursor, plain_errors():
        for query, given in ((_EXACTLY, list(numbers)), (_ENDING, endings)):
            found = cursor.execute(query, {"numbers": given}).fetchall() if given else []
            if found:
                return [person for (person,) in found]
    return []


def with_number(snapshot: Snapshot, *, reference: str = "", person: int | None = None) -> list[int]:
    """Whose reference number this is, letter for letter; or ``person``, where the snapshot has them."""
    spelt = "".join(letter for letter in reference.upper() if letter.isalnum())
    query, given = (_EXACTLY, {"numbers": [spelt]}) if person is None else (_THERE, {"person": person})
    with snapshot.cursor() as cursor, plain_errors():
        return [number for (number,) in cursor.execute(query, given).fetchall()]


def warm(home: Home) -> None:
    """Read the search tables of the snapshot being served before anybody asks. Raises `StoreError` without one."""
    with current(home) as snapshot:
        memory(snapshot)

"""What somebody typed into the search box, read as names, dates of birth, ages, postcodes and reference numbers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR4 = r"(?P<y>19\d\d|20\d\d)"
# Each takes what it reads out of the text; fuller dates come first.
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_YEAR4}[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}})\b",
        r"\b(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4}|\d{2})\b",
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[\s-]+{_MONTH},?[\s-]+{_YEAR4}\b",
        rf"\b{_MONTH}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR4}\b",
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?\s+{_MONTH}\b",
        rf"\b{_MONTH},?\s+{_YEAR4}\b",
        rf"\b{_YEAR4}[-/.](?P<m>\d{{1,2}})\b",
        rf"\b(?P<m>\d{{1,2}})[-/.]{_YEAR4}\b",
        r"\b(?P<d>\d{1,2})/(?P<m>\d{1,2})\b",
        rf"\b{_YEAR4}\b",
    )
)
_AGE = re.compile(r"\b(?:aged?\s+)?(?P<age>\d{1,2})(?:\s*(?:y|yo|yrs?|years?)(?:\s+old)?)?\b")
_POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?) ?(\d[a-z]{2})\b")
_OUTWARD = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\b")
_NHS = re.compile(r"\b(\d{3})[ -](\d{3})[ -](\d{4})\b")
_NUMBER = re.compile(r"\b(?=[\w-]*\d)[a-z\d][a-z\d/_-]{2,}\b")
#: Words that go with a fact and are nobody's name.
_BESIDE = frozenset("dob born nhs upn age aged aka nee mr mrs ms miss".split())
_MOST, _MOST_WORDS = 200, 8


@dataclass(frozen=True)
class Born:
    """A date of birth, or the parts of it that were given."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def whole(self) -> bool:
        return None not in (self.year, self.month, self.day)

    @property
    def words(self) -> str:
        """What was given of the date."""
        if self.whole:
            return "date of birth"
        return "year of birth" if self.month is None else "part of the date of birth"


@dataclass(frozen=True)
class Asked:
    """The search box, understood. ``postcodes`` may hold outward halves; ``numbers`` are letters and digits only."""

    names: tuple[str, ...] = ()
    born: Born | None = None
    age: int | None = None
    postcodes: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        return not (self.names or self.born or self.age is not None or self.postcodes or self.numbers)

    @property
    def words(self) -> tuple[str, ...]:
        """The words and numbers that were typed, by which a search can be found again: not dates, which many share."""
        return (*self.names, *self.postcodes, *self.numbers)

    @property
    def kinds(self) -> tuple[str, ...]:
        """Which kinds of thing were given, in words: what may be told of a search without telling of whom."""
        given = (
            (self.names, "a word" if len(self.names) == 1 else f"{len(self.names)} words"),
            (self.born, (self.born or Born()).words),
            (self.age is not None, "age"),
            (self.postcodes, "postcode"),
            (self.numbers, "number"),
        )
        return tuple(words for holds, words in given if holds)


def understand(text: str) -> Asked:
    """Read at most the first 200 characters of ``text``."""
    rest = plain(text[:_MOST])
    found_numbers: list[str] = []
    for match in _NHS.finditer(rest):
        found_numbers.append("".join(match.groups()))
    rest = _NHS.sub(" ", rest)
    born, rest = _born(rest)
    postcodes, rest = _postcodes(rest)
    for match in _NUMBER.finditer(rest):
        found_numbers.append(re.sub(r"[^A-Z0-9]", "", match[0].upper()))
    age, rest = _age(_NUMBER.sub(lambda match: match[0] if _AGE.fullmatch(match[0]) else " ", rest))
    found_numbers = [number for number in found_numbers if not _AGE.fullmatch(number.lower())]
    names = [word for word in names_in(rest) if word not in _BESIDE][:_MOST_WORDS]
    return Asked(tuple(names), born, None if born else age, postcodes, tuple(found_numbers))


def plain(text: str) -> str:
    """Lower case without accents, as the index writes its tokens."""
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in parts if not unicodedata.combining(c))


def names_in(text: str) -> list[str]:
    """The name tokens of a text: letters only; an apostrophe joins, everything else parts."""
    joined = re.sub(r"['’`]", "", plain(text))
    return "".join(c if c.isalpha() else " " for c in joined).split()


def _born(text: str) -> tuple[Born | None, str]:
    for pattern in _DATES:
        match = pattern.search(text)
        born = _parts(match.groupdict()) if match else None
        if match and born:
            return born, text[: match.start()] + " " + text[match.end() :]
    return None, text


def _parts(found: dict[str, str]) -> Born | None:
    year = int(found["y"]) if found.get("y") else None
    if year is not None and year < 100:
        # Two digits: children and parents are meant, nobody older than 1930.
        year += 2000 if year < 30 else 1900
    month = found.get("m")
    number = None if month is None else _MONTHS.index(month[:3]) + 1 if month[:3] in _MONTHS else int(month)
    day = int(found["d"]) if found.get("d") else None
    if (number is not None and not 1 <= number <= 12) or (day is not None and not 1 <= day <= 31):
        return None
    return Born(year, number, day)


def _age(text: str) -> tuple[int | None, str]:
    match = _AGE.search(text)
    return (int(match["age"]), _AGE.sub(" ", text)) if match else (None, text)


def _postcodes(text: str) -> tuple[tuple[str, ...], str]:
    whole = [(first + second).upper() for first, second in _POSTCODE.findall(text)]
    text = _POSTCODE.sub(" ", text)
    halves = [match.upper() for match in _OUTWARD.findall(text)]
    return tuple(whole + halves), _OUTWARD.sub(" ", text)

"""Which part a table is, from its file's name and its columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path

from data.ingest.period import CAME
from data.schema import Part, Source

TERMS = ("autumn", "spring", "summer")
# A table with fewer of a part's columns than this share is something else.
ENOUGH = 0.5
TWICE = "{column}: column is there more than once, the first is read"
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
# The year to 31 March as returns are named after it: 2016-17, 2016_17, 201617.
_SPAN = re.compile(r"(?<!\d)20(\d\d)[-_/. ]?(?:20)?(\d\d)(?!\d)")


@dataclass(frozen=True)
class Match:
    """A part with the position of each of its columns that was found among the headings."""

    source: Source
    part: Part
    at: Mapping[str, int]
    headings: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.part.columns if column.name not in self.at)

    @property
    def lacking(self) -> tuple[str, ...]:
        """Columns without which no row could be taken."""
        return tuple(column.name for column in self.part.columns if column.required and column.name not in self.at)

    @property
    def likeness(self) -> float:
        return len(self.at) / len(self.part.columns)

    @property
    def usable(self) -> bool:
        """Whether rows can be taken at all."""
        return not self.lacking and len(self.at) >= min(2, len(self.part.columns))

    @property
    def twice(self) -> tuple[str, ...]:
        """Columns that are there again."""
        there = Counter(map(tidy, self.headings))
        return tuple(column for column, place in self.at.items() if there[tidy(self.headings[place])] > 1)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Headings that neither the part nor the standard behind it has."""
        taken, again = set(self.at.values()), {tidy(self.headings[self.at[column]]) for column in self.twice}
        patterns = [spaced(each) for each in self.part.unread]
        return tuple(
            " ".join(heading.split())[:60]
            for i, heading in enumerate(self.headings)
            if tidy(heading) and i not in taken and tidy(heading) not in again and not _fits(spaced(heading), patterns)
        )

    @property
    def notes(self) -> dict[str, int]:
        """Warnings about the headings."""
        return {TWICE.format(column=column): 1 for column in self.twice}


@lru_cache(maxsize=8192)
def tidy(heading: str) -> str:
    """A heading as it is compared: without byte-order mark, case and blanks around or doubled."""
    return " ".join(heading.replace("\ufeff", "").split()).casefold()


@lru_cache(maxsize=8192)
def bare(heading: str) -> str:
    """A heading by its letters and digits alone: ``Date_of-Birth (dd/mm/yyyy)*`` is ``dateofbirth``."""
    return re.sub(r"[\W_]+", "", re.sub(r"\([^)]*\)?|^\W*\d+[.)]\s", "", tidy(heading)))


def spaced(heading: str) -> str:
    """A heading as patterns are held against it: words with blanks between them."""
    return tidy(heading.replace("_", " "))


def _fits(text: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(text, each) for each in patterns)


@lru_cache(maxsize=4096)
def _spellings(name: str, also: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """How a column may be called: exactly, by its letters, and by pattern."""
    plain = [each for each in (name, *also) if "*" not in each]
    return tuple(map(tidy, plain)), tuple(map(bare, plain)), tuple(spaced(each) for each in also if "*" in each)


@lru_cache(maxsize=256)
def _places(headings: tuple[str, ...]) -> tuple[dict[str, int], dict[str, int]]:
    """Where each heading is first, as it is written and by its letters."""
    return _first(map(tidy, headings)), _first(map(bare, headings))


def _first(keys: Iterable[str]) -> dict[str, int]:
    return {key: i for i, key in reversed(list(enumerate(keys))) if key}


def match(source: Source, part: Part, headings: Sequence[str]) -> Match:
    """Where ``part``'s columns are among ``headings``: declared names before other spellings, the first of repeats."""
    headings = tuple(headings)
    exact, by_letters = _places(headings)
    at: dict[str, int] = {}
    for column in part.columns:
        written, letters, _ = _spellings(column.name, column.also)
        places = [*(exact[each] for each in written if each in exact)]
        places += [by_letters[each] for each in letters if each in by_letters]
        if places:
            at[column.name] = places[0]
    _fill_by_pattern(part, headings, at)
    return Match(source, part, at, headings)


def _fill_by_pattern(part: Part, headings: Sequence[str], at: dict[str, int]) -> None:
    """Columns not found by name: the first heading, not taken by another, that one of their patterns fits."""
    for column in part.columns:
        patterns = _spellings(column.name, column.also)[2]
        if column.name in at or not patterns:
            continue
        free = (i for i, each in enumerate(headings) if each and i not in at.values())
        found = next((i for i in free if _fits(spaced(headings[i]), patterns)), None)
        if found is not None:
            at[column.name] = found


def best(
    candidates: Sequence[tuple[Source, Part]], headings: Sequence[str], enough: float = ENOUGH, stem: str = ""
) -> tuple[Match, ...]:
    """The matches with at least ``enough`` of a part's columns that can't be told apart; empty where there is none.

    ``stem`` is the file's name, which may tell tables of one shape apart.
    """
    every = (match(source, part, headings) for source, part in candidates)
    good = [found for found in every if found.usable and found.likeness >= enough]
    if not good:
        return ()
    top = max(map(_score, good))
    # Tables of one shape (sessions of pupils on roll, of leavers ...) often carry their own name in a key's heading.
    tied = [found for found in good if _score(found) == top]
    for said in (headings, (stem,)):
        named = [found for found in tied if any(found.part.name in tidy(heading) for heading in said)]
        tied = named or tied
    return tuple(tied)


def nearest(candidates: Sequence[tuple[Source, Part]], headings: Sequence[str]) -> Match | None:
    """The part most like the headings, good or not, if any column is known; to say what it lacks."""
    found = max(
        (match(source, part, headings) for source, part in candidates),
        key=lambda m: (m.likeness, len(m.at)),
        default=None,
    )
    return found if found and found.at else None


def _score(found: Match) -> tuple[int, int]:
    return (2 * len(found.at) - len(found.part.columns), len(found.at))


@lru_cache(maxsize=1024)
def _pattern(file: str) -> re.Pattern[str]:
    stem = re.escape(file.rsplit(".", 1)[0]).replace(r"\{year\}", r"(?P<year>(?:19|20)\d\d)")
    stem = stem.replace(r"\{term\}", f"(?P<term>{'|'.join(TERMS)})")
    return re.compile(stem, re.IGNORECASE)


def named(part: Part, stem: str) -> re.Match[str] | None:
    """The match of a file's name without extension with the name that the part declares."""
    return _pattern(part.file).fullmatch(stem)


def year_and_term(source: Source, part: Part, path: Path) -> tuple[int | None, str | None]:
    """What a file's name says of its time: as declared, else any year and term in it, else a folder that is a year."""
    spelt = named(part, path.stem)
    groups = spelt.groupdict() if spelt else {}
    term = groups.get("term") or next((term for term in TERMS if term in path.stem.lower()), None)
    year = int(groups["year"]) if groups.get("year") else year_of(source, path)
    return year, term.lower() if term else None


def year_of(source: Source, path: Path) -> int | None:
    """The last year in a file's name, else in its folder's; of ``2016-17`` the one in which the return ends."""
    return next((year for text in (path.stem, path.parent.name) if (year := _year(source, text))), None)


def _year(source: Source, text: str) -> int | None:
    text = CAME.sub("", text)
    spans = [2000 + int(last) for first, last in _SPAN.findall(text) if (int(first) + 1) % 100 == int(last)]
    if spans and source.year == "return":
        return spans[-1]
    years = _YEAR.findall(text)
    return int(years[-1]) if years else (spans[-1] - 1 if spans else None)

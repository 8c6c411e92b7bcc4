"""Which part a table is, from its file's name and its columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from data.schema import Part, Source

TERMS = ("autumn", "spring", "summer")
# A table with fewer of a part's columns than this share is something else.
ENOUGH = 0.5
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@dataclass(frozen=True)
class Match:
    """A part with the position of each of its columns that was found."""

    source: Source
    part: Part
    at: Mapping[str, int]

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


def tidy(heading: str) -> str:
    """A heading as it is compared: without byte-order mark, case and blanks around or doubled."""
    return " ".join(heading.replace("\ufeff", "").split()).casefold()


@lru_cache(maxsize=4096)
def _spellings(name: str, also: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(tidy(each) for each in (name, *also))


def match(source: Source, part: Part, headings: Sequence[str]) -> Match:
    """Where ``part``'s columns are among ``headings``: declared names before other spellings, the first of repeats."""
    position = {heading: i for i, heading in reversed(list(enumerate(map(tidy, headings))))}
    at = {}
    for column in part.columns:
        found = next((position[each] for each in _spellings(column.name, column.also) if each in position), None)
        if found is not None:
            at[column.name] = found
    return Match(source, part, at)


def best(
    candidates: Sequence[tuple[Source, Part]], headings: Sequence[str], enough: float = ENOUGH
) -> tuple[Match, ...]:
    """The matches with at least ``enough`` of a part's columns that can't be told apart; empty where there is none."""
    every = (match(source, part, headings) for source, part in candidates)
    good = [found for found in every if found.usable and found.likeness >= enough]
    if not good:
        return ()
    top = max(map(_score, good))
    # Tables of one shape (sessions of pupils on roll, of leavers ...) often carry their own name in a key's heading.
    tied = [found for found in good if _score(found) == top]
    named = [found for found in tied if any(found.part.name in tidy(heading) for heading in headings)]
    return tuple(named or tied)


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


def year_and_term(part: Part, path: Path) -> tuple[int | None, str | None]:
    """What a file's name says of its time: as declared, else any year and term in it, else a folder that is a year."""
    spelt = named(part, path.stem)
    groups = spelt.groupdict() if spelt else {}
    years = [groups["year"]] if groups.get("year") else _YEAR.findall(path.stem) or _YEAR.findall(path.parent.name)
    term = groups.get("term") or next((term for term in TERMS if term in path.stem.lower()), None)
    return (int(years[-1]) if years else None, term.lower() if term else None)

"""The training set: known cases as they were before anybody investigated, the rest at the same dates.

Known cases enter at the last as-of date at least ``gap_days`` before their identification, so that the investigation
is not among their indicators. The unlabelled enter at the same dates in the same proportions; otherwise the model
learns the calendar. Nothing here can see the truth of an invented city.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from analytics.evaluation.baselines import scatter
from analytics.evaluation.labels import KnownCases, look_up
from analytics.matrix.matrix import Matrix
from analytics.models.folds import fold_of

#: Others for each known case: more of them find held-out cases better, and cost time. So as many as a number of rows
#: allows, which is the more the fewer cases there are to learn from.
LEAST_PER_CASE, MOST_PER_CASE, ROWS = 15, 60, 12_000
#: Of a table of family members by person: the family that each came to last.
FAMILY_OF_EACH = 'arg_max(family, ("to" IS NULL, "from", family))'
#: Beyond these a model learns little more and takes longer. Who is left out is neither a case nor unlabelled.
MOST_CASES = 2000


@dataclass(frozen=True)
class Families:
    """Family of each person: ``people`` int64[n] ascending, ``family`` int64[n]."""

    people: NDArray[np.int64]
    family: NDArray[np.int64]

    def of(self, people: NDArray[np.int64]) -> NDArray[np.int64]:
        """Family of each of ``people``; somebody without one is a family of their own, with a negative number."""
        found = look_up(self.people, self.family, people, np.iinfo(np.int64).min)
        return np.where(found == np.iinfo(np.int64).min, -people - 1, found)


@dataclass(frozen=True)
class TrainingSet:
    """Rows in order of date, then person; a person may appear at several dates, a known case once."""

    values: NDArray[np.float32]
    positive: NDArray[np.bool_]
    people: NDArray[np.int64]
    as_of: NDArray[np.datetime64]
    fold: NDArray[np.int8]
    names: tuple[str, ...]

    @property
    def cases(self) -> int:
        return int(self.positive.sum())


def training_set(
    matrices: Mapping[date, Matrix],
    known: KnownCases,
    families: Families,
    before: date,
    gap_days: int = 90,
    unlabelled_per_case: int | None = None,
) -> TrainingSet:
    """Known cases identified before ``before`` and the unlabelled to compare them with, `others_per_case` at most.

    All ``matrices`` must name the same indicators; those at or after ``before`` are not read. Raises ``ValueError``
    when none is left.
    """
    dates = [day for day in sorted(matrices) if day < before]
    entry = _no_more_than(MOST_CASES, matrices, dates, known, _entry_date(known, dates, before, gap_days))
    parts = [_at(matrices[day], known.people[entry == n], known, before) for n, day in enumerate(dates)]
    shares = _equal_shares(parts, unlabelled_per_case or others_per_case(int((entry >= 0).sum())))
    picked = [_pick(part, share) for part, share in zip(parts, shares, strict=True)]
    return _stack([matrices[day] for day in dates], parts, picked, families)


def others_per_case(cases: int) -> int:
    """How many unlabelled there are to be for each of so many known cases: as many as keep the rows to ``ROWS``."""
    return min(MOST_PER_CASE, max(LEAST_PER_CASE, ROWS // max(cases, 1)))


@dataclass(frozen=True)
class _Pool:
    """Row numbers of one matrix: its known cases, and the unlabelled in the order in which they would be drawn."""

    cases: NDArray[np.int64]
    rest: NDArray[np.int64]


def _entry_date(known: KnownCases, dates: list[date], before: date, gap_days: int) -> NDArray[np.int64]:
    """Which of ``dates`` each known case enters at, int64[n]; -1 for none."""
    latest = known.identified_on - np.timedelta64(gap_days, "D")
    grid = np.array(dates, dtype="datetime64[D]")
    at = np.searchsorted(grid, latest, side="right") - 1
    return np.where(known.identified_on < np.datetime64(before, "D"), at, -1)


def _no_more_than(
    most: int, matrices: Mapping[date, Matrix], dates: list[date], known: KnownCases, entry: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Entry dates of ``most`` cases drawn by lot from those who are in a cohort when they enter; -1 for the rest."""
    there = np.zeros(len(entry), bool)
    for n, day in enumerate(dates):
        there |= (entry == n) & matrices[day].has(known.people)
    lot = np.where(there, scatter(known.people), np.iinfo(np.uint64).max)
    kept = np.zeros(len(entry), bool)
    kept[np.argsort(lot, kind="stable")[:most]] = True
    return np.where(kept & there, entry, -1)


def _at(matrix: Matrix, entering: NDArray[np.int64], known: KnownCases, before: date) -> _Pool:
    """Whoever is known before ``before`` is never unlabelled, at any date; who is found later is unlabelled still."""
    labelled = known.identified(matrix.people) < np.datetime64(before, "D")
    rest = np.flatnonzero(~labelled)
    lot = scatter(matrix.people[rest], salt=matrix.as_of.toordinal())
    return _Pool(np.searchsorted(matrix.people, entering[matrix.has(entering)]), rest[np.argsort(lot, kind="stable")])


def _equal_shares(parts: list[_Pool], wanted: int) -> list[int]:
    """Unlabelled people a date: the same number for each case everywhere, lower if some date has too few."""
    within = [len(part.rest) / len(part.cases) for part in parts if len(part.cases)]
    ratio = min([float(wanted), *within])
    return [round(ratio * len(part.cases)) for part in parts]


def _pick(part: _Pool, share: int) -> NDArray[np.int64]:
    return np.sort(np.r_[part.cases, part.rest[:share]])


def _stack(
    matrices: list[Matrix], parts: list[_Pool], picked: list[NDArray[np.int64]], families: Families
) -> TrainingSet:
    if not matrices:
        raise ValueError("no as-of date lies before the training date")
    pairs = list(zip(matrices, picked, strict=True))
    people = np.concatenate([matrix.people[rows] for matrix, rows in pairs])
    return TrainingSet(
        values=np.concatenate([matrix.of(rows) for matrix, rows in pairs]),
        positive=np.concatenate([np.isin(rows, part.cases) for rows, part in zip(picked, parts, strict=True)]),
        people=people,
        as_of=np.concatenate([np.full(len(rows), np.datetime64(matrix.as_of, "D")) for matrix, rows in pairs]),
        fold=fold_of(families.of(people)),
        names=matrices[0].names,
    )

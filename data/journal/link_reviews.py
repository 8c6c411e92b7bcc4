"""What reviewers said of pairs of clients: every act is kept, and the last word on a pair is the one that counts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from data.journal.journal import Entry, Journal, wrote
from data.journal.tables import ACCESS_ENTRY, LINK_REVIEW

Pair = tuple[int, int]


class Verdict(StrEnum):
    """What one may say of two clients. ``WITHDRAWN`` takes an earlier verdict back and decides nothing."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    WITHDRAWN = "withdrawn"


#: The verdicts that the next build obeys.
DECIDED = (Verdict.SAME, Verdict.DIFFERENT)


@dataclass(frozen=True)
class Review:
    """One act of one reviewer: a verdict on one pair, or on all the pairs that a split parts.

    ``number`` is that of the access entry; ``weight`` the match weight of the pair when it was asked, if it was asked.
    """

    number: int
    at: str
    by: str
    verdict: Verdict
    reason: str
    pairs: tuple[Pair, ...]
    weight: float | None


def ordered(one: int, other: int) -> Pair:
    """A pair as it is written: the smaller number first, so that it is the same pair whoever writes it."""
    return (one, other) if one < other else (other, one)


def write(
    journal: Journal, pairs: Iterable[Pair], verdict: Verdict, reason: str, entry: Entry, weight: float | None = None
) -> None:
    """Append one act. Raises ``ValueError`` where it names no pair, or a client with itself."""
    named = sorted({ordered(*pair) for pair in pairs})
    if not named or any(one == other for one, other in named):
        raise ValueError("a review is of pairs of two different clients")
    detail = dict(entry.detail) | ({} if weight is None else {"weight": round(weight, 2)})
    same = {"verdict": verdict.value, "reason": reason.strip() or None}
    rows = [{"client_l": one, "client_r": other} | same for one, other in named]
    journal.append_all(LINK_REVIEW, rows, replace(entry, detail=detail))


def reviews(journal: Journal) -> list[Review]:
    """Every act, oldest first."""
    # A row has the time of the entry that vouches for it.
    entry = ACCESS_ENTRY.c
    times = sa.select(LINK_REVIEW.c.at)
    vouching = sa.select(entry.seq, entry.detail).where(entry.at.in_(times)).order_by(entry.seq)
    rows = {row["row"]: row for row in journal.rows(sa.select(LINK_REVIEW).order_by(LINK_REVIEW.c.row))}
    found = [_review(told, rows) for told in journal.rows(vouching)]
    return [review for review in found if review is not None]


def _review(told: sa.RowMapping, rows: Mapping[int, sa.RowMapping]) -> Review | None:
    """The act that an entry vouches for, or None where it is about something else."""
    detail = json.loads(told["detail"])
    mine = [rows[one["row"]] for one in wrote(detail) if one["table"] == LINK_REVIEW.name]
    return _of(told, detail, mine) if mine else None


def _of(told: sa.RowMapping, detail: Mapping[str, Any], rows: Sequence[sa.RowMapping]) -> Review:
    first = rows[0]
    pairs = tuple(ordered(row["client_l"], row["client_r"]) for row in rows)
    words, verdict = first["reason"] or "", Verdict(first["verdict"])
    return Review(told["seq"], first["at"], first["by"], verdict, words, pairs, detail.get("weight"))


def standing(acts: Iterable[Review]) -> dict[Pair, Review]:
    """The last act on each pair: the one that counts."""
    return {pair: act for act in acts for pair in act.pairs}


def disagreed(acts: Sequence[Review]) -> dict[Pair, list[Review]]:
    """Pairs on which two reviewers' own last words are *same* and *different*: those words, oldest first."""
    last: dict[Pair, dict[str, Review]] = {}
    for act in acts:
        for pair in act.pairs:
            last.setdefault(pair, {})[act.by] = act
    split = {pair: [one for one in by.values() if one.verdict in DECIDED] for pair, by in last.items()}
    return {
        pair: sorted(words, key=lambda one: one.number)
        for pair, words in split.items()
        if len({one.verdict for one in words}) == len(DECIDED)
    }

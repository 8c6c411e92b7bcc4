"""What reviewers decided before, what has come of it, and what the next build will do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import pandas as pd

from analytics.casework.person import reader_name
from analytics.casework.rows import each, full_name
from analytics.governance.review import record
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.journal.link_reviews import DECIDED, Pair, Review, Verdict, disagreed, reviews, standing


class Effect(StrEnum):
    """What has come of an act."""

    SPLITS = "will be split in the next build"
    JOINS = "will be joined in the next build"
    TWO = "two people"
    ONE = "one person"
    NOT_SPLIT = "still one person: the last build could not part them"
    NOT_JOINED = "still two people: an official number, or another verdict, keeps them apart"
    OVERTAKEN = "a later word counts"
    NOTHING = "decides nothing"
    GONE = "an agency no longer sends one of these records"


#: Effects that the next build still has to bring about.
WAITING = (Effect.SPLITS, Effect.JOINS)

_NAMES = """
SELECT l.person, l.client, p.forename, p.surname
FROM person_link l JOIN visible USING (person) JOIN person p USING (person)
WHERE l.client IN (SELECT unnest($clients::BIGINT[])) ORDER BY l.client
"""
_STATE = """
SELECT act, count(*) AS pairs, count(*) FILTER (l.person = r.person) AS inside,
       count(*) FILTER (l.person IS NULL OR r.person IS NULL) AS gone
FROM (SELECT unnest($left::BIGINT[]) AS client_l, unnest($right::BIGINT[]) AS client_r, unnest($act::BIGINT[]) AS act)
LEFT JOIN person_link l ON l.client = client_l LEFT JOIN person_link r ON r.client = client_r
GROUP BY act
"""


@dataclass(frozen=True)
class Past:
    """One act as it stands today: who said what when, of whom, why, and what has come of it."""

    act: Review
    at: datetime
    by: str
    names: tuple[str, ...]
    effect: Effect
    mine: bool


@dataclass(frozen=True)
class Disagreement:
    """One pair on which reviewers differ: whose last words they are, oldest first; the last one counts."""

    names: tuple[str, ...]
    words: tuple[Past, ...]


@dataclass(frozen=True)
class NextBuild:
    """What the next build will do that this snapshot does not show: acts that split, and acts that join."""

    splits: int
    joins: int


def next_build(session: Session) -> NextBuild:
    """How many acts wait for the next build. A figure: it names nobody."""
    acts = reviews(session.journal)
    effects = list(_effects(session, acts).values())
    return NextBuild(effects.count(Effect.SPLITS), effects.count(Effect.JOINS))


def past(session: Session, most: int = 20) -> list[Past]:
    """The latest acts, newest first; whoever they are about is written down as seen. Raises `AccessRefused`."""
    acts = reviews(session.journal)
    return _told(session, acts[: -most - 1 : -1], _effects(session, acts))


def disagreements(session: Session, most: int = 10) -> list[Disagreement]:
    """Pairs on which two reviewers differ, the latest first; whoever they are about is written down as seen."""
    acts = reviews(session.journal)
    differing = sorted(disagreed(acts).values(), key=lambda words: -words[-1].number)
    # A split on which somebody differs is one disagreement, however many pairs it parts.
    distinct = {tuple(word.number for word in words): words for words in differing}
    effects = _effects(session, acts)
    found = [_told(session, words, effects) for words in list(distinct.values())[:most]]
    return [Disagreement(words[-1].names, tuple(words)) for words in found]


def pending(session: Session, clients: Sequence[int]) -> list[Review]:
    """Acts that the next build will carry out on any of these clients."""
    acts = reviews(session.journal)
    effects, wanted = _effects(session, acts), set(clients)
    return [act for act in acts if effects[act.number] in WAITING and wanted & {c for pair in act.pairs for c in pair}]


def withdraw(session: Session, act: Review) -> None:
    """Take an act back: its pairs are open again. The act itself stays in the journal. Raises `AccessRefused`."""
    record(session, act.pairs, Verdict.WITHDRAWN)


def _told(session: Session, acts: Sequence[Review], effects: dict[int, Effect]) -> list[Past]:
    clients = sorted({client for act in acts for pair in act.pairs for client in pair})
    if not clients:
        return []
    rows = serve(session, Permission.REVIEW_LINKS, _NAMES, {"clients": clients}, what="pairs decided")
    names = {int(row.client): full_name(row.forename, row.surname) for row in each(rows)}
    return [_past(session, act, names, effects[act.number]) for act in acts]


def _past(session: Session, act: Review, names: dict[int, str], effect: Effect) -> Past:
    about = dict.fromkeys(names[client] for pair in act.pairs for client in pair if client in names)
    at, mine = datetime.fromisoformat(act.at), act.by == session.reader_id
    return Past(act, at, reader_name(session, act.by), tuple(about), effect, mine)


def _effects(session: Session, acts: Sequence[Review]) -> dict[int, Effect]:
    """What has come of each act, by its number."""
    last, state = standing(acts), _state(session, acts)
    read = int((session.snapshot.manifest.get("linkage") or {}).get("reviews_read", 0))
    return {act.number: _effect(act, last, state[act.number], read) for act in acts}


def _effect(act: Review, last: dict[Pair, Review], state: Any, read: int) -> Effect:
    if all(last[pair] is not act for pair in act.pairs):
        return Effect.OVERTAKEN
    if act.verdict not in DECIDED:
        return Effect.NOTHING
    if state.gone == state.pairs:
        return Effect.GONE
    done = state.inside == 0 if act.verdict is Verdict.DIFFERENT else state.inside + state.gone == state.pairs
    waits = act.number > read
    if act.verdict is Verdict.DIFFERENT:
        return Effect.TWO if done else Effect.SPLITS if waits else Effect.NOT_SPLIT
    return Effect.ONE if done else Effect.JOINS if waits else Effect.NOT_JOINED


def _state(session: Session, acts: Sequence[Review]) -> dict[int, Any]:
    """Of each act: its ``pairs``, those ``inside`` one person today, and those ``gone`` from the agencies' files."""
    named = [(*pair, act.number) for act in acts for pair in act.pairs]
    bound = {"left": [p[0] for p in named], "right": [p[1] for p in named], "act": [p[2] for p in named]}
    rows: pd.DataFrame = serve(session, Permission.SEE_SOURCES, _STATE, bound, what="what reviews have done")
    return {int(row.act): row for row in each(rows)}

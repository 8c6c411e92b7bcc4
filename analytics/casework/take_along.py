"""What goes on one page for a meeting: written down first, then gathered through the gate like any page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date

import pandas as pd

from analytics.casework import kin, score
from analytics.casework.calls import Desk, Worker, desks, workers
from analytics.casework.contested import Standing, standing
from analytics.casework.person import Header, events, header, strengths
from analytics.casework.score import ModelNote, Score
from analytics.casework.speaking import Voice, voices
from data.access.gate import Session, consult
from data.access.roles import Permission

#: What the log says of it.
WHAT = "one page for a meeting"


@dataclass(frozen=True)
class Spoken:
    """What a model says of a child, for a reader who had judged first."""

    note: ModelNote
    score: Score


@dataclass(frozen=True)
class Taken:
    """Everything on the page. ``unjudged`` are models that speak of this person to a reader who has not judged yet;
    ``silent`` those that say nothing, each with why; ``taken_on`` is the day on the wall, not of the records."""

    header: Header
    workers: list[Worker]
    desks: list[Desk]
    family: pd.DataFrame
    happened: pd.DataFrame
    strengths: pd.DataFrame
    spoken: tuple[Spoken, ...]
    unjudged: tuple[ModelNote, ...]
    silent: tuple[Voice, ...]
    standing: Standing
    taken_on: date


def taken(session: Session, person: int) -> Taken:
    """The page of ``person`` for the reader, in the log before anything is read. Raises `AccessRefused`."""
    consult(session, Permission.TAKE_ALONG, lambda _: None, people=[person], what=WHAT)
    happened, today = events(session, person), session.snapshot.today
    now = standing(session, person)
    heard = [] if now.restricted else voices(session, person)
    speaking = [voice.note for voice in heard if voice.heard]
    judged = [note for note in speaking if score.judged(session, person, note.name) is not None]
    return Taken(
        header(session, person),
        workers(happened),
        desks(happened),
        kin.family(session, person),
        happened,
        strengths(happened, today),
        tuple(Spoken(note, score.score(session, person, note.name)) for note in judged),
        tuple(note for note in speaking if note not in judged),
        tuple(voice for voice in heard if not voice.heard),
        now,
        session.journal.clock().astimezone(UTC).date(),
    )

"""A reader's own judgements beside what followed: of children they judged at work, and of invented ones in training.

Of work only children whom the reader may still see, a year after the judgement: what came later, or is still to come,
says nothing yet. The first judgement of a child and a model in a calendar year counts, so that nobody is counted for
being looked at often.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import pandas as pd
import sqlalchemy as sa

from analytics.casework.score import WORRY, ModelNote, model_notes
from analytics.matrix.guard import STANDS_TODAY
from analytics.training.answers import QUESTION, SKIPPED
from analytics.training.case import Case
from analytics.training.cases import CASES
from analytics.training.room_steps import BEFORE
from analytics.training.seats import sheet_of
from analytics.training.tally import FITS_OUTCOME
from analytics.training.written import of_json
from data.access.gate import Session, consult, serve
from data.access.roles import Permission
from data.home import home
from data.journal.journal import Journal
from data.journal.log import training_cases
from data.journal.tables import JUDGEMENT, TRAINING_ANSWER
from data.rooms.attendance import record
from data.rooms.store import rooms_of
from data.rooms.tables import ANSWER, ROUND, SEAT

#: A share of fewer judgements than this says nothing; pairs need so many of each kind.
LEAST, LEAST_EACH = 10, 3
YEAR = timedelta(days=365)

_FOLLOWED = f"""
WITH said AS (
    SELECT unnest($judged::BIGINT[]) AS person, unnest($days::DATE[]) AS day, unnest($worries::INTEGER[]) AS worry
), came AS (
    SELECT person, identified_on AS day FROM known_case WHERE profile = $profile
    UNION ALL
    SELECT person, occurred_on FROM event WHERE kind IN (SELECT unnest($kinds::VARCHAR[])) AND {STANDS_TODAY}
), seen AS (
    SELECT s.day, s.worry, coalesce(bool_or(c.day <= s.day), false) AS before,
           coalesce(bool_or(c.day > s.day AND c.day <= s.day + INTERVAL 365 DAY), false) AS after
    FROM said s JOIN visible USING (person) LEFT JOIN came c USING (person) GROUP BY s.person, s.day, s.worry
)
SELECT year(day) AS year, worry, count(*) AS judged, count(*) FILTER (after) AS came
FROM seen WHERE NOT before GROUP BY ALL ORDER BY ALL
"""


@dataclass(frozen=True)
class Level:
    """Of the children about whom the reader was as worried as ``worry`` (0 to 3), how many it happened to."""

    worry: int
    judged: int
    came: int


@dataclass(frozen=True)
class Followed:
    """One model's judgements. ``too_new``: not a year old yet. ``years``: the same levels by calendar year."""

    label: str
    happened: str
    levels: tuple[Level, ...]
    years: Mapping[int, tuple[Level, ...]]
    too_new: int

    @property
    def judged(self) -> int:
        return sum(level.judged for level in self.levels)


@dataclass(frozen=True)
class Taught:
    """One answer in training: the case's child, what was said (0 to 3) and what happened."""

    on: str
    child: str
    worry: int
    outcome: str


def followed(session: Session) -> tuple[Followed, ...]:
    """The reader's judgements at work, by model; only models that they judged for. Raises `AccessRefused`."""
    mine = partial(_judgements, reader=session.reader.id)
    rows = consult(session, Permission.SEE_OWN, mine, what="own judgements")
    notes = model_notes(session)
    return tuple(_of(session, notes[name], of) for name, of in _first(rows).items() if name in notes)


def taught(session: Session) -> tuple[Taught, ...]:
    """The reader's first answer to each case, alone or in a room, before any score was shown; oldest first."""
    mine = partial(_answers, reader=session.reader.id)
    alone = [(row["at"], row["case"], row["answer"]) for row in consult(session, Permission.SEE_OWN, mine)]
    cases = _cases(session)
    told = [
        (at, case, cases[case].child, answer, cases[case].outcome)
        for at, case, answer in alone
        if case in cases and answer != SKIPPED
    ]
    first: dict[str, Taught] = {}
    for at, case, child, answer, outcome in sorted([*told, *_in_rooms(session.reader.id)]):
        first.setdefault(case, Taught(at, child, WORRY.index(answer), outcome))
    return tuple(first.values())


def rooms_attended(session: Session) -> tuple[str, ...]:
    """When the reader's rooms were, as the store writes time."""
    return tuple(row["opened_at"] for row in record(rooms_of(home()), session.reader.id))


def concordance(levels: Sequence[Level]) -> tuple[float, int, int] | None:
    """Of all pairs, one it happened to and one not, the share in which the reader was more worried about the first.

    As worried about both counts half (the area under the ROC curve). With how many of each; None of too few.
    """
    came, not_came = sum(one.came for one in levels), sum(one.judged - one.came for one in levels)
    if min(came, not_came) < LEAST_EACH or came + not_came < LEAST:
        return None
    wins = sum(
        a.came * (b.judged - b.came) * (1.0 if a.worry > b.worry else 0.5 if a.worry == b.worry else 0.0)
        for a in levels
        for b in levels
    )
    return wins / (came * not_came), came, not_came


def verdicts(answers: Sequence[Taught]) -> tuple[int, int, int]:
    """Of those with a right answer: how many fitted, were too worried, were not worried enough."""
    asked = [one for one in answers if one.outcome in FITS_OUTCOME]
    right = sum(WORRY[one.worry] in FITS_OUTCOME[one.outcome] for one in asked)
    over = sum(one.outcome == "none" and WORRY[one.worry] not in FITS_OUTCOME["none"] for one in asked)
    return right, over, len(asked) - right - over


def _judgements(journal: Journal, reader: str) -> Sequence[sa.RowMapping]:
    own = sa.select(JUDGEMENT).where(JUDGEMENT.c.by == reader, JUDGEMENT.c.worry.is_not(None))
    return journal.rows(own.order_by(JUDGEMENT.c.row))


def _answers(journal: Journal, reader: str) -> Sequence[sa.RowMapping]:
    asked = (TRAINING_ANSWER.c.by == reader, TRAINING_ANSWER.c.question == QUESTION, TRAINING_ANSWER.c.room == "")
    return journal.rows(sa.select(TRAINING_ANSWER).where(*asked).order_by(TRAINING_ANSWER.c.row))


def _cases(session: Session) -> dict[str, Case]:
    """Every case that was ever offered: an answer stays when its case is withdrawn."""
    rows = consult(session, Permission.SEE_OWN, training_cases, what="guided cases")
    return CASES | {row["case"]: of_json(row["told"]) for row in rows}


def _in_rooms(reader: str) -> list[tuple[str, str, str, str, str]]:
    """Time, case, child, answer and outcome of what ``reader`` said in rooms, signed in."""
    sat = sa.and_(ANSWER.c.room == SEAT.c.room, ANSWER.c.seat == SEAT.c.seat)
    of = sa.and_(ANSWER.c.room == ROUND.c.room, ANSWER.c.round == ROUND.c.round)
    found = sa.select(ANSWER.c.at, ROUND.c.case, ROUND.c.sheet, ANSWER.c.answer, ROUND.c.outcome)
    joined = found.select_from(ANSWER.join(SEAT, sat).join(ROUND, of))
    rows = rooms_of(home()).rows(joined.where(SEAT.c.account == reader, ANSWER.c.question == BEFORE))
    return [(row["at"], row["case"], sheet_of(row["sheet"]).child, row["answer"], row["outcome"]) for row in rows]


def _first(rows: Sequence[sa.RowMapping]) -> dict[str, dict[tuple[int, int], tuple[date, int]]]:
    """By model: the first judgement, day and worry, of each person and calendar year."""
    found: dict[str, dict[tuple[int, int], tuple[date, int]]] = {}
    for row in rows:
        day = date.fromisoformat(row["at"][:10])
        found.setdefault(row["model"], {}).setdefault((row["person"], day.year), (day, row["worry"]))
    return found


def _of(session: Session, note: ModelNote, judged: Mapping[tuple[int, int], tuple[date, int]]) -> Followed:
    today = session.snapshot.today
    old = [(person, day, worry) for (person, _), (day, worry) in judged.items() if day + YEAR <= today]
    people, days, worries = (list(column) for column in zip(*old, strict=True)) if old else ([], [], [])
    asked = {"judged": people, "days": days, "worries": worries, "profile": note.profile, "kinds": list(note.outcome)}
    rows = serve(session, Permission.SEE_OWN, _FOLLOWED, asked | {"today": today}, what=f"what followed, {note.name}")
    years = {int(str(year)): _levels(part) for year, part in rows.groupby("year")}
    return Followed(note.label, note.happened, _levels(rows), years, len(judged) - len(old))


def _levels(rows: pd.DataFrame) -> tuple[Level, ...]:
    sums = rows.groupby("worry")[["judged", "came"]].sum()
    return tuple(Level(int(str(worry)), int(row["judged"]), int(row["came"])) for worry, row in sums.iterrows())

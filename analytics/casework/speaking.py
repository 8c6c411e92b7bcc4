"""Which models speak of one person today, and of each that does not, why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.casework.rows import each
from analytics.casework.score import ModelNote, model_notes
from analytics.casework.tell import as_date
from analytics.matrix.guard import KNOWN_TODAY, STANDS_TODAY
from analytics.models.specs import SPECS
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.events import KINDS

_SCORED = "SELECT person, model FROM score WHERE person = $person AND as_of = $today ORDER BY model"
_KNOWN = f"""
SELECT person, profile AS what, min(identified_on) AS since FROM known_case
WHERE person = $person AND {KNOWN_TODAY} GROUP BY person, profile
UNION ALL
SELECT person, kind AS what, min(occurred_on) AS since FROM event
WHERE person = $person AND kind IN (SELECT unnest($kinds::VARCHAR[])) AND {STANDS_TODAY} AND occurred_on < $today
GROUP BY person, kind
ORDER BY what
"""
_BORN = "SELECT person, birth_date, death_date FROM person WHERE person = $person"


@dataclass(frozen=True)
class Voice:
    """A model and one person. ``silent`` says in a sentence why it says nothing of them; empty where it does."""

    note: ModelNote
    silent: str

    @property
    def heard(self) -> bool:
        """Whether the reader may see a score of it here."""
        return not self.silent and self.note.withheld is None

    @property
    def why(self) -> str:
        """Why no score of it is shown, in a sentence; empty where one is."""
        return self.silent or self.note.withheld or ""


def voices(session: Session, person: int) -> list[Voice]:
    """Every model of risk that the reader's role may see, in the order in which they are declared."""
    query = {"today": session.snapshot.today}
    role = session.reader.role
    notes = model_notes(session)
    mine = [notes[name] for name in SPECS if name in notes and (role in notes[name].roles or not notes[name].roles)]
    rows = serve(session, Permission.SEE_PERSON, _SCORED, query, people=[person], what="score tab")
    scored = set(rows["model"])
    quiet = [note for note in mine if note.name not in scored]
    why = _silences(session, person, quiet) if quiet else {}
    return [Voice(note, why.get(note.name, "")) for note in mine]


def _silences(session: Session, person: int, notes: list[ModelNote]) -> dict[str, str]:
    query = {"today": session.snapshot.today, "kinds": sorted({kind for note in notes for kind in note.outcome})}
    found = serve(session, Permission.SEE_PERSON, _KNOWN, query, people=[person], what="score tab")
    born = serve(session, Permission.SEE_PERSON, _BORN, people=[person], what="score tab").iloc[0]
    known = {str(row.what): as_date(row.since) for row in each(found)}
    return {note.name: _silence(note, born, known, session.snapshot.today) for note in notes}


def _silence(note: ModelNote, born: pd.Series, known: dict[str, date | None], today: date) -> str:
    """Age first: of a grown child nobody needs to read what they were identified as."""
    low, high = note.ages
    if as_date(born["death_date"]) is not None:
        return "It says nothing of people who have died."
    years = _years(as_date(born["birth_date"]), today)
    if years is None:
        return f"It speaks only of children aged {low} to {high}, and no date of birth is known."
    if not low <= years <= high:
        return f"It speaks only of children aged {low} to {high}."
    if note.profile in known:
        return f"Professionals identified this child already ({_day(known[note.profile])}); it asks who may be next."
    for kind in note.outcome:
        if kind in known:
            words = KINDS[kind].label
            return f"It asks to whom this has never happened yet. On record here: {words} ({_day(known[kind])})."
    return "It speaks only of children who are known to live here now."


def _years(born: date | None, on: date) -> int | None:
    return None if born is None else on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _day(value: date | None) -> str:
    return f"{value.day} {value:%b %Y}" if value else "day not known"

"""One question at the gate: the checks it must pass, and its line in the log."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from data.access import policy
from data.access.reader import AccessRefused, Reader
from data.access.redaction import SCORE
from data.access.roles import PURPOSES, Permission, Reach, may
from data.access.session import Session
from data.access.standing import shown_models
from data.access.veil import RETIRED_VERSIONS, SHOWN, SUGGESTED, reads_scores, veiled
from data.home import home
from data.journal.journal import Entry
from data.journal.model_decisions import retired_versions
from data.rooms.attendance import owed
from data.rooms.store import rooms_of

#: What the log says of those who are shown on somebody else's page.
BESIDE = "see beside someone"
#: What it says of those outside a reader's scope who fit what was searched for, and of whom a card told that.
OUTSIDE = "match outside the area"
#: By these a reader is shown what a model says of somebody.
SHOWINGS = (Permission.SEE_SCORE, Permission.SEE_LIST, Permission.SEE_CASELOAD)
# What each person's score was at its latest date: it stands in the entry, since snapshots are deleted.
_SHOWN = """
SELECT person, as_of::VARCHAR AS as_of, band, rank, round(probability, 4) AS probability FROM score
WHERE model = $model AND person IN (SELECT unnest($people::BIGINT[]))
QUALIFY row_number() OVER (PARTITION BY person ORDER BY as_of DESC) = 1 ORDER BY person
"""
#: Where nobody is met whose data may be stored and not used: lists by score, similar cases, the score itself.
RESTRICTED = (
    Permission.SEE_LIST,
    Permission.SEE_CASELOAD,
    Permission.SEE_WATCHED,
    Permission.SEE_SIMILAR,
    Permission.SEE_SCORE,
)
#: Who sees figures of what a withheld model says: those who answer for the models, and learn what a score is.
_BEHIND_THE_VEIL = (Permission.SEE_MODELS,)


@dataclass
class Question:
    """One question at the gate: who asks is checked, and what is answered recorded."""

    session: Session
    permission: Permission
    people: Sequence[int] = ()
    model: str | None = None
    what: str = ""
    version: str | None = None
    told: Callable[[pd.DataFrame], Mapping[str, Any]] | None = None

    def __post_init__(self) -> None:
        """Hold people as plain sorted numbers, whatever they came as."""
        self.people = tuple(sorted({int(person) for person in self.people}))

    def run(self, query: str, params: Mapping[str, Any]) -> pd.DataFrame:
        """The answer of ``query``, in which scores that may not be shown at this moment are blank.

        Of people, only scores of the model that was asked for: those are in the entry, so that they can be recalled.
        """
        if self.permission in _BEHIND_THE_VEIL or not reads_scores(query):
            return self.session.run(query, params)
        may_be_shown = shown_models(self.session.journal, self.session.snapshot)
        if self.permission.reach is not Reach.FIGURES:
            may_be_shown = [model for model in may_be_shown if model == self.model and self.permission in SHOWINGS]
        gone: dict[str, Any] = {SHOWN: may_be_shown, RETIRED_VERSIONS: retired_versions(self.session.journal)}
        why = policy.why_no_suggestion(self.session.journal, self.session.snapshot)
        gone[SUGGESTED] = why is None or self.permission.reach is Reach.FIGURES
        return self.session.run(veiled(query), dict(params) | gone)

    @contextmanager
    def admitted(self) -> Iterator[Reader]:
        """The reader, checked, for the block; a refusal there or in the block is recorded and raised on."""
        try:
            yield self.checked()
        except AccessRefused as refusal:
            self.record_refusal(refusal)
            raise

    def checked(self) -> Reader:
        """The reader, if they may ask this; else `AccessRefused`."""
        who = self.session.reader
        if not may(who.role, self.permission):
            raise AccessRefused("Your role does not include this.")
        if self.permission.reach is not Reach.FIGURES and who.purpose not in PURPOSES:
            raise AccessRefused("Choose your reason for access first.")
        self._check_trained(who)
        if self.permission.reach is Reach.PEOPLE:
            self._check_people(who)
        self._check_score(who)
        return who

    def _check_trained(self, who: Reader) -> None:
        """Where the council has it so, nobody is shown what a model says before they took part in a room session."""
        if self.permission in SHOWINGS and owed(rooms_of(home()), who.id):
            raise AccessRefused("Before you first see what a model says, take part in a training session, signed in.")

    def _check_people(self, who: Reader) -> None:
        if not self.people:
            raise ValueError("this permission is about named people: give `people`")
        if set(self.people) - self.session.visible(who, self.people):
            raise AccessRefused("This person is outside your area and not allocated to you.")

    def hidden(self) -> frozenset[int]:
        """Those whom this question may not reach because processing of their data is restricted."""
        return self.session.restricted() if self.permission in RESTRICTED else frozenset()

    def _check_score(self, who: Reader) -> None:
        if self.permission is Permission.SEE_SCORE and self.model is None:
            raise ValueError("a score is some model's: give `model`")
        if self.model is None:
            return
        state = self.session
        if self.permission in SHOWINGS:
            self.version = policy.check_score_allowed(state.journal, state.snapshot, self.model)
        if set(self.people) & self.hidden():
            raise AccessRefused(policy.RESTRICTED)
        if self.permission is Permission.SEE_SCORE:
            for person in self.people:
                policy.check_judged(state.journal, state.snapshot, who, person, self.model)

    def entry(self, who: Reader, people: Sequence[int] = (), **detail: Any) -> Entry:
        """The line for the log. ``people`` default to those asked for."""
        detail |= self.session.beside
        if self.what:
            detail["what"] = self.what
        if self.version:
            detail["version"] = self.version
        about = tuple(people) or tuple(self.people)
        snapshot, purpose = self.session.snapshot.id, who.purpose or None
        return Entry(who.id, who.role, self.permission.value, about, self.model, snapshot, purpose, detail)

    def record(self, who: Reader, people: Sequence[int] = (), **detail: Any) -> None:
        """Write the entry, once a script run for the same thing; where scores are shown, with what they were."""
        entry = self.entry(who, people, **detail)
        if self.version and entry.people and not self.session.recorded(entry, self.what):
            entry = replace(entry, detail={**entry.detail, "shown": self._shown(entry.people)})
        self.session.record_once(entry, self.what)

    def _shown(self, people: Sequence[int]) -> list[list[Any]]:
        """Person, day, band, rank and probability of each who has a score: what a recall tells years later."""
        rows = self.session.run(_SHOWN, {"model": self.model, "people": list(people)})
        return [[_plain(value) for value in row] for row in rows.itertuples(index=False)]

    def record_beside(self, who: Reader, others: Collection[int], action: str = BESIDE) -> None:
        """Write that ``others`` were shown with those asked for: they too can see who looked, and it is no visit."""
        if others:
            self.session.record_once(replace(self.entry(who, sorted(others)), action=action), self.what)

    def refuse_stray_score(self, rows: pd.DataFrame) -> None:
        """A score passes only where a score was asked for, or the judgement before it could be side-stepped."""
        if self.permission.reach is Reach.FIGURES:
            return
        if (self.model is None or self.permission not in SHOWINGS) and any(name in rows for name in SCORE):
            raise RuntimeError(
                "the query gave a score where none was asked for: ask for SEE_SCORE or SEE_LIST of a model"
            )

    def record_refusal(self, refusal: AccessRefused) -> None:
        """Write that this was asked for and refused, and why."""
        refused = Entry(
            self.session.reader_id, "", f"refused: {self.permission.value}", tuple(self.people), self.model,
            self.session.snapshot.id, self.session.purpose or None,
            {**self.session.beside, "why": str(refusal), "what": self.what},
        )  # fmt: skip
        self.session.journal.record(refused)


def _plain(value: Any) -> Any:
    """A cell as JSON has it."""
    if pd.isna(value):
        return None
    return value if isinstance(value, str) else float(value) if isinstance(value, float) else int(value)

"""What an officer may see of the suggestion on a contact, and in which arm of a pilot the contact is.

The only answer to that: queue, contact, second look and the interface for other systems ask here, and so does whatever
computes a suggestion for showing (`live.suggest`, `live.levels`, `similar.alike`).

Outside a pilot the hub's practice holds: the officer grades first; or may ask to see the suggestion first; or may
besides have the list in its order. No list is in that order while a pilot runs: contacts without a suggestion would
sink to its end. In **shadow** nothing is shown of any contact, whenever it came. Where lots are drawn, contacts that
came since the start have an arm; those of the arm *suggestion* are dealt with by the hub's practice, those of
*control* as if there were no suggestion. What would have been suggested is kept with the grade in every arm.

The safety net. Coming back for a second look tells that the suggestion was high, so contacts in shadow and of the
control arm do not come back while the pilot runs: they get what every contact got before there were suggestions, by
the same officers, and nothing less. That is bearable for a time only, so it is bounded: a pilot has a last day,
`LONGEST` off at most; contacts kept back are counted, with those of them that harm followed, before the hub manager's
eyes while it runs; it can be stopped at any moment. With its end, planned or not, every one kept back comes back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from analytics.triage.clock import hub_now, hub_time
from analytics.triage.pilot_arms import CONTROL, arm
from data.access.gate import Session
from data.journal import hub
from data.journal.pilot import GRADE_FIRST, MAY_ORDER, SHADOW, USUAL, Pilot, pilots, practices

LONGEST = timedelta(weeks=52)
IN_SHADOW = "Suggestions are being tried in the background: they are kept and compared, and not shown meanwhile."
IN_CONTROL = "This contact is dealt with by present practice: the pilot shows no suggestion for it."
NOT_YET = "The pilot says whether there is a suggestion once the contact is in the queue."
KEPT_BACK = "A pilot runs: of its contacts, those dealt with by present practice come back when it is over."
GRADE_IT = "At this hub the officer grades first: the suggestion follows your own grade."


@dataclass(frozen=True)
class View:
    """``arm``: `SHADOW`, or `SUGGESTION` or `CONTROL` of `pilot_arms`, now or in a pilot that is over; None outside.

    ``why``: why nothing of the suggestion may be shown at all, a sentence; None where it may. ``first``: whether it may
    be seen before the officer's own grade.
    """

    pilot: str | None
    arm: str | None
    why: str | None
    first: bool


def practice(session: Session) -> str:
    """The hub's practice as it stands: one of `data.journal.pilot.PRACTICES`."""
    said = practices(session.journal)
    return said[-1].practice if said else USUAL


def running(session: Session) -> Pilot | None:
    """The pilot that contacts coming now are in; None where there is none."""
    now = hub_now(session).date()
    return next((one for one in pilots(session.journal) if one.runs(now)), None)


def may_order(session: Session) -> bool:
    """Whether the list may stand in the order of the suggestion."""
    return practice(session) == MAY_ORDER and running(session) is None


def view(session: Session, number: str | None, moment: datetime | None) -> View:
    """What may be seen of the contact ``number`` that came at ``moment`` by the hub's clock; None: it comes now."""
    kept = hub.contact(session.journal, number) if number else None
    return _view(_State.of(session), number, moment or hub_now(session), kept and kept["at"])


def views(session: Session, every: Mapping[str, datetime]) -> dict[str, View]:
    """`view` of each contact, by its number."""
    state, came = _State.of(session), {row["contact"]: row["at"] for row in hub.contacts(session.journal)}
    return {number: _view(state, number, moment, came.get(number)) for number, moment in every.items()}


def hidden(session: Session, number: str | None, moment: datetime | None, decided: bool = False) -> str | None:
    """Why nothing of the suggestion may be shown at this moment, as `View.why` or before the own grade; else None.

    ``decided``: the contact is, by whatever way; there is no grade to wait for.
    """
    found = view(session, number, moment)
    if found.why or found.first or decided or (number and hub.grades(session.journal, [number])):
        return found.why
    return GRADE_IT


def arms(session: Session, pilot: Pilot, every: Mapping[str, datetime]) -> dict[str, str]:
    """The arm of each contact that is in ``pilot``, by its number; the others are not in it."""
    state, came = _State.of(session), {row["contact"]: row["at"] for row in hub.contacts(session.journal)}
    return {
        number: arm(pilot, number, _came(state, moment, came.get(number)).date())
        for number, moment in every.items()
        if _in(state, pilot, moment, came.get(number))
    }


@dataclass(frozen=True)
class _State:
    """What does not differ from contact to contact."""

    session: Session
    every: tuple[Pilot, ...]
    now: date
    practice: str

    @classmethod
    def of(cls, session: Session) -> _State:
        return cls(session, pilots(session.journal), hub_now(session).date(), practice(session))


def _view(state: _State, number: str | None, moment: datetime, at: str | None) -> View:
    first = state.practice != GRADE_FIRST
    mine = next((one for one in reversed(state.every) if _in(state, one, moment, at)), None)
    now = next((one for one in state.every if one.runs(state.now)), None)
    if now is not None and now.kind == SHADOW:
        return View(now.number if mine else None, SHADOW if mine else None, IN_SHADOW, False)
    if mine is None:
        return View(None, None, None, first)
    if number is None:
        return View(mine.number, None, NOT_YET if mine is now else None, first)
    fell = arm(mine, number, _came(state, moment, at).date())
    return View(mine.number, fell, IN_CONTROL if mine is now and fell == CONTROL else None, first)


def _in(state: _State, pilot: Pilot, moment: datetime, at: str | None) -> bool:
    """By when it came to this journal where it did, so that nobody chooses an arm by what time they write; else by the
    feed's own time."""
    if not pilot.starts_on <= _came(state, moment, at).date() <= pilot.ends_on:
        return False
    if at is not None:
        return pilot.at <= at and (pilot.stopped_at is None or at < pilot.stopped_at)
    begun, stopped = _hub(state, pilot.at), _hub(state, pilot.stopped_at)
    return begun is not None and begun <= moment and (stopped is None or moment < stopped)


def _came(state: _State, moment: datetime, at: str | None) -> datetime:
    return _hub(state, at) or moment


def _hub(state: _State, at: str | None) -> datetime | None:
    return None if at is None else hub_time(state.session, datetime.fromisoformat(at))

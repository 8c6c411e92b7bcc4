"""One contact, the moment it comes: what is known of its people, and what the grader of the snapshot says of it.

The same declarations as in the build, and a memory that is held to its query: a contact gets one grade by either way.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from analytics.triage import facts, practice, tell
from analytics.triage.arrived import about
from analytics.triage.clock import hub_now, hub_time
from analytics.triage.declared import HISTORIES
from analytics.triage.facts import Floats
from analytics.triage.remembered import Earlier, memory
from analytics.triage.stored import Stored, stored
from analytics.triage.tell import Reason
from data.access import policy
from data.access.gate import Session, consult
from data.access.roles import Permission
from data.journal import hub

#: What the log says where the grader was asked what it says of a contact.
KNOWN = "what was known when a contact came"


@dataclass(frozen=True)
class NewContact:
    """A contact as it is told: ``reason`` a code of `data.codes.CONTACT_REASON`, ``people`` numbers of the snapshot.

    ``moment``: when it came, by the hub's clock; None is now. ``number``: the hub's own, where it has one.
    """

    agency: str
    reason: str
    narrative: str
    people: tuple[int, ...]
    moment: datetime | None = None
    number: str | None = None


@dataclass(frozen=True)
class Suggestion:
    """What the grader says: ``level`` 0 to 4; chances of another contact, of one taken up, of harm, of asking helping.

    ``ask``: whether asking other agencies is suggested. ``reasons``: what weighs most, as sentences, largest first.
    ``earlier``: contacts about these people in a year. ``caveat`` stands
    beside a suggestion that nobody could measure.
    """

    level: int
    again: float
    taken_up: float
    harm: float
    needs: float
    ask: bool
    reasons: tuple[Reason, ...]
    earlier: int
    version: str
    caveat: str | None


@dataclass(frozen=True)
class Withheld:
    """No suggestion, and why: a sentence fit to show."""

    why: str


def suggest(session: Session, told: NewContact, decided: bool = False) -> Suggestion | Withheld:
    """What of the grader's word on ``told`` may be shown now, or why nothing; ``decided`` as of `practice.hidden`.

    Raises `AccessRefused`.
    """
    if why := practice.hidden(session, told.number, told.moment, decided):
        return Withheld(why)
    return computed(session, told)


def computed(session: Session, told: NewContact) -> Suggestion | Withheld:
    """What the grader says of ``told``, whoever may see it: to be kept beside a grade, and never to be shown."""
    if why := policy.why_no_suggestion(session.journal, session.snapshot):
        return Withheld(why)
    if session.restricted() & set(told.people):
        return Withheld(policy.RESTRICTED)
    held = stored(session.snapshot)
    if held is None:
        raise RuntimeError("a grader that may be shown is in the snapshot")
    return _suggestion(held, matrix(session, told), known(session, told), _caveat(session))


def known(session: Session, told: NewContact) -> dict[str, float]:
    """What was known of the people of ``told`` the moment it came, by indicator."""
    kept = ("contact known", told)
    if kept not in session.kept:
        came = _came(session, told.people, Permission.TRIAGE, KNOWN)
        session.kept[kept] = _known(session, told, came)
    found: dict[str, float] = session.kept[kept]
    return found


def matrix(session: Session, told: NewContact) -> Floats:
    """What the grader reads of ``told``, float64[1, m] in the order of `facts.names`."""
    return facts.row(told.reason, told.agency, known(session, told))


def levels(session: Session, every: Sequence[NewContact]) -> dict[str, int]:
    """The level suggested for each of ``every`` by its number; nothing where none may be suggested, or shown."""
    hidden = session.restricted()
    seen = practice.views(session, {_number(one): one.moment or hub_now(session) for one in every})
    told = [one for one in every if seen[_number(one)].first and seen[_number(one)].why is None]
    asked = [one for one in told if not hidden & set(one.people)]
    there = session.visible(session.reader, sorted({person for one in asked for person in one.people}))
    asked = [one for one in asked if there & set(one.people)]
    held = stored(session.snapshot)
    if not asked or held is None or policy.why_no_suggestion(session.journal, session.snapshot):
        return {}
    came = _came(session, sorted(there), Permission.SEE_QUEUE, "levels")
    X = np.concatenate([facts.row(one.reason, one.agency, _known(session, one, came)) for one in asked])
    level = held.levels.of(held.grader.chances(X)[:, -1])
    return dict(zip(map(_number, asked), level.tolist(), strict=True))


def glance(known: Mapping[str, float]) -> tuple[str, ...]:
    """What of `known` happened, in sentences, without any weight: gravest declarations first."""
    return tuple(tell.sentence(one, known[one.name]) for one in HISTORIES if known[one.name])


def _known(session: Session, told: NewContact, came: Sequence[Earlier]) -> dict[str, float]:
    return memory(session.snapshot).known(_number(told), told.people, told.moment or hub_now(session), came)


def _came(session: Session, people: Sequence[int], permission: Permission, what: str) -> list[Earlier]:
    """Who came twice today came twice: contacts of the journal stand beside those of the snapshot."""
    return consult(session, permission, lambda _: _of_journal(session, people), people=people, what=what)


def _of_journal(session: Session, people: Collection[int]) -> list[Earlier]:
    """Contacts about ``people`` that came here, not by the feed: one a contact and person."""
    came = about(session, people)
    decided = hub.last(hub.decisions(session.journal, {row["contact"] for row, _ in came}))
    out = []
    for row, told in came:
        last = decided.get(row["contact"])
        closed = hub_time(session, datetime.fromisoformat(last["at"])) if last else None
        outcome, at = (last["outcome"] if last else None), datetime.fromisoformat(row["received_at"])
        out += [Earlier(row["contact"], person, at, row["agency"], outcome, closed) for person in told]
    return out


def _number(one: NewContact) -> str:
    return one.number or "new"


def _suggestion(held: Stored, X: Floats, values: Mapping[str, float], caveat: str | None) -> Suggestion:
    again, taken_up, harm = held.grader.chances(X)[0].tolist()
    needs = held.needs.chance(X)
    return Suggestion(
        int(held.levels.of(np.array([harm]))[0]), again, taken_up, harm, float(needs[0]),
        bool(held.cut.suggests(needs)[0]),
        tell.reasons(facts.names(), X[0], held.grader.harm.parts(X)[0], values),
        int(values["contacts"]), held.version, caveat,
    )  # fmt: skip


def _caveat(session: Session) -> str | None:
    found = policy.contact_standing(session.journal, session.snapshot)
    return None if found is None else policy.caveat(found.measured, found.measured_why)

"""What an officer does with a contact: takes it, grades it, decides it, looks at it again. All of it is kept."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence

from analytics.triage.clock import hub_now
from analytics.triage.live import KNOWN, NewContact, Suggestion, computed
from data.access.gate import Session, act, checked_entry
from data.access.reader import AccessRefused
from data.access.roles import ROLES, Permission
from data.codes import CONTACT_OUTCOME, CONTACT_REASON
from data.contacts import AGENCIES, LEVELS, MAY_BE_ASKED
from data.journal import hub
from data.journal.journal import detail_of
from data.journal.log import looks_of
from data.journal.tables import HUB_DECISION, HUB_GRADE, HUB_SECOND_LOOK

#: What of the suggestion an officer had seen when they graded.
NOT_SEEN, ASKED, BY_ORDER, BY_PLATFORM = "no", "asked", "order", "platform"
STANDS, RAISED = "stands", "raised"
LONGEST, LONGEST_LINE, MOST_PEOPLE = 8000, 500, 30


def submit(session: Session, told: NewContact) -> str:
    """Keep a contact that came; it is in the queue at once. Returns its number. Raises `AccessRefused`."""
    _check_told(told)
    number = told.number or f"N{secrets.token_hex(4).upper()}"
    values = {
        "contact": number, "received_at": (told.moment or hub_now(session)).isoformat(), "agency": told.agency,
        "reason": told.reason, "narrative": told.narrative.strip(), "people": json.dumps(sorted(set(told.people))),
    }  # fmt: skip
    entry = checked_entry(session, Permission.TAKE_CONTACT, told.people)
    if not hub.take(session.journal, values, entry):
        raise AccessRefused("There is a contact of this number already.")
    return number


def grade(session: Session, told: NewContact, level: int, seen: str = NOT_SEEN) -> int:
    """Keep the officer's own grade, 0 to 4, and beside it what was suggested then, shown or not. Returns the row.

    ``seen``: what of the suggestion they had seen by then on our pages; a platform that was told it has shown it, as
    far as we know. Raises `AccessRefused`.
    """
    if level not in range(len(LEVELS)) or seen not in (NOT_SEEN, ASKED, BY_ORDER):
        raise AccessRefused("A grade is one of five levels.")
    said = computed(session, told)
    suggested, version = (said.level, said.version) if isinstance(said, Suggestion) else (None, None)
    if seen == NOT_SEEN and _told_elsewhere(session, told):
        seen = BY_PLATFORM
    values = {"contact": _numbered(told), "level": level, "seen": seen, "suggested": suggested, "version": version}
    return act(session, Permission.GRADE, HUB_GRADE, values, people=told.people)


def decide(
    session: Session,
    told: NewContact,
    outcome: str,
    asked: Sequence[str] = (),
    reason: str = "",
    alike: Sequence[NewContact] = (),
) -> None:
    """Keep what was decided, which agencies were asked, and why; of those ``alike``, which tell the same, likewise.

    Raises `AccessRefused` before a grade was given, and where somebody decided meanwhile.
    """
    if outcome not in CONTACT_OUTCOME.labels or set(asked) - set(MAY_BE_ASKED):
        raise AccessRefused("Choose what is to happen.")
    if len(reason) > LONGEST_LINE:
        raise AccessRefused(f"Say it in {LONGEST_LINE} letters.")
    if not hub.grades(session.journal, [_numbered(told)]):
        raise AccessRefused("Grade it first: your own view counts before anything else.")
    _check_open(session, told)
    said = reason.strip() or None
    values = {"contact": _numbered(told), "outcome": outcome, "asked": "; ".join(asked) or None, "reason": said}
    act(session, Permission.SETTLE, HUB_DECISION, values, people=told.people)
    for one in alike:
        again = {"contact": _numbered(one), "asked": None, "reason": f"Tells the same as {told.number}"}
        act(session, Permission.SETTLE, HUB_DECISION, values | again, people=one.people)


def second_look(session: Session, told: NewContact, verdict: str, reason: str, outcome: str | None = None) -> None:
    """Keep what a second pair of eyes said of a contact decided low: it `STANDS`, or is `RAISED` to ``outcome``.

    Raises `AccessRefused` for whoever decided it: a second pair of eyes is somebody else's.
    """
    decided = hub.last(hub.decisions(session.journal, [_numbered(told)])).get(_numbered(told))
    if decided is not None and decided["by"] == session.reader_id:
        raise AccessRefused("You decided this one: somebody else looks at it again.")
    if verdict not in (STANDS, RAISED) or (verdict == RAISED) != (outcome in CONTACT_OUTCOME.labels):
        raise AccessRefused("Say whether it stands, or what it should be.")
    if not 0 < len(reason.strip()) <= LONGEST_LINE:
        raise AccessRefused("Say why, in a line.")
    values = {"contact": told.number, "verdict": verdict, "outcome": outcome, "reason": reason.strip()}
    act(session, Permission.SECOND_LOOK, HUB_SECOND_LOOK, values, people=told.people)


def _told_elsewhere(session: Session, told: NewContact) -> bool:
    """Whether another system was told what is suggested of it: the log says of which contact each look was."""
    row = hub.contact(session.journal, _numbered(told))
    if row is None:
        return False
    machines = [role.name for role in ROLES.values() if role.machine]
    people = {*told.people, *json.loads(row["people"])}
    looks = (detail_of(entry) for entry in looks_of(session.journal, people, Permission.TRIAGE.value, machines))
    return any(look.get("contact") == told.number and look.get("what") == KNOWN for look in looks)


def _check_told(told: NewContact) -> None:
    if told.agency not in AGENCIES or told.reason not in CONTACT_REASON.labels:
        raise AccessRefused("Say who made contact, and for what reason.")
    if not 0 < len(told.narrative.strip()) <= LONGEST:
        raise AccessRefused(f"Say what was told, in {LONGEST:,} letters at most.")
    if not 0 < len(set(told.people)) <= MOST_PEOPLE:
        raise AccessRefused("Say whom it is about: somebody whom the records know.")


def _check_open(session: Session, told: NewContact) -> None:
    if hub.decisions(session.journal, [_numbered(told)]):
        raise AccessRefused("Somebody has decided this contact meanwhile.")


def _numbered(told: NewContact) -> str:
    if told.number is None:
        raise ValueError("a contact has a number once it was submitted")
    return told.number

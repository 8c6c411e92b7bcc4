"""The hub manager's hand: how officers work with the suggestion, a pilot begun and stopped. All of it is kept."""

from __future__ import annotations

import secrets
from datetime import date

from analytics.triage.clock import hub_now
from analytics.triage.pilot_arms import new_seed
from analytics.triage.pilot_measures import MEASURES
from analytics.triage.practice import LONGEST
from data.access import policy
from data.access.gate import Session, act
from data.access.reader import AccessRefused
from data.access.roles import Permission
from data.journal.pilot import BEGUN, KINDS, PRACTICES, SHORTEST_REASON, STOPPED, Pilot, pilots
from data.journal.tables import HUB_PILOT, HUB_PRACTICE

LONGEST_REASON = 500


def current(session: Session) -> Pilot | None:
    """The pilot that runs, or is to begin; None where the last one is over."""
    today = hub_now(session).date()
    return next((one for one in pilots(session.journal) if not one.over(today)), None)


def set_practice(session: Session, practice: str, reason: str) -> None:
    """Keep how officers work outside a pilot from now on. Raises `AccessRefused`, while a pilot runs too."""
    if practice not in PRACTICES:
        raise AccessRefused("Say how officers are to work.")
    if current(session) is not None:
        raise AccessRefused("Stop the pilot first: what officers see may not change in its midst.")
    act(session, Permission.SET_PRACTICE, HUB_PRACTICE, {"practice": practice, "reason": _reason(reason)})


def begin(
    session: Session,
    kind: str,
    starts_on: date,
    ends_on: date,
    measure: str,
    reason: str,
    smallest: float | None = None,
    planned: int | None = None,
) -> str:
    """Begin a pilot of ``kind``: ``ends_on`` is its last day, ``measure`` what decides. Returns its number.

    Its seed is drawn here and told to nobody. Raises `AccessRefused` where one runs, where days or measure are wrong,
    and where no suggestion may be made.
    """
    today = hub_now(session).date()
    if kind not in KINDS or measure not in MEASURES or kind not in MEASURES[measure].decides:
        raise AccessRefused("Choose what kind of pilot it is, and which figure is to decide.")
    if not today <= starts_on < ends_on <= starts_on + LONGEST:
        raise AccessRefused("It begins today or later, and ends after that within a year.")
    if current(session) is not None:
        raise AccessRefused("There is a pilot already: one at a time.")
    if why := policy.why_no_suggestion(session.journal, session.snapshot):
        raise AccessRefused(f"There is nothing to try out: no suggestion may be made. {why}")
    number = f"P{secrets.token_hex(3).upper()}"
    values = {
        "pilot": number, "step": BEGUN, "reason": _reason(reason), "kind": kind, "seed": new_seed(),
        "starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat(), "measure": measure,
        "smallest": None if smallest is None else f"{smallest:g}", "planned": planned,
    }  # fmt: skip
    act(session, Permission.RUN_PILOT, HUB_PILOT, values)
    return number


def stop(session: Session, reason: str) -> None:
    """Stop the pilot now: no contact enters it any more, whatever was kept back comes back. Raises `AccessRefused`."""
    found = current(session)
    if found is None:
        raise AccessRefused("No pilot runs.")
    act(session, Permission.RUN_PILOT, HUB_PILOT, {"pilot": found.number, "step": STOPPED, "reason": _reason(reason)})


def _reason(said: str) -> str:
    if not SHORTEST_REASON <= len(said.strip()) <= LONGEST_REASON:
        raise AccessRefused(f"Say why, in {SHORTEST_REASON} letters at least and {LONGEST_REASON} at most.")
    return said.strip()

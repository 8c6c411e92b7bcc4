"""The hub's words on screen: reasons, outcomes, how long something has waited."""

from __future__ import annotations

from datetime import timedelta

from data.codes import CONTACT_OUTCOME, CONTACT_REASON
from pages.components.escape import text
from pages.components.words import plural


def reason_words(code: str) -> str:
    """A reason as its code set calls it; a code that nobody declared stands as it is."""
    return text(CONTACT_REASON.labels.get(code, code))


def outcome_words(code: str | None) -> str:
    """An outcome as its code set calls it."""
    return "waiting" if code is None else text(CONTACT_OUTCOME.labels.get(code, code))


def waited(since: timedelta) -> str:
    """``25 min``, ``3 h 10 min``, ``2 days 4 h``."""
    minutes = int(since.total_seconds() // 60)
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 24 * 60:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{plural(minutes // 1440, 'day')} {minutes % 1440 // 60} h"

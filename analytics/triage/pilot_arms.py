"""Which arm of a pilot a contact falls into: by a keyed hash, so that anyone who has the key can work it out again.

HMAC-SHA256 (RFC 2104) of the contact's number, or of the ISO week it came in, under the pilot's seed. Without the seed
nobody can tell an arm beforehand; the seed stands in the journal, is shown on no page while the pilot runs, and in its
report afterwards. Contacts fall as coins do, so the arms are equal but for chance. Weeks would be too few for that:
of every four in a row two fall to each arm, and the hash says which.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import date, timedelta

from data.journal.pilot import BY_WEEK, SHADOW, Pilot

SUGGESTION, CONTROL = "suggestion", "control"
BLOCK = 4  # weeks
_HALF = 1 << 255


def new_seed() -> str:
    """256 bits of chance, in hexadecimal."""
    return secrets.token_hex(32)


def arm(pilot: Pilot, number: str, came: date) -> str:
    """`SHADOW`, `SUGGESTION` or `CONTROL` for a contact of ``pilot`` that came on a day by the hub's clock."""
    if pilot.kind == SHADOW:
        return SHADOW
    if pilot.kind == BY_WEEK:
        return week_arm(pilot.seed, pilot.starts_on, came)
    return SUGGESTION if _draw(pilot.seed, f"contact {number}") < _HALF else CONTROL


def week_arm(seed: str, starts_on: date, came: date) -> str:
    """The arm of a whole week, Monday to Sunday; blocks of `BLOCK` weeks count from the week of ``starts_on``."""
    first, mine = _monday(starts_on), _monday(came)
    begin = first + timedelta(weeks=((mine - first).days // 7) // BLOCK * BLOCK)
    block = [begin + timedelta(weeks=at) for at in range(BLOCK)]
    drawn = sorted(block, key=lambda monday: _draw(seed, f"week {monday:%G-W%V}"))
    return SUGGESTION if mine in drawn[: BLOCK // 2] else CONTROL


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _draw(seed: str, what: str) -> int:
    return int.from_bytes(hmac.new(bytes.fromhex(seed), what.encode(), hashlib.sha256).digest())

"""How a machine signs in: by a bearer token of which only a hash is kept, until a day, until it is revoked.

The secret is 256 random bits, so that a plain hash protects it and nobody can guess it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import UTC, timedelta

from data.access.reader import AccessRefused
from data.access.roles import ROLES
from data.journal.accounts import Account, account, save_account
from data.journal.journal import Journal
from data.journal.tokens import Token, save_token, token, tokens
from data.snapshot.reading import Snapshot

#: Everybody may know this one: it opens the invented city's interface, and nothing where anybody is real.
DEMONSTRATION = "kin_demo_nobody-in-this-city-is-real"
LONGEST_DAYS = 3660
_FORM = re.compile(r"kin_([a-z0-9]{4,16})_([A-Za-z0-9_-]{16,64})")
_MACHINE = Account("demo.platform", "The hub's platform", "hub_platform", "Hub")


class TokenRefused(AccessRefused):
    """Nobody is let in. ``token`` is the one that was shown, where it is one of ours."""

    def __init__(self, token: Token | None) -> None:
        super().__init__("The token is not known, was revoked, or is over.")
        self.token = token


def issue(journal: Journal, machine: str, days: int, by: str) -> tuple[Token, str]:
    """A new token for the account ``machine``, and its whole text, which nobody can be told again.

    Raises `AccessRefused` where the account is closed, or a person's.
    """
    found = account(journal, machine)
    if found is None or not ROLES[found.role].machine:
        raise AccessRefused("Tokens are for machines: give the account a role such as hub_platform.")
    if not 0 < days <= LONGEST_DAYS:
        raise AccessRefused(f"A token lasts from 1 to {LONGEST_DAYS} days.")
    number, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
    until = (journal.clock().astimezone(UTC) + timedelta(days=days)).isoformat(timespec="microseconds")
    made = Token(number, machine, _digest(secret), until)
    save_token(journal, made, by)
    return made, f"kin_{number}_{secret}"


def revoke(journal: Journal, machine: str, number: str, by: str) -> Token:
    """End a token of ``machine`` now. Raises `AccessRefused` where it has none of this number."""
    for one in tokens(journal, machine):
        if one.id == number:
            ended = Token(one.id, one.account, one.digest, one.until, active=False)
            save_token(journal, ended, by)
            return ended
    raise AccessRefused("The account has no such token.")


def bearer(journal: Journal, snapshot: Snapshot, told: str) -> Token:
    """The token that ``told`` is, checked in the same time whatever is wrong with it. Raises `TokenRefused`."""
    form = _FORM.fullmatch(told)
    number, secret = (form[1], form[2]) if form else ("", "")
    found = token(journal, number)
    right = hmac.compare_digest(_digest(secret), found.digest if found else _digest("nobody's"))
    if found is None or not right or not found.active or found.until <= journal.now():
        raise TokenRefused(found)
    if told == DEMONSTRATION and not snapshot.invented:
        raise TokenRefused(found)
    return found


def offer_demonstration_token(journal: Journal, snapshot: Snapshot) -> str | None:
    """The token that everybody knows, made valid where nobody is real; None elsewhere, and where it was revoked."""
    if not snapshot.invented:
        return None
    _, number, secret = DEMONSTRATION.split("_", 2)
    if account(journal, _MACHINE.id) != _MACHINE:
        save_account(journal, _MACHINE, by="system")
    found = token(journal, number)
    if found is None:
        found = Token(number, _MACHINE.id, _digest(secret), "9999-12-31T00:00:00.000000+00:00")
        save_token(journal, found, by="system")
    return DEMONSTRATION if found.active else None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()

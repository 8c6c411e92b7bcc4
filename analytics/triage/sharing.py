"""Does a contact need information from other agencies? Learned where workers asked; told apart from how grave it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.triage.facts import Contacts
from analytics.triage.harm import HARM
from analytics.triage.logistic import Logistic
from data.contacts import LOW

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
#: Of the harm that workers missed by not asking, the suggestion may miss this share, where it learned from.
MISSED = 0.6


def asked(contacts: Contacts) -> Bools:
    """Whether the worker asked other agencies."""
    return contacts.told["shared_with"].notna().to_numpy(bool)


def found(contacts: Contacts) -> Bools:
    """Whether they had something of concern to tell."""
    return (contacts.told["checks_found"] == "concern").to_numpy(bool)


def harmed(contacts: Contacts) -> Bools:
    """Whether recorded harm followed."""
    return contacts.followed == HARM


def nowhere(contacts: Contacts) -> Bools:
    """Checks that led nowhere: asked, nothing told, advice at most given, and no harm followed."""
    return asked(contacts) & ~found(contacts) & (contacts.grade <= LOW) & ~harmed(contacts)


def learn(contacts: Contacts) -> Logistic:
    """P(asking tells of something, or harm follows), from the contacts whose worker asked.

    Raises ``ValueError`` where asking always or never told anything.
    """
    mine = asked(contacts)
    return Logistic.fit(contacts.X[mine], (found(contacts) | harmed(contacts))[mine])


@dataclass(frozen=True)
class Cut:
    """From which chance on asking is suggested."""

    at: float

    @classmethod
    def cautious(cls, chance: Floats, contacts: Contacts) -> Cut:
        """So that of the harm in ``contacts`` no more than a share (`MISSED`) of what the workers missed is missed."""
        harm = harmed(contacts)
        if not harm.any():
            return cls(0.0)
        return cls(float(np.quantile(chance[harm], MISSED * (~asked(contacts))[harm].mean(), method="lower")))

    def suggests(self, chance: Floats) -> Bools:
        return chance >= self.at

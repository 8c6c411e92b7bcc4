"""Does a contact need information from other agencies? Learned where workers asked; told apart from how grave it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from analytics.triage.facts import Contacts
from analytics.triage.harm import HARM

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
    return asked(contacts) & ~found(contacts) & (contacts.grade <= 1) & ~harmed(contacts)


class Sharing:
    """P(asking tells of something, or harm follows), a logistic regression on the contacts whose worker asked."""

    C = 0.1

    def fit(self, contacts: Contacts) -> Self:
        """Raises ``ValueError`` where asking always or never told anything."""
        X, need = contacts.X[asked(contacts)], (found(contacts) | harmed(contacts))[asked(contacts)]
        self.centre_, self.spread_ = X.mean(axis=0), np.where(X.std(axis=0) > 0, X.std(axis=0), 1.0)
        model = LogisticRegression(C=self.C, max_iter=300).fit((X - self.centre_) / self.spread_, need)
        self.weights_, self.base_ = model.coef_[0], float(model.intercept_[0])
        return self

    def chance(self, X: Floats) -> Floats:
        """float64[n]."""
        return expit(((X - self.centre_) / self.spread_) @ self.weights_ + self.base_)


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

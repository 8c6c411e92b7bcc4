"""What colleagues would have decided: expectations that nobody's own decisions teach.

Ridge regression of a decision on what was known of the contact, once for each worker (month, agency), learned from the
contacts of everyone else. The sums over everyone are made once; each group's own are taken away again, which gives
the same weights as leaving it out.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
RIDGE = 5.0  # as much as five contacts that say nothing


def by_others(X: Floats, y: Floats, group: NDArray[np.int64]) -> Floats:
    """float64[n]: what the others would have decided of each contact.

    ``X`` float64[n, m], ``y`` float64[n], ``group`` int64[n], 0 to k - 1: whose decision each was. Raises
    ``ValueError`` where there are not two groups.
    """
    if len(np.unique(group)) < 2:
        raise ValueError("one group alone has nobody to be compared with")
    Z = np.hstack([np.ones((len(X), 1)), _scaled(X)])
    squares, products, out = Z.T @ Z, Z.T @ y, np.empty(len(y))
    penalty = np.diag([0.0] + [RIDGE] * X.shape[1])
    for one in np.unique(group):
        own = group == one
        weights = np.linalg.solve(squares - Z[own].T @ Z[own] + penalty, products - Z[own].T @ y[own])
        out[own] = Z[own] @ weights
    return out


def _scaled(X: Floats) -> Floats:
    spread = X.std(axis=0)
    return np.asarray((X - X.mean(axis=0)) / np.where(spread > 0, spread, 1.0), np.float64)


def clustered(residual: Floats, group: NDArray[np.int64], cluster: NDArray[np.int64]) -> tuple[Floats, Floats, Floats]:
    """(contacts, mean, standard error) of the residuals of each group, float64[k] each, in order of group.

    Contacts about one family (``cluster``) are not as many separate witnesses: their residuals are added up before they
    are squared (Liang and Zeger, 1986).
    """
    groups = int(group.max()) + 1
    n = np.bincount(group, minlength=groups).astype(np.float64)
    mean = np.bincount(group, residual, groups) / n
    centred = residual - mean[group]
    key, at = np.unique(group * (int(cluster.max()) + 1) + cluster, return_inverse=True)
    whose = key // (int(cluster.max()) + 1)
    sums = np.bincount(at, centred, len(key))
    return n, mean, np.sqrt(np.bincount(whose, sums**2, groups)) / n

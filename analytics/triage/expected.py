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
    """What the others would have decided of each contact, in the shape of ``y``.

    ``X`` float64[n, m], ``y`` float64[n] or float64[n, k], ``group`` int64[n]: whose decision each was. Raises
    ``ValueError`` where there are not two groups.
    """
    if len(np.unique(group)) < 2:
        raise ValueError("one group alone has nobody to be compared with")
    Z = np.hstack([np.ones((len(X), 1)), _scaled(X)])
    order = np.argsort(group, kind="stable")
    Z, sorted_y, out = Z[order], y[order], np.empty(y.shape)
    parts = [slice(*ends) for ends in zip(*_ends(group[order]), strict=True)]
    squares = [Z[own].T @ Z[own] for own in parts]
    products = [Z[own].T @ sorted_y[own] for own in parts]
    every, told = sum(squares) + np.diag([0.0] + [RIDGE] * X.shape[1]), sum(products)
    for own, square, product in zip(parts, squares, products, strict=True):
        out[order[own]] = Z[own] @ np.linalg.solve(every - square, told - product)
    return out


def _ends(group: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where each group begins and ends in a sorted list of them."""
    begin = np.flatnonzero(np.diff(group, prepend=-1))
    return begin, np.append(begin[1:], len(group))


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

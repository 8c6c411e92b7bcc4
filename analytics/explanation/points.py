"""Contributions as they stand on screen: whole points, and the indicators that raise a score most."""

from __future__ import annotations

import json

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
POINTS_PER_LOG_ODDS = 10
REASONS = 3


def points(contributions: Floats, in_probability: bool = False, raw: Floats | float = 0.5) -> NDArray[np.int64]:
    """Ten points for each unit of log-odds, rounded.

    Contributions in probability are turned into log-odds at the person's own raw score (dp = p (1 - p) d log-odds).
    """
    scale = 1.0
    if in_probability:
        chance = np.clip(np.asarray(raw, dtype=float), 0.05, 0.95)
        scale = 1.0 / (chance * (1 - chance))
        scale = scale[..., None] if np.ndim(scale) else scale
    return np.rint(POINTS_PER_LOG_ODDS * contributions * scale).astype(np.int64)


def strongest(contributions: Floats, names: tuple[str, ...], most: int = REASONS) -> list[str]:
    """For each person the JSON list of the indicators that raise the score most, at most ``most``; list of n."""
    if contributions.shape[1] == 0:
        return ["[]"] * len(contributions)
    top = np.argsort(-contributions, axis=1, kind="stable")[:, :most]
    value = np.take_along_axis(contributions, top, axis=1)
    words = np.array(names, dtype=object)[top]
    return [json.dumps([w for w, v in zip(ws, vs, strict=True) if v > 0]) for ws, vs in zip(words, value, strict=True)]

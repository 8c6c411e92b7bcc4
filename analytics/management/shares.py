"""What part of some people others are, with 95 % intervals that allow for the nudges of `control.free`.

Method: Wilson (1927), widened by the spread of the nudges where counts were nudged.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.disclosure.cell_key import VARIANCE

Floats = NDArray[np.float64]
Z = 1.959964
WILSON = "95 % intervals by Wilson's method"


def wilson(part: Floats, whole: Floats, nudged: bool = True) -> tuple[Floats, Floats]:
    """The ends of the interval of each share of ``part`` in ``whole``, float64[n]; NaN where either is withheld."""
    part, whole = np.asarray(part, float), np.asarray(whole, float)
    whole = np.where(whole > 0, whole, np.nan)
    share = np.clip(part / whole, 0, 1)
    middle = (share + Z**2 / (2 * whole)) / (1 + Z**2 / whole)
    reach = Z / (1 + Z**2 / whole) * np.sqrt(share * (1 - share) / whole + Z**2 / (4 * whole**2))
    # Both counts are nudged: the share moves by the part's nudge, and by its own size times the whole's.
    moved = Z * np.sqrt(VARIANCE * (1 + share**2)) / whole if nudged else 0.0
    reach = np.sqrt(reach**2 + moved**2)
    return np.clip(middle - reach, 0, 1), np.clip(middle + reach, 0, 1)


def per(base: int, part: pd.Series, whole: pd.Series, nudged: bool = True) -> pd.DataFrame:
    """``rate``, ``low`` and ``high`` of every ``base`` people of ``whole``, by the index of ``part``."""
    low, high = wilson(part.to_numpy(float), whole.to_numpy(float), nudged)
    rate = np.clip(base * part / whole.where(whole > 0), 0, base)
    return pd.DataFrame({"rate": rate, "low": base * low, "high": base * high}, part.index)

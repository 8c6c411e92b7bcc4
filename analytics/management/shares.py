"""What part of some people others are, for every hundred or thousand of them, with 95 % intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.management.rates import wilson


def per(base: int, part: pd.Series, whole: pd.Series, nudged: bool = True) -> pd.DataFrame:
    """``rate``, ``low`` and ``high`` of every ``base`` people of ``whole``, by the index of ``part``.

    ``nudged``: the counts come from `control.free`, which widens the intervals; those of fixed tables are exact.
    """
    low, high = wilson(part.to_numpy(float), whole.to_numpy(float), nudged)
    rate = np.clip(base * part / whole.where(whole > 0), 0, base)
    return pd.DataFrame({"rate": rate, "low": base * low, "high": base * high}, part.index)

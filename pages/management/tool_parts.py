"""What the views of Outcomes of the tool share: how counts and shares are said."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.disclosure.control import DEFAULT, shown
from analytics.management.fair import Z

#: The rule for counts behind filters, in words.
NUDGED = (
    f"Counts of 1 to {DEFAULT.smallest - 1} are withheld, shown as c, and the others nudged a little, the same people "
    "always alike, so that parts need not add up."
)


def counted(value: float) -> str:
    """A safe count, or c."""
    return shown(float(value))


def of_100(part: float, whole: float) -> str:
    """``42 of 100 (37 to 47)``: Wilson's interval (1927), of safe counts."""
    if pd.isna(part) or pd.isna(whole) or not whole:
        return "c"
    low, high = wilson(float(part), float(whole))
    return f"{100 * part / whole:.0f} of 100 ({100 * low:.0f} to {100 * high:.0f})"


def wilson(part: float, whole: float) -> tuple[float, float]:
    """The ends of Wilson's 95 % interval of a share."""
    share = min(part / whole, 1.0)
    middle = share + Z**2 / (2 * whole)
    half = Z * np.sqrt(share * (1 - share) / whole + Z**2 / (4 * whole**2))
    return tuple(float((middle + sign * half) / (1 + Z**2 / whole)) for sign in (-1, 1))  # type: ignore[return-value]

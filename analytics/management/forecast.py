"""A forecast of monthly counts: damped trend on top of the seasons, with the errors it made before as its interval.

Counts are taken to their square roots, which makes months with many as steady as months with few (Anscombe, 1948).
Seasons are the months' mean distances from a twelve-month moving average, drawn towards none as far as they could be
chance (Miller and Williams, 2003). What is left is smoothed exponentially with a damped trend (Gardner and McKenzie,
1985; Hyndman and Athanasopoulos, *Forecasting: principles and practice*, 8.2), with the weights that would have done
best so far. The interval at each distance are the quantiles of the errors made at that distance until then, as in
split conformal prediction: nothing is assumed of their shape. In NumPy, for all series and all weights at once: a
library of forecasts would be 12 MB and fit one series at a time, a hundred times as slow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
YEAR = 12
#: Months needed before anything is forecast, and after which errors are counted.
LEAST, WARM_UP = 36, 18
LEVEL = 0.8
#: Weights tried: of the newest month on the level, of the newest change on the trend, how much of the trend is kept.
_WEIGHTS = np.array(
    [(level, 0.0, 0.0) for level in (0.03, 0.08, 0.15, 0.25, 0.4, 0.6)]
    + list(product((0.08, 0.15, 0.25, 0.4), (0.05, 0.15), (0.85, 0.95)))
)


@dataclass(frozen=True)
class Forecast:
    """As likely more as less (``middle``), and the ends of the interval; float64[ahead, series]."""

    middle: Floats
    low: Floats
    high: Floats


def forecast(counts: Floats, ahead: int = YEAR, level: float = LEVEL) -> Forecast:
    """The ``ahead`` months after ``counts`` float[months, series], oldest first. Raises `ValueError` on too few."""
    if len(counts) < LEAST:
        raise ValueError(f"a forecast takes {LEAST} months or more")
    roots = np.sqrt(np.asarray(counts, float))
    seasons = _seasons(roots)
    told = _told(roots - seasons[np.arange(len(roots)) % YEAR], ahead)
    each = np.arange(roots.shape[1])
    best = _best(roots, told, seasons)
    errors = [_errors(roots, told[:, step][:, best, each], seasons, step + 1) for step in range(ahead)]
    months = (len(roots) + np.arange(ahead)) % YEAR
    middle = told[-1][:, best, each] + seasons[months]
    low, high = _ends(errors, level)
    return Forecast(_count(middle), _count(middle + low), _count(middle + high))


def _count(roots: Floats) -> Floats:
    return np.asarray(np.maximum(roots, 0.0) ** 2)


def _seasons(roots: Floats) -> Floats:
    """How far each month of the year lies from the months around it, float[12, series]; the first row is of row 0."""
    weights = np.r_[0.5, np.ones(YEAR - 1), 0.5] / YEAR
    around = np.apply_along_axis(np.convolve, 0, roots, weights, mode="valid")
    apart = roots[YEAR // 2 : len(roots) - YEAR // 2] - around
    month = (np.arange(len(apart)) + YEAR // 2) % YEAR
    mean = np.stack([apart[month == one].mean(axis=0) for one in range(YEAR)])
    count = np.bincount(month, minlength=YEAR)[:, None]
    left = apart - mean[month]
    chance = (left**2).sum(axis=0) / max(len(apart) - YEAR, 1) / count.mean()
    mean = mean - mean.mean(axis=0)
    kept = np.clip(1 - (YEAR - 3) * chance / np.maximum((mean**2).sum(axis=0), 1e-12), 0, 1)
    return np.asarray(kept * mean)


def _told(roots: Floats, ahead: int) -> Floats:
    """What each weighting would have told after each month, float[months, ahead, weightings, series]."""
    level_weight, trend_weight, keep = _WEIGHTS.T[:, :, None]
    level = np.broadcast_to(roots[:YEAR].mean(axis=0), (len(_WEIGHTS), roots.shape[1]))
    trend = np.zeros_like(level)
    damped = np.stack([sum(keep**step for step in range(1, ahead_by + 1)) for ahead_by in range(1, ahead + 1)])
    out = np.empty((len(roots), ahead, *level.shape))
    for at, root in enumerate(roots):
        expected = level + keep * trend
        after = expected + level_weight * (root - expected)
        trend = trend_weight * (after - level) + (1 - trend_weight) * keep * trend
        level = after
        out[at] = level + damped * trend
    return out


def _best(roots: Floats, told: Floats, seasons: Floats) -> Ints:
    """The weighting that erred least at all distances so far, int64[series]."""
    missed = np.zeros(told.shape[2:])
    for step in range(told.shape[1]):
        made = _errors(roots, told[:, step], seasons, step + 1)
        missed += np.einsum("mws,mws->ws", made, made)
    return np.asarray(missed.argmin(axis=0), np.int64)


def _errors(roots: Floats, told: Floats, seasons: Floats, step: int) -> Floats:
    """How far what was told of ``step`` months ahead fell short, float[months, ..., series], where that is known."""
    then = np.arange(WARM_UP, len(roots) - step) + step
    came = roots[then] - seasons[then % YEAR]
    return np.asarray(np.expand_dims(came, tuple(range(1, told.ndim - 1))) - told[WARM_UP : len(roots) - step])


def _ends(errors: Sequence[Floats], level: float) -> tuple[Floats, Floats]:
    """Quantiles of ``errors`` float[months, series] at each distance; further out they are never narrower."""
    ends = []
    for made in errors:
        share = min(1.0, np.ceil((len(made) + 1) * (1 + level) / 2) / len(made))
        ends.append(np.quantile(made, (1 - share, share), axis=0))
    low, high = np.stack(ends, axis=1)
    return np.minimum.accumulate(low), np.maximum.accumulate(high)


@dataclass(frozen=True)
class Tested:
    """Forecasts as they would have been made from ``origins`` months in the past, beside what came.

    float64[origins, ahead, series] each: ``error`` and ``of_last_year`` (of telling the same month of the year before)
    are absolute; ``inside`` is 1 where the interval held what came; NaN where that isn't known. ``scale``, a series:
    what telling last year's month missed by on average before the first origin, by which MASE is scaled.
    """

    inside: Floats
    error: Floats
    of_last_year: Floats
    scale: Floats

    @property
    def origins(self) -> int:
        return len(self.error)

    @property
    def coverage(self) -> float:
        """Share of all months told that fell inside their interval."""
        return float(np.nanmean(self.inside))

    @property
    def against_last_year(self) -> float:
        """Mean absolute error beside that of last year's month, each series by its own size: below 1 is better."""
        return float(np.nanmean(self.mase) / np.nanmean(self.mase_of_last_year))

    @property
    def mase(self) -> Floats:
        """Mean absolute scaled error (Hyndman and Koehler, 2006), float[series]."""
        return np.asarray(np.nanmean(self.error, axis=(0, 1)) / self.scale)

    @property
    def mase_of_last_year(self) -> Floats:
        return np.asarray(np.nanmean(self.of_last_year, axis=(0, 1)) / self.scale)


def backtest(counts: Floats, known: Floats | None = None, origins: int = 18, ahead: int = YEAR) -> Tested:
    """Forecasts from each of the last ``origins`` months that have ``ahead`` months behind them, with no look ahead.

    ``known``: what came, where it isn't ``counts`` itself; NaN is not judged. Fewer origins where there are too few
    months. Raises `ValueError` where there is none.
    """
    came = np.asarray(counts if known is None else known, float)
    last = len(counts) - ahead
    starts = [at for at in range(last - origins + 1, last + 1) if at >= LEAST]
    if not starts:
        raise ValueError(f"a forecast is tried on {LEAST + ahead} months or more")
    inside, error, naive = [], [], []
    for at in starts:
        made, then = forecast(counts[:at], ahead), came[at : at + ahead]
        told_before = np.resize(counts[at - YEAR : at], then.shape)
        inside.append(np.where(np.isnan(then), np.nan, (made.low <= then) & (then <= made.high)))
        error.append(np.abs(then - made.middle))
        naive.append(np.abs(then - told_before))
    before = np.asarray(counts[: starts[0]], float)
    scale = np.maximum(np.abs(before[YEAR:] - before[:-YEAR]).mean(axis=0), 1e-9)
    return Tested(np.stack(inside), np.stack(error), np.stack(naive), scale)

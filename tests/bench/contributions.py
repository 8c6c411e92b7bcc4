"""Explaining everybody: the batch against shap's TreeExplainer, same model, same children, same run."""

from __future__ import annotations

from collections.abc import Iterator
from time import process_time

import numpy as np
from shap import TreeExplainer

from analytics.models.boosting import Boosting

CHILDREN, INDICATORS, TIMES_FASTER = 100_000, 60, 8.0


def bench() -> Iterator[tuple[str, bool]]:
    """Processor seconds of both, on one core each; how far apart their values are; how exactly the batch adds up."""
    X, y = _city()
    model = Boosting([1] * INDICATORS).fit(X[:20_000], y[:20_000])
    ours, (base, parts) = _timed(lambda: model.contributions(X))
    theirs, values = _timed(lambda: TreeExplainer(model.model_).shap_values(X))
    seconds = f"ours {ours:.1f} s, shap {theirs:.1f} s, {theirs / ours:.1f} times faster"
    size = f"{CHILDREN:,} children by {INDICATORS}"
    yield f"{size}: {seconds}, promised {TIMES_FASTER:.0f}", theirs >= TIMES_FASTER * ours
    apart = float(np.abs(parts - values).max())
    yield f"largest difference from shap {apart:.1e}, promised 1e-6", apart <= 1e-6
    off = float(np.abs(base + parts.sum(axis=1) - model.raw(X)).max())
    yield f"base and sum miss the raw score by {off:.1e}, promised 1e-5", off <= 1e-5


def _city() -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(0)
    X = draw.poisson(0.6, (CHILDREN, INDICATORS)).astype(np.float32)
    y = draw.random(CHILDREN) < 1 / (1 + np.exp(6 - X[:, :8].sum(axis=1)))
    X[draw.random(X.shape) < 0.1] = np.nan
    return X, y


def _timed(work: object) -> tuple[float, object]:
    start = process_time()
    done = work()  # type: ignore[operator]
    return process_time() - start, done

"""How much signal the city holds: rough counts straight from what happened, and quick models of two labels.

Not a test, for it needs a city of 54,000 families and some minutes. Run after a change to the simulation:
``python -m tests.unit.city.signal_strength 54000 1``. It is no part of the product and uses none of its indicators.
README.md beside it has the figures last measured.
"""

from __future__ import annotations

import sys

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import average_precision_score, roc_auc_score

from data.city.clock import STARTS, day
from data.city.history import spells
from data.city.population import in_city
from data.city.simulation import Run, simulate

DATES = ("2021-07-01", "2022-07-01", "2023-07-01", "2024-07-01", "2025-07-01")
COUNTED = {
    "missing": ("child", None),
    "suspect": ("person", "offence"),
    "victim": ("person", "offence"),
    "antisocial": ("person", None),
    "emergency": ("child", "nature"),
    "appointment": ("child", "clinic"),
    "suspension": ("child", None),
    "contact": ("child", "reason"),
    "mental_referral": ("person", None),
    "treatment": ("person", None),
    "case": ("child", None),
    "placement": ("child", None),
}


def counts(run: Run, on: int) -> np.ndarray:
    """Counts of each kind in the last quarter, year and the year before; absence; age and sex: one row a child."""
    size, columns = run.lives.children, []
    for kind, (who, code) in COUNTED.items():
        table = run.lives.log.table(kind)
        for last, first in ((0, 92), (0, 365), (365, 730)):
            inside = (table["day"] < on - last) & (table["day"] >= on - first)
            codes = np.zeros(len(inside), int) if code is None else table[code].astype(int)
            for value in range(1 if code is None else int(codes.max()) + 1):
                columns.append(np.bincount(table[who][inside & (codes == value)], minlength=size)[:size])
    table, month = run.lives.log.table("attendance"), int(np.searchsorted(STARTS, on))
    for last, first in ((0, 3), (0, 12), (12, 24)):
        inside = (table["month"] < month - last) & (table["month"] >= month - first)
        sums = [
            np.bincount(table["child"][inside], table[name][inside], size)
            for name in ("possible", "authorised", "unauthorised")
        ]
        columns += [part / np.maximum(sums[0], 1) for part in sums[1:]]
    return np.column_stack([*columns, on - run.lives.people.birth[:size], run.lives.female]).astype(np.float32)


def labels(run: Run, on: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(cohort, identified in the window, exploited now or within a year) of every child, as DESIGN.md defines them."""
    size, found, table = run.lives.children, run.lives.log.table("identified"), spells(run)
    seen = np.full(size, 10**7)
    np.minimum.at(seen, found["child"][found["kind"] == 0], found["day"][found["kind"] == 0])
    age = (on - run.lives.people.birth[:size]) / 365.25
    cohort = in_city(run.lives.people, on)[:size] & (age >= 10) & (age < 18) & (seen >= on)
    true = np.zeros(size, bool)
    true[table["child"][(table["kind"] == 0) & (table["start"] < on + 365) & (table["end"] > on)]] = True
    return cohort, (seen >= on + 90) & (seen < on + 455), true


def main(families: int, seed: int) -> None:
    """Print AUC, average precision and precision at capacity of models trained on either label."""
    run, rows = simulate(families, seed), []
    for number, date in enumerate(DATES):
        cohort, identified, true = labels(run, day(date))
        who = np.flatnonzero(cohort)
        rows.append(
            (counts(run, day(date))[who], identified[who], true[who], run.lives.family[who], np.full(len(who), number))
        )
    x, identified, true, family, date = (np.concatenate([row[i] for row in rows]) for i in range(5))
    capacity = max(10, round(243 * families / 54_000))
    for trained, y in (("identified", identified), ("truth", true)):
        score = np.zeros(len(y))
        for fold in (0, 1):
            model = HistGradientBoostingClassifier(
                max_iter=70, learning_rate=0.07, max_leaf_nodes=8, early_stopping=False
            )
            score[family % 2 == fold] = model.fit(x[family % 2 != fold], y[family % 2 != fold]).predict_proba(
                x[family % 2 == fold]
            )[:, 1]
        for label, z in (("identified", identified), ("truth", true)):
            told = [_figures(score[date == n], z[date == n], capacity) for n in range(len(DATES))]
            auc, precision, top, ceiling = np.mean(told, axis=0)
            measured = f"AUC {auc:.3f} AP {precision:.3f} P@{capacity} {top:.3f} ceiling {ceiling:.2f}"
            print(f"trained on {trained:<10} label {label:<10} {measured}")


def _figures(score: np.ndarray, y: np.ndarray, capacity: int) -> tuple[float, float, float, float]:
    top = np.argsort(-score, kind="stable")[:capacity]
    return (
        roc_auc_score(y, score),
        average_precision_score(y, score),
        float(y[top].mean()),
        min(1.0, float(y.sum()) / capacity),
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

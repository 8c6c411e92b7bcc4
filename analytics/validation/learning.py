"""Would more known cases help: the same model from a quarter, a half, three quarters and all of them.

Cases are taken by a hash of their family, so that a smaller share lies within every greater one. The others stand among
those not identified, as they would if nobody had found them. Indicators still know of them where they are friends.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from analytics.evaluation.baselines import scatter
from analytics.evaluation.labels import KnownCases
from analytics.models.folds import FOLDS
from analytics.models.inputs import Job
from analytics.models.measure import contest_at
from analytics.models.training import TrainingSet
from analytics.validation.side_by_side import side_by_side
from analytics.validation.stand import Stand, Tell, learned, training_before

SHARES = (25, 50, 75, 100)
SALT = 4
LEAST_CASES = 5
METRIC = "average_precision"


def learning_curve(given: Stand, tell: Tell) -> dict[str, Any]:
    """``by_share."50".estimators``-like figures at T, each with its change from all cases, and the answer in words."""
    job, day = given.job, given.day
    scores, cases = {}, {}
    contest = None
    for done, share in enumerate(SHARES):
        tell("fewer cases", done / len(SHARES))
        training = training_before(job, day, some(job, share))
        cases[str(share)] = training.cases
        if not enough(training):
            continue
        contest = contest_at(job, day, {given.estimator: learned(job, given.estimator, training)}, {})
        scores[str(share)] = contest.scores[given.estimator]
    if contest is None or "100" not in scores or len(scores) < 2:
        return {"cases": cases, "by_share": {}, "words": "There are too few known cases to leave any out."}
    told = side_by_side(scores, "100", contest.labels, contest.family, contest.capacity)
    return {"cases": cases, "by_share": told, "words": words(told)}


def some(job: Job, share: int) -> KnownCases:
    """The known cases of so many hundredths of all families."""
    known = job.inputs.known
    lot = scatter(job.inputs.families.of(known.people), salt=SALT).astype(np.float64) / 2.0**64
    keep = 100 * lot < share
    return KnownCases(known.people[keep], known.identified_on[keep])


def enough(training: TrainingSet) -> bool:
    """Whether every fold leaves a few cases to learn from."""
    left = [training.positive[training.fold != fold].sum() for fold in range(FOLDS)]
    return min(left) >= LEAST_CASES


def words(told: dict[str, Any]) -> str:
    """Whether average precision was still rising at the end."""
    for share in ("75", "50", "25"):
        if share in told:
            change = told[share]["identified"]["change"][METRIC]
            if change["high"] is not None and change["high"] < 0:
                more = {"75": "a third more", "50": "twice as many", "25": "four times as many"}[share]
                gain = f"{-change['value']:.3f} ({-change['high']:.3f} to {-change['low']:.3f})"
                return f"More known cases would probably help: {more} added {gain} to average precision."
    return "It cannot be told whether more known cases would help: what they added so far lies within chance."

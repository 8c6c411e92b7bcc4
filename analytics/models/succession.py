"""Until people approve the newcomer, the version that they approved goes on scoring, measured anew at each build."""

from __future__ import annotations

import json
from datetime import date

from analytics.models.against import GROUPING
from analytics.models.calibration import calibrate
from analytics.models.champion import Champion
from analytics.models.hindsight import hindsight
from analytics.models.inputs import Job
from analytics.models.measure import judge, measure_at
from analytics.models.outcomes import outcomes_before
from analytics.models.result import ModelResult


def carried_on(job: Job, day: date, newcomer: ModelResult) -> ModelResult | None:
    """The champion of ``job`` as a result of this build, with the ``newcomer`` as its challenger, and no score yet.

    Its figures are those at ``day``, of the children and outcomes that the newcomer is measured on; its state is what
    they earn. None where there is no champion, or one that was approved for another question or other indicators.
    """
    champion = job.inputs.champion
    if champion is None or not may_go_on(job, champion):
        return None
    mine = job.reading(champion.names)
    past = outcomes_before(mine, day)
    curve = calibrate(champion.measured.raw(past.values, past.fold), past.positive, past.fold)
    name = champion.estimator
    rows = measure_at(mine, day, {name: champion.measured}, {name: curve}, name)
    verdict = judge(mine.spec, rows, name)
    return ModelResult(
        spec=mine.spec,
        version=champion.version,
        data=champion.data,
        state=verdict.state,
        reason=verdict.reason,
        trained=champion.trained,
        names=champion.names,
        estimator=name,
        evaluated_at=day,
        capacity=mine.capacity,
        rows=[*rows, *(row for row in newcomer.rows if row.grouping == GROUPING)],
        hindsight=hindsight(mine, day, champion.measured),
        model=champion.fitted.model,
        calibration=champion.fitted.calibration,
        similarity=champion.fitted.similarity,
        measured=champion.measured,
        learned=champion.learned,
        challenger=newcomer,
    )


def may_go_on(job: Job, champion: Champion) -> bool:
    """Whether the champion answers the question that is declared now, and finds all the indicators that it reads."""
    declared = json.loads(json.dumps(job.spec.as_json()))
    return champion.answers(declared) and champion.reads(job.names)

"""A newer version beside the one in use: the same children, the same resamplings, and a difference that can be told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from analytics.build import before
from analytics.evaluation.rows import EVERYONE, Row
from analytics.models import bundle
from analytics.models.against import CHAMPION, METRICS, against
from analytics.models.champion import Champion
from analytics.models.folds import FOLDS, Folded
from analytics.models.inputs import Inputs, Job
from analytics.models.result import ModelResult
from analytics.models.specs.cse import CSE
from data.home import Home
from data.journal.journal import Entry, Journal
from data.journal.model_decisions import APPROVED, RETIRED, values
from data.journal.tables import MODEL_APPROVAL
from tests.unit.models.standing_in import approved


@dataclass(frozen=True)
class ByChance:
    """Ranks by lot."""

    def raw(self, X: NDArray[np.floating]) -> NDArray[np.float64]:
        return np.random.default_rng(0).random(len(X))


@pytest.fixture(scope="module")
def job(history: Inputs) -> Job:
    return Job.of(CSE, history)


def held(job: Job, run: ModelResult, champion: Champion | None) -> dict[tuple[str, str], Row]:
    assert run.evaluated_at is not None
    assert run.measured is not None
    assert run.estimator is not None
    rows = against(job, run.evaluated_at, run.estimator, run.measured, champion)
    return {(row.estimator, row.metric): row for row in rows}


def test_a_version_is_not_ahead_of_itself_and_its_figures_are_those_that_were_measured(
    job: Job, small_run: ModelResult
) -> None:
    found = held(job, small_run, approved(small_run, "v1"))
    own = {
        row.metric: row.figure
        for row in small_run.rows
        if (row.estimator, row.label, row.grouping) == (small_run.estimator, "identified", EVERYONE)
    }
    for metric in METRICS:
        assert found[CHAMPION, metric].figure == own[metric]
        ahead = found[str(small_run.estimator), metric].figure
        assert (ahead.value, ahead.low, ahead.high) == (0, 0, 0)
        assert found[CHAMPION, metric].group == "v1"


def test_one_that_draws_lots_is_surely_behind(job: Job, small_run: ModelResult) -> None:
    lots = replace(approved(small_run), measured=Folded((ByChance(),) * FOLDS), names=small_run.names[:3])
    ahead = held(job, small_run, lots)[str(small_run.estimator), "average_precision"].figure
    assert ahead.low is not None
    assert ahead.low > 0


def test_nothing_is_compared_without_a_version_in_use_or_with_one_that_reads_what_is_gone(
    job: Job, small_run: ModelResult
) -> None:
    assert held(job, small_run, None) == {}
    assert held(job, small_run, replace(approved(small_run), names=("no_longer_declared",))) == {}


CITY = {"id": "fernhill", "name": "Fernhill", "invented": True}


def decide(journal: str, version: str, state: str) -> None:
    written = Journal(journal)
    written.bind(CITY)
    entry = Entry("demo.manager", "manager", "approve model")
    written.append(MODEL_APPROVAL, values("cse", version, state, "The panel looked at every figure."), entry)
    written.close()


def test_the_version_in_use_is_the_one_approved_last_whose_file_is_there(
    small_run: ModelResult, tmp_path: Path, own_journal: str
) -> None:
    home = Home(tmp_path)
    assert before.champion(home, CITY, "cse") is None
    decide(own_journal, small_run.version, APPROVED)
    assert before.champion(home, CITY, "cse") is None, "its file is not there"
    place = bundle.save(small_run, home.made(home.models))
    found = before.champion(home, CITY, "cse")
    assert found is not None
    assert (found.version, found.names) == (small_run.version, small_run.names)
    decide(own_journal, small_run.version, RETIRED)
    assert before.champion(home, CITY, "cse") is None
    decide(own_journal, small_run.version, APPROVED)
    facts = place / bundle.FACTS_FILE
    facts.write_text(facts.read_text().replace('"read": null', '"read": "other"'))
    assert before.champion(home, CITY, "cse") is None, "indicators are not what they were"

"""What the card says of the grader's worth was measured on this hub's own contacts."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analytics.registry.contact import GraderCard
from analytics.registry.contact_paper import markdown
from analytics.registry.summary import Measured
from analytics.triage import measure
from analytics.triage.facts import Contacts
from analytics.triage.harm import HARM
from data.access.standing import Stage, Standing
from data.snapshot.states import ModelState

TODAY, SIZE = date(2026, 10, 1), 4000


def contacts(words_tell: bool) -> Contacts:
    """Four years of them: an indicator tells of harm; where ``words_tell``, grave words do so better."""
    rng = np.random.default_rng(5)
    x, grave = rng.normal(size=SIZE), rng.poisson(1, SIZE)
    risk = x + 2 * words_tell * grave + rng.normal(0, 1, SIZE)
    followed = np.searchsorted(np.quantile(risk, [0.5, 0.7, 0.85]), risk)
    day = np.datetime64(TODAY) - rng.integers(0, 4 * 365, SIZE).astype("timedelta64[D]")
    told = pd.DataFrame(
        {
            "contact": np.arange(SIZE), "received_at": day.astype("datetime64[ns]"), "family": np.arange(SIZE) // 2,
            "outcome": rng.choice(["NFA", "ASSESS"], SIZE, p=[0.8, 0.2]), "grave": grave, "mild": 0,
            "shared_with": rng.choice(["school", None], SIZE), "checks_found": rng.choice(["concern", "nothing"], SIZE),
        }
    )  # fmt: skip
    return Contacts(told, ("contacts",), x[:, None], followed)


@pytest.mark.parametrize("words_tell", [False, True])
def test_what_words_would_be_worth_is_measured_and_said_on_the_card(words_tell: bool) -> None:
    one = measure.tried(contacts(words_tell), TODAY)
    assert one is not None
    figures = {
        (row.estimator, row.metric): Measured(row.figure.value, row.figure.low, row.figure.high, row.n, row.positives)
        for row in measure.rows(one, {"recorded": one.contacts.followed == HARM})
    }
    own, worded = (figures[way, "recall_at_capacity"].value for way in (measure.SUGGESTED, measure.WORDED))
    lead = figures[measure.SUGGESTED, f"lead_over_{measure.WORDED}"]
    assert lead.value == pytest.approx(own - worded)
    assert (lead.high < 0) if words_tell else (lead.low <= 0 <= lead.high)
    (line,) = [line for line in card(figures).splitlines() if line.startswith("| Text")]
    assert f"it would find {100 * worded:.0f} % (" in line
    assert f"as it is, {100 * own:.0f} % (" in line
    assert f"a difference of {100 * lead.value:.0f} points" in line


def test_where_nothing_was_measured_the_card_gives_no_figure_of_another_place() -> None:
    assert "| Text | not weighed: an officer reads it |" in card({})


def card(figures: dict[tuple[str, str], Measured]) -> str:
    now = Standing("contact", "v1", Stage.CANDIDATE, "So measured.", True, ModelState.CANDIDATE, "So measured.")
    none = pd.DataFrame(columns=["label", "harm", "needs"])
    return markdown(GraderCard("contact", "Contacts", now, None, None, TODAY, SIZE, figures, none), True)

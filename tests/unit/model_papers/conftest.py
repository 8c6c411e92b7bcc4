"""A model's facts as a build leaves them, made here so that no build is needed."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from analytics.models.specs import SPECS
from analytics.papers.facts import Facts, Figure


def figures(precision: float, n: int = 4000, positives: int = 80) -> dict[str, Figure]:
    def made(value: float, wide: float) -> Figure:
        return Figure(value, round(value - wide, 4), round(value + wide, 4), n, positives)

    return {
        "precision_at_capacity": made(precision, 0.1),
        "recall_at_capacity": made(0.3, 0.05),
        "false_per_true": made(1.5, 0.5),
        "lead_at_capacity": made(0.12, 0.08),
        "average_precision": made(0.21, 0.04),
        "auc": made(0.86, 0.03),
        "selection_rate": made(0.02, 0.01),
        "calibration_error": made(0.05, 0.02),
        "calibration_error_of_constant": made(0.12, 0.02),
        "ceiling": Figure(0.9, 0.9, 0.9, n, positives),
    }


@pytest.fixture
def measured() -> Facts:
    """A model that reached its mark, on an invented city."""
    return Facts(
        spec=json.loads(json.dumps(SPECS["cse"].as_json())),
        version="0123456789ab",
        stage="candidate",
        reason="Of its list 40 % (between 30 and 50 %) were right; the pass mark is 33 %.",
        shown=True,
        estimator="points",
        trained="2026-10-01",
        city="Avonbridge",
        invented=True,
        families=54000,
        snapshot=3,
        today="2026-10-01",
        variables=("missing_12m", "contacts_24m", "deprivation", "age"),
        overall={"points": figures(0.4), "prior_contacts": figures(0.28), "random": figures(0.11)},
        groups={"sex": {"girls": figures(0.42, 2000, 60), "boys": figures(0.3, 2000, 9)}},
        kept={
            "code": "c" * 64,
            "sha256": "d" * 64,
            "libraries": {"numpy": "2.4.6"},
            "evaluated_at": "2025-07-01",
            "capacity": 243,
            "training": {
                "cases": 400, "cases_measured": 300, "rows": 9000, "rows_measured": 7000,
                "dates": ["2020-10-01", "2026-04-01"],
            },
        },
    )  # fmt: skip


@pytest.fixture
def untrained(measured: Facts) -> Facts:
    """A model that trained nothing."""
    reason = "The model is withheld. There are too few known cases to say anything."
    return replace(
        measured,
        stage="withheld",
        shown=False,
        reason=reason,
        estimator=None,
        variables=(),
        overall={},
        groups={},
        kept={},
    )

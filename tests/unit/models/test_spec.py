"""A model is a declaration that has to make sense."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analytics.features.sources import TOLD_BY
from analytics.models.spec import Capacity, gather
from analytics.models.specs import SPECS
from analytics.models.specs.cse import CSE

FAULTS = {
    "name": {"name": "not a name"},
    "ages": {"ages": (17, 10)},
    "horizon": {"horizon_months": 0},
    "what it asks": {"question": "Some statement."},
    "cannot know": {"cannot_know": ()},
    "one of the two": {"outcome": ("neet",)},
}


@pytest.mark.parametrize("told", FAULTS)
def test_a_declaration_that_contradicts_itself_is_refused(told: str) -> None:
    with pytest.raises(ValueError, match=told):
        replace(CSE, **FAULTS[told])


def test_two_models_cannot_share_a_name() -> None:
    with pytest.raises(ValueError, match="cse"):
        gather([CSE, replace(CSE, label="another")])


@pytest.mark.parametrize(("families", "places"), [(54_000, 243), (3_000, 14), (300, 10), (108_000, 486)])
def test_capacity_grows_with_the_city_and_never_below_ten(families: int, places: int) -> None:
    assert Capacity(243, 54_000, 10).of(families) == places


def test_the_cse_model_may_not_read_what_the_exploitation_service_writes() -> None:
    assert not CSE.uses("weeks_of_support", ("exploitation_service",))
    assert CSE.uses("missing_12m", ("missing",))
    assert SPECS["cse"].pass_mark.precision == 0.33


def test_the_neet_model_may_not_read_what_it_is_to_foretell() -> None:
    assert not SPECS["neet"].uses("weeks_out", ("neet",))


def test_every_outcome_is_an_event_that_some_source_tells() -> None:
    assert {kind for spec in SPECS.values() for kind in spec.outcome} <= set(TOLD_BY)

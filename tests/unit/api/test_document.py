"""Requests that the document allows, and others: whatever is asked, each answer is one that it tells of."""

from __future__ import annotations

import random

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import Case, GenerationMode
from schemathesis.config import SchemathesisConfig

from tests.unit.api.conftest import Platform
from tests.unit.casework.conftest import Fernhill

EXAMPLES = 6
PATHS = ("/v1/contacts", "/v1/contacts/{number}", "/v1/contacts/{number}/suggestion", "/v1/reasons")


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_whatever_is_asked_the_answer_is_one_of_the_document(
    mode: GenerationMode, platform: Platform, hub_town: Fernhill
) -> None:
    """`make bench` asks for longer; here half of the contacts are about somebody who is known."""
    platform.hand_in("M-1", {"by": "person", "person": hub_town["yasmin"]})
    drawn, seen = random.Random(7), set()
    token = {"Authorization": f"Bearer {platform.token}"}
    # A header that is made wrong on purpose must not be put right again by ours: those are given beforehand.
    config = SchemathesisConfig.from_dict({} if mode is GenerationMode.POSITIVE else {"headers": token})
    signed = token if mode is GenerationMode.POSITIVE else None
    schema = schemathesis.openapi.from_asgi("/openapi.json", platform.client.app, config=config)
    for path in PATHS:
        for operation in schema[path].values():

            @seed(7)
            @settings(max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate],
                      suppress_health_check=list(HealthCheck))  # fmt: skip
            @given(case=operation.as_strategy(generation_mode=mode))
            def asked(case: Case) -> None:
                if mode is GenerationMode.POSITIVE and drawn.random() < 0.5:
                    _known(case, hub_town["yasmin"])
                seen.add(case.call_and_validate(headers=signed).status_code)

            asked()
    assert {200, 201, 404, 409} <= seen if mode is GenerationMode.POSITIVE else 422 in seen


def _known(case: Case, person: int) -> None:
    """Make ``case`` about somebody, or about a contact, that is there."""
    if isinstance(case.body, dict):
        case.body["people"] = [{"by": "person", "person": person}]
    elif "number" in case.path_parameters:
        case.path_parameters["number"] = "M-1"

"""What if a source stopped."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analytics.features.catalogue import CATALOGUE
from analytics.models.inputs import Job
from analytics.models.specs.cse import CSE
from analytics.validation.stand import Stand
from analytics.validation.without import candidates, stopping, touched, without, words
from data.sources import SOURCES
from tests.unit.validation.conftest import SILENT, standing

NAMES = tuple(CATALOGUE)
EVERY = frozenset(SOURCES)
POLICE = frozenset({"police_missing", "police_crime", "police_domestic"})

# What stops, an indicator, and what becomes of it.
STOPS = [
    ({"police_missing"}, "missing_12m", "not known"),
    ({"police_missing"}, "attendance_12m", "as it was"),
    ({"police_crime"}, "missing_12m", "as it was"),
    (POLICE, "suspect_24m", "not known"),
    (POLICE, "associates_missing_12m", "not known"),
    ({"police_missing"}, "age", "as it was"),
    ({"police_missing"}, "deprivation", "as it was"),
]


@pytest.mark.parametrize(("lost", "indicator", "becomes"), STOPS)
def test_what_becomes_of_an_indicator(lost: set[str], indicator: str, becomes: str) -> None:
    whole, part = touched((indicator,), frozenset(lost), EVERY)
    assert (whole, part) == (([0], []) if becomes == "not known" else ([], []))


def test_what_another_source_tells_too_is_not_lost() -> None:
    """Both must stop before a kind of event that two sources tell is unknown."""
    from analytics.features.sources import TOLD_BY

    shared = next(f for f in CATALOGUE.values() if len(f.kinds) == 1 and len(TOLD_BY.get(f.kinds[0], ())) == 2)
    both = frozenset(TOLD_BY[shared.kinds[0]])
    assert touched((shared.name,), frozenset(list(both)[:1]), EVERY) == ([], [])
    assert touched((shared.name,), both, EVERY) == ([0], [])
    one = frozenset(list(both)[:1])
    assert touched((shared.name,), one, one) == ([0], []), "where the other never delivered, nobody tells it any more"


def test_noughts_become_unknown_never_the_other_way_round() -> None:
    values = np.array([[0, 0], [2, 2]], np.float32)
    blank = stopping(("missing_12m", "attendance_12m"), EVERY)["police_missing"]
    after = blank(values)
    assert np.isnan(after[:, 0]).all()
    np.testing.assert_array_equal(after[:, 1], values[:, 1])
    np.testing.assert_array_equal(values, [[0, 0], [2, 2]])


def test_every_owner_stops_with_all_that_is_theirs_and_the_sources_of_several_one_by_one() -> None:
    found = candidates(EVERY)
    owner = SOURCES["police_missing"].owner
    assert found[owner] >= POLICE
    assert found["police_missing"] == {"police_missing"}
    alone = [source for source in EVERY if sum(SOURCES[s].owner == SOURCES[source].owner for s in EVERY) == 1]
    assert alone
    assert not set(alone) & set(found)


def told_of(given: Stand) -> Stand:
    """The invented indicators under the names of real ones: the driving ones are those of missing police reports."""
    told = [name for name in NAMES if touched((name,), frozenset({"police_missing"}), EVERY)[0]][:5]
    rest = [name for name in NAMES if touched((name,), POLICE | {"police_missing"}, EVERY) == ([], [])][:6]
    names = (*told, *rest, "contacts_24m")
    inputs = given.job.inputs
    matrices = {day: replace(matrix, names=names) for day, matrix in inputs.matrices.items()}
    renamed = standing(replace(inputs, matrices=matrices, directions={}, kinds={}))
    assert isinstance(renamed.job, Job)
    assert renamed.job.spec == CSE
    return replace(renamed, delivered=frozenset({"police_missing", "attendance", "mash"}))


def test_without_the_source_that_tells_of_what_matters_the_model_is_worse(given_model: Stand) -> None:
    told = without(told_of(given_model), SILENT)
    police = told["stopped"][SOURCES["police_missing"].owner]
    assert police["indicators"] == 5
    for way in ("as_it_is", "retrained"):
        change = police[way]["identified"]["change"]["average_precision"]
        assert change["low"] <= change["value"] <= change["high"]
        assert change["value"] < 0
    assert told["words"].startswith(f"The most that one source matters: without {SOURCES['police_missing'].owner}")


def test_where_nothing_is_lost_it_says_so() -> None:
    change = {"average_precision": {"value": 0.01, "low": -0.01, "high": 0.02}}
    assert words({"a": {"label": "A", "retrained": {"identified": {"change": change}}}}).startswith("No single source")
    assert words({}) == "No source's stop could be measured."

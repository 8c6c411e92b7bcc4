"""Event kinds: which of the six headline areas each speaks of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analytics.families.headline import HEADLINE
from data.events import AREAS, KINDS
from data.papers import words
from data.sources import SOURCES


def test_an_area_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="no such headline areas"):
        replace(KINDS["missing"], areas=("weather",))


def test_the_six_headline_areas_are_the_six_criteria() -> None:
    assert [criterion.name for criterion in HEADLINE.criteria] == list(AREAS)


@pytest.mark.parametrize("criterion", HEADLINE.criteria, ids=lambda criterion: criterion.name)
def test_what_ticks_a_criterion_speaks_of_its_area(criterion) -> None:
    silent = {kind for sign in criterion.signs for kind in sign.kinds if criterion.name not in KINDS[kind].areas}
    assert silent == set()


@pytest.mark.parametrize("area", AREAS)
def test_every_area_is_spoken_of_by_several_agencies(area: str) -> None:
    owners = {source.owner for source in SOURCES.values() if area in words.areas(source)}
    assert len(owners) >= 2


def test_council_police_schools_work_health_and_voluntary_agencies_send() -> None:
    owners = " ".join(source.owner for source in SOURCES.values())
    for agency in ("Council", "Police", "schools", "Work and Pensions", "NHS", "voluntary", "Probation"):
        assert agency in owners


def test_strengths_are_not_needs() -> None:
    """A protective event never ticks a headline criterion."""
    ticking = {kind for criterion in HEADLINE.criteria for sign in criterion.signs for kind in sign.kinds}
    assert not [kind for kind in ticking if KINDS[kind].protective]


@pytest.mark.parametrize("name", SOURCES)
def test_every_source_is_filed_under_a_headline_area_or_the_family(name: str) -> None:
    assert SOURCES[name].theme in {*AREAS.values(), "family"}

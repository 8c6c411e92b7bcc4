"""A city made to be measured, read without publishing anything."""

from __future__ import annotations

from pathlib import Path

from analytics.build.again import inputs_again
from analytics.models.specs.cse import CSE
from analytics.unknown.made import inputs_from
from data.home import Home


def test_a_city_is_read_for_a_model_as_a_build_of_it_would_be(
    small_city: Path, small_home: Path, tmp_path: Path
) -> None:
    """The same indicators, known cases, truth and capacity, to the last bit."""
    built = inputs_again(Home(small_home), CSE)
    read = inputs_from(CSE, small_city / "sources", small_city / "truth", tmp_path)
    assert list(read.matrices) == list(built.matrices)
    for day, one in built.matrices.items():
        assert read.matrices[day].people.tobytes() == one.people.tobytes()
        assert read.matrices[day].values.tobytes() == one.values.tobytes()
    assert read.known.people.tobytes() == built.known.people.tobytes()
    assert read.known.identified_on.tobytes() == built.known.identified_on.tobytes()
    assert read.families.family.tobytes() == built.families.family.tobytes()
    assert read.truth is not None
    assert built.truth is not None
    assert read.truth.people.tobytes() == built.truth.people.tobytes()
    assert read.family_count == built.family_count

"""Declarations are checked at import, and speak plain English."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analytics.features.catalogue import CATALOGUE, catalogue_hash, checked
from analytics.features.feature import Feature

GOOD = CATALOGUE["missing_12m"]
SINCE = CATALOGUE["missing_since"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"kinds": ("abducted",)}, "unknown event kind"),
        ({"kinds": ("exploitation_service",)}, "identification itself"),
        ({"kinds": ("factor_cse",)}, "identification itself"),
        ({"kinds": ("known_cse",)}, "for others only"),
        ({"kinds": ("known_cse",), "scope": "household"}, "for others only"),
        ({"kinds": ()}, "read no events"),
        ({"scope": "neighbours"}, "unknown scope"),
        ({"aggregate": "median"}, "unknown aggregate"),
        ({"direction": "up"}, "unknown direction"),
        ({"theme": "Misc"}, "unknown theme"),
        ({"window_days": 731}, "window of 1 to 730"),
        ({"window_days": None}, "needs a window"),
        ({"aggregate": "open"}, "as-of date alone"),
        ({"sentence": "Reported missing often"}, "lacks"),
        ({"nil": ""}, "no words for nil"),
        ({"flag": "missing_24m"}, "names its flag"),
        ({"aggregate": "people", "kinds": (), "window_days": None}, "scope of others"),
        ({"name": "Missing 12m"}, "identifier"),
    ],
)
def test_what_does_not_fit_together_is_refused(change: dict[str, object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        replace(GOOD, **change)


def test_names_and_meanings_are_unique() -> None:
    with pytest.raises(ValueError, match="share a name"):
        checked([GOOD, GOOD])
    with pytest.raises(ValueError, match="the same thing"):
        checked([GOOD, replace(GOOD, name="missing_again")])


def test_a_flag_counts_the_same_events() -> None:
    with pytest.raises(ValueError, match="its flag"):
        checked([GOOD, replace(SINCE, flag="missing_12m")])


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (0, "Not reported missing in the last 12 months"),
        (1, "Reported missing once in the last 12 months"),
        (2, "Reported missing twice in the last 12 months"),
        (1200, "Reported missing 1,200 times in the last 12 months"),
        (float("nan"), "Not known: the model has not seen any police data"),
    ],
)
def test_an_indicator_says_its_figure_in_words(value: float, sentence: str) -> None:
    assert GOOD.said(value) == sentence


def test_never_and_not_known_are_told_apart() -> None:
    assert SINCE.said(float("nan"), covered=True) == "Not reported missing in the last 24 months"
    assert SINCE.said(float("nan")).startswith("Not known")


@pytest.mark.parametrize("feature", CATALOGUE.values(), ids=CATALOGUE)
def test_every_sentence_reads_well(feature: Feature) -> None:
    for value in (0.0, 1.0, 2.0, 37.4, float("nan")):
        said = feature.said(value)
        assert said
        assert not set(said) & set("{}|")
        assert said[0].isupper() or said[0].isdigit()


def test_the_catalogue_is_broad() -> None:
    kinds = {kind for feature in CATALOGUE.values() for kind in feature.kinds}
    assert len(CATALOGUE) >= 60
    assert len(kinds) >= 20
    assert sum(feature.contextual for feature in CATALOGUE.values()) >= 15


def test_what_bristol_named_is_there() -> None:
    assert {"missing_12m", "attendance_12m", "siblings_in_care", "associates_known"} <= CATALOGUE.keys()


def test_sex_and_ethnicity_are_no_indicators() -> None:
    assert not [name for name in CATALOGUE if name in ("sex", "ethnicity", "gender") or "ethnic" in name]


def test_the_hash_changes_with_any_word() -> None:
    features = list(CATALOGUE.values())
    same = catalogue_hash(reversed(features))
    assert catalogue_hash(features) == same
    assert catalogue_hash([replace(GOOD, label="Went missing, 12 months"), *features[1:]]) != same


@pytest.mark.parametrize(
    "name", ["age", "in_care_24m", "siblings_in_care", "contacts_12m", "protection_plan_now", "missing_24m"]
)
def test_what_is_past_or_of_others_or_decided_by_services_is_never_changed(name: str) -> None:
    assert CATALOGUE[name].change is None


def test_only_what_follows_from_events_of_one_kind_can_be_changed() -> None:
    change = GOOD.change
    with pytest.raises(ValueError, match="of one kind"):
        replace(CATALOGUE["missing_trend"], change=change)
    with pytest.raises(ValueError, match="of one kind"):
        replace(CATALOGUE["siblings_missing_12m"], change=change)

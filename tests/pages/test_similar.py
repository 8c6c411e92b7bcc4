"""The Similar page: like a profile, like a known case, like a person."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from analytics.casework import space
from analytics.casework.space import SubProfile
from analytics.casework.weighing import Wishes
from data.home import Home
from data.journal.journal import Entry, journal_of
from data.journal.tables import MODEL_APPROVAL
from data.snapshot.reading import current
from pages.casework import similar as page


def _said(app) -> str:
    return "\n".join(element.value for element in [*app.markdown, *app.caption]).replace("\\", "")


def test_a_profile_lists_the_nearest_with_what_they_share(town, open_page) -> None:
    app = open_page("similar", home=town.home)
    assert any("Yasmin Khan" in button.label for button in app.button)
    assert "Reported missing 4 times in the last 12 months" in _said(app)
    assert "likeness **" in _said(app)


def test_the_profile_has_a_card(town, open_page) -> None:
    app = open_page("similar", home=town.home)
    assert "15 known cases" in app.expander[1].label
    card = app.dataframe[0].value
    assert {"indicator", "cases", "cohort", "lift"} <= set(card.columns)


def test_two_can_be_held_against_each_other(town, open_page) -> None:
    app = open_page("similar", home=town.home)
    next(button for button in app.button if button.label == "Compare").click().run()
    assert "**Shared**" in _said(app)
    assert "**Not known**" in _said(app)


def test_a_known_case_is_chosen_without_a_name(town, open_page) -> None:
    app = open_page("similar", home=town.home, similar_mode="A known case")
    options = app.selectbox(key="similar_case").options
    assert options[0].startswith("Case 1: girl")
    app.selectbox(key="similar_case").set_value(0).run()
    assert "What followed" in _said(app)


def test_a_person_is_found_by_search(town, open_page) -> None:
    app = open_page("similar", home=town.home, similar_mode="A person")
    app.text_input(key="similar_query").set_value("jasmin kahn").run()
    assert "Children most like **Yasmin Khan**" in _said(app)


def test_a_person_may_be_brought_along(town, open_page) -> None:
    app = open_page("similar", home=town.home, similar_mode="A person", similar_person=town["yasmin"])
    assert "Children most like **Yasmin Khan**" in _said(app)


def test_without_an_approved_model_there_is_order_and_no_number(town, open_page) -> None:
    open_page("similar", home=town.home)
    values = {"model": "cse", "version": "fernhill0001", "state": "retired", "reason": "too often wrong"}
    journal_of(Home(town.home)).append(MODEL_APPROVAL, values, Entry("demo.manager", "manager", "approve model"))
    said = _said(open_page("similar", home=town.home))
    assert "No numbers are shown" in said
    assert "likeness **" not in said


def test_an_analyst_sees_likeness_and_no_name(town, open_page) -> None:
    app = open_page("similar", "demo.analyst", home=town.home)
    assert "likeness **" in _said(app)
    assert not any("Yasmin" in button.label for button in app.button)
    assert not any("A person" in group.options for group in app.button_group)


@pytest.mark.parametrize("account", ["demo.manager", "demo.trainer", "demo.auditor"])
def test_other_roles_do_not_get_it(account: str, town, open_page) -> None:
    assert "likeness" not in _said(open_page("similar", account, home=town.home))


@pytest.fixture
def grouped(monkeypatch, town) -> None:
    """The town's fifteen known cases as two groups, as a build of a larger city would have found them."""
    often = SubProfile(0, "Often missing, suspended from school", tuple(range(9)), (("missing_12m", 0.8, 0.1),))
    little = SubProfile(1, "Little on record", tuple(range(9, 15)), ())
    with current(Home(town.home)) as snapshot:
        others = {name: read for name, read in snapshot._kept.items() if name[0] != "space"}
        monkeypatch.setattr(snapshot, "_kept", others)
    monkeypatch.setattr(space, "_groups", lambda session, model: ((often, little), ""))


def test_so_few_cases_have_no_groups_and_the_page_says_so(town, open_page) -> None:
    app = open_page("similar", home=town.home)
    assert "too few known cases to tell groups among them" in _said(app)
    assert len(app.selectbox(key="similar_profile").options) == 1


def test_one_may_look_for_people_like_a_group(grouped, town, open_page) -> None:
    app = open_page("similar", home=town.home)
    app.selectbox(key="similar_profile").select("0").run()
    assert "raised in 80 % of them, in 10 % of the other cases" in _said(app)
    assert "nobody has looked at it yet" in _said(app)
    assert "9 known cases" in app.expander[1].label
    assert any(button.label == "Compare" for button in app.button)


def test_a_person_gives_a_group_its_name(grouped, town, open_page) -> None:
    app = open_page("similar", home=town.home)
    app.selectbox(key="similar_profile").select("0").run()
    app.text_input(key="sub_profile_name_0").set_value("Runs away from school")
    next(button for button in app.button if button.label == "Accept or reword").click().run()
    assert "Named by Ruth Osei" in _said(app)
    again = open_page("similar", "demo.analyst", home=town.home)
    options = again.selectbox(key="similar_profile").options
    assert options[1:] == ["Runs away from school (9 cases)", "Little on record (6 cases)"]


def test_a_list_begun_on_one_snapshot_is_drawn_anew_on_the_next(monkeypatch) -> None:
    class DrawnAnew(Exception):
        pass

    def rerun() -> None:
        raise DrawnAnew

    snapshot = SimpleNamespace(id="Fernhill-2")
    monkeypatch.setattr(page, "here", lambda: SimpleNamespace(session=SimpleNamespace(snapshot=snapshot)))
    monkeypatch.setattr(page.st, "rerun", rerun)
    # Row 7 of the first snapshot may be another child in the second.
    with pytest.raises(DrawnAnew):
        page._nearest("Fernhill-1", None, page.Target(None, 7, ""), None)


def test_a_description_finds_cases_and_children(town, open_page) -> None:
    app = open_page("similar", home=town.home, similar_mode="A description")
    assert "Nobody is described yet" in _said(app)
    app.multiselect(key="described_cse").set_value(["missing_12m"]).run()
    said = _said(app)
    assert "Case " in said
    assert any((button.key or "").startswith("person_similar_") for button in app.button)


def test_two_people_stand_side_by_side(town, open_page) -> None:
    app = open_page("similar", home=town.home, similar_mode="Two people")
    assert "Find both" in _said(app)
    app.text_input(key="similar_one_query").set_value("yasmin khan").run()
    app.text_input(key="similar_other_query").set_value("adam khan").run()
    said = _said(app)
    assert "**Shared**" in said
    assert ":small[Only Yasmin Khan]" in said


def test_somebody_twice_is_no_comparison(town, open_page) -> None:
    app = open_page("similar", home=town.home, similar_mode="Two people")
    app.text_input(key="similar_one_query").set_value("yasmin khan").run()
    app.text_input(key="similar_other_query").set_value("yasmin khan").run()
    assert "one person twice" in _said(app)


def test_my_own_weights_change_the_order_and_are_said(town, open_page) -> None:
    app = open_page("similar", home=town.home, my_weights=Wishes((("School", 0.0),), ("missing_12m",)))
    said = _said(app)
    assert "By your own weights: school left out and Times reported missing, 12 months left out" in said
    assert "Reported missing 4 times in the last 12 months" not in said
    next(button for button in app.button if button.label == "Back to as learned").click().run()
    assert "By your own weights" not in _said(app)

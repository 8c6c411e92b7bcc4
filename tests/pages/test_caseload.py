"""Caseload: what managers see, what is withheld, that its figures are the snapshot's own, and who may see children."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from data.home import home
from data.journal.journal import journal_of
from data.journal.log import entries
from tests.unit.casework.conftest import Fernhill

VIEWS = ("Over time", "Breakdown", "Fair comparison", "Score to contact", "Capacity", "Outcomes", "Children")


def said(app: Any) -> str:
    return "\n".join(str(each.value) for kind in (app.markdown, app.caption, app.warning) for each in kind)


def test_every_view_opens_and_the_rule_for_small_counts_is_said_in_each(small_home: Path, open_page) -> None:
    app = open_page("caseload", "demo.manager", home=small_home)
    for view in VIEWS:
        app.segmented_control(key="caseload_view").set_value(view).run()
        assert not app.exception, view
        assert "Counts below 5 are withheld" in said(app), view


def test_every_chart_says_what_it_is_of_and_its_figures_can_be_taken(small_home: Path, open_page) -> None:
    app = open_page("caseload", "demo.manager", home=small_home, caseload_kind="early_help", caseload_area="North")
    for view in ("Over time", "Breakdown"):
        app.segmented_control(key="caseload_view").set_value(view).run()
        for each in app.get("plotly_chart"):
            assert "Filters: Service: Early help; Area: North. Counts below 5" in each.proto.spec.replace(
                "<br>", " "
            ), view
        taken = [each.proto.label for each in app.get("download_button")]
        assert taken.count("The figures (CSV)") == len(app.get("plotly_chart")) == 1, view


def test_no_small_count_is_on_the_page_however_it_is_filtered(small_home: Path, open_page) -> None:
    app = open_page("caseload", "demo.manager", home=small_home, caseload_view="Breakdown", caseload_by="ward")
    frame = next(each.value for each in app.dataframe if "closed" in each.value)
    assert not set(frame[["open", "before", "new", "closed"]].to_numpy().ravel()) & {"0", "1", "2", "3", "4"}
    assert "c" in set(frame["open"])


def test_filters_come_from_the_address_and_narrow_the_wards(small_home: Path, open_page) -> None:
    app = open_page(
        "caseload", "demo.manager", home=small_home, query={"caseload_area": "North", "caseload_view": "Breakdown"},
        caseload_by="ward",
    )  # fmt: skip
    assert app.selectbox(key="caseload_area").value == "North"
    assert app.segmented_control(key="caseload_view").value == "Breakdown"
    wards = app.selectbox(key="caseload_ward").options
    frame = next(each.value for each in app.dataframe if "closed" in each.value)
    assert set(frame["name"]) == set(wards) - {"All wards"}


def test_filtered_to_nobody_it_says_so_and_what_to_do(small_home: Path, open_page) -> None:
    chosen = {"caseload_kind": "protection_plan", "caseload_area": "North", "caseload_age": "16 and 17"}
    app = open_page("caseload", "demo.manager", home=small_home, **chosen)
    assert "every count is withheld" in said(app)
    assert {metric.value for metric in app.metric} == {"c"}


def test_a_view_is_saved_chosen_again_and_deleted(small_home: Path, open_page) -> None:
    app = open_page("caseload", "demo.manager", home=small_home, caseload_area="North", caseload_age="10 to 15")
    app.text_input(key="caseload_view_name").set_value("Teenagers of the North")
    next(each for each in app.button if each.label == "Save").click().run()
    app.selectbox(key="caseload_area").set_value("").run()
    (mine,) = [each for each in app.button if "Teenagers of the North" in each.label]
    mine.click().run()
    assert app.selectbox(key="caseload_area").value == "North"
    assert app.selectbox(key="caseload_age").value == "10 to 15"
    next(each for each in app.toggle if each.label == "Change").set_value(True).run()
    next(each for each in app.button if each.label == "Delete").click().run()
    assert not [each for each in app.button if "Teenagers" in each.label]


def test_children_are_named_only_when_asked_for_and_the_log_has_each(small_home: Path, open_page) -> None:
    app = open_page("caseload", "demo.manager", home=small_home, caseload_view="Children")
    assert not app.dataframe
    app.button(key="caseload_names").click().run()
    (frame,) = [each.value for each in app.dataframe]
    assert len(frame) >= 5
    last = entries(journal_of(home(small_home)))[0]
    assert (last["reader"], last["action"], last["purpose"]) == ("demo.manager", "see caseload", "Allocating work")
    app.selectbox(key="caseload_age").set_value("0 to 4").run()
    assert not app.dataframe, "other children are asked for anew"


def test_whoever_may_see_figures_alone_is_told_that_children_are_another_permission(
    small_home: Path, open_page
) -> None:
    app = open_page("caseload", "demo.analyst", home=small_home, caseload_view="Children")
    assert "another permission than figures" in said(app)
    assert not app.dataframe
    assert "Show the children" not in {each.label for each in app.button}


@pytest.mark.parametrize("account", ["demo.north", "demo.trainer", "demo.auditor"])
def test_others_are_told_whom_it_is_for(account: str, small_home: Path, open_page) -> None:
    app = open_page("caseload", account, home=small_home)
    assert not app.metric
    assert any("for managers and analysts" in warning.value for warning in app.warning)


def test_where_nothing_was_counted_every_view_says_so(town: Fernhill, open_page) -> None:
    """Fernhill is written without record keys, so that nobody is counted there."""
    app = open_page("caseload", "demo.manager", home=town.home)
    for view in VIEWS:
        app.segmented_control(key="caseload_view").set_value(view).run()
        assert not app.exception, view
        assert not {metric.value for metric in app.metric} - {"c"}

"""The ranked list: filters, reasons, allocating, and who may not have it."""

from __future__ import annotations

import pytest

from data.home import Home
from data.journal.journal import Entry, journal_of
from data.journal.tables import MODEL_APPROVAL


def _said(app) -> str:
    return "\n".join(element.value for element in [*app.markdown, *app.caption]).replace("\\", "")


def test_the_list_says_why_and_what_is_open(town, open_page) -> None:
    app = open_page("heightened", home=town.home)
    assert any("1. Yasmin Khan" in button.label.replace("\\", "") for button in app.button)
    said = _said(app)
    assert "Reported missing 4 times in the last 12 months" in said
    assert "Open: social worker and early help" in said
    assert "5 children** in your area" in said


def test_it_can_be_narrowed(town, open_page) -> None:
    app = open_page("heightened", home=town.home)
    app.multiselect(key="heightened_wards").set_value(["Horfield"]).run()
    assert "Lockleaze" not in _said(app)


def test_allocating_is_recorded_and_shows(town, open_page) -> None:
    app = open_page("heightened", home=town.home)
    person = town["yasmin"]
    app.button(key=f"heightened_open_{person}_button").click().run()
    app.selectbox(key=f"heightened_worker_{person}").set_value("demo.north")
    next(b for b in app.button if b.label == "Allocate" and "FormSubmitter" in (b.key or b.id)).click().run()
    assert "With Ruth Osei" in _said(app)
    assert "1 allocated" in _said(app)


def test_a_manager_sees_the_whole_city_but_opens_nobody(town, open_page) -> None:
    app = open_page("heightened", "demo.manager", home=town.home)
    assert "10 children** in your area" in _said(app)
    assert not any("Yasmin" in button.label for button in app.button)


def test_a_retired_model_has_no_list(town, open_page) -> None:
    open_page("heightened", home=town.home)
    values = {"model": "cse", "version": "fernhill0001", "state": "retired", "reason": "too often wrong"}
    journal_of(Home(town.home)).append(MODEL_APPROVAL, values, Entry("demo.manager", "manager", "approve model"))
    assert "There is no list" in _said(open_page("heightened", home=town.home))


@pytest.mark.parametrize("account", ["demo.trainer", "demo.analyst", "demo.auditor"])
def test_other_roles_do_not_get_it(account: str, town, open_page) -> None:
    assert "Reported missing" not in _said(open_page("heightened", account, home=town.home))

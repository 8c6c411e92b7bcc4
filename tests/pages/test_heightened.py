"""The ranked list: filters, reasons, what changed, allocating, and who may not have it."""

from __future__ import annotations

from typing import Any

import pytest

from data.home import Home
from data.journal.journal import Entry, journal_of
from data.journal.tables import MODEL_APPROVAL
from tests.unit.casework.conftest import Fernhill
from tests.unit.casework.later import later


def _said(app: Any) -> str:
    return "\n".join(element.value for element in [*app.markdown, *app.caption]).replace("\\", "")


@pytest.fixture(scope="module")
def after(town: Fernhill, tmp_path_factory: pytest.TempPathFactory) -> Fernhill:
    return later(town, tmp_path_factory.mktemp("after"))


def test_the_list_says_why_and_what_is_open_and_how_many_places_there_are(town, open_page) -> None:
    app = open_page("heightened", home=town.home)
    assert any("1. Yasmin Khan" in button.label.replace("\\", "") for button in app.button)
    said = _said(app)
    assert "Reported missing 4 times in the last 12 months" in said
    assert "Open: social worker (Ruth Osei, North) and early help" in said
    assert "**0** allocated · **5** above the line, **5** of them waiting" in said


def test_it_can_be_narrowed_until_nobody_is_left(town, open_page) -> None:
    app = open_page("heightened", home=town.home)
    app.multiselect(key="heightened_wards").set_value(["Horfield"]).run()
    assert "Lockleaze" not in _said(app)
    app.multiselect(key="heightened_kinds").set_value(["probation"]).run()
    assert "Nobody fits the filters." in _said(app)


def test_what_changed_since_the_list_before_is_told(after, open_page) -> None:
    app = open_page("heightened", home=after.home)
    assert app.toggle(key="heightened_new").label == "New since 1 Jul 2026"
    assert "since the list of 1 Jul 2026" in _said(app)
    app.toggle(key="heightened_new").set_value(True).run()
    said = _said(app)
    assert "same place" not in said
    assert ":material/fiber_new: new" in said or "risen from" in said or "Nobody is new." in said


def test_allocating_takes_a_name_a_day_and_a_purpose_and_shows(town, open_page) -> None:
    app = open_page("heightened", home=town.home)
    key = f"heightened_{town['yasmin']}"
    app.button(key=f"heightened_open_{town['yasmin']}_button").click().run()
    _submit(app)
    assert "Say who is to work with this child." in [one.value for one in app.warning]
    app.selectbox(key=f"{key}_worker").set_value("demo.north")
    _submit(app)
    said = _said(app)
    assert "With Ruth Osei** since" in said
    assert "**1** allocated · **5** above the line, **4** of them waiting" in said


def _submit(app: Any) -> None:
    next(b for b in app.button if b.label == "Allocate" and "FormSubmitter" in (b.key or b.id)).click().run()


def test_a_manager_sees_the_whole_city_but_opens_nobody(town, open_page) -> None:
    app = open_page("heightened", "demo.manager", home=town.home)
    assert "**10** above the line" in _said(app)
    assert not any("Yasmin" in button.label for button in app.button)


def test_a_retired_model_has_no_list(town, open_page) -> None:
    open_page("heightened", home=town.home)
    values = {"model": "cse", "version": "fernhill0001", "state": "retired", "reason": "too often wrong"}
    journal_of(Home(town.home)).append(MODEL_APPROVAL, values, Entry("demo.manager", "manager", "approve model"))
    assert "There is no list" in _said(open_page("heightened", home=town.home))


@pytest.mark.parametrize("account", ["demo.trainer", "demo.analyst", "demo.auditor"])
def test_other_roles_do_not_get_it(account: str, town, open_page) -> None:
    assert "Reported missing" not in _said(open_page("heightened", account, home=town.home))

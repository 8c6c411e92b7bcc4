"""The frame: strangers get the sign-in and nothing else, readers get their role's pages, errors get a reference."""

from __future__ import annotations

import importlib
import logging
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from data.access.roles import Permission
from data.home import home
from data.journal.accounts import Account, save_account
from data.journal.journal import journal_of
from pages.entry import errors, registry
from pages.entry.here import here
from pages.entry.spec import Declared, PageSpec
from pages.entry.who import choose_purpose

REPORT = errors.report
TITLES = {"Ledger": Permission.SEE_CASELOAD, "Log book": Permission.SEE_ACCESS_LOG}


def declare(path: str, title: str, draw: Any) -> Declared:
    module = ModuleType(path)
    module.page = draw  # type: ignore[attr-defined]
    spec = PageSpec(path, title, ":material/book:", "Casework", TITLES[title], "auditors", "Something to read.")
    return Declared(spec, module)


def ledger() -> None:
    import streamlit as st

    st.title("Ledger")
    choose_purpose()
    st.markdown(f"reader {here().reader.id}, reason {here().reader.purpose}.")
    if st.button("Fail"):
        raise KeyError("Yasmin Khan")


def log_book() -> None:
    import streamlit as st

    st.title("Log book")


@pytest.fixture(autouse=True)
def two_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = (declare("ledger", "Ledger", ledger), declare("log-book", "Log book", log_book))
    for module in ("navigation", "home"):
        monkeypatch.setattr(f"pages.entry.{module}.declared", lambda: pages)


def words(app: Any) -> str:
    kinds = ("title", "markdown", "warning", "caption")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


@pytest.mark.parametrize("path", ["", "ledger", "log-book", "nothing-here"])
def test_a_stranger_gets_the_sign_in_at_every_address(path: str, nowhere: Path, open_page: Any) -> None:
    app = open_page(path, None, home=nowhere)
    assert [title.value for title in app.title] == ["Kinsight"]
    assert all(button.label.startswith("Sign in as ") for button in app.button)
    assert "Ledger" not in words(app)


def test_the_address_asked_for_is_still_there_after_signing_in(nowhere: Path, open_page: Any) -> None:
    app = open_page("ledger", None, home=nowhere)
    app.button(key="sign_in_demo.north").click().run()
    assert [title.value for title in app.title] == ["Ledger"]
    assert "reader demo.north" in words(app)


def test_a_page_stays_where_it_is_when_something_on_it_is_clicked(nowhere: Path, open_page: Any) -> None:
    app = open_page("ledger", home=nowhere)
    assert [title.value for title in app.run().title] == ["Ledger"]


def test_a_page_for_others_says_whom_it_is_for_and_nothing_more(nowhere: Path, open_page: Any) -> None:
    app = open_page("log-book", "demo.north", home=nowhere)
    assert "This page is for auditors." in words(app)
    assert "lead professional" in words(app)


def test_home_offers_only_what_the_role_includes(nowhere: Path, open_page: Any) -> None:
    app = open_page("", "demo.auditor", home=nowhere)
    links = [link.proto.label for link in app.get("page_link")]
    assert links == ["Log book"]


def test_no_demonstration_account_where_people_may_be_real(real_city: Path, open_page: Any) -> None:
    app = open_page("", None, home=real_city)
    assert not app.button
    assert "No way to sign in" in words(app)


def test_an_account_that_is_closed_is_out_at_the_next_click(nowhere: Path, open_page: Any) -> None:
    app = open_page("ledger", "demo.north", home=nowhere)
    closed = Account("demo.north", "Ruth Osei", "lead_professional", active=False)
    save_account(journal_of(home(nowhere)), closed, by="test")
    assert [title.value for title in app.run().title] == ["Kinsight"]


def test_signing_out_forgets_everything(nowhere: Path, open_page: Any) -> None:
    app = open_page("ledger", home=nowhere, person=12)
    next(button for button in app.button if button.label == "Sign out").click().run()
    assert [title.value for title in app.title] == ["Kinsight"]
    assert "chosen_person" not in app.session_state


def test_an_error_shows_a_reference_and_logs_a_place_but_no_name(
    nowhere: Path, open_page: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    app = open_page("ledger", home=nowhere)
    monkeypatch.setattr(errors, "report", REPORT)
    with caplog.at_level(logging.ERROR):
        next(button for button in app.button if button.label == "Fail").click().run()
    assert "reference" in words(app)
    assert "Yasmin" not in words(app) + caplog.text


def test_without_a_store_the_page_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from streamlit.testing.v1 import AppTest

    monkeypatch.setenv("KINSIGHT_HOME", str(tmp_path))
    app = AppTest.from_file(str(Path(__file__).parents[3] / "app.py"), default_timeout=30).run()
    assert "There is no data yet" in words(app)


@pytest.mark.parametrize("name", list(registry.modules()))
def test_every_page_loads(name: str) -> None:
    importlib.import_module(name)


def test_every_declared_page_can_be_opened_by_some_role() -> None:
    from data.access.roles import ROLES, may

    for page in registry.declared():
        assert any(may(role, page.spec.needs) for role in ROLES), page.spec.path


@pytest.mark.parametrize(
    ("account", "reason"), [("demo.north", "Allocated case"), ("demo.manager", "Allocating work"), ("demo.analyst", "")]
)
def test_the_reason_for_access_is_what_the_role_usually_comes_for(
    account: str, reason: str, nowhere: Path, open_page: Any
) -> None:
    app = open_page("ledger", account, home=nowhere)
    assert (f"reason {reason}." in words(app)) == bool(reason)


def test_a_new_reason_counts_from_the_click_that_chose_it(nowhere: Path, open_page: Any) -> None:
    app = open_page("ledger", home=nowhere)
    app.selectbox(key="purpose_picker").select("Strategy discussion or review").run()
    assert "reason Strategy discussion or review." in words(app)

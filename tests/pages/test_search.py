"""The Search page as each reader meets it."""

from __future__ import annotations

import pytest


def _said(app) -> str:
    return "\n".join(element.value for element in [*app.markdown, *app.caption])


def _search(open_page, town, typed: str, account: str = "demo.north"):
    app = open_page("search", account, home=town.home)
    return app.text_input(key="search_query").set_value(typed).run()


def test_a_misspelt_name_brings_a_card_and_opens_the_person(town, open_page) -> None:
    app = _search(open_page, town, "jasmin kahn 2012")
    said = _said(app)
    assert "**1 person** in your area" in said
    assert "14 years, girl" in said
    assert "social worker and early help" in said
    assert "Also recorded as" in said
    assert "Yasmin Davies" in said
    app.button(key=f"person_search_0_{town['yasmin']}").click().run()
    assert app.title[0].value == "Yasmin Khan"


def test_the_reason_for_access_is_asked_for(town, open_page) -> None:
    app = open_page("search", home=town.home)
    assert app.selectbox[0].label == "Reason for access"


def test_nobody_found_says_what_to_try(town, open_page) -> None:
    assert "Try less" in _said(_search(open_page, town, "qqqq zzzz"))


def test_a_year_alone_says_what_to_add(town, open_page) -> None:
    assert "Add a name" in _said(_search(open_page, town, "2012"))


def test_people_elsewhere_are_only_counted_until_somebody_answers_for_it(town, open_page) -> None:
    app = _search(open_page, town, "chloe roberts 2011")
    assert "outside your area" in _said(app)
    assert "Chloe Roberts" not in _said(app)
    app.text_input(key="search_glass_reason").set_value("Missing together with a child of mine")
    next(b for b in app.button if b.label == "Open the record").click().run()
    assert any("Chloe Roberts" in button.label for button in app.button)


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script> khan", "**khan**", "[khan](http://x)", "$khan$", ":red[khan]"]
)
def test_what_is_typed_comes_back_as_text(typed: str, town, open_page) -> None:
    app = _search(open_page, town, typed)
    assert "<script>" not in _said(app)
    assert "](http" not in _said(app)


@pytest.mark.parametrize("account", ["demo.manager", "demo.trainer", "demo.analyst", "demo.auditor", None])
def test_other_roles_get_no_search(account: str | None, town, open_page) -> None:
    app = open_page("search", account, home=town.home)
    assert not app.text_input

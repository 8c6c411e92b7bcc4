"""The Search page as each reader meets it."""

from __future__ import annotations

import pytest


def _said(app) -> str:
    return "\n".join(element.value for element in [*app.markdown, *app.caption])


WHY = "Allocated case"


def _search(open_page, town, typed: str, account: str = "demo.north"):
    app = open_page("search", account, home=town.home, purpose_of_access=WHY)
    return app.text_input(key="search_query").set_value(typed).run()


def test_a_misspelt_name_brings_a_card_and_opens_the_person(town, open_page) -> None:
    app = _search(open_page, town, "jasmin kahn 2012")
    said = _said(app)
    assert "**1 person** in your area" in said
    assert "14 years, girl" in said
    assert "social worker and early help" in said
    assert "Also recorded as" in said
    assert "Yasmin Davies" in said
    assert "Matched on name and year of birth" in said
    app.button(key=f"person_search_0_{town['yasmin']}").click().run()
    assert app.title[0].value == "Yasmin Khan"


def test_before_anything_is_typed_examples_say_what_can_be(town, open_page) -> None:
    said = _said(open_page("search", home=town.home))
    assert "An earlier surname" in said or "an earlier surname" in said
    assert "Enter searches" in said


def test_the_reason_for_access_is_chosen_and_not_assumed(town, open_page) -> None:
    app = open_page("search", home=town.home)
    app.text_input(key="search_query").set_value("yasmin khan").run()
    assert "Why are you looking?" in _said(app)
    assert not [button for button in app.button if "Yasmin" in button.label]
    app.button_group(key="purpose_pills").set_value(WHY).run()
    assert [button for button in app.button if "Yasmin" in button.label]


def test_nobody_found_says_what_to_try(town, open_page) -> None:
    assert "Try less" in _said(_search(open_page, town, "qqqq zzzz"))


def test_a_year_alone_says_what_to_add(town, open_page) -> None:
    assert "Add a name" in _said(_search(open_page, town, "2012"))


def _request(app, reason: str):
    app.button(key="search_outside_0").click().run()
    app.text_input(key="search_glass_reason").set_value(reason)
    next(button for button in app.button if button.label == "Open the record").click().run()
    return app


def test_somebody_elsewhere_is_a_card_without_a_name_until_it_is_answered_for(town, open_page) -> None:
    app = _search(open_page, town, "chloe roberts 2011")
    assert "Somebody outside your area" in _said(app)
    assert "Matched on name and year of birth" in _said(app)
    assert "Chloe Roberts" not in _said(app)
    _request(app, "Missing together with a child of mine")
    assert any("Chloe Roberts" in button.label for button in app.button)
    assert any("1 h 59 min left" in box.value or "2 h 0 min left" in box.value for box in app.warning)


def test_emergency_access_needs_a_reason_in_words(town, open_page) -> None:
    app = _request(_search(open_page, town, "chloe roberts 2011"), "because")
    assert "a reason in words" in app.error[0].value
    assert not any("Chloe Roberts" in button.label for button in app.button)


def test_emergency_access_that_is_over_says_so(town, open_page) -> None:
    app = _request(_search(open_page, town, "chloe roberts 2011"), "Missing together with a child of mine")
    next(button for button in app.button if button.label == "End it now").click().run()
    assert not app.warning
    assert "Your emergency access to 1 record ended" in app.info[0].value
    assert not any("Chloe Roberts" in button.label for button in app.button)


def test_an_auditor_reads_the_reason_and_the_end_of_emergency_access(town, open_page) -> None:
    _request(_search(open_page, town, "chloe roberts 2011"), "Missing together with a child of mine")
    log = open_page("access-log", "demo.auditor", home=town.home).dataframe[0].value
    about = log[log["action"] == "break glass"]["about"].iloc[0]
    assert "Missing together with a child of mine" in about
    assert "until" in about
    told = log[log["action"] == "search people"]["about"].iloc[0]
    assert "2 words, year of birth" in told


def test_an_auditor_finds_who_searched_for_a_name(town, open_page) -> None:
    _search(open_page, town, "qqqq zzzz")
    _search(open_page, town, "yasmin khan")
    app = open_page("access-log", "demo.auditor", home=town.home)
    app.text_input(key="log_words").set_value("Zzzz").run()
    assert app.dataframe[0].value["action"].tolist() == ["search people"]


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

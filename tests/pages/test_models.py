"""The page Models: for whoever has to say yes or no to a model, and for whoever wants to know who did."""

from __future__ import annotations

import pytest

from data.journal.journal import Journal
from data.journal.log import entries
from data.journal.model_decisions import model_decisions

REASON = "The panel of 3 March looked at every figure."


def said(app) -> str:
    shown = [*app.markdown, *app.caption, *app.warning, *app.success, *app.info]
    return "\n".join(element.value for element in shown).replace("\\", "")


def table(app, column: str):
    return next(frame.value for frame in app.dataframe if column in frame.value)


def test_every_model_stands_with_its_state_and_its_worth_in_words(small_home, open_page) -> None:
    app = open_page("model", "demo.analyst", home=small_home)
    listed = table(app, "missed")
    assert {"Child sexual exploitation", "Coming into care"} <= set(listed["label"])
    assert set(listed["stage"]) <= {"Candidate", "Not measured", "Approved", "Withheld", "Retired"}
    assert (listed["shown"] == "not shown")[listed["stage"] == "Withheld"].all()


def test_a_model_says_what_it_asks_what_it_cannot_know_and_why_it_is_withheld(small_home, open_page) -> None:
    words = said(open_page("model", "demo.analyst", home=small_home, model_chosen="Child sexual exploitation"))
    assert "It asks:" in words
    assert "It cannot know:" in words
    assert "too few known cases" in words


def test_the_pass_mark_is_held_against_what_was_measured(town, open_page) -> None:
    app = open_page("model", "demo.analyst", home=town.home)
    marks = table(app, "fixed")
    assert marks["what"].tolist()[1] == "Right, of those on the list"
    assert marks["fixed"].tolist()[1] == "at least 33 %"


def decide(app, act: str, reason: str, meant: bool = True):
    next(group for group in app.button_group if group.key == "model_act_cse").set_value(act).run()
    app.text_area(key="model_reason_cse").set_value(reason)
    app.checkbox(key="model_meant_cse").set_value(meant)
    return next(button for button in app.button if button.label == f"{act.removesuffix('d').title()} it").click().run()


def test_a_manager_retires_a_model_with_a_reason_and_approves_it_again(town, open_page, own_journal: str) -> None:
    app = open_page("model", "demo.manager", home=town.home)
    decide(app, "retired", REASON)
    assert "Child sexual exploitation: retired" in said(app)
    assert table(app, "missed")["stage"].tolist() == ["Retired"]
    decide(app, "approved", REASON)
    assert table(app, "missed")["stage"].tolist() == ["Approved"]
    past = table(app, "reason")
    assert past["state"].tolist() == ["Approved", "Retired"]
    assert past["reason"].tolist() == [REASON, REASON]
    journal = Journal(own_journal)
    assert [(one.model, one.state, one.by) for one in model_decisions(journal)] == [
        ("cse", "retired", "demo.manager"), ("cse", "approved", "demo.manager"),
    ]  # fmt: skip
    assert len(entries(journal, action="approve model")) == 2
    journal.close()


@pytest.mark.parametrize(("reason", "meant"), [("no", True), (REASON, False)])
def test_without_a_reason_or_without_meaning_it_nothing_is_decided(
    reason: str, meant: bool, town, open_page, own_journal: str
) -> None:
    app = decide(open_page("model", "demo.manager", home=town.home), "retired", reason, meant)
    assert "Say why" in said(app)
    journal = Journal(own_journal)
    assert model_decisions(journal) == ()
    journal.close()


@pytest.mark.parametrize("account", ["demo.north", "demo.analyst", "demo.trainer", "demo.auditor"])
def test_nobody_else_is_offered_a_decision(account: str, town, open_page) -> None:
    app = open_page("model", account, home=town.home)
    assert "Managers approve and retire models" in said(app)
    assert not any(group.key == "model_act_cse" for group in app.button_group)


def test_a_paper_is_taken_away_and_the_log_says_who_took_it(town, open_page, own_journal: str) -> None:
    app = open_page("model", "demo.analyst", home=town.home)
    next(button for button in app.button if button.key == "papers_make_cse").click().run()
    assert not app.exception
    assert [each.label for each in app.get("download_button")].count("Download") >= 1
    journal = Journal(own_journal)
    assert "export: card of cse as pdf" in "\n".join(str(entry) for entry in entries(journal))

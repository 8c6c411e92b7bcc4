"""The page Models: for whoever has to say yes or no to a model, and for whoever wants to know who did."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from data.home import Home
from data.journal.journal import Entry, Journal, journal_of
from data.journal.log import entries
from data.journal.model_decisions import APPROVED, model_decisions, values
from data.journal.tables import MODEL_APPROVAL
from data.snapshot.engine import ALIAS, attach, connect
from data.snapshot.reading import current, served

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


OLD, NEW = "0a1b2c3d4e5f", "f5e4d3c2b1a0"
FACTS = {
    "trained": "2026-07-01",
    "result": {"estimator": "points", "evaluated_at": "2025-04-01", "estimators": {"points": {"identified": {
        "n": 900, "positives": 40, "precision_at_capacity": {"value": 0.3, "low": 0.2, "high": 0.4},
        "recall_at_capacity": {"value": 0.2, "low": 0.1, "high": 0.3},
        "average_precision": {"value": 0.2, "low": 0.1, "high": 0.3},
    }}}},
}  # fmt: skip


@pytest.fixture
def newer(request: pytest.FixtureRequest, town, tmp_path: Path, own_journal: str) -> Path:
    """Fernhill with a version of its model that is newer than the approved one, held against it in one figure or not.

    With the parameter False nothing was compared.
    """
    home = Home(tmp_path / "home")
    shutil.copytree(town.home, home.path, ignore=shutil.ignore_patterns("journal*"))
    place = home.made(home.models / f"cse-{OLD}")
    (place / "model.json").write_text(json.dumps(FACTS), encoding="utf-8")
    told = [("champion", 0.31, 0.2, 0.4), (None, 0.05, 0.01, 0.1)] if request.param else []
    con = connect()
    attach(con, served(home), ALIAS, read_only=False)
    con.execute(f"USE {ALIAS}")
    for name, *figure in told:
        con.execute(
            "INSERT INTO evaluation SELECT model, coalesce(?, estimator), 'identified', 'champion', ?, "
            "'precision_at_capacity', ?, ?, ?, 900, 40 FROM model WHERE model = 'cse'",
            [name, OLD, *figure],
        )
    con.close()
    with current(home) as snapshot:
        journal = journal_of(home)
        journal.bind(snapshot.city)
    journal.append(MODEL_APPROVAL, values("cse", OLD, APPROVED, REASON), Entry("demo.manager", "manager", "approve"))
    return home.path


@pytest.mark.parametrize("newer", [True], indirect=True)
def test_a_newer_version_is_held_against_the_one_in_use_on_the_same_children(newer: Path, open_page) -> None:
    app = open_page("model", "demo.analyst", home=newer)
    assert "by the same resamplings of families:** the newer list is right more often, by 5 of 100." in said(app)
    assert table(app, "role")["role"].tolist() == ["In use", "Challenger"]
    held = table(app, "ahead").set_index("figure").loc["Right, of its list"]
    assert held.tolist() == ["31 % (20 to 40)", "5 points (1 to 10)", "surely better"]


@pytest.mark.parametrize("newer", [False], indirect=True)
def test_where_the_two_were_not_compared_the_page_says_why(newer: Path, open_page) -> None:
    assert "They were not held against each other" in said(open_page("model", "demo.analyst", home=newer))


@pytest.fixture
def followed(town, tmp_path: Path, own_journal: str) -> Path:
    """Fernhill at a build after its model was approved: a newer version was trained, and waits."""
    home = Home(tmp_path / "home")
    shutil.copytree(town.home, home.path, ignore=shutil.ignore_patterns("journal*"))
    place = home.made(home.models / f"cse-{NEW}")
    (place / "model.json").write_text(json.dumps(FACTS), encoding="utf-8")
    con = connect()
    attach(con, served(home), ALIAS, read_only=False)
    con.execute(f"USE {ALIAS}")
    con.execute(f"INSERT INTO challenger SELECT * REPLACE ('{NEW}' AS version) FROM model WHERE model = 'cse'")
    con.close()
    return home.path


def test_a_newer_version_waits_until_a_manager_puts_it_in_use_at_the_next_build(
    followed: Path, open_page, own_journal: str
) -> None:
    app = open_page("model", "demo.manager", home=followed)
    assert table(app, "role")["role"].tolist() == ["In use", "Challenger"]
    assert f"A newer version, {NEW}, waits." in said(app)
    next(group for group in app.button_group if group.key == "model_act_cse_newer").set_value("approved").run()
    assert "From the next build on it scores in place of the version in use" in said(app)
    app.text_area(key="model_reason_cse_newer").set_value(REASON)
    app.checkbox(key="model_meant_cse_newer").set_value(True)
    next(button for button in app.button if button.label == "Approve it").click().run()
    assert not app.exception
    assert "It holds from the next build on." in said(app)
    journal = Journal(own_journal)
    assert [(one.version, one.state) for one in model_decisions(journal)] == [(NEW, "approved")]
    journal.close()

"""Recall: whom a version showed, to whom, what followed; the file; what to do next; who was told."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest

from analytics.casework.score import decide, judge, score
from analytics.recall.export import HEAD, export
from analytics.recall.recall import recall, tell
from data.access.gate import session
from data.access.reader import AccessRefused
from data.access.roles import PURPOSES
from data.access.roles import Permission as P
from data.home import home
from data.journal.journal import Entry, journal_of
from data.journal.log import entries
from data.journal.model_decisions import RETIRED, values
from data.journal.tables import MODEL_APPROVAL
from tests.journals import offered
from tests.unit.casework.town_scores import MODEL, VERSION

ALWAYS = ("2000-01-01", "2999-01-01")


def _said(app) -> str:
    shown = [*app.markdown, *app.caption, *app.warning, *app.success, *app.info]
    return "\n".join(element.value for element in shown).replace("\\", "")


@pytest.fixture
def shown(town, own_journal) -> Callable[[], None]:
    """Ruth sees Yasmin's score after her own judgement, and disagrees."""

    def see(reason: str = "=cmd|'/C calc'!A0") -> None:
        offered(home(town.home))
        with session(home(town.home), "demo.north", PURPOSES[0]) as ruth:
            judge(ruth, town["yasmin"], MODEL, 2, "she was away twice")
            score(ruth, town["yasmin"], MODEL)
            decide(ruth, town["yasmin"], MODEL, "disagree", reason, "lower", "No change")

    return see


def _retire(town) -> None:
    entry = Entry("demo.manager", "manager", P.APPROVE_MODEL.value, model=MODEL)
    row = values(MODEL, VERSION, RETIRED, "It counted every call twice.")
    journal_of(home(town.home)).append(MODEL_APPROVAL, row, entry)


def test_only_information_governance_may_open_it(town, open_page) -> None:
    for account in ("demo.north", "demo.manager", "demo.analyst"):
        assert "information governance" in _said(open_page("recall", account, home=town.home))


def test_before_any_score_was_shown_the_page_says_so(town, open_page) -> None:
    assert "No score has been shown to anybody yet." in _said(open_page("recall", "demo.auditor", home=town.home))


def test_whoever_was_shown_is_listed_with_what_was_said(town, open_page, shown) -> None:
    shown()
    app = open_page("recall", "demo.auditor", home=town.home)
    people = next(frame.value for frame in app.dataframe if "readers" in frame.value)
    assert people["name"].tolist() == ["Yasmin Khan"]
    assert people["views"].tolist() == ["disagree"]
    said = _said(app)
    assert "1 person" in said
    assert "1 disagreed" in said
    assert "nobody has to be told" in said


def test_a_retired_version_is_recalled_all_the_same_and_says_what_to_do(town, open_page, shown) -> None:
    shown()
    _retire(town)
    app = open_page("recall", "demo.auditor", home=town.home)
    said = _said(app)
    assert "This version is **retired**" in said
    assert "Tell those who saw it" in said
    assert any("It counted every call twice" in box.value for box in app.text_area)
    assert not any("Yasmin" in box.value for box in app.text_area)


def test_who_was_told_is_written_down_and_listed(town, open_page, shown) -> None:
    shown()
    _retire(town)
    app = open_page("recall", "demo.auditor", home=town.home)
    app.multiselect(key=f"recall_about_{VERSION}").select("Yasmin Khan")
    app.button(key=f"FormSubmitter:recall_told_{VERSION}-Told").click().run()
    assert "Told so far: 1 of 1" in _said(app)
    with session(home(town.home), "demo.auditor", PURPOSES[6]) as auditor:
        (one,) = recall(auditor, MODEL, VERSION, *ALWAYS).people
    assert [(row["whom"], row["by"]) for row in one.told] == [("the family", "demo.auditor")]


def test_the_file_runs_no_formula_and_is_in_the_log(town, shown, monkeypatch) -> None:
    shown()
    with session(home(town.home), "demo.auditor", PURPOSES[6]) as auditor:
        head, row = csv.reader(io.StringIO(export(auditor, MODEL, VERSION, *ALWAYS).decode("utf-8-sig")))
        taken = entries(auditor.journal, action=P.EXPORT_RECALL.value, person=town["yasmin"])
    told = dict(zip(head, row, strict=True))
    assert tuple(head) == HEAD
    assert told["because"] == "'=cmd|'/C calc'!A0"
    assert (told["judged before"], told["view after"], told["name now"]) == ("worried", "disagree", "Yasmin Khan")
    assert told["level"] in ("lower", "raised", "heightened")
    assert len(taken) == 1


def test_only_those_days_that_were_asked_for_are_recalled(town, shown) -> None:
    shown()
    with session(home(town.home), "demo.auditor", PURPOSES[6]) as auditor:
        assert recall(auditor, MODEL, VERSION, "2000-01-01", "2001-01-01").people == ()
        assert recall(auditor, MODEL, "another", *ALWAYS).people == ()


def test_nobody_else_may_recall_or_tell(town, shown) -> None:
    shown()
    with session(home(town.home), "demo.manager", PURPOSES[3]) as manager:
        with pytest.raises(AccessRefused):
            recall(manager, MODEL, VERSION, *ALWAYS)
        with pytest.raises(AccessRefused):
            tell(manager, (MODEL, VERSION), [town["yasmin"]], "the family", date(2026, 10, 1))

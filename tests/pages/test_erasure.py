"""Corrections and erasure: a request is found, told in full, written down and followed."""

from __future__ import annotations

from data.home import home
from data.journal.erasures import erasures
from data.journal.journal import journal_of


def _said(app) -> str:
    shown = [*app.markdown, *app.caption, *app.warning, *app.success, *app.info]
    return "\n".join(element.value for element in shown).replace("\\", "")


def test_only_information_governance_may_open_it(town, open_page) -> None:
    for account in ("demo.north", "demo.manager", "demo.analyst"):
        assert "information governance" in _said(open_page("erasure", account, home=town.home))


def test_without_a_request_the_page_says_what_it_would_show(town, open_page) -> None:
    said = _said(open_page("erasure", "demo.auditor", home=town.home))
    assert "Nobody was asked to be erased." in said


def test_nobody_under_a_number_is_said_plainly(town, open_page) -> None:
    app = open_page("erasure", "demo.auditor", home=town.home)
    app.text_input(key="erasure_number").set_value("no such number").run()
    assert "Nobody is held under this." in _said(app)


def _ask(app) -> None:
    app.checkbox(key="erasure_sure").check()
    app.button(key="FormSubmitter:erasure_form-Erase from the next build on").click().run()


def test_a_request_tells_what_goes_and_what_stays_and_is_written_down(town, open_page) -> None:
    app = open_page("erasure", "demo.auditor", home=town.home)
    app.text_input(key="erasure_number").set_value(str(town["yasmin"])).run()
    said = _said(app)
    assert "What will go." in said
    assert "events" in said
    assert "must stay provable" in said
    app.text_input(key="erasure_reason").set_value("Her mother wrote to us on 3 March")
    _ask(app)
    assert "is written down" in _said(app)
    (one,) = erasures(journal_of(home(town.home)))
    assert (one.person, one.agency, one.ground, one.by) == (town["yasmin"], None, "no longer needed", "demo.auditor")
    assert one.clients
    listed = next(frame.value for frame in app.dataframe if "state" in frame.value)
    assert listed["state"].tolist() == ["Waiting for the next build"]
    held = next(frame.value for frame in app.dataframe if "kept" in frame.value)
    assert {"Journal", "Backups", "The agency's own files"} <= set(held["what"])


def test_without_a_tick_or_a_reason_nothing_is_written(town, open_page) -> None:
    app = open_page("erasure", "demo.auditor", home=town.home)
    app.text_input(key="erasure_number").set_value(str(town["yasmin"])).run()
    app.button(key="FormSubmitter:erasure_form-Erase from the next build on").click().run()
    assert "Tick the box" in _said(app)
    app.text_input(key="erasure_reason").set_value("short")
    _ask(app)
    assert "a reason in words" in _said(app)
    assert erasures(journal_of(home(town.home))) == ()

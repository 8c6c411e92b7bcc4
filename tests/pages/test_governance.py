"""Sources, indicators, model and access log: what those who answer for the system can see and prove."""

from __future__ import annotations

import pytest

from analytics.features.catalogue import CATALOGUE


def _said(app) -> str:
    shown = [*app.markdown, *app.caption, *app.warning, *app.success, *app.info]
    return "\n".join(element.value for element in shown).replace("\\", "")


def test_every_indicator_can_be_read_in_full(small_home, open_page) -> None:
    app = open_page("indicators", "demo.trainer", home=small_home)
    shown = next(frame.value for frame in app.dataframe if "direction" in frame.value)
    assert set(shown["label"]) == {feature.label for feature in CATALOGUE.values()}
    assert "Sex and ethnicity are not among them" in _said(app)


def test_indicators_can_be_found_by_words(small_home, open_page) -> None:
    app = open_page("indicators", "demo.trainer", home=small_home)
    app.text_input(key="indicators_words").set_value("missing").run()
    shown = next(frame.value for frame in app.dataframe if "direction" in frame.value)
    assert 0 < len(shown) < len(CATALOGUE)
    app.text_input(key="indicators_words").set_value("zebra").run()
    assert "None fits these words" in _said(app)


def test_a_look_is_in_the_log_before_the_auditor_reads_it(small_home, open_page) -> None:
    open_page("sources", "demo.analyst", home=small_home)
    app = open_page("access-log", "demo.auditor", home=small_home)
    log = next(frame.value for frame in app.dataframe if "action" in frame.value)
    assert {"see sources", "see access log"} <= set(log["action"])
    assert log["number"].is_monotonic_decreasing


def test_the_log_can_be_checked_on_the_page(small_home, open_page) -> None:
    app = open_page("access-log", "demo.auditor", home=small_home)
    next(button for button in app.button if button.label == "Check every entry").click().run()
    assert "as they were written" in _said(app)


@pytest.mark.parametrize("account", ["demo.north", "demo.manager", "demo.trainer", "demo.analyst"])
def test_the_log_is_for_information_governance_alone(account: str, small_home, open_page) -> None:
    app = open_page("access-log", account, home=small_home)
    assert not app.dataframe
    assert any("for information governance" in warning.value for warning in app.warning)

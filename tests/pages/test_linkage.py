"""The pages Linkage and Review as their readers get them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from data.home import Home
from data.journal.journal import Journal
from data.journal.link_reviews import reviews
from tests.unit.governance.mixed import build

VIEWS = ("Over time", "How sure", "By source", "For whom", "As reviewed", "What weighs")


@pytest.fixture(scope="module")
def mixham(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("mixham")
    build(Home(home))
    return home


def said(app: Any) -> str:
    """All that the page says, its drawings' sentences and tables apart."""
    shown = [*app.title, *app.subheader, *app.markdown, *app.caption, *app.warning, *app.success, *app.info]
    return "\n".join(element.value for element in shown).replace("\\", "")


def acts(journal: str) -> list[tuple[str, str]]:
    opened = Journal(journal)
    found = [(act.verdict.value, act.reason) for act in reviews(opened)]
    opened.close()
    return found


@pytest.mark.parametrize("view", VIEWS)
def test_linkage_draws_every_view(mixham: Path, open_page: Any, view: str) -> None:
    app = open_page("linkage", "demo.quality", home=mixham, linkage_view=view)
    assert "Linkage takes them for" in said(app)
    assert {metric.label: metric.value for metric in app.metric}["Adopted pairs linked"] == "none"


def test_linkage_says_who_is_behind(mixham: Path, open_page: Any) -> None:
    app = open_page("linkage", "demo.auditor", home=mixham, linkage_view="For whom")
    assert "Behind: Black African" in said(app)
    assert "can't be, with real files" in said(app)


def test_linkage_of_a_built_city_has_its_line_and_its_sources(small_home: Path, open_page: Any) -> None:
    assert "F1 is" in said(open_page("linkage", "demo.analyst", home=small_home))
    app = open_page("linkage", "demo.analyst", home=small_home, linkage_view="By source")
    assert "GP registration" in set(app.dataframe[0].value["label"])


def test_a_snapshot_without_figures_says_so(town: Any, open_page: Any) -> None:
    for view in VIEWS:
        app = open_page("linkage", "demo.manager", home=town.home, linkage_view=view)
        assert "would be" in said(app) or view in ("By source", "For whom"), view


def test_pairs_are_judged_one_after_the_other_and_one_taken_back(
    mixham: Path, open_page: Any, own_journal: str
) -> None:
    app = open_page("review", "demo.quality", home=mixham)
    assert "3 pairs left to review" in said(app).replace("**", "")
    assert "Are these two one person?" in said(app)
    assert "somebody works with one of them" in said(app)
    assert "times likelier in one person" in "\n".join(html.body for html in app.get("html"))
    app.text_input(key="review_reason_0").set_value("she married").run()
    app.button(key="review_same").click().run()
    assert "2 pairs left to review" in said(app).replace("**", "")
    assert "The next build will join 1 pair" in said(app)
    app.button(key="review_different").click().run()
    app.button(key="review_back").click().run()
    assert acts(own_journal) == [("same", "she married"), ("different", ""), ("withdrawn", "")]


def test_a_pair_is_put_off_and_shown_again(mixham: Path, open_page: Any) -> None:
    app = open_page("review", "demo.quality", home=mixham)
    for _ in range(3):
        app.button(key="review_put_off").click().run()
    assert "You have answered, or put off, every pair" in said(app)
    app.button(key="review_again").click().run()
    assert "Are these two one person?" in said(app)


def test_a_sister_born_on_the_same_day_is_a_warning(mixham: Path, open_page: Any) -> None:
    app = open_page("review", "demo.quality", home=mixham)
    while "Is this one person, or two?" not in said(app):
        app.button(key="review_put_off").click().run()
    assert "Zuzanna Nowak, of the same family, was born on the same day" in said(app)
    assert "≠" in said(app)


def test_a_record_is_split_off_and_what_was_decided_is_told(mixham: Path, open_page: Any, own_journal: str) -> None:
    app = open_page("review", "demo.quality", home=mixham, review_view="Split a person")
    app.text_input(key="review_find").set_value("maja nowak 2012").run()
    app.radio(key="review_match").set_value(app.radio(key="review_match").options[0]).run()
    ticks = {box.label.replace("\\", ""): box for box in app.checkbox}
    next(box for label, box in ticks.items() if "Hospital" in label).check().run()
    app.button(key="review_split").click().run()
    assert "Say in a few words how you know" in said(app)
    app.text_input(key="review_split_reason_0").set_value("her sister's visit").run()
    app.button(key="review_split").click().run()
    assert "will be split in the next build" in said(app)
    assert acts(own_journal) == [("different", "her sister's visit")]
    app.segmented_control(key="review_view").set_value("What was decided").run()
    assert "Will be split in the next build" in said(app)
    assert "her sister's visit" in said(app)


def test_where_nobody_has_decided_anything_it_says_so(mixham: Path, open_page: Any) -> None:
    app = open_page("review", "demo.quality", home=mixham, review_view="What was decided")
    assert "Nobody has judged a pair yet" in said(app)
    app = open_page("review", "demo.quality", home=mixham, review_view="Split a person", review_find="zzyzx")
    assert "Nobody fits these words" in said(app)


@pytest.mark.parametrize("account", ["demo.north", "demo.manager", "demo.trainer", "demo.analyst", "demo.auditor"])
def test_review_is_for_data_quality_officers(account: str, mixham: Path, open_page: Any) -> None:
    app = open_page("review", account, home=mixham)
    assert any("for data-quality officers" in warning.value for warning in app.warning)
    assert "Maja" not in said(app)

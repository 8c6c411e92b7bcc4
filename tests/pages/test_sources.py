"""Sources: what a data-quality officer opens each Monday. All at a glance, one in depth, and the papers."""

from __future__ import annotations

import csv
import io

import pytest

from analytics.governance import sources_rejected
from data.access.gate import session
from data.access.reader import AccessRefused
from data.home import Home
from data.journal.journal import journal_of
from data.journal.log import entries
from data.snapshot.reading import current
from data.sources import SOURCES
from tests.journals import offered


def _said(app) -> str:
    shown = [*app.markdown, *app.caption, *app.warning, *app.info]
    return "\n".join(element.value for element in shown).replace("\\", "")


def _one(open_page, home, source: str, tab: str, account: str = "demo.quality"):
    return open_page("sources", account, home=home, sources_chosen=source, **{f"sources_tab_{source}": tab})


def _rejecting(home) -> str:
    """A source of which rows were rejected."""
    with current(Home(home)) as snapshot, snapshot.cursor() as cursor:
        return str(cursor.execute("SELECT source FROM source ORDER BY rejected DESC, source LIMIT 1").fetchall()[0][0])


def test_every_declared_source_is_at_a_glance_with_its_state(small_home, open_page) -> None:
    app = open_page("sources", "demo.auditor", home=small_home)
    register = next(frame.value for frame in app.dataframe if "state" in frame.value)
    assert set(register["label"]) == {source.label for source in SOURCES.values()}
    arrived = register.dropna(subset=["rows"])
    assert (arrived["accepted"] + arrived["rejected"] == arrived["rows"]).all()
    assert register["state"].str.contains("fresh|late|stopped|none yet").all()
    assert (register["months"].dropna().str.len() == 24).all()


def test_one_source_says_what_it_is_and_what_its_rows_become(small_home, open_page) -> None:
    said = _said(_one(open_page, small_home, "police_missing", "What it is"))
    for words in ("Avon Vale Police", "Crime and Disorder Act", "last heard of", "reported missing", "date of birth"):
        assert words in said


def test_rows_by_file_add_up_to_the_source(small_home, open_page) -> None:
    app = _one(open_page, small_home, "police_missing", "Rows and files")
    files = next(frame.value for frame in app.dataframe if "warnings" in frame.value)
    with current(Home(small_home)) as snapshot, snapshot.cursor() as cursor:
        total = cursor.execute("SELECT rows FROM source WHERE source = 'police_missing'").fetchall()[0][0]
    assert files["rows"].sum() == total


def test_completeness_names_the_emptiest_fields_in_plain_words(small_home, open_page) -> None:
    said = _said(_one(open_page, small_home, "police_missing", "Completeness"))
    assert "Dark is where a field is empty" in said
    assert "joint_ref" not in said


@pytest.mark.parametrize("source", sorted(SOURCES))
def test_every_source_can_be_opened_at_what_moved(source: str, small_home, open_page) -> None:
    said = _said(_one(open_page, small_home, source, "What moved"))
    assert "against the year before" in said or "has sent nothing" in said


def test_rejected_rows_are_counted_by_rule_with_lines_and_without_the_value(small_home, open_page) -> None:
    source = _rejecting(small_home)
    app = _one(open_page, small_home, source, "Rejected")
    assert "could not be taken" in _said(app)
    assert "for instance" in _said(app)
    assert not any("value" in frame.value for frame in app.dataframe)


def test_rejected_rows_are_for_those_who_look_after_the_data(small_home, open_page) -> None:
    app = _one(open_page, small_home, _rejecting(small_home), "Rejected", "demo.auditor")
    assert "Your role sees how many" in _said(app)
    assert not [button for button in app.button if "download" in button.label.lower()]


def test_the_download_holds_every_rejected_row_and_is_in_the_log(small_home, own_journal) -> None:
    home, source = Home(small_home), _rejecting(small_home)
    offered(home)
    with session(home, "demo.quality", "Quality of the data") as one:
        rows = list(csv.reader(io.StringIO(sources_rejected.export(one, source).decode("utf-8-sig"))))
        rejected = one.cursor.execute("SELECT rejected FROM source WHERE source = $s", {"s": source}).fetchall()[0][0]
    assert tuple(rows[0]) == ("file", "line", "column", "rule", "value")
    assert len(rows) == 1 + rejected
    logged = entries(journal_of(home), action="export rejected rows")
    assert [entry["reader"] for entry in logged] == ["demo.quality"]


def test_nobody_else_can_take_rejected_rows_away(small_home, own_journal) -> None:
    home = Home(small_home)
    offered(home)
    with session(home, "demo.auditor", "") as one, pytest.raises(AccessRefused):
        sources_rejected.export(one, "police_missing")


def test_the_download_is_made_on_the_page_in_two_steps(small_home, open_page) -> None:
    source = _rejecting(small_home)
    app = _one(open_page, small_home, source, "Rejected")
    assert not app.get("download_button")
    app.button(key=f"sources_export_{source}").click().run()
    assert app.get("download_button")


@pytest.mark.parametrize("paper", ["Privacy notice", "Draft sharing agreement", "Register of sources"])
def test_the_papers_can_be_read_and_taken_away(paper: str, small_home, open_page) -> None:
    app = open_page("sources", "demo.auditor", home=small_home, sources_view="Papers", sources_paper=paper)
    assert app.get("download_button")
    assert _said(app).count("Avonbridge") or any("gateway" in frame.value for frame in app.dataframe)

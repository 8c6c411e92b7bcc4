"""Caseload: what managers see, what is withheld, and that its figures are the snapshot's own."""

from __future__ import annotations

import pytest

from data.home import home
from data.snapshot.reading import current

RECOUNT = """
SELECT count(DISTINCT person) FROM event JOIN person USING (person)
WHERE kind = 'in_need' AND occurred_on <= $day AND (ended_on IS NULL OR ended_on > $day) AND ward IS NOT NULL
  AND birth_date > $day - INTERVAL 18 YEAR AND birth_date <= $day
"""


def test_a_total_is_the_number_of_children_in_the_snapshot(small_home, open_page) -> None:
    app = open_page("caseload", "demo.manager", home=small_home)
    with current(home(small_home)) as snapshot, snapshot.cursor() as cursor:
        (children,) = cursor.execute(RECOUNT, {"day": snapshot.today}).fetchone()
    shown = {metric.label: metric.value for metric in app.metric}
    assert shown["In need"] == (f"{children:,}" if children == 0 or children >= 5 else "c")


def test_no_count_of_one_to_four_children_is_on_the_page(small_home, open_page) -> None:
    app = open_page("caseload", "demo.manager", home=small_home, caseload_view="By ward")
    wards = next(frame.value for frame in app.dataframe if "count" in frame.value)
    assert not set(wards["count"]) & {"1", "2", "3", "4"}
    assert "c" in set(wards["count"])


def test_an_area_shows_its_own_wards(small_home, open_page) -> None:
    app = open_page("caseload", "demo.manager", home=small_home, caseload_view="By ward")
    app.selectbox(key="caseload_area").set_value("North").run()
    wards = next(frame.value for frame in app.dataframe if "count" in frame.value)
    assert set(wards["area"]) == {"North"}


def test_the_rule_for_small_counts_is_said_and_cannot_be_switched(small_home, open_page) -> None:
    app = open_page("caseload", "demo.manager", home=small_home)
    assert any("Counts of 1 to 4 are withheld" in caption.value for caption in app.caption)
    assert [box.label for box in app.selectbox] == ["Area"]


@pytest.mark.parametrize("account", ["demo.north", "demo.trainer", "demo.auditor"])
def test_others_are_told_whom_it_is_for(account: str, small_home, open_page) -> None:
    app = open_page("caseload", account, home=small_home)
    assert not app.metric
    assert any("for managers and analysts" in warning.value for warning in app.warning)

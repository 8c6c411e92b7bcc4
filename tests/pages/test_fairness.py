"""Fairness and Missed cases: for whom a model errs, and whom it missed."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from data.home import Home
from tests.unit.casework.town import build

#: Group: children, identified, on the list, of those identified on the list.
GROUPS = {"White": (3000, 60, 100, 20), "Black": (600, 40, 60, 30), "Asian": (400, 8, 12, 3), "Mixed": (300, 7, 10, 2)}
CODE = "ABCDEFGHIJ"
LOOKED_BACK = f"""
INSERT INTO looked_back
SELECT 'cse', 'v1', '{CODE}', person, DATE '2025-07-01', DATE '2025-12-05', 'year', 700, 900, 14, false
FROM person WHERE forename = 'Yasmin' AND surname = 'Khan' LIMIT 1;
INSERT INTO looked_back_value VALUES ('cse', '{CODE}', 'missing_12m', NULL, -0.4),
    ('cse', '{CODE}', 'contacts_24m', 3, 0.2);
INSERT INTO missed_pattern VALUES
    ('cse', 'heard', 'police_missing', NULL, NULL, 8, 40, 25, 30, 20, 400),
    ('cse', 'indicator', 'missing_12m', 1, true, 6, 40, 24, 30, 10, 400);
INSERT INTO proxy VALUES ('cse', 'ethnicity', 'Black', '', 0.7, 0.66, 0.74, NULL, 4000, 600),
    ('cse', 'ethnicity', 'Black', 'household_arrears', 0.62, 0.6, 0.64, true, 4000, 600);
"""


def figures() -> list[tuple[object, ...]]:
    """Rows of ``evaluation`` by ethnicity, as far as they follow from the counts above."""
    rows: list[tuple[object, ...]] = []
    for name, (n, found, listed, right) in GROUPS.items():
        told = {
            "selection_rate": listed / n,
            "precision_at_capacity": right / listed,
            "recall_at_capacity": right / found,
            "false_positive_rate": (listed - right) / (n - found),
        }
        rows += [("identified", "ethnicity", name, m, v, 0.9 * v, 1.1 * v, n, found) for m, v in told.items()]
    return rows


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town, with a model that was measured by ethnicity and looked back."""
    home = tmp_path_factory.mktemp("measured")
    build(Home(home))
    with duckdb.connect(str(next(Home(home).snapshots.glob("*.duckdb")))) as con:
        con.execute("DELETE FROM evaluation")
        for row in figures():
            con.execute("INSERT INTO evaluation SELECT model, estimator, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM model", row)
        con.execute(LOOKED_BACK)
        (estimator,) = con.execute("SELECT estimator FROM model WHERE model = 'cse'").fetchone()
    beside_the_snapshot(home, estimator)
    return home


def beside_the_snapshot(home: Path, estimator: str) -> None:
    """What an invented city's truth says of how the score follows the watching."""
    gap = {"model": "cse", "label": "truth", "grouping": "watched", "metric": "percentile_gap", "positives": 0}
    rows = [
        (estimator, "exploited", 0.08, 0.04, 0.12, 544),
        (estimator, "not exploited", 0.01, -0.01, 0.03, 20824),
        ("random", "exploited", 0.5, 0.4, 0.6, 12),
    ]
    names = ["estimator", "group", "value", "low", "high", "n"]
    folder = home / "truth-1"
    folder.mkdir()
    pd.DataFrame(rows, columns=names).assign(**gap).to_parquet(folder / "evaluation-cse.parquet")


def _said(app) -> str:
    shown = [*app.markdown, *app.caption, *app.subheader, *app.warning]
    return "\n".join(element.value for element in shown).replace("\\", "")


def test_the_groups_are_held_against_each_other_in_plain_words(measured, open_page) -> None:
    said = _said(open_page("fairness", "demo.analyst", home=measured))
    assert (
        "Of Black children on the list, about 5 in 10 were later identified; of White children about 2 in 10." in said
    )
    assert "this is hardly chance" in said


def test_figures_that_would_tell_of_a_few_are_withheld(measured, open_page) -> None:
    app = open_page("fairness", "demo.analyst", home=measured)
    shown = next(frame.value for frame in app.dataframe if "precision_at_capacity" in frame.value).set_index("group")
    assert shown.loc["Asian", "precision_at_capacity"] == "c"
    assert shown.loc["Asian", "identified"] == "c"
    # Of Asian children nothing can be worked out from everybody's figures, since those of another group are hidden too.
    assert shown.loc["Mixed", "identified"] == "c"
    assert shown.loc["White", "identified"] == "60"


def test_the_page_models_withholds_the_same_as_the_page_fairness(measured, open_page) -> None:
    fairness = open_page("fairness", "demo.analyst", home=measured)
    models = open_page("model", "demo.analyst", home=measured, model_grouping="ethnicity")
    told = [next(one.value for one in app.dataframe if "note" in one.value) for app in (fairness, models)]
    pd.testing.assert_frame_equal(*told)
    assert "c" in told[1].set_index("group").loc["Asian"].tolist()


def test_what_gives_a_group_away_is_named(measured, open_page) -> None:
    said = _said(open_page("fairness", "demo.analyst", home=measured))
    assert "come closest to telling them" in said
    assert "together tell **70, between 66 and 74** rightly" in said


def test_it_is_told_whether_the_score_follows_the_watching_and_of_which_city(measured, open_page) -> None:
    said = _said(open_page("fairness", "demo.analyst", home=measured))
    assert "those of the most watched families stand **8 places in 100 higher**" in said
    assert "(between 4 and 12)" in said
    assert "stand no higher or lower than chance gives" in said
    # Of twelve children nothing is said.
    assert "50 (40 to 60)" not in said


def test_where_no_truth_lies_beside_the_snapshot_nothing_is_said_of_the_watching(town, open_page) -> None:
    assert "Whether the score follows the watching would be here" in _said(
        open_page("fairness", "demo.analyst", home=town.home)
    )


def test_a_missed_child_is_shown_by_name_in_ones_own_area_alone(measured, open_page) -> None:
    assert "Yasmin Khan" in _said(open_page("missed", "demo.north", home=measured))
    for account in ("demo.central", "demo.analyst", "demo.manager"):
        said = _said(open_page("missed", account, home=measured))
        assert f"Case {CODE}" in said
        assert "Yasmin" not in said


def test_it_says_why_and_what_the_missed_have_in_common(measured, open_page) -> None:
    said = _said(open_page("missed", "demo.north", home=measured))
    assert "40 children who were missed" in said
    assert "Times reported missing, 12 months: 15 % of the missed, 80 % of those on the list" in said
    assert "Not known on that day" in said


def test_what_was_learned_is_written_down_and_read_again(measured, open_page) -> None:
    app = open_page("missed", "demo.analyst", home=measured)
    reason = next(box for box in app.selectbox if "Why was this child missed" in box.label)
    reason.select("not shared")
    app.text_area[0].set_value("The refuge keeps its own book.")
    next(button for button in app.button if button.label == "Write it down").click().run()
    assert "The refuge keeps its own book." in _said(app)


def test_a_lead_professional_writes_no_lessons_and_a_trainer_sees_nobody(measured, open_page) -> None:
    assert not open_page("missed", "demo.north", home=measured).text_area
    assert "for lead professionals, managers and analysts" in _said(open_page("missed", "demo.trainer", home=measured))

"""Planning and Outcomes of the tool: figures follow from what was measured, and honest words where there are few."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analytics.management.demand import counted as months_of
from analytics.management.fair import areas
from analytics.management.sustained import CLAIM, counted, sustained
from analytics.management.tool_followed import FOLLOWED, MONTHS, Like, after, alike
from analytics.management.tool_outcomes import funnel, given
from data.access.gate import checked_entry
from data.access.roles import Permission
from data.access.session import session
from data.home import home
from data.journal.casework import allocate, follow_up
from tests.journals import offered

RECOUNT = """
SELECT count(DISTINCT person) FROM event JOIN person USING (person) JOIN ward USING (ward)
WHERE kind = 'early_help' AND area = $area AND date_trunc('month', occurred_on) = $month AND known_on < $today
  AND (corrected_on IS NULL OR corrected_on >= $today) AND birth_date > occurred_on - INTERVAL 18 YEAR
"""
CLAIMS = """
WITH began AS (
    SELECT family FROM family_criterion WHERE scheme = 'outcome' AND applies AND NOT met
     AND as_of = (SELECT min(as_of) FROM family_criterion) GROUP BY family HAVING count(*) >= 3
)
SELECT count(*) FROM began JOIN family USING (family)
"""


def metrics(app) -> dict[str, str]:
    return {one.label: one.value for one in app.metric}


FOLLOWED_ON = """
WITH numbered AS (SELECT person, row_number() OVER (ORDER BY person) AS number FROM person)
SELECT count(DISTINCT person) FROM event JOIN numbered USING (person) WHERE list_contains($numbers, number)
  AND list_contains($kinds, kind) AND known_on < $today AND (corrected_on IS NULL OR corrected_on >= $today)
  AND occurred_on >= $day AND occurred_on < $day::DATE + INTERVAL 6 MONTH
"""
SUSTAINED = """
WITH was AS (
    SELECT * FROM family_criterion WHERE scheme = 'outcome' AND applies AND NOT met
     AND as_of = (SELECT min(as_of) FROM family_criterion)
), now AS (
    SELECT family FROM family_criterion WHERE scheme = 'outcome' AND applies AND met AND criterion = $criterion
     AND as_of = (SELECT max(as_of) FROM family_criterion)
)
SELECT count(*) FROM was SEMI JOIN now USING (family)
WHERE criterion = $criterion AND family IN (SELECT family FROM was GROUP BY family HAVING count(*) >= 3)
"""
ASKED = """
SELECT area, count(*) FROM score JOIN person USING (person) JOIN ward USING (ward)
WHERE model = 'neet' AND as_of = (SELECT max(as_of) FROM score WHERE model = 'neet') AND death_date IS NULL
GROUP BY area
"""


@pytest.fixture
def signed_in(small_home: Path, own_journal: str, monkeypatch: pytest.MonkeyPatch):
    """``signed_in()``: a manager's session of the small city, its journal empty."""
    monkeypatch.setenv("KINSIGHT_HOME", str(small_home))
    offered(home())
    return lambda: session(home(), "demo.manager", "Allocating work")


def fill(opened, count: int, on: date) -> list[int]:
    """Allocate so many children of the city, every third of whom accepts help."""
    with opened.snapshot.cursor() as cursor:
        query = (
            "SELECT person FROM person WHERE ward IS NOT NULL AND birth_date BETWEEN $day - INTERVAL 17 YEAR "
            "AND $day - INTERVAL 10 YEAR ORDER BY person LIMIT $count"
        )
        people = [row[0] for row in cursor.execute(query, {"day": on, "count": count}).fetchall()]
    for at, person in enumerate(people):
        entry = checked_entry(opened, Permission.ALLOCATE, [person])
        number = allocate(opened.journal, person, "demo.north", on.isoformat(), "Direct work", entry, None, "cse")
        if at % 3 == 0:
            entry = checked_entry(opened, Permission.FOLLOW_UP, [person])
            follow_up(opened.journal, number, "accepted help", on.isoformat(), "", None, entry)
    return people


def test_a_list_is_planned_from_its_measured_figures_alone_and_kept_as_a_view(small_home, open_page) -> None:
    app = open_page("planning", "demo.manager", home=small_home, planning_list_model="neet")
    told = metrics(app)
    caseload, workers = (app.number_input(key=f"planning_list_{name}") for name in ("caseload", "workers"))
    assert int(told["Reached"]) <= int(caseload.value * workers.value)
    assert set(told) == {"Reached", "Rightly", "False alarms", "Missed"}
    app.number_input(key="planning_list_caseload").set_value(2)
    app.text_input(key="planning_list_view_name").set_value("Two each")
    next(one for one in app.button if one.label == "Save").click().run()
    two = metrics(app)["Reached"]
    assert int(two) < int(told["Reached"])
    app.number_input(key="planning_list_caseload").set_value(5).run()
    next(one for one in app.button if "Two each" in one.label).click().run()
    assert metrics(app)["Reached"] == two
    assert app.number_input(key="planning_list_caseload").value == 2
    app.selectbox(key="planning_list_model").set_value("cse").run()
    assert not app.metric
    assert any("No list of this model has been measured" in line.value for line in app.markdown)


def test_places_between_areas_add_up_in_each_way(small_home, open_page) -> None:
    app = open_page(
        "planning", "demo.manager", home=small_home, planning_list_model="neet", planning_view="Between areas"
    )
    for way in ("One list", "By children", "By measured need", "Equal chance"):
        app.segmented_control(key="planning_way").set_value(way).run()
        table = next(frame.value for frame in app.dataframe if "places" in frame.value)
        given_ = sum(int(one.replace(",", "")) for one in table["places"])
        assert any(f"= **{given_} child" in line.value for line in app.markdown)


def test_too_few_to_forecast_is_said_and_costs_are_asked_for(small_home, open_page) -> None:
    app = open_page("planning", "demo.manager", home=small_home, planning_view="Demand to come")
    app.selectbox(key="planning_series").set_value("looked_after").run()
    assert any("too few to forecast" in line.value for line in app.markdown)
    app.segmented_control(key="planning_view").set_value("Costs").run()
    assert any("none are made up" in line.value for line in app.markdown)


def test_a_declared_cost_is_told_for_each_child(small_home, open_page, tmp_path, monkeypatch) -> None:
    (tmp_path / "costs").mkdir()
    (tmp_path / "costs" / "ours.py").write_text(
        "from analytics.management.costs import Costs\n"
        "COSTS = Costs(source='Finance', key_worker=50_000, begun={'contact': 100})\n"
    )
    monkeypatch.setenv("KINSIGHT_LOCAL", str(tmp_path))
    app = open_page("planning", "demo.manager", home=small_home, planning_view="Costs", planning_list_model="neet")
    workers = app.number_input(key="planning_list_workers").value
    assert any(f"£{50_000 * workers:,}" in line.value for line in app.markdown)


def test_a_month_of_demand_is_the_number_of_children_in_the_snapshot(signed_in) -> None:
    with signed_in() as opened:
        counts = months_of(opened)
        month, area = counts.index[-3], "North"
        asked = {"area": area, "month": month.date(), "today": opened.snapshot.today}
        with opened.snapshot.cursor() as cursor:
            (children,) = cursor.execute(RECOUNT, asked).fetchone()
    assert counts.loc[month, ("early_help", area)] == children
    assert counts.index[-1] < pd.Timestamp(opened.snapshot.recorded_until).replace(day=1)


def test_without_allocations_the_page_says_what_would_be_there(small_home, open_page) -> None:
    app = open_page("tool-outcomes", "demo.manager", home=small_home)
    assert any("Nobody has been allocated to a key worker yet" in line.value for line in app.markdown)
    app.segmented_control(key="tool_view").set_value("Families").run()
    assert any("families** had 3 needs or more" in line.value for line in app.markdown)


def test_what_came_of_allocations_is_counted_and_what_followed_is_compared_with_others(signed_in, monkeypatch) -> None:
    with signed_in() as opened:
        people = fill(opened, 60, date(2025, 10, 1))
        every = given(opened)
        told = funnel(every)
        assert len(every) == 60
        assert abs(told["all"] - 60) <= 8
        assert abs(told["accepted help"] - 20) <= 8
        assert not told[told < 5].any()
        like = alike(opened, every)
        assert like is not None
        sets, rows = like.found.pairs
        assert len(sets)
        assert not set(like.rows.loc[rows, "number"]) & set(every.rows["number"])
        mine = like.found.treated[sets]
        for exact in ("area", "sex", "day"):
            assert (like.rows.loc[mine, exact].to_numpy() == like.rows.loc[rows, exact].to_numpy()).all()
        told_after = after(opened, like)
        assert [one.months for one in told_after] == list(MONTHS)
        assert all(len(one.changes) == len(FOLLOWED) for one in told_after)
        shares = [value for one in told_after for change in one.changes for value in (change.after, change.like_after)]
        assert all(value is None or 0 < value <= 1 for value in shares)
        assert like.only("none", "") is None
        _narrowed(like)
        families = counted(opened, people)
        with opened.snapshot.cursor() as cursor:
            (count,) = cursor.execute(CLAIMS).fetchone()
            assert families.rows.loc[families.rows["criterion"] == CLAIM, "families"].sum() == count
            for criterion, rows in families.rows[families.rows["state"] == "sustained"].groupby("criterion"):
                if criterion != CLAIM:
                    asked = {"criterion": str(criterion)}
                    assert cursor.execute(SUSTAINED, asked).fetchone() == (rows["families"].sum(),)
            asked = dict(cursor.execute(ASKED).fetchall())
            assert asked.items() >= areas(opened, "neet").asked.astype(int).to_dict().items()
            monkeypatch.setattr("analytics.management.tool_outcomes.free", lambda counts, keys: counts.astype(float))
            half = after(opened, like)[1]
            numbers = like.rows.loc[like.found.treated, "number"].tolist()
            for change in half.changes:
                asked = {"numbers": numbers, "kinds": list(FOLLOWED[change.name][1]), "day": date(2025, 10, 1)}
                asked["today"] = opened.snapshot.today
                (happened,) = cursor.execute(FOLLOWED_ON, asked).fetchone()
                assert change.after == pytest.approx(happened / half.allocated)
            assert half.allocated == len(numbers)
        assert sustained(families, "North", True).table.loc[CLAIM].isna().any()


def _narrowed(like: Like) -> None:
    """Of a team, each child stands beside the same others as among all, and teams together are all."""
    teams = sorted(set(like.team.dropna()))
    parts = [like.only("cse", team) for team in teams]
    assert sum(int(one.treated.sum()) for one in parts if one) == like.treated.sum()
    beside = dict(zip(like.found.treated.tolist(), like.found.controls.tolist(), strict=True))
    for one in parts:
        assert one is not None
        assert dict(zip(one.found.treated.tolist(), one.found.controls.tolist(), strict=True)).items() <= beside.items()
        assert len(one.balance.before) == one.values.shape[1]


def test_the_pages_of_a_filled_journal_draw_with_their_caveat(small_home, signed_in, open_page) -> None:
    with signed_in() as opened:
        fill(opened, 60, date(2025, 10, 1))
    app = open_page("tool-outcomes", "demo.manager", home=small_home)
    assert "Accepted help" in metrics(app)
    app.segmented_control(key="tool_view").set_value("What followed").run()
    app.segmented_control(key="tool_months").set_value("12").run()
    assert not app.exception
    said = [one.value for one in (*app.warning, *app.markdown)]
    assert any("Not proof of an effect" in one or "Too few allocated children" in one for one in said)


@pytest.mark.parametrize("path", ["planning", "tool-outcomes"])
def test_others_are_told_whom_it_is_for(path: str, small_home, open_page) -> None:
    app = open_page(path, "demo.north", home=small_home)
    assert any("for managers and analysts" in warning.value for warning in app.warning)

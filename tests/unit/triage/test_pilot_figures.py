"""What a pilot came to: every figure equals a recount, and a draw that did not fall as lots fall is found out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from analytics.evaluation.bootstrap import family_weights
from analytics.triage.desk import BY_PLATFORM
from analytics.triage.pilot_arms import CONTROL, SUGGESTION
from analytics.triage.pilot_facts import Followed, of_past
from analytics.triage.pilot_figures import APART, evaluation, medians
from analytics.triage.pilot_report import markdown, paper, table
from analytics.triage.pilot_words import by_arm, main_figure
from data.access.gate import Session
from data.journal.pilot import BY_CONTACT, BY_WEEK, SHADOW, Pilot
from tests.unit.triage.conftest import Enter

SINCE = date(2026, 1, 5)
UNTIL = SINCE + timedelta(weeks=12)


def contacts(n: int = 600, seed: int = 1) -> pd.DataFrame:
    """Contacts as `pilot_measures` has them, an arm by lot; with a suggestion fewer come again."""
    draws = np.random.default_rng(seed)
    came = pd.Timestamp(SINCE) + pd.to_timedelta(np.sort(draws.integers(0, 12 * 7 * 24, n)), unit="h")
    arm = np.where(draws.random(n) < 0.5, SUGGESTION, CONTROL)
    level, suggested = draws.integers(0, 5, n).astype(float), draws.integers(0, 5, n).astype(float)
    looked = (level <= 1) & (suggested >= 3) & (arm == SUGGESTION)
    raised = looked & (draws.random(n) < 0.5)
    return pd.DataFrame(
        {
            "contact": [f"K{at:05d}" for at in range(n)], "received_at": came, "came": came.date, "arm": arm,
            "agency": draws.choice(["police", "school"], n), "reason": draws.choice(["neglect", "other"], n),
            "people": draws.integers(1, 4, n), "youngest": draws.uniform(0, 40, n), "kin": draws.integers(0, n // 2, n),
            "worker": draws.integers(0, 20, n), "prior": draws.poisson(2, n), "level": level, "outcome": level,
            "final": np.where(raised, 3.0, level), "suggested": suggested, "asked": draws.random(n) < 0.5,
            "hours": draws.exponential(24, n), "seen": "no", "looked": looked, "raised": raised, "waits": False,
            "again": (draws.random(n) < np.where(arm == SUGGESTION, 0.2, 0.5)).astype(float),
            "harm": (draws.random(n) < 0.15).astype(float), "harm_so_far": False,
            "week": came.isocalendar().year.to_numpy() * 100 + came.isocalendar().week.to_numpy(),
        }
    )  # fmt: skip


def followed(rows: pd.DataFrame, kind: str = BY_CONTACT, measure: str = "again") -> Followed:
    pilot = Pilot("P1", "", "", "Is it of use?", kind, "5e" * 32, SINCE, UNTIL, measure, "5", 1000)
    return Followed(rows, SINCE, UNTIL, UNTIL + timedelta(days=200), pilot)


def test_every_figure_of_an_arm_equals_a_recount() -> None:
    rows = contacts(1500)
    found = evaluation(followed(rows))
    for arm in (SUGGESTION, CONTROL):
        mine = rows[rows["arm"] == arm]
        low = mine["outcome"] <= 1
        against = low & (mine["suggested"] >= 3)
        missed = (mine["final"] <= 1) & (mine["harm"] == 1)
        recount = {
            "unshared": (~mine["asked"]).mean(), "in_time": (mine["hours"] <= 24).mean(), "again": mine["again"].mean(),
            "missed": missed.mean(), "against": against.mean(), "looked": mine["looked"].mean(),
            "agree": (abs(mine["level"] - mine["suggested"]) <= 1).mean(), "back_harm": mine["harm"][against].mean(),
            "rest_harm": mine["harm"][low & ~against].mean(), "caught": against[low & (mine["harm"] == 1)].mean(),
        }  # fmt: skip
        told = {name: found.row(name, arm)["value"] for name in recount}
        assert told == pytest.approx(recount)
        assert found.row("again", arm)["count"] == mine["again"].sum()
        assert found.arms[arm] == found.row("again", arm)["of"] == len(mine)
        assert found.hours.set_index("arm").loc[arm, "value"] == pytest.approx(
            np.sort(mine["hours"])[(len(mine) - 1) // 2]
        )
        assert found.agreement[arm].contacts == len(mine)
    assert found.row("raised", SUGGESTION)["value"] == rows["raised"].sum() / rows["looked"].sum()
    apart = found.row("again", SUGGESTION)["value"] - found.row("again", CONTROL)["value"]
    assert found.row("again", APART)["value"] == pytest.approx(apart)
    held = (rows["outcome"] <= 1) & (rows["suggested"] >= 3) & (rows["arm"] == CONTROL)
    assert found.kept_back == (held.sum(), 0)
    assert found.cross.to_numpy().sum() == len(rows)


def test_a_difference_that_is_there_is_told_with_its_interval_and_one_that_is_not_is_not() -> None:
    found = evaluation(followed(contacts()))
    low, high = (found.row("again", APART)[name] for name in ("low", "high"))
    assert low < -0.3 < high < 0
    assert "better by more than chance" in main_figure(found)
    other = evaluation(followed(contacts(), measure="unshared"))
    assert "holds nought" in main_figure(other)


def test_what_is_not_whole_yet_is_left_out_and_said() -> None:
    rows = contacts()
    rows.loc[rows.index[300:], ["again", "harm"]] = np.nan
    rows.loc[rows.index[590:], ["outcome", "final", "level", "hours"]] = np.nan
    found = evaluation(followed(rows))
    assert found.row("again", SUGGESTION)["of"] + found.row("again", CONTROL)["of"] == 300
    assert found.open == {"decision": 10, "again": 300, "harm": 300}
    assert "10 wait for a decision; of 300 the 90 days" in markdown(found)


def test_a_draw_that_fell_as_lots_fall_holds_and_one_that_was_steered_is_found_out() -> None:
    rows = contacts(1200)
    assert evaluation(followed(rows)).draw.held  # type: ignore[union-attr]
    steered = rows.assign(arm=np.where(rows["prior"] + np.random.default_rng(0).normal(0, 1, 1200) > 2, *_ARMS))
    draw = evaluation(followed(steered)).draw
    assert draw is not None
    assert not draw.held
    assert draw.balance.set_index("what").loc["Contacts in the year before", "apart"] > 1
    uneven = rows.assign(arm=np.where(np.arange(1200) % 5 < 2, *_ARMS))
    assert not evaluation(followed(uneven)).draw.held  # type: ignore[union-attr]


_ARMS = (SUGGESTION, CONTROL)


def test_families_in_both_arms_and_officers_who_had_seen_are_counted_and_said() -> None:
    rows = contacts()
    rows.loc[rows.index[rows["arm"] == CONTROL][:3], "seen"] = "asked"
    draw = evaluation(followed(rows)).draw
    both = rows.groupby("kin")["arm"].nunique().loc[lambda n: n > 1].index
    assert draw is not None
    assert (draw.families, draw.contacts, draw.told) == (len(both), rows["kin"].isin(both).sum(), 3)
    told = markdown(evaluation(followed(rows)))
    assert f"Families with contacts in both arms: {len(both):,}" in told
    assert "By each family's first contact alone" in told


def test_a_grade_after_another_system_told_the_suggestion_agrees_with_nothing() -> None:
    rows = contacts()
    mine = rows.index[rows["arm"] == CONTROL]
    every = evaluation(followed(rows)).agreement[CONTROL].contacts
    rows.loc[mine[:7], "seen"] = BY_PLATFORM
    assert evaluation(followed(rows)).agreement[CONTROL].contacts == every - 7


def test_where_weeks_were_drawn_weeks_are_resampled() -> None:
    rows = contacts()
    weeks = np.unique(rows["week"])
    rows["arm"] = np.where(rows["week"].isin(weeks[::2]), *_ARMS)
    found = evaluation(followed(rows, BY_WEEK))
    drawn = family_weights(rows["week"].to_numpy(np.int64))
    mine = (rows["arm"] == SUGGESTION).to_numpy()
    again = (rows["again"] == 1).to_numpy()
    values = drawn[mine & again].sum(0) / drawn[mine].sum(0)
    assert found.row("again", SUGGESTION)["low"] == pytest.approx(np.percentile(values[1:], 2.5))
    assert found.draw is not None
    assert found.draw.weeks == {SUGGESTION: 6, CONTROL: 6}


def test_few_are_not_told_nor_what_would_give_them_away() -> None:
    rows = contacts(60).assign(harm=0.0, final=0.0)
    rows.loc[rows.index[rows["arm"] == SUGGESTION][:2], "harm"] = 1.0
    found = evaluation(followed(rows))
    assert np.isnan(found.row("missed", SUGGESTION)["value"])
    assert np.isnan(found.row("missed", APART)["value"])
    assert found.row("missed", CONTROL)["value"] == 0
    cells = by_arm(found).set_index("measure").filter(like="Missed", axis=0).iloc[0]
    assert (cells[SUGGESTION], cells[APART]) == ("c", "c")


def test_the_median_under_weights_is_that_of_the_contacts_drawn() -> None:
    draws = np.random.default_rng(2)
    values, weights = draws.exponential(10, 101), draws.integers(0, 4, (101, 20)).astype(np.int16)
    for column, median in zip(weights.T, medians(values, weights), strict=True):
        drawn = np.sort(np.repeat(values, column))
        assert median == drawn[(len(drawn) - 1) // 2]


def test_the_report_is_the_same_bytes_again_and_keeps_the_seed_until_the_end() -> None:
    found = evaluation(followed(contacts(200)))
    assert paper(found, mark="Invented city", foot="x") == paper(found, mark="Invented city", foot="x")
    assert paper(found, mark="", foot="").startswith(b"%PDF")
    assert "5e5e" in markdown(found)
    running = replace(found, found=replace(found.found, today=SINCE))
    assert "5e5e" not in markdown(running)
    lines = table(found).decode("utf-8-sig").splitlines()
    assert lines[0].startswith('"figure","arm"')
    assert len(lines) == 1 + len(found.measures) + len(found.hours) + len(found.agreement)


def manager(enter: Enter) -> Session:
    return enter("demo.hub.manager")


def test_a_year_past_is_told_as_what_it_is_and_equals_what_the_snapshot_says(enter: Enter) -> None:
    session = manager(enter)
    found = evaluation(of_past(session))
    query = """SELECT count(DISTINCT c.contact) AS n, count(DISTINCT c.contact) FILTER (
                   c.outcome IN ('NFA', 'ADVICE') AND s.level >= 3) AS back
               FROM contact c JOIN contact_score s USING (contact)
               WHERE c.received_at >= ? AND c.received_at < ?"""
    n, back = session.cursor.execute(query, [found.found.since, found.found.until]).fetchall()[0]
    assert found.arms == {SHADOW: n}
    assert n > 30
    assert found.row("against", SHADOW)["count"] == back
    assert found.draw is None
    assert "**This is no pilot.**" in markdown(found)
    assert "Looked at again" not in markdown(found)

"""The strategic picture's figures before protection are those of a plain recount; after it none is small."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analytics.disclosure import control
from analytics.management import flow, outlines, picture, rates, thin
from data.access.gate import Session
from data.access.session import session
from data.home import home
from data.journal.accounts import offer_demonstration
from data.journal.journal import journal_of


@pytest.fixture
def manager(small_home: Path, own_journal: str) -> Iterator[Session]:
    with session(home(small_home), "demo.manager") as opened:
        offer_demonstration(journal_of(home(small_home)), opened.snapshot)
        yield opened


@pytest.fixture
def exact(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protection that protects nothing: what is counted shows as it is."""
    for module in (picture, thin):
        monkeypatch.setattr(module, "free", lambda counts, keys: counts.astype(float))


def ask(one: Session, query: str, **asked: Any) -> Any:
    return one.cursor.execute(query, {"today": one.snapshot.today} | asked).fetchall()


CHILD = "p.ward IS NOT NULL AND p.death_date IS NULL AND date_sub('year', p.birth_date, $today) < 18"


@pytest.mark.usefixtures("exact")
def test_children_in_need_by_ward_and_age_are_those_of_a_recount(manager: Session) -> None:
    found = picture.cells(manager).narrowed(age="10 to 15").by_ward(picture.NEEDS["in_need"])
    recount = dict(
        ask(
            manager,
            f"""SELECT p.ward, count(DISTINCT p.person) FROM person p JOIN event e USING (person)
            WHERE {CHILD} AND date_sub('year', p.birth_date, $today) BETWEEN 10 AND 15 AND e.kind = 'in_need'
              AND e.known_on < $today AND (e.corrected_on IS NULL OR e.corrected_on >= $today)
              AND e.occurred_on <= $today AND coalesce(e.ended_on, DATE '9999-12-31') > $today GROUP BY p.ward""",
        )
    )
    assert recount
    assert {ward: count for ward, count in found["count"].items() if count} == recount
    assert found["rate"].dropna().between(found["low"].dropna(), found["high"].dropna()).all()


@pytest.mark.usefixtures("exact")
@pytest.mark.parametrize(("need", "met"), [("headline_attendance", True), ("outcome_safe", False)])
def test_children_of_families_that_meet_a_criterion_are_those_of_a_recount(
    manager: Session, need: str, met: bool
) -> None:
    scheme, criterion = need.split("_")
    ((recount,),) = ask(
        manager,
        f"""SELECT count(*) FROM person p WHERE {CHILD} AND EXISTS (
            SELECT 1 FROM family_member m JOIN family_criterion c USING (family) WHERE m.person = p.person
            AND m.role = 'child' AND coalesce(m."from" < $today, true) AND coalesce(m."to" >= $today, true)
            AND c.as_of = $today AND c.scheme = $scheme AND c.criterion = $criterion AND c.applies AND c.met = $met)""",
        scheme=scheme, criterion=criterion, met=met,
    )  # fmt: skip
    assert recount > 0
    assert picture.cells(manager).whole(picture.NEEDS[need])["count"] == recount


@pytest.mark.usefixtures("exact")
def test_needs_together_add_up_to_every_child(manager: Session) -> None:
    found = picture.cells(manager)
    needs = [one for one in picture.NEEDS.values() if one.group == picture.SIX]
    told = picture.together(found, needs)
    assert told.many.sum() == told.living == found.rows["children"].sum()
    assert told.sets["count"].sum() == told.many.iloc[2:].sum()
    place = [one.name for one in needs].index("headline_attendance")
    alone = sum(count for places, count in zip(told.sets["needs"], told.sets["count"], strict=True) if place in places)
    assert alone <= told.pairs.loc["headline_attendance", "headline_attendance"]
    ((both,),) = ask(
        manager,
        f"""SELECT count(*) FROM person p WHERE {CHILD} AND EXISTS (SELECT 1 FROM contact c WHERE c.person = p.person
            AND c.received_at < $today AND c.received_at >= $today - INTERVAL 12 MONTH)
            AND EXISTS (SELECT 1 FROM event e WHERE e.person = p.person AND e.kind = 'in_need' AND e.known_on < $today
            AND (e.corrected_on IS NULL OR e.corrected_on >= $today) AND e.occurred_on <= $today
            AND coalesce(e.ended_on, DATE '9999-12-31') > $today)""",
    )
    services = [one for one in picture.NEEDS.values() if one.group == picture.OPEN]
    assert picture.together(found, services).pairs.loc["in_need", "contact"] == both > 0


@pytest.mark.usefixtures("exact")
def test_moves_are_those_of_a_recount_and_leave_nobody_out(manager: Session) -> None:
    until = manager.snapshot.today
    since = date(until.year - 1, until.month, until.day)
    found = flow.moves(manager, since, until)
    table = found.table()
    episodes = pd.DataFrame(
        ask(
            manager,
            """SELECT e.person, e.kind, e.occurred_on, coalesce(e.ended_on, DATE '9999-12-31') FROM event e
            WHERE e.kind IN ('early_help', 'in_need', 'protection_plan', 'placement') AND e.known_on < $today
              AND (e.corrected_on IS NULL OR e.corrected_on >= $today)""",
        ),
        columns=["person", "kind", "began", "ended"],
    )
    people = ask(
        manager,
        """SELECT person, birth_date FROM person p JOIN ward USING (ward) WHERE birth_date IS NOT NULL
        AND date_sub('year', birth_date, $since::DATE) < 18 AND birth_date <= $today
        AND (death_date IS NULL OR death_date > $since)""",
        since=since,
    )
    level = {"early_help": 1, "in_need": 2, "protection_plan": 3, "placement": 4}
    stood: list[dict[int, int]] = []
    for day in (since, until):
        there = episodes[(episodes["began"] <= day) & (episodes["ended"] > day)]
        stood.append(there["kind"].map(level).groupby(there["person"]).max().to_dict())
    young = [person for person, born in people if born <= since and born > until - timedelta(days=6_000)]
    down = sum(stood[0].get(one, 0) == 1 and stood[1].get(one, 0) == 0 for one in young)
    assert 0 < down <= table.loc[flow.EARLY, flow.NONE]
    assert table.to_numpy().sum() == found.rows["children"].sum() == len(people)
    told = found.told()
    assert told["open"] == table.loc[[1, 2, 3, 4]].to_numpy().sum()
    assert told["out"] == table.loc[[1, 2, 3, 4], flow.NONE].sum()
    assert told["into"] == table.loc[[0, 1, 2, 3], flow.CARE].sum()


@pytest.mark.usefixtures("exact")
def test_what_is_known_of_a_ward_is_that_of_a_recount(manager: Session) -> None:
    found = thin.by_ward(manager)
    heard = ask(
        manager,
        f"""SELECT p.ward, count(*), count(*) FILTER (EXISTS (SELECT 1 FROM event e WHERE e.person = p.person
            AND e.known_on < $today AND (e.corrected_on IS NULL OR e.corrected_on >= $today)
            AND e.occurred_on >= $today - INTERVAL 12 MONTH AND e.occurred_on < $today))
        FROM person p WHERE {CHILD} GROUP BY p.ward""",
    )
    assert {ward: (living, round(100 * part / living, 6)) for ward, living, part in heard} == {
        ward: (row["living"], round(row["heard"], 6)) for ward, row in found.rows.iterrows() if row["living"]
    }


@pytest.mark.usefixtures("exact")
def test_how_many_a_source_told_of_and_how_late_are_those_of_a_recount(manager: Session) -> None:
    wards = picture.cells(manager).wards
    living = thin.by_ward(manager).rows["living"].groupby(wards["area"]).sum()
    told = thin.by_source(manager, living).rows.set_index("source")
    recount = ask(
        manager,
        """SELECT e.source, count(DISTINCT e.person) FILTER (e.occurred_on >= $today - INTERVAL 12 MONTH),
               median(e.known_on - e.occurred_on) FILTER (e.occurred_on < $today - INTERVAL 3 MONTH),
               count(*) FILTER (e.occurred_on < $today - INTERVAL 3 MONTH)
        FROM event e JOIN person p USING (person) WHERE p.ward IN (SELECT ward FROM ward WHERE area = 'North')
          AND p.death_date IS NULL AND date_sub('year', p.birth_date, $today) < 18 AND e.known_on < $today
          AND (e.corrected_on IS NULL OR e.corrected_on >= $today)
          AND e.occurred_on >= $today - INTERVAL 15 MONTH AND e.occurred_on < $today GROUP BY e.source""",
    )
    assert len(recount) > 10
    for source, children, days, events in recount:
        assert round(told.loc[source, "told_North"] * living["North"] / 1000) == children, source
        late = told.loc[source, "late_North"]
        assert late == days if events >= thin.FEWEST_EVENTS else pd.isna(late), source


def test_no_figure_that_leaves_is_of_fewer_than_five(manager: Session) -> None:
    found = picture.cells(manager)
    counts = [found.by_ward(need)["count"] for need in picture.NEEDS.values()]
    counts += [found.narrowed(age=age).by_ward(picture.NEEDS["placement"])["count"] for age in picture.AGES]
    counts += [picture.together(found, list(picture.NEEDS.values())[:5]).sets["count"]]
    assert (pd.concat(counts).dropna() >= control.DEFAULT.smallest).all()


def test_a_share_of_few_is_less_sure_than_of_many_and_nudges_widen_it() -> None:
    few, many = (rates.per(1000, pd.Series([n * 0.1]), pd.Series([n * 1.0])).iloc[0] for n in (50, 5_000))
    assert few["high"] - few["low"] > 5 * (many["high"] - many["low"])
    plain = rates.per(1000, pd.Series([5.0]), pd.Series([50.0]), nudged=False).iloc[0]
    assert few["low"] < plain["low"] < 100 < plain["high"] < few["high"]
    # Wilson's interval of 5 in 50, as Newcombe (1998) has it.
    assert (round(plain["low"], 1), round(plain["high"], 1)) == (43.5, 213.6)


WARDS = pd.DataFrame(
    {"name": ["Ash", "Birch"], "geometry": ['{"type": "Polygon", "coordinates": []}'] * 2}, index=["W01", "W02"]
)
SQUARE = [[[0.0, 51.0], [0.1, 51.0], [0.1, 51.1], [0.0, 51.0]]]
FAR = [[[358000, 172000], [358100, 172000], [358100, 172100], [358000, 172000]]]


def feature(code: str, ring: Any = SQUARE, kind: str = "Polygon") -> dict[str, Any]:
    return {"type": "Feature", "properties": {"WD25CD": code, "n": 1}, "geometry": {"type": kind, "coordinates": ring}}


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{", "no GeoJSON"),
        ('{"features": []}', "no features"),
        (json.dumps({"features": [feature("W01", FAR)]}), "WGS 84"),
        (json.dumps({"features": [feature("W01", kind="Point")]}), "polygons"),
        (json.dumps({"features": [feature("E05009")]}), "such as E05009, those of the records such as W01, W02"),
    ],
)  # fmt: skip
def test_boundaries_that_cannot_be_used_are_told_and_the_records_own_are_drawn(
    written: str, told: str, tmp_path: Path
) -> None:
    (tmp_path / "mine.geojson").write_text(written, encoding="utf-8")
    found = outlines.outlines(WARDS, (tmp_path / "mine.geojson",))
    assert told in " ".join(found.said)
    assert set(found.geometry) == {"W01", "W02"}
    assert found.geometry["W01"] == WARDS.loc["W01", "geometry"]


def test_boundaries_match_by_code_whatever_the_property_is_called(tmp_path: Path) -> None:
    written = {"features": [feature("W01"), feature("W02", [SQUARE], "MultiPolygon")]}
    (tmp_path / "mine.geojson").write_text(json.dumps(written), encoding="utf-8")
    found = outlines.outlines(WARDS, (tmp_path / "mine.geojson",))
    assert (found.said, set(found.geometry)) == ((), {"W01", "W02"})
    assert json.loads(found.geometry["W02"])["coordinates"][0][0][0] == [0.0, 51.0]

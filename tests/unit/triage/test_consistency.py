"""How evenly a hub decides: who is made to differ is found, and where nobody was, nobody is pointed out."""

from __future__ import annotations

from datetime import date

import duckdb
import numpy as np
import pandas as pd
import pytest

from analytics.triage import decided as reading
from analytics.triage import even
from analytics.triage.consistency import AGENCY, TEAM, WORKER, Report, agreement, report
from analytics.triage.decided import Decided
from analytics.triage.expected import by_others, clustered
from analytics.triage.funnel import compare, holm
from analytics.triage.history import names
from tests.handmade import Store

UNTIL, A_TEAM, TEAMS, AGENCIES = date(2026, 1, 1), 6, 4, ("police", "school", "health", "housing", "public")


def made(seed: int, lean: dict[int, float] | None = None, sends_on: float = 0.0, size: int = 9000) -> Decided:
    """Contacts of four teams of six. ``lean``: how far a worker's reading is off, besides small natural differences;
    ``sends_on``: the share of the first agency's contacts in which there is nothing to be worried about."""
    rng = np.random.default_rng(seed)
    worker, agency = rng.integers(0, TEAMS * A_TEAM, size), rng.integers(0, len(AGENCIES), size)
    risk = np.where((agency == 0) & (rng.random(size) < sends_on), -1.5, rng.normal(0, 1, size))
    off = rng.normal(0, 0.04, TEAMS * A_TEAM)
    for who, shift in (lean or {}).items():
        off[who] += shift
    seen = risk + off[worker] + rng.normal(0, 0.6, size)
    told = pd.DataFrame(
        {
            "contact": [f"K{n:05d}" for n in range(size)],
            "received_at": pd.Timestamp("2023-01-01") + pd.to_timedelta(rng.integers(0, 3 * 365, size), "D"),
            "agency": np.array(AGENCIES)[agency],
            "reason": rng.choice(["neglect", "domestic", "other"], size),
            "worker": [f"W{n:02d}" for n in worker],
            "team": [f"Team {n // A_TEAM}" for n in worker],
            "grade": np.searchsorted([0.0, 0.5, 1.0, 2.2], seen),
            "kin": np.arange(size),
            "elsewhere": rng.random(size) < 1 / (1 + np.exp(-1.5 * risk)),
            "again": None,
            "level": np.nan,
        }
    )
    known = pd.DataFrame(0.0, index=range(size), columns=[*names(), "grave", "mild"])
    return Decided(
        told, known.assign(contacts=np.exp(risk), youngest=rng.integers(0, 17, size).astype(float), people=1.0)
    )


def unusual(found: Report, kind: str) -> set[str]:
    rows = found.of(kind)
    return set(rows.loc[rows["unusual"], "name"])


@pytest.fixture(scope="module")
def planted() -> Report:
    """Two strict workers of one team, one lax team beside it, and an agency that sends on what it sees nothing of."""
    lax = dict.fromkeys(range(12, 18), -0.5)
    return report(made(1, {2: 0.7, 4: 0.7} | lax, sends_on=0.35), UNTIL)


def test_strict_workers_are_found_beside_their_team_even_two_in_one(planted: Report) -> None:
    assert unusual(planted, WORKER) == {"W02", "W04"}
    strict = planted.of(WORKER).set_index("name").loc["W02"]
    assert 0 < strict["low"] < strict["shift"] < strict["high"]


def test_a_lax_team_is_found_and_none_of_its_workers_beside_it(planted: Report) -> None:
    assert unusual(planted, TEAM) == {"Team 2"}
    assert planted.of(TEAM).set_index("name").loc["Team 2", "high"] < 0


def test_the_team_of_two_strict_workers_is_not_called_strict(planted: Report) -> None:
    row = planted.of(TEAM).set_index("name").loc["Team 0"]
    assert not row["unusual"]
    assert abs(row["shift"]) < 12


def test_an_agency_that_sends_on_what_it_sees_nothing_of_is_found(planted: Report) -> None:
    assert unusual(planted, AGENCY) == {"police"}


def test_what_the_build_writes_down_is_read_back_the_same_with_nobodys_name_in_it(planted: Report) -> None:
    con, staff = duckdb.connect(), [f"W{n:02d}" for n in range(TEAMS * A_TEAM)]
    for table, rows in zip(even.TABLES, even.frames(planted, staff), strict=True):
        con.execute(table.ddl())
        con.register("rows", rows)
        con.execute(f"INSERT INTO {table.name} BY NAME SELECT * FROM rows")
    found = even.read(lambda query: con.execute(query).df())
    assert found.contacts == planted.contacts
    assert found.of(TEAM)["shift"].tolist() == planted.of(TEAM)["shift"].tolist()
    assert unusual(found, WORKER) == {even.pseudonyms(staff)[name] for name in ("W02", "W04")}
    assert found.where.equals(planted.where.astype(found.where.dtypes))
    assert found.agreement == planted.agreement


@pytest.mark.parametrize("seed", [2, 3])
def test_where_nothing_is_planted_nobody_is_pointed_out(seed: int) -> None:
    found = report(made(seed), UNTIL)
    assert len(found.units) > 40
    assert not found.units["unusual"].any()


def test_of_few_contacts_nothing_is_said() -> None:
    found = report(made(4, size=60), UNTIL)
    assert found.of(WORKER).empty
    assert found.of(TEAM).empty
    assert found.of(AGENCY).empty


def test_nobodys_own_decisions_teach_what_is_expected_of_them() -> None:
    rng = np.random.default_rng(0)
    X, y, group = rng.normal(size=(400, 3)), rng.normal(size=400), np.arange(400) % 4
    changed = np.where(group == 1, y + 5, y)
    same = by_others(X, y, group)[group == 1]
    assert same == pytest.approx(by_others(X, changed, group)[group == 1])
    assert by_others(X, changed, group)[group == 0].mean() > by_others(X, y, group)[group == 0].mean() + 1


def test_twice_the_same_family_is_not_two_witnesses() -> None:
    residual, group = np.tile([1.0, -1.0, 0.5, -0.5], 25), np.zeros(100, np.int64)
    alone = clustered(residual, group, np.arange(100))[2]
    together = clustered(np.repeat(residual, 2), np.zeros(200, np.int64), np.repeat(np.arange(100), 2))[2]
    assert together == pytest.approx(alone)


def test_small_natural_differences_are_allowed_for() -> None:
    """With very many contacts each, everyone differs surely from the others, and nobody by more than people do."""
    mean = np.random.default_rng(5).normal(0, 0.1, 30)
    found = compare(mean, np.full(30, 0.001), np.zeros(30, np.int64))
    assert found.spread == pytest.approx(0.1, rel=0.4)
    assert (holm(found.p) > 0.05).all()
    assert (holm(compare(mean, np.full(30, 0.001), np.zeros(30, np.int64), spread=0.0).p) < 0.05).sum() > 25


def test_holm_raises_the_smallest_most_and_keeps_the_order() -> None:
    assert holm(np.array([0.04, 0.01, 0.03])) == pytest.approx([0.06, 0.03, 0.06])


def test_kappa_is_one_for_the_same_grades_and_about_nought_for_unrelated_ones() -> None:
    rng = np.random.default_rng(0)
    one, other, kin = rng.integers(0, 5, 2000), rng.integers(0, 5, 2000), np.arange(2000)
    assert agreement(one, one, kin).kappa.value == 1
    told = agreement(one, other, kin).kappa
    assert told.low < 0 < told.high
    assert told.high - told.low < 0.15
    near = agreement(one, np.clip(one + rng.choice([-1, 0, 1], 2000), 0, 4), kin)
    assert near.kappa.value > 0.8 > near.same


def test_contacts_are_read_with_their_gravest_decision_and_who_else_was_worried() -> None:
    store = Store("person | born\nAnn | 2012-03-01\nBen | 2015-03-01")
    rows = (
        ("K1", "Ann", "2025-03-01", "school", "NFA", "W1"),
        ("K1", "Ben", "2025-03-01", "school", "ASSESS", "W1"),
        ("K2", "Ann", "2025-03-03", "police", "ADVICE", "W2"),
        ("K3", "Ben", "2025-09-01", "school", "NFA", "W2"),
        ("K4", "Ann", "2025-09-02", "school", None, None),
    )
    for number, who, at, agency, outcome, worker in rows:
        store.con.execute(
            "INSERT INTO contact (contact, person, received_at, agency, reason, narrative, outcome, worker, team) "
            "VALUES (?, ?, ?, ?, 'neglect', 'A bruise, calm', ?, ?, 'Red')",
            [number, store.ids[who], at, agency, outcome, worker],
        )
    found = reading.decided(lambda sql, bound: store.con.execute(sql, bound).df(), date(2025, 1, 1), date(2026, 1, 1))
    told = found.told.set_index("contact")
    assert told["grade"].to_dict() == {"K1": 3, "K2": 1, "K3": 0}
    assert told["elsewhere"].to_dict() == {"K1": False, "K2": True, "K3": False}
    assert told.loc["K1", "again"] == "K2"
    assert told["again"].isna().sum() == 2
    assert found.known["grave"].tolist() == [1, 1, 1]
    assert found.known["contacts"].tolist() == [0, 1, 1]

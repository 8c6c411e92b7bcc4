"""A model's life: measured by the build, approved or retired by people, reviewed by a day, watched for drift."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.access import gate
from data.access.roles import PURPOSES
from data.access.roles import Permission as P
from data.access.standing import Stage, challenger, standings
from data.access.veil import veiled
from data.home import Home
from data.journal.accounts import Account, save_account
from data.journal.journal import Entry, Journal, journal_of
from data.journal.model_decisions import in_use, model_decisions, values
from data.journal.tables import MODEL_APPROVAL

REVIEW = date(2027, 4, 1)


@dataclass(eq=False)
class Town:
    """As much of a snapshot as a model's standing is told from."""

    state: str = "candidate"
    model: str = "cse"
    invented: bool = False
    today: date = date(2026, 10, 1)
    drifted: str | None = None
    newer: str | None = None
    tables = frozenset({"model", "challenger"})
    connection: Any = field(default_factory=duckdb.connect)
    kept: dict[str, Any] = field(default_factory=dict)

    @contextmanager
    def cursor(self) -> Iterator[Any]:
        run = self.connection.execute
        run("CREATE OR REPLACE TABLE model (model TEXT, version TEXT, state TEXT, reason TEXT, spec TEXT)")
        row = [self.model, "v1", self.state, "So it was measured.", json.dumps({"review_on": REVIEW.isoformat()})]
        run("INSERT INTO model VALUES (?, ?, ?, ?, ?)", row)
        run("CREATE OR REPLACE TABLE challenger AS FROM model LIMIT 0")
        if self.newer is not None:
            run("INSERT INTO challenger VALUES (?, 'v2', ?, 'So it was measured.', ?)", [row[0], self.newer, row[-1]])
        run("CREATE OR REPLACE TABLE model_drift (model TEXT, drifted BOOLEAN, reason TEXT)")
        run("INSERT INTO model_drift VALUES (?, ?, ?)", [self.model, self.drifted is not None, self.drifted])
        yield self.connection

    def once(self, name: str, read: Callable[[], Any]) -> Any:
        if name not in self.kept:
            self.kept[name] = read()
        return self.kept[name]


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    """A journal on 1 November 2026."""
    made = Journal(f"sqlite:///{tmp_path / 'journal.sqlite'}", lambda: datetime(2026, 11, 1, tzinfo=UTC))
    yield made
    made.close()


def decide(journal: Journal, state: str, version: str = "v1", model: str = "cse") -> None:
    row = values(model, version, state, "As the panel found.")
    journal.append(MODEL_APPROVAL, row, Entry("helen", "manager", "approve model", model=model))


def stage(journal: Journal, town: Town) -> tuple[str, bool]:
    now = standings(journal, town)[town.model]  # type: ignore[arg-type]
    return now.stage.value, now.shows_scores


def waits(journal: Journal, town: Town) -> tuple[str, bool]:
    now = challenger(journal, town, town.model)  # type: ignore[arg-type]
    assert now is not None
    return now.stage.value, now.shows_scores


@pytest.mark.parametrize(
    ("measured", "invented", "decisions", "expected"),
    [
        # Real records: nothing without somebody's name under it.
        ("candidate", False, [], ("candidate", False)),
        ("candidate", False, ["approved"], ("approved", True)),
        ("candidate", False, ["approved", "retired"], ("retired", False)),
        ("candidate", False, ["approved", "retired", "approved"], ("approved", True)),
        # What failed its mark, or could not be held to it, nobody can approve.
        ("withheld", False, ["approved"], ("withheld", False)),
        ("unmeasured", False, ["approved"], ("withheld", False)),
        # The invented city: nobody could come to harm.
        ("candidate", True, [], ("candidate", True)),
        ("unmeasured", True, [], ("unmeasured", True)),
        ("withheld", True, ["approved"], ("withheld", False)),
        ("candidate", True, ["retired"], ("retired", False)),
        ("unmeasured", True, ["retired", "approved"], ("approved", True)),
    ],
)
def test_a_model_stands_where_figures_and_people_put_it(
    journal: Journal, measured: str, invented: bool, decisions: list[str], expected: tuple[str, bool]
) -> None:
    for state in decisions:
        decide(journal, state)
    assert stage(journal, Town(measured, invented=invented)) == expected


@pytest.mark.parametrize("invented", [False, True])
def test_a_newer_version_waits_for_approval_where_the_one_before_was_retired(journal: Journal, invented: bool) -> None:
    decide(journal, "retired", "v0")
    assert stage(journal, Town(invented=invented)) == ("candidate", False)
    decide(journal, "approved")
    assert stage(journal, Town(invented=invented)) == ("approved", True)


def test_approval_of_one_version_says_nothing_of_the_next(journal: Journal) -> None:
    decide(journal, "approved", "v0")
    assert stage(journal, Town()) == ("candidate", False)


def test_a_newer_version_waits_beside_the_one_in_use_and_shows_nothing(journal: Journal) -> None:
    decide(journal, "approved")
    town = Town(newer="candidate")
    assert waits(journal, town) == ("candidate", False)
    assert stage(journal, town) == ("approved", True)
    decide(journal, "approved", "v2")
    assert waits(journal, town) == ("approved", False)
    assert stage(journal, town) == ("approved", True), "the version in use goes on until the next build"
    assert in_use(model_decisions(journal), "cse") == "v2"
    assert challenger(journal, Town(), "cse") is None  # type: ignore[arg-type]


def test_nothing_comes_back_by_itself_when_a_later_version_is_retired(journal: Journal) -> None:
    for state, version in (("approved", "v1"), ("approved", "v2"), ("retired", "v1")):
        decide(journal, state, version)
    assert in_use(model_decisions(journal), "cse") == "v2"
    decide(journal, "retired", "v2")
    assert in_use(model_decisions(journal), "cse") is None
    decide(journal, "approved", "v1")
    assert in_use(model_decisions(journal), "cse") == "v1"


def test_past_its_review_date_an_approved_model_is_withheld(journal: Journal) -> None:
    decide(journal, "approved")
    journal.clock = lambda: datetime(2027, 4, 1, 12, tzinfo=UTC)
    assert stage(journal, Town()) == ("approved", True)
    journal.clock = lambda: datetime(2027, 4, 2, tzinfo=UTC)
    assert stage(journal, Town()) == ("withheld", False)
    assert "reviewed by 1 Apr 2027" in standings(journal, Town())["cse"].reason  # type: ignore[arg-type]
    # An invented city has a calendar of its own.
    assert stage(journal, Town(invented=True)) == ("approved", True)
    assert stage(journal, Town(invented=True, today=date(2027, 7, 1))) == ("withheld", False)


def test_a_model_that_drifted_is_withheld_and_says_why(journal: Journal) -> None:
    decide(journal, "approved")
    town = Town(drifted="Its scores are spread otherwise than when it was trained.")
    assert stage(journal, town) == ("withheld", False)
    assert "spread otherwise" in standings(journal, town)["cse"].reason  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    measured=st.sampled_from(["candidate", "unmeasured", "withheld"]),
    invented=st.booleans(),
    drifted=st.booleans(),
    late=st.booleans(),
    acts=st.lists(st.tuples(st.sampled_from(["approved", "retired"]), st.sampled_from(["v0", "v1"])), max_size=5),
)
def test_whatever_happened_before_no_score_is_shown_that_is_not_earned_and_allowed(
    journal: Journal, measured: str, invented: bool, drifted: bool, late: bool, acts: list[tuple[str, str]]
) -> None:
    journal.clock = lambda: datetime(2028 if late else 2026, 11, 1, tzinfo=UTC)
    # One journal for all examples, each with a model of its own.
    model = f"model{len(model_decisions(journal))}"
    for state, version in acts:
        decide(journal, state, version, model)
    decide(journal, "approved", "v1", "another")
    today = date(2028, 1, 1) if late else date(2026, 10, 1)
    name, shows = stage(journal, Town(measured, model, invented, today, "It drifted." if drifted else None))
    mine = [state for state, version in acts if version == "v1"]
    approved = bool(mine) and mine[-1] == "approved"
    if shows:
        assert measured == "candidate" or (measured == "unmeasured" and invented)
        assert not drifted
        assert not late
        assert approved or (invented and not mine and (not acts or acts[-1][0] == "approved"))
    assert (name == Stage.RETIRED) == (bool(mine) and mine[-1] == "retired")
    assert shows or name != Stage.APPROVED


@pytest.mark.parametrize(
    ("state", "reason"), [("approved", "ok"), ("recalled", "As the panel found."), ("retired", "         .")]
)
def test_a_decision_is_one_of_two_with_a_reason_in_words(state: str, reason: str) -> None:
    with pytest.raises(ValueError, match="approve or to retire"):
        values("cse", "v1", state, reason)


def test_approval_is_a_managers_and_stands_in_the_log(real: Home) -> None:
    journal = journal_of(real)
    for name, role in (("helen", "manager"), ("ruth", "lead_professional")):
        save_account(journal, Account(name, name.title(), role, None, None), by="admin")
    row = values("cse", "v1", "approved", "As the panel found.")
    with gate.session(real, "ruth", PURPOSES[0]) as session, pytest.raises(gate.AccessRefused, match="Your role"):
        gate.act(session, P.APPROVE_MODEL, MODEL_APPROVAL, row, model="cse")
    with gate.session(real, "helen", PURPOSES[0]) as session:
        gate.act(session, P.APPROVE_MODEL, MODEL_APPROVAL, row, model="cse")
        told = standings(journal, session.snapshot)["cse"]
    assert (told.stage, told.decision and told.decision.by) == (Stage.APPROVED, "helen")


QUESTIONS: tuple[tuple[P, str, list[int]], ...] = (
    (P.SEARCH, "SELECT person, max(s.{column}) AS told FROM score s JOIN visible USING (person) GROUP BY person", []),
    (P.SEE_PERSON, "SELECT person, {column} AS told FROM score WHERE person = $person", [1]),
    (
        P.SEE_PERSON,
        "WITH s AS (SELECT * FROM Score) SELECT person, {column} AS told FROM s WHERE person = $person",
        [1],
    ),
    (P.SEE_SIMILAR, "SELECT person, s.{column} AS told FROM person p JOIN score s USING (person)", []),
    (P.SEE_FAMILY, "SELECT p.person, {column} AS told FROM person p, score WHERE score.person = p.person", []),
)


@pytest.mark.parametrize("column", ["raw", "probability", "band", "rank", "percentile"])
@pytest.mark.parametrize(("permission", "query", "people"), QUESTIONS)
def test_a_question_that_forgot_to_ask_finds_no_score_of_a_retired_model(
    north: gate.Session, permission: P, query: str, people: list[int], column: str
) -> None:
    before = gate.serve(north, permission, query.format(column="version"), people=people)
    assert before["told"].eq("v1").any()
    decide(north.journal, "retired")
    after = gate.serve(north, permission, query.format(column=column), people=people)
    assert len(after) == len(before)
    assert after["told"].isna().all()


def test_a_cache_does_not_outlive_an_approval(north: gate.Session) -> None:
    before = gate.cache_key(north)
    decide(north.journal, "retired")
    assert gate.cache_key(north) != before


@pytest.mark.parametrize("table", ["snapshot.score", "main.score", "snapshot.main.contribution", '"snapshot"."score"'])
def test_no_question_reads_past_the_veil(table: str) -> None:
    with pytest.raises(ValueError, match="plain names"):
        veiled(f"SELECT person FROM {table}")

"""Who gets to see what, and what the log says of it."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from data.access import gate, reader
from data.access.reader import AccessRefused
from data.access.roles import PURPOSES, ROLES, Reach, may
from data.access.roles import Permission as P
from data.home import Home
from data.journal.accounts import Account, account, demonstration_accounts, save_account
from data.journal.casework import allocate, move_allocation
from data.journal.engine import JournalUnusable
from data.journal.journal import Entry, Journal, OtherCity, journal_of
from data.journal.log import entries, last_snapshots
from data.journal.tables import DECISION, JUDGEMENT, METADATA
from data.journal.verification import verify
from data.snapshot.engine import StoreError
from data.snapshot.reading import current
from tests.unit.access.conftest import PEOPLE

Enter = Callable[..., gate.Session]
NAMES = "SELECT person, forename FROM person JOIN visible USING (person) ORDER BY person"
ONE = "SELECT * FROM person WHERE person = $person"
COUNT = "SELECT ward, count(*) AS people FROM person GROUP BY ward ORDER BY ward"
LIKE = "SELECT person, forename, surname, ward, person * 10 AS likeness, row_number() OVER () AS case FROM person"


def logged(session: gate.Session) -> list[tuple[str, str, int | None]]:
    rows = entries(session.journal)
    return [(row["reader"], row["action"], row["person"]) for row in rows if row["reader"] != "system"]


# Row scope


def test_a_lead_professional_finds_only_people_of_their_own_wards(north: gate.Session) -> None:
    assert gate.serve(north, P.SEARCH, NAMES)["person"].tolist() == [1, 2, 3]


def test_a_person_of_their_ward_is_shown_and_the_view_is_in_the_log(north: gate.Session) -> None:
    rows = gate.serve(north, P.SEE_PERSON, ONE, people=[1])
    assert rows["forename"].tolist() == ["Ada"]
    assert logged(north) == [("demo.north", "see person", 1)]


def test_a_person_of_another_ward_is_refused_and_the_refusal_is_in_the_log(north: gate.Session) -> None:
    with pytest.raises(AccessRefused, match="outside your area"):
        gate.serve(north, P.SEE_PERSON, ONE, people=[4])
    assert logged(north) == [("demo.north", "refused: see person", 4)]


def test_one_person_out_of_scope_spoils_the_whole_request(north: gate.Session) -> None:
    with pytest.raises(AccessRefused):
        gate.serve(north, P.SEE_PERSON, "SELECT * FROM person WHERE person IN (SELECT unnest($people))", people=[1, 4])


def test_a_person_whom_the_snapshot_does_not_have_is_refused_like_any_other(north: gate.Session) -> None:
    with pytest.raises(AccessRefused, match="outside your area"):
        gate.serve(north, P.SEE_PERSON, ONE, people=[99])


def test_an_allocated_child_of_another_ward_is_seen_until_the_allocation_closes(north: gate.Session) -> None:
    entry = Entry("demo.manager", "manager", "allocate", (4,))
    number = allocate(north.journal, 4, "demo.north", "2026-10-01", "assessment", entry)
    assert gate.serve(north, P.SEE_PERSON, ONE, people=[4])["forename"].tolist() == ["Dee"]
    assert gate.serve(north, P.SEARCH, NAMES)["person"].tolist() == [1, 2, 3, 4]
    move_allocation(north.journal, number, "closed", "moved away", entry)
    with pytest.raises(AccessRefused):
        gate.serve(north, P.SEE_PERSON, ONE, people=[4])


def test_role_and_scope_are_looked_up_on_every_call(north: gate.Session) -> None:
    gate.serve(north, P.SEE_PERSON, ONE, people=[1])
    ruth = account(north.journal, "demo.north")
    assert ruth
    save_account(north.journal, replace(ruth, wards=frozenset({"N2"})), by="admin")
    with pytest.raises(AccessRefused, match="outside your area"):
        gate.serve(north, P.SEE_PERSON, ONE, people=[1])
    save_account(north.journal, replace(ruth, role="trainer"), by="admin")
    with pytest.raises(AccessRefused, match="Your role"):
        gate.serve(north, P.SEE_PERSON, ONE, people=[3])
    save_account(north.journal, replace(ruth, active=False), by="admin")
    with pytest.raises(AccessRefused, match="closed or unknown"):
        gate.serve(north, P.SEE_PERSON, ONE, people=[3])


def test_a_right_that_another_process_takes_is_gone_at_the_next_call(north: gate.Session, place: Home) -> None:
    ruth = account(north.journal, "demo.north")
    assert ruth
    elsewhere = Journal(f"sqlite:///{place.journal}")
    gate.serve(north, P.SEE_PERSON, ONE, people=[1])
    save_account(elsewhere, replace(ruth, active=False), by="admin")
    with pytest.raises(AccessRefused, match="closed or unknown"):
        gate.serve(north, P.SEE_PERSON, ONE, people=[1])
    elsewhere.close()


def test_what_gives_a_right_is_read_again_only_where_a_row_of_it_was_written(
    north: gate.Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    monkeypatch.setattr(reader, "account", lambda journal, who: read.append(who) or account(journal, who))
    entry = Entry("demo.manager", "manager", "allocate", (4,))
    for _ in range(3):
        gate.serve(north, P.SEE_PERSON, ONE, people=[1])
    assert read in ([], ["demo.north"])
    allocate(north.journal, 4, "demo.north", "2026-10-01", "assessment", entry)
    before = len(read)
    for _ in range(3):
        assert gate.serve(north, P.SEE_PERSON, ONE, people=[4])["forename"].tolist() == ["Dee"]
    assert len(read) == before + 1


def test_rights_are_read_from_no_table_but_those_whose_last_row_tells_of_a_change(north: gate.Session) -> None:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    reader._KNOWN.pop(north.journal, None)
    event.listen(north.journal.engine, "before_cursor_execute", note)
    try:
        reader.reader(north.journal, "demo.north")
    finally:
        event.remove(north.journal.engine, "before_cursor_execute", note)
    read = {name for statement in asked for name in METADATA.tables if re.search(rf"(FROM|JOIN) {name}\b", statement)}
    assert read == {table.name for table in reader._GIVE_RIGHTS}


def test_a_lead_professional_without_wards_sees_nobody(north: gate.Session) -> None:
    save_account(north.journal, Account("demo.north", "Ruth", "lead_professional", wards=None), by="admin")
    assert gate.serve(north, P.SEARCH, NAMES).empty


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    wards=st.frozensets(st.sampled_from(["N1", "N2", "C1", "C2", "elsewhere"])),
    given_=st.frozensets(st.integers(1, 8)),
    asked=st.integers(1, 8),
)
def test_whatever_the_scope_nobody_outside_it_is_served(
    north: gate.Session, wards: frozenset[str], given_: frozenset[int], asked: int
) -> None:
    session = replace(north, reader_id=f"reader {sorted(wards)} {sorted(given_)}", _visible={}, _recorded=set())
    save_account(session.journal, Account(session.reader_id, "R", "lead_professional", wards=wards), by="admin")
    for person in given_:
        entry = Entry("demo.manager", "manager", "allocate", (person,))
        allocate(session.journal, person, session.reader_id, "2026-10-01", "assessment", entry)
    theirs = [person for person, _, ward in PEOPLE if ward in wards or person in given_]
    assert gate.serve(session, P.SEARCH, NAMES)["person"].tolist() == theirs
    if asked in theirs:
        assert gate.serve(session, P.SEE_PERSON, ONE, people=[asked])["person"].tolist() == [asked]
    else:
        with pytest.raises(AccessRefused):
            gate.serve(session, P.SEE_PERSON, ONE, people=[asked])


# Roles


def asking(session: gate.Session, permission: P) -> pd.DataFrame:
    """Ask the plainest question that a permission's reach allows."""
    if permission is P.SEE_SCORE:
        values = {"person": 1, "model": "cse", "snapshot": session.snapshot.id, "worry": 1}
        session.journal.append(JUDGEMENT, values, Entry(session.reader_id, "any", "judge", (1,)))
        return gate.serve(
            session, permission, "SELECT person, band FROM score WHERE person = $person", people=[1], model="cse"
        )
    query = {Reach.PEOPLE: ONE, Reach.LIST: NAMES, Reach.LIKENESS: LIKE, Reach.FIGURES: COUNT}[permission.reach]
    return gate.serve(session, permission, query, people=[1] if permission.reach is Reach.PEOPLE else [])


@pytest.mark.parametrize("who", ["north", "manager", "trainer", "analyst", "quality", "auditor", "hub", "hub.manager"])
def test_every_role_gets_what_it_may_and_is_refused_the_rest(enter: Enter, who: str) -> None:
    session = enter(who)
    for permission in P:
        if may(session.reader.role, permission):
            assert not asking(session, permission).empty, permission
            assert logged(session)[0][:2] == (f"demo.{who}", permission.value)
        else:
            with pytest.raises(AccessRefused, match="Your role"):
                asking(session, permission)
            assert logged(session)[0][:2] == (f"demo.{who}", f"refused: {permission.value}")


def test_what_each_role_may_is_what_was_agreed() -> None:
    agreed = {
        "lead_professional": "search, list, caseload, person, score, similar, family, judge, decide, "
        "allocate, follow, allocations, count, watch, watched, glass, trace, name, missed, along, own, "
        "sources, indicators, models",
        "manager": "list, caseload, allocate, follow, allocations, count, capacity, figures, approve, missed, learn, "
        "take figures, save view, consistency, name workers, demand, sources, indicators, models",
        "trainer": "train, write case, own, indicators, models",
        "mash_officer": "queue, triage, count contacts, take, grade, settle, look again",
        "hub_platform": "take, match, triage, count contacts",
        "hub_manager": "consistency, name workers, demand, pilot, practice, run pilot, take pilot",
        "analyst": "figures, take figures, save view, similar, name, missed, learn, rejected, export, row, "
        "consistency, demand, sources, indicators, models",
        "data_quality": "rejected, export, row, links, sources, indicators",
        "auditor": "log, recall, take recall, tell, row, subject, erase, answer, contest, restrict, "
        "sources, indicators, models",
    }
    short = {
        "search": P.SEARCH, "list": P.SEE_LIST, "caseload": P.SEE_CASELOAD, "person": P.SEE_PERSON,
        "score": P.SEE_SCORE, "similar": P.SEE_SIMILAR, "family": P.SEE_FAMILY, "judge": P.JUDGE, "decide": P.DECIDE,
        "allocate": P.ALLOCATE, "follow": P.FOLLOW_UP, "allocations": P.SEE_ALLOCATIONS, "count": P.COUNT_LIST,
        "capacity": P.SET_CAPACITY, "watched": P.SEE_WATCHED,
        "watch": P.WATCH, "glass": P.BREAK_GLASS, "links": P.REVIEW_LINKS, "figures": P.SEE_FIGURES,
        "sources": P.SEE_SOURCES, "rejected": P.SEE_REJECTED, "indicators": P.SEE_INDICATORS, "models": P.SEE_MODELS,
        "approve": P.APPROVE_MODEL, "name": P.NAME_PROFILE, "log": P.SEE_ACCESS_LOG, "train": P.TRAIN,
            "write case": P.WRITE_CASE, "own": P.SEE_OWN,
        "missed": P.SEE_MISSED, "learn": P.REVIEW_MISSED,
        "recall": P.RECALL, "take recall": P.EXPORT_RECALL, "tell": P.TELL_RECALL,
        "trace": P.TRACE, "row": P.TRACE_ROW, "export": P.EXPORT_REJECTED, "subject": P.FIND_SUBJECT, "erase": P.ERASE,
        "along": P.TAKE_ALONG, "answer": P.SUBJECT_ACCESS, "contest": P.CONTEST, "restrict": P.RESTRICT,
        "consistency": P.SEE_CONSISTENCY, "name workers": P.NAME_WORKERS, "demand": P.SEE_DEMAND,
        "queue": P.SEE_QUEUE, "count contacts": P.COUNT_CONTACTS, "triage": P.TRIAGE, "take": P.TAKE_CONTACT,
        "grade": P.GRADE, "settle": P.SETTLE, "look again": P.SECOND_LOOK, "match": P.MATCH_PEOPLE,
        "pilot": P.SEE_PILOT, "practice": P.SET_PRACTICE, "run pilot": P.RUN_PILOT, "take pilot": P.TAKE_PILOT,
        "take figures": P.EXPORT_FIGURES, "save view": P.SAVE_VIEW,
    }  # fmt: skip
    assert set(short.values()) == set(P), "a new permission is agreed here, role by role"
    assert {name: {short[word] for word in words.split(", ")} for name, words in agreed.items()} == {
        name: set(role.permissions) for name, role in ROLES.items()
    }


def test_an_unknown_reader_or_role_gets_nothing(place: Home, north: gate.Session) -> None:
    save_account(north.journal, Account("odd", "Odd", "superuser"), by="admin")
    for who in ("odd", "nobody", ""):
        with gate.session(place, who, PURPOSES[0]) as session, pytest.raises(AccessRefused, match="closed or unknown"):
            gate.serve(session, P.SEE_FIGURES, COUNT)


@pytest.mark.parametrize("permission", [P.SEARCH, P.SEE_PERSON, P.SEE_SIMILAR])
@pytest.mark.parametrize("purpose", ["", "just curious"])
def test_without_a_reason_for_access_no_person_is_shown(enter: Enter, permission: P, purpose: str) -> None:
    with pytest.raises(AccessRefused, match="reason for access"):
        asking(enter("north", purpose), permission)


# Check, record, then show


def test_the_entry_is_there_before_the_query_runs(north: gate.Session, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    run = north.run
    monkeypatch.setattr(north, "run", lambda *asked: (seen.append(logged(north)), run(*asked))[1])
    gate.serve(north, P.SEE_PERSON, ONE, people=[1])
    assert seen == [[("demo.north", "see person", 1)]]


@pytest.mark.parametrize("permission", [P.SEARCH, P.SEE_PERSON, P.SEE_SIMILAR, P.SEE_MODELS])
def test_nothing_is_shown_when_the_journal_cannot_write(
    north: gate.Session, monkeypatch: pytest.MonkeyPatch, permission: P
) -> None:
    def full(_: object) -> int:
        raise JournalUnusable("disk full")

    monkeypatch.setattr(north.journal, "record", full)
    with pytest.raises(JournalUnusable):
        asking(north, permission)


def test_a_list_is_logged_with_everybody_who_was_on_it(north: gate.Session) -> None:
    gate.serve(north, P.SEARCH, NAMES)
    assert entries(north.journal, person=3)[0]["detail"] == '{"people":[1,2,3],"rows":3}'
    assert not entries(north.journal, person=4)


def test_who_is_shown_beside_a_person_is_in_the_log_too_and_it_is_no_visit_to_them(north: gate.Session) -> None:
    query = "SELECT $person AS person, person AS other, forename FROM person WHERE person IN (1, 4, 5)"
    for _ in range(2):
        gate.serve(north, P.SEE_PERSON, query, people=[1], what="family")
    assert [row["action"] for row in entries(north.journal, person=4)] == ["see beside someone"]
    assert last_snapshots(north.journal, "demo.north", [4], [P.SEE_PERSON.value]) == {}
    assert len(logged(north)) == 2


def test_one_script_run_is_one_entry_however_many_queries_it_takes(place: Home, north: gate.Session) -> None:
    for _ in range(3):
        gate.serve(north, P.SEE_PERSON, ONE, people=[1])
    gate.serve(north, P.SEE_PERSON, ONE, people=[2])
    assert len(logged(north)) == 2
    with gate.session(place, "demo.north", PURPOSES[0]) as rerun:
        gate.serve(rerun, P.SEE_PERSON, ONE, people=[1])
    assert len(logged(north)) == 3
    assert verify(north.journal).ok


# Questions that must not be answered


@pytest.mark.parametrize(
    ("permission", "query", "people", "complaint"),
    [
        (P.SEARCH, "SELECT person FROM person", [], "visible"),
        (P.SEARCH, "SELECT p.person FROM person p, visible", [], "outside the reader's scope"),
        (P.SEE_PERSON, "SELECT * FROM person", [1], "bind"),
        (P.SEE_PERSON, "SELECT * FROM person WHERE person >= $person", [1], "not asked for"),
        (P.SEE_PERSON, ONE, [], "give `people`"),
        (P.SEE_MODELS, "SELECT person FROM person", [], "may not carry person"),
        (P.SEE_MODELS, "SELECT forename, count(*) AS n FROM person GROUP BY forename", [], "may not carry forename"),
        (P.SEE_PERSON, "SELECT band FROM score WHERE person = $person", [1], "score"),
        (P.SEARCH, "SELECT person, band FROM score JOIN visible USING (person)", [], "score"),
        (P.SEE_SIMILAR, "SELECT person, band FROM score", [], "score"),
        (P.SEE_SCORE, "SELECT band FROM score WHERE person = $person", [1], "give `model`"),
    ],
)
def test_a_question_that_would_tell_too_much_fails(
    north: gate.Session, permission: P, query: str, people: list[int], complaint: str
) -> None:
    with pytest.raises((ValueError, RuntimeError), match=complaint):
        gate.serve(north, permission, query, people=people)


@pytest.mark.parametrize(
    "query",
    [
        "WITH mine AS (SELECT person FROM visible) SELECT person FROM mine ORDER BY person",
        " with RECURSIVE up(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < 3)\n"
        "SELECT person FROM visible JOIN up ON n = person ORDER BY person",
        "SELECT v.person FROM visible AS v ORDER BY 1",
    ],
)
def test_a_query_may_have_common_tables_of_its_own(north: gate.Session, query: str) -> None:
    assert gate.serve(north, P.SEARCH, query)["person"].tolist() == [1, 2, 3]


def test_a_query_cannot_put_a_wider_scope_in_place_of_the_gates(north: gate.Session) -> None:
    with pytest.raises(StoreError):
        gate.serve(north, P.SEARCH, "WITH visible AS (SELECT person FROM person) SELECT person FROM visible")
    wider = {"scope_wards": ["N1", "N2", "C1", "C2"], "scope_people": [4]}
    assert gate.serve(north, P.SEARCH, NAMES, wider)["person"].tolist() == [1, 2, 3]
    narrow = gate.serve(north, P.SEE_PERSON, ONE, {"person": 4}, people=[1])
    assert narrow["person"].tolist() == [1]


def test_values_are_bound_and_never_told_in_errors(north: gate.Session) -> None:
    query = "SELECT person FROM person JOIN visible USING (person) WHERE surname = $surname"
    assert gate.serve(north, P.SEARCH, query, {"surname": "x' OR '1'='1", "unused": 1}).empty
    with pytest.raises(StoreError) as failed:
        gate.serve(north, P.SEARCH, NAMES.replace(" ORDER", " WHERE person = $p::INTEGER ORDER"), {"p": "Quennell"})
    assert "Quennell" not in str(failed.value)


def test_a_session_belongs_to_one_thread(north: gate.Session) -> None:
    failed: list[BaseException] = []

    def elsewhere() -> None:
        try:
            gate.serve(north, P.SEE_PERSON, ONE, people=[1])
        except RuntimeError as error:
            failed.append(error)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert "thread" in str(failed[0])


# Identity


def test_similar_cases_outside_the_scope_come_without_identity(north: gate.Session) -> None:
    rows = gate.serve(north, P.SEE_SIMILAR, f"{LIKE} ORDER BY person").set_index("case")
    assert rows["identified"].tolist() == [True, True, True, False, False, False]
    assert rows["forename"].tolist()[:3] == ["Ada", "Ben", "Cal"]
    assert rows.iloc[3:][["person", "forename", "surname", "ward"]].isna().all(axis=None)
    assert rows["likeness"].tolist() == [10, 20, 30, 40, 50, 60]
    assert len(entries(north.journal, person=5)) == 1, "the log knows whom it was"


def test_a_role_that_sees_no_people_sees_similar_cases_without_identity(enter: Enter) -> None:
    rows = gate.serve(enter("analyst"), P.SEE_SIMILAR, LIKE)
    assert not rows["identified"].any()
    assert rows["forename"].isna().all()


def test_training_is_given_no_row_of_any_person_of_a_real_city_or_an_invented_one(enter: Enter, real: Home) -> None:
    save_account(journal_of(real), Account("t", "T", "trainer"), by="admin")
    with gate.session(real, "t", "Training") as session:
        for one in (enter("trainer"), session):
            with pytest.raises(RuntimeError, match="may not carry person"):
                gate.serve(one, P.TRAIN, LIKE)


# Writing


def test_a_decision_is_written_with_its_entry(north: gate.Session) -> None:
    values = {"person": 1, "model": "cse", "version": "v1", "snapshot": north.snapshot.id, "view": "agree"}
    gate.act(north, P.DECIDE, DECISION, values)
    assert logged(north) == [("demo.north", "decide", 1)]
    assert verify(north.journal).ok


def test_nobody_writes_about_people_outside_their_scope_or_into_other_tables(north: gate.Session) -> None:
    values = {"model": "cse", "snapshot": north.snapshot.id, "worry": 3}
    with pytest.raises(AccessRefused):
        gate.act(north, P.JUDGE, JUDGEMENT, values | {"person": 4})
    with pytest.raises(ValueError, match="not in `people`"):
        gate.act(north, P.JUDGE, JUDGEMENT, values | {"person": 4}, people=[1])
    with pytest.raises(ValueError, match="does not write"):
        gate.act(north, P.JUDGE, DECISION, values | {"person": 1})
    with pytest.raises(AccessRefused):
        gate.checked_entry(north, P.ALLOCATE, [4])


def test_the_log_is_for_the_auditor_and_reading_it_is_logged(enter: Enter, north: gate.Session) -> None:
    gate.serve(north, P.SEE_PERSON, ONE, people=[1])
    with pytest.raises(AccessRefused):
        gate.consult(north, P.SEE_ACCESS_LOG, entries)
    rows = gate.consult(enter("auditor"), P.SEE_ACCESS_LOG, entries)
    assert [row["action"] for row in rows][:3] == ["see access log", "refused: see access log", "see person"]


# The city


def test_demonstration_accounts_are_for_the_invented_city_alone(place: Home, real: Home) -> None:
    with current(place) as snapshot:
        offered = demonstration_accounts(snapshot)
        assert {one.role for one in offered} == {role.name for role in ROLES.values() if not role.machine}
        assert offered[0].wards == {"N1", "N2"}
    with current(real) as snapshot:
        assert demonstration_accounts(snapshot) == []


def test_a_journal_of_another_city_lets_nobody_in(
    place: Home, real: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KINSIGHT_JOURNAL", f"sqlite:///{tmp_path / 'shared.sqlite'}")
    with gate.session(place, "demo.north", PURPOSES[0]):
        pass
    with pytest.raises(OtherCity), gate.session(real, "demo.north", PURPOSES[0]):
        pass


def test_readers_of_different_scope_share_no_cache(enter: Enter, north: gate.Session) -> None:
    keys = {gate.cache_key(session) for session in (north, enter("central"), enter("manager"))}
    assert len(keys) == 3
    assert gate.cache_key(north) == gate.cache_key(enter("north"))
    assert "North" not in str(keys)

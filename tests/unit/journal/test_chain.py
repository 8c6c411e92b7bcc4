"""The access log: nothing in it can be changed, taken out or slipped in without `verify` saying so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from data.journal import guard
from data.journal.chain import canonical, entry_hash
from data.journal.journal import Entry, Journal
from data.journal.tables import ACCESS_ENTRY, JUDGEMENT
from data.journal.verification import verify


def filled(journal: Journal) -> None:
    """Ten entries: views, lists, and judgements at 4 and 8."""
    for number in range(1, 11):
        entry = Entry("ruth", "lead_professional", "see person", (number,), purpose="Allocated case")
        if number % 4 == 0:
            values = {"person": number, "model": "cse", "snapshot": "abc-1", "worry": 2, "reason": "missing again"}
            journal.append(JUDGEMENT, values, entry)
        elif number == 5:
            journal.record(Entry("ruth", "lead_professional", "search people", (3, 1, 2), detail={"rows": 3}))
        else:
            journal.record(entry)


@contextmanager
def behind_the_guard(journal: Journal) -> Iterator[sa.Connection]:
    """The database as its administrator has it, for whom no trigger is a hindrance."""
    engine = sa.create_engine(journal.engine.url)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET session_replication_role = replica")
        else:
            for name in guard.names("sqlite"):
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        yield connection
        guard.install(connection)
    engine.dispose()


def test_a_journal_as_written_is_whole(journal: Journal) -> None:
    filled(journal)
    found = verify(journal)
    assert (found.ok, found.entries, found.first_bad) == (True, 10, None)


def test_an_empty_journal_is_whole(journal: Journal) -> None:
    assert verify(journal).ok


@pytest.mark.parametrize(
    ("tampering", "first_bad", "problem"),
    [
        ("UPDATE access_entry SET reader = 'someone else' WHERE seq = 3", 3, "changed"),
        ("UPDATE access_entry SET person = NULL WHERE seq = 6", 6, "changed"),
        ("UPDATE access_entry SET purpose = 'Training' WHERE seq = 10", 10, "changed"),
        ("UPDATE access_entry SET at = '2020' WHERE seq = 1", 1, "changed"),
        ("UPDATE access_entry SET detail = '{}' WHERE seq = 5", 5, "changed"),
        ("DELETE FROM access_entry WHERE seq = 4", 4, "missing"),
        ("DELETE FROM access_entry WHERE seq = 1", 1, "missing"),
        ("DELETE FROM access_entry WHERE seq >= 9", 9, "missing at the end"),
        ("DELETE FROM access_entry", 1, "missing at the end"),
        ("UPDATE access_entry SET seq = seq + 1 WHERE seq = 10", 10, "missing"),
        (
            "INSERT INTO access_entry SELECT 11, at, reader, role, action, person, model, snapshot, purpose, detail,"
            " hash, hash FROM access_entry WHERE seq = 10",
            11,
            "changed",
        ),
        ("UPDATE chain_head SET seq = 7", 10, "not the head"),
        ("DELETE FROM chain_head", None, "head of the chain is missing"),
        ("DELETE FROM access_person WHERE seq = 5 AND person = 2", 5, "people"),
        ("INSERT INTO access_person VALUES (6, 99)", 6, "people"),
        ("UPDATE judgement SET worry = 0 WHERE person = 8", 8, "was changed"),
        ("UPDATE judgement SET person = 80 WHERE person = 8", 8, "was changed"),
        ("DELETE FROM judgement WHERE person = 4", 4, "missing"),
        (
            "INSERT INTO judgement (at, by, person, model, snapshot) VALUES ('2026', 'ruth', 1, 'cse', 'abc-1')",
            None,
            "slipped in",
        ),
        (
            "INSERT INTO reader_account (at, by, id, name, role, active)"
            " VALUES ('2026', 'x', 'x', 'x', 'manager', true)",
            None,
            "slipped in",
        ),
    ],
)
def test_tampering_is_found(journal: Journal, tampering: str, first_bad: int | None, problem: str) -> None:
    filled(journal)
    with behind_the_guard(journal) as connection:
        connection.exec_driver_sql(tampering)
    found = verify(journal)
    assert not found.ok
    assert found.first_bad == first_bad
    assert problem in found.problem


def test_an_entry_that_is_changed_and_hashed_anew_no_longer_fits_the_next(journal: Journal) -> None:
    filled(journal)
    with behind_the_guard(journal) as connection:
        rewrite(connection, 3, lambda entry: entry | {"reader": "someone else"})
    found = verify(journal)
    assert (found.first_bad, found.problem) == (4, "the entry does not follow the one before it")


def test_a_chain_rewritten_to_its_end_is_found_by_a_head_noted_before(journal: Journal) -> None:
    filled(journal)
    noted = (10, verify(journal).head)
    with behind_the_guard(journal) as connection:
        previous = rewrite(connection, 3, lambda entry: entry | {"reader": "someone else"})
        for seq in range(4, 11):
            previous = rewrite(connection, seq, lambda entry, before=previous: entry | {"prev_hash": before})
        connection.execute(sa.text("UPDATE chain_head SET hash = :hash"), {"hash": previous})
    assert verify(journal).ok, "nobody can tell from the journal alone"
    found = verify(journal, expect=noted)
    assert (found.ok, found.first_bad) == (False, 10)


def test_a_noted_head_still_stands_after_further_entries_and_not_after_a_cut(journal: Journal) -> None:
    filled(journal)
    noted = (10, verify(journal).head)
    journal.record(Entry("ruth", "lead_professional", "see person", (1,)))
    assert verify(journal, expect=noted).ok
    assert verify(journal, expect=(12, "0" * 64)).first_bad == 12


def rewrite(connection: sa.Connection, seq: int, change: Callable[[dict[str, object]], dict[str, object]]) -> str:
    """Change one entry and give it a hash that fits, as a careful forger would. Returns the hash."""
    where = ACCESS_ENTRY.c.seq == seq
    entry = change(dict(connection.execute(sa.select(ACCESS_ENTRY).where(where)).mappings().one()))
    entry["hash"] = entry_hash(entry)
    connection.execute(ACCESS_ENTRY.update().where(where).values(entry))
    return str(entry["hash"])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_entry SET reader = 'x'",
        "DELETE FROM access_entry WHERE seq = 10",
        "DELETE FROM access_person",
        "UPDATE judgement SET worry = 0",
        "DELETE FROM judgement",
        "DELETE FROM chain_head",
        "UPDATE chain_head SET seq = 1",
        "UPDATE chain_head SET hash = 'x'",
    ],
)
def test_the_database_itself_refuses_changes(journal: Journal, statement: str) -> None:
    filled(journal)
    engine = sa.create_engine(journal.engine.url)
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), engine.begin() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
    assert verify(journal).ok


def test_a_missing_trigger_is_found_and_its_return_is_logged(journal: Journal) -> None:
    filled(journal)
    name = sorted(guard.names(journal.engine.dialect.name))[0]
    with journal.engine.begin() as connection:
        on = f" ON {name.removesuffix('_frozen')}" if connection.dialect.name == "postgresql" else ""
        connection.exec_driver_sql(f"DROP TRIGGER {name}{on}")
    assert name in verify(journal).problem
    again = Journal(journal.engine.url.render_as_string(hide_password=False))
    assert verify(again).ok
    last = again.rows(sa.select(ACCESS_ENTRY).order_by(ACCESS_ENTRY.c.seq.desc()).limit(1))[0]
    assert (last["action"], last["detail"]) == ("guard restored", canonical({"triggers": [name]}))
    again.close()


def test_a_failed_write_leaves_no_entry(journal: Journal) -> None:
    filled(journal)
    with pytest.raises(sa.exc.IntegrityError):
        journal.append(JUDGEMENT, {"person": 1, "model": None}, Entry("ruth", "lead_professional", "judge", (1,)))
    with pytest.raises(ValueError, match="no column"):
        journal.append(JUDGEMENT, {"persn": 1}, Entry("ruth", "lead_professional", "judge", (1,)))
    assert verify(journal).entries == 10

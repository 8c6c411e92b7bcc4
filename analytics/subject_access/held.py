"""The pack of one person: every table in words, gathered through the gate, in the log before anything is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date

import pandas as pd

from analytics.casework.rows import full_name
from analytics.casework.tell import as_date
from analytics.subject_access import journalled, queries, recorded
from analytics.subject_access.said import CHECK, Held
from data.access.gate import Session, consult, serve
from data.access.roles import Permission
from data.journal.accounts import reader_names
from data.journal.contests import contests, restrictions
from data.journal.subject import at_the_hub, link_reviews, looks, written

WHAT = "subject-access pack"


@dataclass(frozen=True)
class Pack:
    """All that is held of ``person``. ``made_by`` is the reader who answers for it; ``sensitive`` counts the rows
    that are to be read for exemptions before they leave the house."""

    person: int
    name: str
    born: date | None
    made_by: str
    made_on: date
    purpose: str
    today: date
    invented: bool
    tables: tuple[Held, ...]
    sensitive: int

    def table(self, name: str) -> pd.DataFrame:
        """One of its tables, by name."""
        return next(each.rows for each in self.tables if each.name == name)


def pack(session: Session, person: int) -> Pack:
    """Everything that is held of ``person``. Raises `AccessRefused`."""
    consult(session, Permission.SUBJECT_ACCESS, lambda _: None, people=[person], what=WHAT)
    identity = _asked(session, person, queries.IDENTITY).iloc[0]
    numbers = tuple(int(each) for each in _asked(session, person, queries.NUMBERS)["number"])
    tables = (*_recorded(session, person), *_journalled(session, person, numbers))
    reader = session.reader
    return Pack(
        person,
        full_name(identity["forename"], identity["surname"]),
        as_date(identity["birth_date"]),
        reader.name,
        session.journal.clock().astimezone(UTC).date(),
        reader.purpose,
        session.snapshot.today,
        session.snapshot.invented,
        tables,
        sum(int((each.rows[CHECK] != "").sum()) for each in tables if CHECK in each.rows),
    )


def _asked(session: Session, person: int, query: str) -> pd.DataFrame:
    return serve(session, Permission.SUBJECT_ACCESS, query, people=[person], what=WHAT)


def _recorded(session: Session, person: int) -> tuple[Held, ...]:
    """What the agencies sent, and what was worked out from it."""
    return tuple(told(_asked(session, person, query)) for told, query in recorded.TABLES)


def _journalled(session: Session, person: int, numbers: tuple[int, ...]) -> tuple[Held, ...]:
    """What people here did: what they were shown, what they said and decided, who looked."""
    clients = [int(each) for each in _asked(session, person, queries.LINKS)["client"]]
    contacts = _asked(session, person, queries.CONTACTS)
    shared = set(contacts.loc[contacts["people"] > 1, "contact"])
    names = reader_names(session.journal)
    return consult(
        session,
        Permission.SUBJECT_ACCESS,
        lambda journal: journalled.tables(
            written(journal, numbers),
            looks(journal, numbers, session.began),
            link_reviews(journal, clients),
            contests(journal, numbers),
            [dict(row) for row in restrictions(journal, numbers)],
            names,
            frozenset(numbers),
            at_the_hub(journal, numbers, set(contacts["contact"]), shared),
        ),
        people=[person],
        what=WHAT,
    )

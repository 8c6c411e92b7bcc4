"""Is the journal as it was written? Every hash, every vouched row, the head and the triggers are checked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from data.journal import guard
from data.journal.chain import GENESIS, entry_hash, row_digest
from data.journal.engine import usable
from data.journal.journal import Journal, wrote
from data.journal.tables import ACCESS_ENTRY, ACCESS_PERSON, CHAIN_HEAD, CHAINED

_PAGE = 5_000


@dataclass(frozen=True)
class Verification:
    """``ok``; how many ``entries`` were read; the number of the first bad one, and what is wrong in words.

    ``head`` is the last hash: noted outside the system, it lets a later verification prove that nothing before moved.
    """

    ok: bool
    entries: int
    first_bad: int | None
    problem: str
    head: str


@dataclass(frozen=True)
class _Fault(Exception):
    seq: int | None
    problem: str


def verify(journal: Journal, expect: tuple[int, str] | None = None) -> Verification:
    """Check the whole journal. ``expect`` is an entry's number and hash noted earlier, which must still be there."""
    with usable(), journal.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            # One state for all reads, however many people work meanwhile; a transaction on SQLite has that anyway.
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        read = _Reading(connection)
        try:
            read.entries(expect)
            read.head()
            read.people()
            read.vouched_rows()
            read.triggers()
        except _Fault as fault:
            return Verification(False, read.count, fault.seq, fault.problem, read.last)
        return Verification(True, read.count, None, "", read.last)


class _Reading:
    """One pass over the journal inside one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self.count = 0
        self.last = GENESIS
        self._about: dict[int, list[int]] = {}
        self._vouched: dict[tuple[str, int], tuple[int, str]] = {}

    def entries(self, expect: tuple[int, str] | None) -> None:
        """Numbers without a gap, each previous hash the one before, each hash what its entry gives."""
        for row in self._rows(ACCESS_ENTRY, ACCESS_ENTRY.c.seq):
            seq = self.count + 1
            if row["seq"] != seq:
                raise _Fault(seq, "an entry is missing")
            if row["prev_hash"] != self.last:
                raise _Fault(seq, "the entry does not follow the one before it")
            if row["hash"] != entry_hash(dict(row)):
                raise _Fault(seq, "the entry was changed")
            if expect and expect[0] == seq and expect[1] != row["hash"]:
                raise _Fault(seq, "the entry is not the one that was noted")
            self._note(row)
            self.count, self.last = seq, row["hash"]
        if expect and expect[0] > self.count:
            raise _Fault(self.count + 1, "the log ends before the entry that was noted")

    def _note(self, row: sa.RowMapping) -> None:
        detail = json.loads(row["detail"])
        people = detail.get("people") or ([row["person"]] if row["person"] is not None else [])
        if people:
            self._about[row["seq"]] = people
        for one in wrote(detail):
            self._vouched[one["table"], one["row"]] = (row["seq"], one["digest"])

    def head(self) -> None:
        """The head names the last entry: a log cut short, or one written past its head, shows."""
        heads = self.connection.execute(sa.select(CHAIN_HEAD.c.seq, CHAIN_HEAD.c.hash)).all()
        if len(heads) != 1:
            raise _Fault(None, "the head of the chain is missing")
        if heads[0].seq > self.count:
            raise _Fault(self.count + 1, "entries are missing at the end")
        if tuple(heads[0]) != (self.count, self.last):
            raise _Fault(self.count, "the last entry is not the head of the chain")

    def people(self) -> None:
        """The index of who was seen says the same as the entries."""
        found: dict[int, list[int]] = {}
        for row in self._rows(ACCESS_PERSON, ACCESS_PERSON.c.seq, ACCESS_PERSON.c.person):
            found.setdefault(row["seq"], []).append(row["person"])
        different = [seq for seq in found.keys() | self._about.keys() if found.get(seq) != self._about.get(seq)]
        if different:
            raise _Fault(min(different), "the people of the entry were changed")

    def vouched_rows(self) -> None:
        """Each row of each other table is as its entry vouches, and none is without."""
        for table in CHAINED:
            for row in self._rows(table, table.c.row):
                seq, digest = self._vouched.pop((table.name, row["row"]), (None, ""))
                if digest != row_digest(dict(row)):
                    raise _Fault(seq, f"row {row['row']} of {table.name} was {'changed' if seq else 'slipped in'}")
        if self._vouched:
            (name, row_number), (seq, _) = min(self._vouched.items(), key=lambda item: item[1])
            raise _Fault(seq, f"row {row_number} of {name} is missing")

    def triggers(self) -> None:
        missing = guard.names(self.connection.dialect.name) - guard.present(self.connection)
        if missing:
            raise _Fault(None, f"the database no longer refuses changes: {min(missing)} is missing")

    def _rows(self, table: sa.Table, *key: sa.Column[int]) -> Iterator[sa.RowMapping]:
        """All rows of ``table`` in the order of its ``key``, a page at a time, whatever its size."""
        page = sa.select(table).order_by(*key).limit(_PAGE)
        rows = self.connection.execute(page).mappings().all()
        while rows:
            yield from rows
            last = [rows[-1][column.name] for column in key]
            rows = self.connection.execute(page.where(sa.tuple_(*key) > sa.tuple_(*last))).mappings().all()

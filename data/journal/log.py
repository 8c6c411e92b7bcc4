"""Questions to the access log."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from data.journal.journal import Journal
from data.journal.tables import ACCESS_ENTRY, ACCESS_PERSON, TRAINING_ANSWER, TRAINING_CASE


def entries(
    journal: Journal, *, reader: str | None = None, action: str | None = None, person: int | None = None,
    since: str | None = None, until: str | None = None, words: Sequence[str] = (), limit: int = 200,
) -> Sequence[sa.RowMapping]:  # fmt: skip
    """Access entries, newest first; ``since`` (from) and ``until`` (before) are ISO times in UTC.

    ``words``: fingerprints, each of which the search that an entry tells of must have had.
    """
    found = sa.select(ACCESS_ENTRY).order_by(ACCESS_ENTRY.c.seq.desc()).limit(limit)
    reader_column, action_column, at = (_plain(ACCESS_ENTRY.c[name], person) for name in ("reader", "action", "at"))
    if person is not None:
        about = sa.select(ACCESS_PERSON.c.seq).where(ACCESS_PERSON.c.person == person)
        found = found.where(ACCESS_ENTRY.c.seq.in_(about))
    found = found if reader is None else found.where(reader_column == reader)
    found = found if action is None else found.where(action_column == action)
    found = found if since is None else found.where(at >= since)
    found = found if until is None else found.where(at < until)
    for word in words:
        found = found.where(ACCESS_ENTRY.c.detail.contains(f'"{word}"', autoescape=True))
    return journal.rows(found)


def _plain(column: sa.Column[str], person: int | None) -> sa.ColumnElement[str]:
    """``column``, without its index where a person is asked for: of a person there are few entries, of a month many."""
    return column if person is None else sa.func.coalesce(column, "")


def looks_of(journal: Journal, people: Collection[int], action: str, roles: Collection[str]) -> Sequence[sa.RowMapping]:
    """Entries of ``action`` by readers of these ``roles`` about any of ``people``, oldest first."""
    about = sa.select(ACCESS_PERSON.c.seq).where(ACCESS_PERSON.c.person.in_(sorted(people)))
    mine = (ACCESS_ENTRY.c.seq.in_(about), sa.func.coalesce(ACCESS_ENTRY.c.action, "") == action)
    found = sa.select(ACCESS_ENTRY).where(*mine, ACCESS_ENTRY.c.role.in_(sorted(roles)))
    return journal.rows(found.order_by(ACCESS_ENTRY.c.seq))


def last_snapshots(
    journal: Journal, reader: str, people: Sequence[int], actions: Sequence[str], before: str | None = None
) -> dict[int, tuple[str, str]]:
    """When ``reader`` last did one of ``actions`` to each of ``people`` (before an ISO time), and on which snapshot."""
    entry, about = ACCESS_ENTRY.c, ACCESS_PERSON.c
    mine = [entry.reader == reader, entry.action.in_(actions), about.person.in_(people)]
    mine += [] if before is None else [entry.at < before]
    joined = ACCESS_PERSON.join(ACCESS_ENTRY, entry.seq == about.seq)
    last = sa.select(about.person, sa.func.max(about.seq).label("seq")).select_from(joined).where(*mine)
    newest = last.group_by(about.person).subquery()
    found = sa.select(newest.c.person, entry.at, entry.snapshot).join(newest, newest.c.seq == entry.seq)
    return {row["person"]: (row["at"], row["snapshot"]) for row in journal.rows(found)}


def shown(journal: Journal, model: str, action: str) -> Sequence[sa.RowMapping]:
    """Recall of a model: every person whose score it showed, to whom, when and on which snapshot; oldest first."""
    entry = ACCESS_ENTRY.c
    return journal.rows(
        sa.select(ACCESS_PERSON.c.person, entry.reader, entry.at, entry.model, entry.snapshot, entry.detail)
        .join(ACCESS_ENTRY, ACCESS_ENTRY.c.seq == ACCESS_PERSON.c.seq)
        .where(ACCESS_ENTRY.c.model == model, ACCESS_ENTRY.c.action == action)
        .order_by(ACCESS_ENTRY.c.seq, ACCESS_PERSON.c.person)
    )


def training_answers(journal: Journal, reader: str, case: str) -> Sequence[sa.RowMapping]:
    """A reader's answers to a guided case, oldest first."""
    mine = sa.select(TRAINING_ANSWER).where(TRAINING_ANSWER.c.by == reader, TRAINING_ANSWER.c.case == case)
    return journal.rows(mine.order_by(TRAINING_ANSWER.c.row))


def training_cases(journal: Journal) -> Sequence[sa.RowMapping]:
    """Every version of every guided case that trainers wrote, oldest first."""
    return journal.rows(sa.select(TRAINING_CASE).order_by(TRAINING_CASE.c.row))

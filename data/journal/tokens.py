"""What machines show to be let in: kept as rows that follow each other; the last one for a token stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from data.journal.journal import Entry, Journal
from data.journal.tables import ACCESS_TOKEN


@dataclass(frozen=True)
class Token:
    """``id`` names it, and is no secret; ``digest`` is the SHA-256 of its secret; ``until`` ISO time in UTC."""

    id: str
    account: str
    digest: str
    until: str
    active: bool = True


def save_token(journal: Journal, token: Token, by: str) -> None:
    """Write ``token`` as it is from now on."""
    values = {"token": token.id, "account": token.account, "digest": token.digest, "until": token.until}
    told = {"account": token.account, "token": token.id, "until": token.until}
    entry = Entry(by, "administrator", "save token" if token.active else "revoke token", detail=told)
    journal.append(ACCESS_TOKEN, values | {"active": token.active}, entry)


def token(journal: Journal, number: str) -> Token | None:
    """The token ``number`` as it stands now, revoked ones too."""
    latest = sa.select(ACCESS_TOKEN).where(ACCESS_TOKEN.c.token == sa.bindparam("number"))
    rows = journal.rows(latest.order_by(ACCESS_TOKEN.c.row.desc()).limit(1), {"number": number})
    return _token(rows[0]) if rows else None


def tokens(journal: Journal, account: str) -> list[Token]:
    """Those of ``account`` that were not revoked, the oldest first."""
    latest = sa.select(sa.func.max(ACCESS_TOKEN.c.row)).group_by(ACCESS_TOKEN.c.token)
    mine = sa.select(ACCESS_TOKEN).where(ACCESS_TOKEN.c.row.in_(latest), ACCESS_TOKEN.c.account == account)
    return [_token(row) for row in journal.rows(mine.order_by(ACCESS_TOKEN.c.row)) if row["active"]]


def _token(row: Any) -> Token:
    return Token(row["token"], row["account"], row["digest"], row["until"], bool(row["active"]))

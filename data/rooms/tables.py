"""Tables of the training store. Times are ISO text in UTC. No table names a person of the snapshot, and none can."""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData()


def _text(name: str, **more: bool) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=more.get("null", False), unique=more.get("unique"))


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=True)


#: One session of one trainer: open while ``closed_at`` is empty and ``ends_at`` is still to come. ``round`` counts the
#: cases begun in it, ``step`` is where the room is now.
ROOM = sa.Table(
    "room",
    METADATA,
    sa.Column("room", sa.Integer, primary_key=True, autoincrement=True),
    _text("code", unique=True),
    _text("trainer"),
    _text("opened_at"),
    _text("ends_at"),
    _text("closed_at", null=True),
    sa.Column("round", sa.Integer, nullable=False),
    _text("step"),
)

#: A case that a room worked on. ``sheet``: the invented file as JSON; ``told``: what the model in use says of it, JSON;
#: ``after``, ``lesson`` and ``outcome``: what happened.
ROUND = sa.Table(
    "round",
    METADATA,
    sa.Column("room", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("round", sa.Integer, primary_key=True, autoincrement=False),
    _text("case"),
    _text("sheet"),
    _text("told", null=True),
    _text("after"),
    _text("lesson"),
    _text("outcome"),
)

#: A participant's place: the SHA-256 of the secret that their own browser has. ``name`` is what they typed, if
#: anything; ``account`` that of somebody who was signed in, or whom the trainer vouched for.
SEAT = sa.Table(
    "seat",
    METADATA,
    sa.Column("room", sa.Integer, primary_key=True, autoincrement=False),
    _key("seat"),
    _text("joined_at"),
    _text("name", null=True),
    _text("account", null=True),
    sa.Index("seat_account", "account"),
)

#: A seat's answer to one question of one round (0: about the session itself); a later one replaces it.
ANSWER = sa.Table(
    "answer",
    METADATA,
    sa.Column("room", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("round", sa.Integer, primary_key=True, autoincrement=False),
    _key("seat"),
    _key("question"),
    _text("answer"),
    _text("why", null=True),
    _text("at"),
)

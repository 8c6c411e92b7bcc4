"""The journal's tables. Nothing in them is ever changed or deleted: the latest row for a key is the one that stands.

Times are text, ISO 8601 in UTC, and JSON is canonical text: the chain hashes what is stored, byte for byte, on SQLite
and PostgreSQL alike.
"""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData()

# On SQLite only a key of this very type is the row's own number, by which every index is in order.
_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def _table(name: str, *columns: sa.Column | sa.Index) -> sa.Table:
    """A table with its own row number, and who wrote each row when."""
    return sa.Table(
        name,
        METADATA,
        sa.Column("row", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        *columns,
    )


def _text(name: str, **more: bool) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=more.get("null", False), index=more.get("index"))


def _person(name: str = "person") -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False, index=True)


#: Who has signed up, in what role, for which wards (JSON list; null: the whole city). A later row for an id replaces.
READER_ACCOUNT = _table(
    "reader_account",
    _text("id", index=True),
    _text("name"),
    _text("role"),
    _text("team", null=True),
    _text("wards", null=True),
    sa.Column("active", sa.Boolean, nullable=False),
)

#: What a machine shows to be let in as ``account``: the SHA-256 of its secret, never the secret itself. ``until``: ISO
#: time in UTC. The last row of a ``token`` stands.
ACCESS_TOKEN = _table(
    "access_token",
    _text("token", index=True),
    _text("account", index=True),
    _text("digest"),
    _text("until"),
    sa.Column("active", sa.Boolean, nullable=False),
)

#: Every access, refused ones too, each hashed together with the one before.
ACCESS_ENTRY = sa.Table(
    "access_entry",
    METADATA,
    sa.Column("seq", _NUMBER, primary_key=True, autoincrement=False),
    _text("at", index=True),
    _text("reader", index=True),
    _text("role"),
    _text("action", index=True),
    sa.Column("person", sa.BigInteger, nullable=True, index=True),
    _text("model", null=True),
    _text("snapshot", null=True),
    _text("purpose", null=True),
    _text("detail"),
    _text("prev_hash"),
    _text("hash"),
)

#: Whom an entry is about, one row each, so that "who looked at this child" is one look-up.
ACCESS_PERSON = sa.Table(
    "access_person",
    METADATA,
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("person", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Index("access_person_person", "person", "seq"),
)

#: One row: the number and hash of the last entry, so that a shortened log shows. It only moves forward.
CHAIN_HEAD = sa.Table(
    "chain_head",
    METADATA,
    sa.Column("head", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    _text("hash"),
)

#: What the professional thought before the score was shown; ``worry`` 0 to 3, null for a recorded skip.
JUDGEMENT = _table(
    "judgement",
    _person(),
    _text("model"),
    _text("snapshot"),
    sa.Column("worry", sa.Integer, nullable=True),
    _text("reason", null=True),
)

#: What was decided after the score was seen; ``view`` is agree, disagree or unsure, ``override`` the band held right.
DECISION = _table(
    "decision",
    _person(),
    _text("model"),
    _text("version"),
    _text("snapshot"),
    _text("view"),
    _text("reason", null=True),
    _text("override", null=True),
    _text("action", null=True),
)

#: A person given to a key worker; further rows with the same ``allocation`` tell how it went.
ALLOCATION = _table(
    "allocation",
    sa.Column("allocation", sa.BigInteger, nullable=False, index=True),
    _person(),
    _text("key_worker", index=True),
    _text("from_date"),
    _text("purpose"),
    _text("status"),
    _text("outcome", null=True),
)

#: What an allocation came to, step by step: ``step`` is allocated, goes on, or one of the outcomes that end it.
#: ``on_date``: the day of it; ``followed``: in words; ``due``: follow up by then; ``model``: whose list led to it.
ALLOCATION_STEP = _table(
    "allocation_step",
    sa.Column("allocation", sa.BigInteger, nullable=False, index=True),
    _person(),
    _text("step"),
    _text("on_date"),
    _text("followed", null=True),
    _text("due", null=True),
    _text("model", null=True),
)

#: How many people a team can take on at one time, said by a manager; the last row of a team stands.
TEAM_CAPACITY = _table("team_capacity", _text("team", index=True), sa.Column("places", sa.Integer, nullable=False))

WATCH = _table("watch", _person(), sa.Column("on", sa.Boolean, nullable=False))

#: Why a watch (by its row in ``watch``) is kept, and the last day of it.
WATCH_TERM = _table(
    "watch_term", sa.Column("watch", sa.BigInteger, nullable=False), _person(), _text("reason"), _text("until")
)

#: A time-boxed right to see a person, or a ward, outside one's scope.
BREAK_GLASS = _table(
    "break_glass",
    sa.Column("person", sa.BigInteger, nullable=True, index=True),
    _text("ward", null=True),
    _text("reason"),
    _text("until"),
)

LINK_REVIEW = _table(
    "link_review", _person("client_l"), _person("client_r"), _text("verdict"), _text("reason", null=True)
)

MODEL_APPROVAL = _table("model_approval", _text("model", index=True), _text("version"), _text("state"), _text("reason"))

#: What was learned from a child whom a model missed; ``case`` stands for the child, whose number is not written here.
MISSED_REVIEW = _table("missed_review", _text("model", index=True), _text("case"), _text("reason"), _text("learned"))

#: The name that somebody gives a group of known cases for which ``proposed`` was worked out: the same one, or another.
SUB_PROFILE_NAME = _table("sub_profile_name", _text("model", index=True), _text("proposed"), _text("name"))

CONTACT_OUTCOME = _table(
    "contact_outcome", _text("contact", index=True), _person(), _text("outcome"), _text("reason", null=True)
)

#: Somebody told that a model's score about this person is recalled; ``whom`` is who was told, ``told_on`` an ISO day.
RECALL_TOLD = _table(
    "recall_told", _person(), _text("model", index=True), _text("version"), _text("whom"), _text("told_on")
)

TRAINING_ANSWER = _table(
    "training_answer",
    _text("room"),
    _text("case"),
    _text("question"),
    _text("answer"),
    sa.Column("score_seen", sa.Boolean, nullable=False),
)

#: A guided case as a trainer wrote it: JSON, see `analytics.training.written`. ``invented``: its author said that
#: nobody real is in it; ``active``: whether it is offered. The last row of a ``case`` stands.
TRAINING_CASE = _table(
    "training_case",
    _text("case", index=True),
    _text("told"),
    sa.Column("invented", sa.Boolean, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
)

#: A person erased at the word of information governance: every row of these ``clients`` (JSON list of texts) stays out
#: of each snapshot built from then on. ``agency`` is whose client alone it is; null: the whole person.
ERASURE = _table(
    "erasure",
    _person(),
    _text("agency", null=True),
    _text("clients"),
    _text("ground"),
    _text("reason"),
    _text("snapshot"),
)

#: Somebody says that what is held is wrong: ``about`` is one of `data.journal.contests.ABOUT`, ``which`` names the row,
#: link or score, ``event`` its number where it is one. Further rows with the same ``contest`` tell how it went.
CONTEST = _table(
    "contest",
    sa.Column("contest", sa.BigInteger, nullable=False, index=True),
    _person(),
    _text("about"),
    _text("which"),
    sa.Column("event", sa.BigInteger, nullable=True),
    _text("said"),
    _text("status"),
    _text("answer", null=True),
)

#: A person whose data may be stored and not used (UK GDPR, article 18) while ``on``; the last row stands.
RESTRICTION = _table("restriction", _person(), sa.Column("on", sa.Boolean, nullable=False), _text("reason"))

#: A contact that reached the hub here and not through its feed: ``people`` is a JSON list of their numbers.
HUB_CONTACT = _table(
    "hub_contact",
    _text("contact", index=True),
    _text("received_at"),
    _text("agency"),
    _text("reason"),
    _text("narrative"),
    _text("people"),
)

#: How grave an officer held a contact, 0 to 4; ``seen`` is what of the suggestion they had seen by then: no, asked (all
#: of it, at their own word), order (the list stood in its order), platform (another system was told it before).
#: ``suggested``: the level that ``version`` gave.
HUB_GRADE = _table(
    "hub_grade",
    _text("contact", index=True),
    sa.Column("level", sa.Integer, nullable=False),
    _text("seen"),
    sa.Column("suggested", sa.Integer, nullable=True),
    _text("version", null=True),
)

#: What was decided on a contact; ``asked``: agencies asked for information, parted by semicolons, null where none was.
HUB_DECISION = _table(
    "hub_decision",
    _text("contact", index=True),
    _text("outcome"),
    _text("asked", null=True),
    _text("reason", null=True),
)

#: What a second pair of eyes said of a contact graded low: it stands, or what it should be (an outcome).
HUB_SECOND_LOOK = _table(
    "hub_second_look", _text("contact", index=True), _text("verdict"), _text("outcome", null=True), _text("reason")
)

#: What officers may see of a suggestion before their own grade, said by a hub manager; the last row stands.
HUB_PRACTICE = _table("hub_practice", _text("practice"), _text("reason"))

#: A pilot of the suggestion: begun, with everything that was fixed beforehand, or stopped (``step``). ``seed``: the key
#: by which contacts fall into arms; days are the hub's own; ``measure``: what decides; ``smallest``: the smallest
#: difference worth finding, in contacts of 100; ``planned``: how many contacts that takes.
HUB_PILOT = _table(
    "hub_pilot",
    _text("pilot", index=True),
    _text("step"),
    _text("reason"),
    _text("kind", null=True),
    _text("seed", null=True),
    _text("starts_on", null=True),
    _text("ends_on", null=True),
    _text("measure", null=True),
    _text("smallest", null=True),
    sa.Column("planned", sa.Integer, nullable=True),
)

#: A choice of filters on a page under a name; ``chosen`` is JSON, ``shared``: with whoever has the same ``role``. Of
#: the rows of a ``view`` the last one stands, and only who wrote the first writes another.
SAVED_VIEW = _table(
    "saved_view",
    _text("view", index=True),
    _text("page", index=True),
    _text("name"),
    _text("role"),
    _text("chosen"),
    sa.Column("shared", sa.Boolean, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
)

#: The city whose people this journal speaks of, once and for all.
CITY_BINDING = _table("city_binding", _text("city"), _text("name"), sa.Column("invented", sa.Boolean, nullable=False))

#: Written through `Journal.append`, and each row's digest is in the chain.
CHAINED = (
    READER_ACCOUNT, JUDGEMENT, DECISION, ALLOCATION, WATCH, BREAK_GLASS, LINK_REVIEW, MODEL_APPROVAL, MISSED_REVIEW,
    CONTACT_OUTCOME,    RECALL_TOLD, TRAINING_ANSWER, TRAINING_CASE, ERASURE, CITY_BINDING,
    SUB_PROFILE_NAME, ALLOCATION_STEP, TEAM_CAPACITY, WATCH_TERM,
    CONTEST, RESTRICTION,
    HUB_CONTACT, HUB_GRADE, HUB_DECISION, HUB_SECOND_LOOK, HUB_PRACTICE, HUB_PILOT,
    ACCESS_TOKEN, SAVED_VIEW,
)  # fmt: skip

"""The declaration of a source: its checks, staging SQL, dictionary, notices and the invented city's files come from it.

Expressions (``on``, ``value``, ``when`` ...) are SQL over the part's own cleaned columns, named as declared. More names
are at hand: ``occurred_on`` and ``ended_on`` (in ``known``), ``delivered`` (day the file came) and ``period_from``,
``period_to`` (what the file speaks of, read from its name or header). They are written by declarers, never built from
data.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from data.schema.column import Column
from data.schema.retention import USUAL, Retention

IDENTITY = (
    "local_id", "forename", "middle_names", "surname", "former_surname", "full_name", "birth_date", "sex", "ethnicity",
    "postcode", "uprn", "address", "nhs_number", "upn", "ni_number", "seen_from", "seen_to",
)  # fmt: skip


@dataclass(frozen=True)
class Who:
    """One person a row speaks of: which column holds which identity field.

    ``local_id`` is the agency's own number; without one the client is told by a hash of the identity given.
    ``name`` tells apart the people of one row (child, mother ...).
    """

    fields: dict[str, str]
    name: str = "self"

    def __post_init__(self) -> None:
        unknown = set(self.fields) - set(IDENTITY)
        if unknown:
            raise ValueError(f"unknown identity fields: {sorted(unknown)}")


@dataclass(frozen=True)
class EventRule:
    """What event a row becomes. ``known`` is compulsory on the part or here: no event without the day it was known."""

    kind: str
    on: str
    ended: str | None = None
    value: str | None = None
    detail: str | None = None
    when: str | None = None
    known: str | None = None
    who: str = "self"


@dataclass(frozen=True)
class Relation:
    """Two people of one row: ``other`` is ``kind`` of ``who``. ``kind`` is SQL giving the kind, or a quoted word."""

    kind: str
    other: str
    who: str = "self"
    start: str | None = None
    end: str | None = None
    when: str | None = None


@dataclass(frozen=True)
class Group:
    """Rows that share a reference: everyone in a group is ``kind`` of everyone else (missing together, one tenancy)."""

    kind: Literal["co_missing", "co_offending", "household", "associate"]
    by: str
    start: str
    end: str | None = None
    when: str | None = None


@dataclass(frozen=True)
class Span:
    """When a row says that the source covers its person (on roll, registered, in a tenancy)."""

    start: str
    end: str | None = None


@dataclass(frozen=True)
class KnownCase:
    """A row by which professionals identified somebody for a profile."""

    profile: str
    on: str
    when: str | None = None


@dataclass(frozen=True)
class Contact:
    """A row by which somebody told the hub: SQL of each column of the table ``contact``."""

    number: str
    received_at: str
    agency: str
    reason: str
    narrative: str
    outcome: str
    worker: str
    team: str
    shared_with: str
    checks_found: str
    closed_at: str


@dataclass(frozen=True)
class Part:
    """One table of a source.

    ``file`` is the name under which the invented city writes it (``{year}``, ``{term}`` are filled in) and by which a
    file is recognised first; its columns are the second way. ``parent`` names the part that holds the identity of rows
    which carry only a key: ``(part, key column here, key column there)``.
    ``key`` names the columns by which the agency itself tells rows apart (a crime number, and whose part in it): a row
    of the same key in a later delivery replaces the earlier one, whatever else it says otherwise. Without a key a later
    delivery corrects what it tells of the same client, kind of event and day. ``whole`` says that each delivery holds
    every row there is, so that a row gone from a later one was withdrawn.
    """

    name: str
    about: str
    file: str
    columns: tuple[Column, ...]
    who: tuple[Who, ...] = ()
    known: str = "occurred_on"
    key: tuple[str, ...] = ()
    whole: bool = False
    parent: tuple[str, str, str] | None = None
    events: tuple[EventRule, ...] = ()
    relations: tuple[Relation, ...] = ()
    groups: tuple[Group, ...] = ()
    span: Span | None = None
    known_case: KnownCase | None = None
    contact: Contact | None = None
    unread: tuple[str, ...] = ()
    catch_all: bool = False

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        if len(set(names)) != len(names):
            raise ValueError(f"part {self.name}: a column is declared twice")
        if set(self.key) - set(names):
            raise ValueError(f"part {self.name}: its key is of columns that are not declared")
        for who in self.who:
            missing = set(who.fields.values()) - set(names)
            if missing:
                raise ValueError(f"part {self.name}: identity from undeclared columns {sorted(missing)}")

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


@dataclass(frozen=True)
class Source:
    """One agency's feed.

    ``coverage``: ``everyone`` where silence about a resident means that nothing happened; ``enrolled`` where the source
    knows only those on its books (its parts' spans say when).
    ``numbering``: whose client numbers it uses, where that is another source's.
    ``year``: what a year in a file's name means: January to December, or the return of the year to 31 March.
    ``call``: whom another agency calls about somebody: team, phone and mailbox, as the sharing agreement names them.
    ``in_city``: whether the invented city has the feed; False for a real format that only councils bring.
    """

    name: str
    label: str
    owner: str
    about: str
    gateway: str
    refresh_days: int
    coverage: Literal["everyone", "enrolled"]
    parts: tuple[Part, ...]
    format: Literal["csv", "parquet", "cin_xml", "annex_a", "json"] = "csv"
    numbering: str = ""
    theme: str = ""
    retention: Retention = USUAL
    year: Literal["calendar", "return"] = "calendar"
    in_city: bool = True
    call: str = ""

    def __post_init__(self) -> None:
        names = [part.name for part in self.parts]
        if len(set(names)) != len(names):
            raise ValueError(f"source {self.name}: a part is declared twice")
        if not self.numbering:
            object.__setattr__(self, "numbering", self.name)

    @property
    def retention_years(self) -> int:
        """How many years after it last told of a person the source's records of them are kept."""
        return self.retention.years

    def part(self, name: str) -> Part:
        return next(part for part in self.parts if part.name == name)

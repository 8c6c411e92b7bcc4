"""The hub's queue: contacts that wait, of the feed and of the journal; one of them with its people; second looks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd

from analytics.casework.rows import each, full_name, who_is, word
from analytics.casework.search import matching
from analytics.casework.services import OPEN_SERVICES, service_words
from analytics.casework.tell import as_date
from analytics.matrix.guard import KNOWN_TODAY
from analytics.triage import practice
from analytics.triage.arrived import Arrived, about, bound, open_in_feed, submitted, told_table, unclosed
from analytics.triage.clock import hub_now
from analytics.triage.live import NewContact, levels
from analytics.triage.practice import View
from data.access.gate import Session, consult, serve
from data.access.roles import Permission
from data.contacts import GRADES, LOW, LOW_OUTCOMES, TAKEN
from data.journal import hub

#: The service level: a contact is decided within so many hours of its coming.
SERVICE_HOURS = 24
#: The same people for the same reason by another agency within this time is the same thing told twice.
TWICE = timedelta(days=2)
#: A contact of the feed that was graded low comes back if it was decided within this time.
LOOK_BACK_DAYS = 28
#: How many people a search for somebody offers.
FOUND = 8

_SAID = ("agency", "reason", "narrative")
_TOLD = f"""
{told_table(*_SAID)}, closed AS (
    SELECT contact, max(outcome) AS outcome, max(closed_at) AS closed_at FROM contact
    WHERE list_contains($told_contact::VARCHAR[], contact) GROUP BY contact
), every AS (
    SELECT contact, person, received_at, agency, reason, narrative, outcome, closed_at FROM contact
    WHERE NOT list_contains($told_contact::VARCHAR[], contact)
    UNION ALL
    SELECT t.*, f.outcome, f.closed_at FROM told t LEFT JOIN closed f USING (contact)
)"""
_LIST = f"""
WITH {_TOLD}
SELECT e.*, p.forename, p.surname, p.birth_date, p.sex, {{level}} AS level
FROM every e JOIN visible USING (person) JOIN person p USING (person) {{scored}}
WHERE {{which}} ORDER BY e.received_at, e.contact, p.birth_date DESC NULLS LAST, e.person
"""
_WAITING = "e.outcome IS NULL AND NOT list_contains($decided::VARCHAR[], e.contact)"
_LOW = f"""(list_contains($again::VARCHAR[], e.contact)
    OR (e.outcome IN {LOW_OUTCOMES} AND e.closed_at >= $since AND s.level >= $high
        AND NOT list_contains($looked::VARCHAR[], e.contact)))"""
_PEOPLE = f"""
SELECT p.person, p.forename, p.surname, p.birth_date, p.sex, w.name AS ward_name, s.services
FROM person p LEFT JOIN ward w USING (ward)
LEFT JOIN ({OPEN_SERVICES.format(people="SELECT unnest($people::BIGINT[])")}) s USING (person)
WHERE p.person IN (SELECT unnest($people::BIGINT[])) ORDER BY p.birth_date DESC NULLS LAST, p.person
"""
_FAMILY = f"""
WITH tie AS (
    SELECT other, min(kind) AS kind FROM relationship
    WHERE person IN (SELECT unnest($people::BIGINT[])) AND kind IN ('parent', 'child', 'sibling', 'partner')
      AND {KNOWN_TODAY} AND ("to" IS NULL OR "to" >= $today)
      AND other NOT IN (SELECT unnest($people::BIGINT[]))
    GROUP BY other
)
SELECT t.other, t.kind, p.forename AS other_forename, p.surname AS other_surname, p.birth_date AS other_birth_date,
       p.sex AS other_sex, s.services
FROM tie t JOIN person p ON p.person = t.other
LEFT JOIN ({OPEN_SERVICES.format(people="SELECT other FROM tie")}) s ON s.person = t.other
WHERE p.death_date IS NULL ORDER BY t.kind, other_birth_date DESC NULLS LAST, t.other
"""
_EARLIER = f"""
WITH {_TOLD}
SELECT contact, min(received_at) AS received_at, min(agency) AS agency, min(reason) AS reason, max(outcome) AS outcome
FROM every WHERE person IN (SELECT unnest($people::BIGINT[])) AND contact <> $number AND received_at <= $moment
GROUP BY contact ORDER BY received_at DESC, contact DESC
"""


@dataclass(frozen=True)
class Person:
    """One of those a contact is about, or of their family: ``kind`` of tie for those."""

    person: int
    name: str
    born: date | None
    sex: str | None
    ward: str | None = None
    services: tuple[str, ...] = ()
    kind: str | None = None


@dataclass(frozen=True)
class Contact:
    """A contact as the queue has it. ``level`` is suggested, None where nothing is; ``outcome`` the last decision.

    ``waited``: since it came. ``twins``: other contacts that wait and tell the same.
    """

    number: str
    received_at: datetime
    agency: str
    reason: str
    narrative: str
    people: tuple[Person, ...]
    level: int | None
    waited: timedelta
    outcome: str | None = None
    twins: tuple[str, ...] = ()

    @property
    def told(self) -> NewContact:
        """It, as the grader reads it."""
        people = tuple(sorted(one.person for one in self.people))
        return NewContact(self.agency, self.reason, self.narrative, people, self.received_at, self.number)

    @property
    def late(self) -> bool:
        """Whether it has waited for longer than the service level."""
        return self.waited > timedelta(hours=SERVICE_HOURS)


@dataclass(frozen=True)
class Earlier:
    """A contact before; ``same``: the same thing, told by another agency. ``outcome`` is None while it waits."""

    number: str
    received_at: datetime
    agency: str
    reason: str
    outcome: str | None
    same: bool


def waiting(session: Session, gravest_first: bool = False) -> tuple[Contact, ...]:
    """Contacts that wait for a decision: the longest first, or those first whose suggested level is highest.

    In that order only where the hub's practice has it (`practice.may_order`).
    """
    decided = outcomes(session)
    still = [one for one in unclosed(session) if one[0]["contact"] not in decided]
    found = _listed(session, _WAITING, "waiting", still, {"decided": sorted(decided.keys() & open_in_feed(session))})
    live = {one.number for one in found} & {row["contact"] for row, _ in still}
    graded = levels(session, [one.told for one in found if one.number in live])
    found = [replace(one, level=graded.get(one.number)) if one.number in live else one for one in found]
    seen = _seen(session, found)
    shown = {number for number, may in seen.items() if may.first and may.why is None}
    found = [one if one.number in shown else replace(one, level=None) for one in found]
    twins = _twins(found)
    found = [replace(one, twins=twins.get(one.number, ())) for one in found]
    gravest_first = gravest_first and practice.may_order(session)
    order = sorted(found, key=lambda one: (-one.waited, one.number))
    return tuple(sorted(order, key=lambda one: -(one.level or 0)) if gravest_first else order)


def to_look_again(session: Session) -> tuple[Contact, ...]:
    """Contacts decided low whose suggestion is high, and that no second pair of eyes has seen; the latest first.

    Of the feed, those decided in the last weeks; of the journal, those whose officer was suggested otherwise. None of
    which a pilot shows no suggestion: being here would tell it.
    """
    again = _low_here(session)
    mine = [one for one in submitted(session) if one[0]["contact"] in again]
    since = session.snapshot.today - timedelta(days=LOOK_BACK_DAYS)
    seen_again = sorted(hub.last(hub.second_looks(session.journal)))
    bound = {"since": since, "high": TAKEN, "again": again, "looked": seen_again}
    found = _listed(session, _LOW, "second look", mine, bound)
    seen = _seen(session, found)
    found = [one for one in found if seen[one.number].why is None]
    graded = hub.last(hub.grades(session.journal))
    told = [replace(one, level=graded[one.number]["suggested"]) if one.number in graded else one for one in found]
    return tuple(sorted(told, key=lambda one: (one.received_at, one.number), reverse=True))


def find(session: Session, typed: str) -> tuple[Person, ...]:
    """Whom ``typed`` (name, date of birth, postcode) may mean, the likeliest first."""
    rows = matching(session, typed, Permission.SEE_QUEUE, FOUND)
    return tuple(
        Person(int(one.person), full_name(one.forename, one.surname), as_date(one.birth_date), None)
        for one in each(rows)
    )


def people(session: Session, told: NewContact) -> tuple[Person, ...]:
    """Those whom it is about, with what is open to them, the youngest first."""
    rows = serve(session, Permission.TRIAGE, _PEOPLE, _today(session), people=told.people, what="people of a contact")
    return tuple(
        Person(
            int(one.person), *who_is(one), service_words(one.services),
        )
        for one in each(rows)
    )  # fmt: skip


def family(session: Session, told: NewContact) -> tuple[Person, ...]:
    """Their parents, brothers and sisters, partners and children, with what is open to them."""
    rows = serve(session, Permission.TRIAGE, _FAMILY, _today(session), people=told.people, what="family of a contact")
    return tuple(
        Person(
            int(one.other), full_name(one.other_forename, one.other_surname), as_date(one.other_birth_date),
            word(one.other_sex), None, service_words(one.services), str(one.kind),
        )
        for one in each(rows)
    )  # fmt: skip


def earlier(session: Session, told: NewContact) -> tuple[Earlier, ...]:
    """The contacts before about any of its people, the latest first."""
    moment = told.moment or hub_now(session)
    asked = bound(about(session, told.people), *_SAID) | {"number": told.number or "", "moment": moment}
    rows = serve(session, Permission.TRIAGE, _EARLIER, asked, people=told.people, what="earlier contacts")
    decided = outcomes(session, set(rows["contact"]))
    found = []
    for one in each(rows):
        at = pd.Timestamp(one.received_at).to_pydatetime()
        same = one.reason == told.reason and one.agency != told.agency and moment - at <= TWICE
        outcome = decided.get(one.contact, word(one.outcome))
        found.append(Earlier(one.contact, at, one.agency, one.reason, outcome, same))
    return tuple(found)


def graded(session: Session, one: Contact) -> Any | None:
    """The last grade that an officer gave it, a row of ``hub_grade``; None where nobody did."""
    return hub.last(hub.grades(session.journal, [one.number])).get(one.number)


def looked(session: Session) -> Sequence[Any]:
    """Every second look, oldest first: rows of ``hub_second_look``."""
    return consult(session, Permission.SEE_QUEUE, hub.second_looks, what="second looks")


def outcomes(session: Session, of: Collection[str] | None = None) -> dict[str, str]:
    """What was decided here of each contact, or ``of`` these, in the end: a second look that raised it stands above."""
    decided = {row["contact"]: str(row["outcome"]) for row in hub.decisions(session.journal, of)}
    looked = hub.last(hub.second_looks(session.journal, of))
    return decided | {number: str(row["outcome"]) for number, row in looked.items() if row["outcome"]}


def _seen(session: Session, found: Iterable[Contact]) -> dict[str, View]:
    return practice.views(session, {one.number: one.received_at for one in found})


def _listed(session: Session, which: str, what: str, came: Iterable[Arrived], params: dict[str, Any]) -> list[Contact]:
    """Contacts of the feed, and those of the journal that are given as ``came``."""
    scored = "contact_score" in session.snapshot.tables
    query = _LIST.format(
        which=which if scored else which.replace("s.level", "NULL"),
        level="s.level" if scored else "NULL::INTEGER",
        scored="LEFT JOIN contact_score s ON s.contact = e.contact" if scored else "",
    )
    rows = serve(session, Permission.SEE_QUEUE, query, bound(came, *_SAID) | params, what=what)
    return _folded(session, rows)


def _low_here(session: Session) -> list[str]:
    """Numbers of contacts decided low here although more was suggested, without a second look so far."""
    looked = hub.last(hub.second_looks(session.journal))
    graded = hub.last(hub.grades(session.journal))
    low = {row["contact"] for row in hub.decisions(session.journal) if GRADES[row["outcome"]] <= LOW}
    return sorted(
        number for number, row in graded.items() if number in low - looked.keys() and (row["suggested"] or 0) >= TAKEN
    )


def _folded(session: Session, rows: pd.DataFrame) -> list[Contact]:
    """One a contact, with its people in it."""
    now, hidden, decided = hub_now(session), session.restricted(), outcomes(session, set(rows["contact"]))
    came = {row["contact"]: datetime.fromisoformat(row["at"]) for row in hub.contacts(session.journal)}
    found: dict[str, list[Any]] = {}
    for one in each(rows):
        found.setdefault(one.contact, []).append(one)
    out = []
    for number, mine in found.items():
        first = mine[0]
        at = pd.Timestamp(first.received_at).to_pydatetime()
        waited = session.journal.clock().astimezone(UTC) - came[number] if number in came else now - at
        level = None if pd.isna(first.level) or any(one.person in hidden for one in mine) else int(first.level)
        out.append(
            Contact(
                number, at, str(first.agency), str(first.reason), str(first.narrative), _persons(mine), level,
                max(waited, timedelta(0)), decided.get(number, word(first.outcome)),
            )
        )  # fmt: skip
    return out


def _persons(about: Iterable[Any]) -> tuple[Person, ...]:
    return tuple(
        Person(int(one.person), full_name(one.forename, one.surname), as_date(one.birth_date), word(one.sex))
        for one in about
    )


def _twins(found: Sequence[Contact]) -> dict[str, tuple[str, ...]]:
    """Of contacts that wait, those that tell the same: a person and the reason alike, two agencies, within two days."""
    groups: dict[tuple[int, str], list[Contact]] = {}
    for one in found:
        for person in one.people:
            groups.setdefault((person.person, one.reason), []).append(one)
    pairs = {
        (one.number, other.number)
        for group in groups.values()
        for one in group
        for other in group
        if one.agency != other.agency and abs(one.received_at - other.received_at) <= TWICE
    }
    return {number: tuple(sorted(b for a, b in pairs if a == number)) for number, _ in pairs}


def _today(session: Session) -> dict[str, Any]:
    return {"today": session.snapshot.today}

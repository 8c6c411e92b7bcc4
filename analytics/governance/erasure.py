"""Erasure: find whom a request is about, what would go and what stays, ask for it, and follow what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from data.access.gate import Session, act, consult, serve
from data.access.reader import AccessRefused
from data.access.roles import Permission
from data.home import Home
from data.journal.accounts import reader_names
from data.journal.erasures import GROUNDS, Erasure, clients, erasures, values
from data.journal.tables import ERASURE
from data.retention import copies
from data.retention.copies import Copy
from data.sources import SOURCES

__all__ = ["GROUNDS", "Asked", "Held", "agencies", "ask", "find", "held", "older_copies", "purge", "requests"]

# By the agency's own number, or by surname and date of birth: an applicant proves who they are by either.
_FOUND = """
SELECT DISTINCT p.person, p.forename, p.surname, p.birth_date, w.name AS ward_name
FROM person p JOIN visible USING (person) LEFT JOIN ward w USING (ward)
JOIN person_link l ON l.person = p.person JOIN person_record r USING (client)
WHERE ($number <> '' AND (r.local_id = $number OR r.nhs_number = $number OR p.person::VARCHAR = $number))
   OR ($surname <> '' AND lower(r.surname) = lower($surname) AND r.birth_date = $born)
ORDER BY p.surname, p.forename, p.person LIMIT 20
"""
_HELD = """
WITH own AS (SELECT client, source FROM person_link WHERE person = $person)
SELECT $person AS person, source AS agency, count(DISTINCT client) AS numbers,
       (SELECT count(*) FROM person_record r WHERE r.client IN (SELECT client FROM own o WHERE o.source = own.source))
           AS records
FROM own GROUP BY source ORDER BY source
"""
_COUNTS = """
SELECT $person AS person, (SELECT count(*) FROM event WHERE person = $person) AS events,
       (SELECT count(*) FROM relationship WHERE person = $person) AS ties,
       (SELECT count(*) FROM contact WHERE person = $person) AS contacts,
       (SELECT count(*) FROM score WHERE person = $person) AS scores,
       (SELECT count(*) FROM known_case WHERE person = $person) AS cases
"""
_CLIENTS = """
SELECT person, client FROM person_link
WHERE person = $person AND ($agency = '' OR source = $agency) ORDER BY client
"""


@dataclass(frozen=True)
class Held:
    """What the snapshot holds of a person: ``agencies`` a row each (agency, label, numbers, records), and counts."""

    agencies: pd.DataFrame
    counts: dict[str, int]


@dataclass(frozen=True)
class Asked:
    """One request and where it stands: ``done_in`` is the served snapshot's number once it holds the person no more."""

    request: Erasure
    by: str
    agency: str
    done_in: int | None
    older: tuple[Copy, ...]

    @property
    def state(self) -> str:
        """``Waiting for the next build``, ``Done in snapshot 3``, with how many older ones still hold the person."""
        if self.done_in is None:
            return "Waiting for the next build"
        return f"Done in snapshot {self.done_in}" + (", older ones still hold the person" if self.older else "")


def agencies() -> dict[str, str]:
    """Whose numbers there are, with the names of the sources that use them."""
    labels: dict[str, list[str]] = {}
    for source in SOURCES.values():
        labels.setdefault(source.numbering, []).append(source.label)
    return {numbering: ", ".join(sorted(names)) for numbering, names in sorted(labels.items())}


def find(session: Session, number: str, surname: str, born: object) -> pd.DataFrame:
    """Whom a request may be about: ``person, forename, surname, birth_date, ward_name``, at most 20."""
    asked = {"number": number.strip(), "surname": surname.strip(), "born": born}
    return serve(session, Permission.FIND_SUBJECT, _FOUND, asked, what="whom a request is about")


def held(session: Session, person: int) -> Held:
    """What the served snapshot holds of ``person``: how much, by agency, and none of it itself."""
    rows = serve(session, Permission.ERASE, _HELD, people=[person], what="what is held")
    counts = serve(session, Permission.ERASE, _COUNTS, people=[person], what="what is held")
    names = agencies()
    rows["label"] = [names.get(agency, agency) for agency in rows["agency"]]
    told = counts.iloc[0]
    return Held(rows, {name: int(told[name]) for name in ("events", "ties", "contacts", "scores", "cases")})


def ask(session: Session, person: int, agency: str, ground: str, reason: str) -> int:
    """Write the request down; ``agency`` '' is the whole person. Raises `AccessRefused` with what is missing."""
    found = serve(session, Permission.ERASE, _CLIENTS, {"agency": agency}, people=[person], what="whom to erase")
    try:
        row = values(person, agency or None, map(int, found["client"]), ground, reason, session.snapshot.id)
    except ValueError as error:
        raise AccessRefused(f"Nothing was asked for: {error}.") from None
    return act(session, Permission.ERASE, ERASURE, row, people=[person])


def requests(session: Session, home: Home) -> Sequence[Asked]:
    """Every request with where it stands, latest first."""
    asked = consult(session, Permission.SEE_ACCESS_LOG, erasures, what="erasures")
    names = reader_names(session.journal)
    labels = agencies()
    found = []
    for each in reversed(asked):
        still = copies.snapshots(home, each.clients)
        done = None if any(copy.served for copy in still) else int(session.snapshot.manifest["snapshot"])
        agency = labels.get(each.agency, each.agency) if each.agency else "Every agency"
        older = tuple(copy for copy in still if not copy.served)
        found.append(Asked(each, names.get(each.by, each.by), agency, done, older))
    return found


def older_copies(session: Session, home: Home, asked: Sequence[Asked]) -> pd.DataFrame:
    """Everything outside the served snapshot that may hold them: ``what, where, kept``."""
    every = {copy.where: copy for each in asked for copy in each.older}
    numbers = [copy.number for copy in every.values() if copy.number is not None]
    out = consult(session, Permission.SEE_ACCESS_LOG, copies.exports, what="exports")
    people = [each.request.person for each in asked]
    told = consult(
        session, Permission.SEE_ACCESS_LOG, lambda journal: copies.told_here(journal, people), what="contacts"
    )
    listed = [*every.values(), *copies.beside(home, numbers), *told, *out, *copies.kept(home)]
    return pd.DataFrame([(c.what, c.where, c.kept) for c in listed], columns=["what", "where", "kept"])


def purge(session: Session, home: Home, asked: Sequence[Asked]) -> list[str]:
    """Delete the older snapshots that hold anybody of ``asked``; the names of the files. Raises `StoreError`."""
    done = [each for each in asked if each.done_in is not None and each.older]
    people = sorted({each.request.person for each in done})
    # Those erased are in no snapshot that scope could be looked up in: the deletion is written down by itself.
    consult(session, Permission.SEE_ACCESS_LOG, lambda _: None, what=f"delete older snapshots: {len(people)} erased")
    return copies.purge(home, clients(each.request for each in done))

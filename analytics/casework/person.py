"""One person as the lead professional needs to see them: who they are, what happened, who works with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from analytics.casework.last_seen import Look, last_seen
from analytics.casework.membership import FAMILY_OF
from analytics.casework.rows import full_name, word
from analytics.casework.services import OPEN_SERVICES, service_words
from analytics.casework.tell import as_date, changes, lower, told
from analytics.features.catalogue import CATALOGUE
from analytics.matrix.guard import STANDS_TODAY
from data.access.gate import Session, consult, serve
from data.access.roles import ROLES, Permission
from data.events import KINDS
from data.journal import log
from data.journal.accounts import account, reader_names
from data.journal.casework import allocations, watched
from data.journal.journal import detail_of
from data.sources import SOURCES

#: Everything that the person's page opens with is one look, and one line in the log.
LOOK = "page"
_RECENT = timedelta(days=92)
_VISIT = timedelta(minutes=30)

_HEADER = f"""
SELECT p.person, p.forename, p.surname, p.birth_date, p.sex, p.ethnicity, p.death_date, w.name AS ward_name, w.area,
       f.family_name, p.sources, s.services
FROM person p LEFT JOIN ward w USING (ward)
LEFT JOIN ({FAMILY_OF.format(people="SELECT $person")}) f USING (person)
LEFT JOIN ({OPEN_SERVICES.format(people="SELECT $person")}) s USING (person)
WHERE p.person = $person
"""

# Nothing is shown that the agencies did not know on the day the snapshot speaks of, and of what they corrected the
# version that stands, with the one that it replaced.
_EVENTS = f"""
WITH own AS (SELECT * FROM event WHERE person = $person), standing AS (FROM own WHERE {STANDS_TODAY}), replaced AS (
    SELECT kind, source, occurred_on, corrected_on AS known_on, first(detail ORDER BY event) AS was_detail,
           first(value ORDER BY event) AS was_value, first(ended_on ORDER BY event) AS was_ended, true AS corrected
    FROM own WHERE corrected_on IS NOT NULL GROUP BY ALL
)
SELECT event, person, e.kind, e.occurred_on, ended_on, e.known_on, value, detail, e.source, f.name AS file_name, line,
       coalesce(corrected, false) AS corrected, was_detail, was_value, was_ended
FROM standing e LEFT JOIN source_file f USING (file)
LEFT JOIN replaced r ON r.kind = e.kind AND r.source = e.source AND r.occurred_on = e.occurred_on
                        AND r.known_on = e.known_on
ORDER BY occurred_on DESC, event DESC
"""

_ALIASES = """
SELECT trim(coalesce(r.forename, '') || ' ' || coalesce(r.surname, '')) AS written, r.birth_date,
       list(DISTINCT r.source ORDER BY r.source) AS sources, max(r.seen_to) AS last_seen
FROM person_record r JOIN person_link l USING (client) WHERE l.person = $person
GROUP BY written, r.birth_date ORDER BY len(sources) DESC, written, r.birth_date
"""

_COVERAGE = """
SELECT source, min("from") AS since, max(coalesce("to", DATE '9999-12-31')) >= $today AS now
FROM coverage WHERE person = $person GROUP BY source ORDER BY source
"""


@dataclass(frozen=True)
class Header:
    """Who a person is. ``allocated_to`` and ``allocated_on`` are of the allocation that stands, if there is one."""

    person: int
    name: str
    birth_date: date | None
    sex: str | None
    death_date: date | None
    ward: str | None
    area: str | None
    family: str | None
    sources: int
    services: tuple[str, ...]
    allocated_to: str | None
    allocated_on: date | None
    watched: bool


@dataclass(frozen=True)
class News:
    """What is new to a reader: since they last looked, or in the last three months where they never did."""

    last_looked: datetime | None
    since: date
    phrases: tuple[str, ...]


def header(session: Session, person: int) -> Header:
    """Who ``person`` is; asked once a run. Raises `AccessRefused`."""
    if ("header", person) not in session.kept:
        session.kept["header", person] = _header(session, person)
    found: Header = session.kept["header", person]
    return found


def _header(session: Session, person: int) -> Header:
    rows = serve(session, Permission.SEE_PERSON, _HEADER, {"today": session.snapshot.today}, people=[person], what=LOOK)
    row = rows.iloc[0]
    mine = [a for a in allocations(session.journal) if a["person"] == person and a["status"] != "closed"]
    return Header(
        person,
        full_name(row["forename"], row["surname"]),
        as_date(row["birth_date"]),
        word(row["sex"]),
        as_date(row["death_date"]),
        word(row["ward_name"]),
        word(row["area"]),
        word(row["family_name"]),
        int(row["sources"]),
        service_words(row["services"]),
        reader_name(session, mine[-1]["key_worker"]) if mine else None,
        date.fromisoformat(mine[-1]["from_date"]) if mine else None,
        person in watched(session.journal, session.reader_id),
    )


def reader_name(session: Session, account_id: str) -> str:
    """The name of whoever has the account; the account itself where it is closed."""
    found = account(session.journal, account_id)
    return found.name if found else account_id


_WAS = {"detail": "detail", "value": "value", "ended_on": "ended"}


def events(session: Session, person: int) -> pd.DataFrame:
    """Every event known of ``person``, told in words, latest first, each with its source, file and line.

    ``was`` tells in the same words what a correction replaced on the day it became known; else it is empty.
    ``open_now``: an episode that has not ended. Asked once a run: the head and a tab of the page read the same rows.
    """
    if ("events", person) not in session.kept:
        session.kept["events", person] = _events(session, person)
    found: pd.DataFrame = session.kept["events", person]
    return found


def _events(session: Session, person: int) -> pd.DataFrame:
    query = {"today": session.snapshot.today}
    rows = serve(session, Permission.SEE_PERSON, _EVENTS, query, people=[person], what=LOOK)
    for column in ("occurred_on", "ended_on", "known_on", "was_ended"):
        rows[column] = pd.to_datetime(rows[column])
    out = told(_schools_in_turn(rows))
    out["was"] = _before(rows).reindex(out.index).fillna("")
    out["open_now"] = _open(out, session.snapshot.today)
    return out.drop(columns=["corrected", "was_detail", "was_value", "was_ended"])


def _before(rows: pd.DataFrame) -> pd.Series:
    """What each corrected row of ``rows`` said before, by the row's label."""
    put_right = rows[rows["corrected"].astype(bool)]
    if put_right.empty:
        return pd.Series("", rows.index[:0], dtype=object)
    before = told(put_right.assign(**{name: put_right[f"was_{short}"] for name, short in _WAS.items()}))
    ends = ["" if pd.isna(day) else f" until {day:%-d %b %Y}" for day in before["ended_on"]]
    return before["said"].astype(object) + pd.Series(ends, before.index, dtype=object)


def _schools_in_turn(rows: pd.DataFrame) -> pd.DataFrame:
    """A school that says when a child joined and not when they left is left on the day they join the next."""
    joined = rows.loc[rows["kind"] == "enrolment", ["occurred_on", "ended_on"]].sort_values("occurred_on")
    rows.loc[joined.index, "ended_on"] = joined["ended_on"].fillna(joined["occurred_on"].shift(-1))
    return rows


def names(session: Session, person: int) -> pd.DataFrame:
    """Each way in which ``person`` was written down: ``written, birth_date, sources, last_seen``."""
    return serve(session, Permission.SEE_PERSON, _ALIASES, people=[person], what=LOOK)


def coverage(session: Session, person: int) -> pd.DataFrame:
    """Which sources that know only those on their books know ``person``: ``source, since, now``."""
    return serve(
        session, Permission.SEE_PERSON, _COVERAGE, {"today": session.snapshot.today}, people=[person], what=LOOK
    )


def last_looked(session: Session, person: int) -> Look | None:
    """When the reader last saw ``person``'s page before this script run, and what was in it."""
    return last_seen(session, [person], [Permission.SEE_PERSON.value], before=session.began).get(person)


def news(happened: pd.DataFrame, looked: Look | None, today: date) -> News:
    """What of ``happened`` (of `events`) became known since the reader ``looked``, or in the last three months."""
    since = looked.known_to if looked else today - _RECENT
    new = happened["known_on"] >= pd.Timestamp(since)
    phrases = (*changes(happened[new], happened[~new]), *_over(happened[~new], since, today))
    return News(looked.at if looked else None, since, phrases)


def _over(known: pd.DataFrame, since: date, today: date) -> list[str]:
    """Episodes that were known and have ended since; figures of a term or quarter don't end, they are of it."""
    ended = known["ended_on"].between(pd.Timestamp(since), pd.Timestamp(today), inclusive="left")
    over = known[ended & known["lasts"] & known["kind"].map(lambda kind: not KINDS[kind].unit)]
    return [f"{lower(label)} ended" for label in dict.fromkeys(over["label"])]


def strengths(happened: pd.DataFrame, today: date) -> pd.DataFrame:
    """What protects, the latest of each kind first: ``kind, said, label, times`` (in two years, or open now)."""
    recent = pd.Timestamp(today - timedelta(days=730))
    good = happened[happened["protective"] & ((happened["occurred_on"] >= recent) | happened["open_now"])]
    latest = good.drop_duplicates("kind", ignore_index=True)[["kind", "said", "label"]]
    return latest.assign(times=latest["kind"].map(good["kind"].value_counts()).astype(int))


def _open(happened: pd.DataFrame, today: date) -> pd.Series:
    return happened["lasts"] & (happened["ended_on"].isna() | (happened["ended_on"] >= pd.Timestamp(today)))


def agencies(happened: pd.DataFrame) -> pd.DataFrame:
    """One row a source: ``agency, owner, call, events, latest, latest_on, open_now``, latest first."""
    rows = []
    for source, mine in happened.groupby("source", sort=False):
        now = mine[mine["open_now"]]
        latest = mine.iloc[0]
        told = SOURCES.get(str(source))
        rows.append(
            (
                latest["from_source"],
                told.owner if told else "",
                told.call if told else "",
                len(mine),
                latest["said"],
                latest["occurred_on"],
                list(dict.fromkeys(now["said"])),
            )
        )
    frame = pd.DataFrame(rows, columns=["agency", "owner", "call", "events", "latest", "latest_on", "open_now"])
    return frame.sort_values(["latest_on", "agency"], ascending=[False, True], ignore_index=True)


def looks(session: Session, person: int, limit: int = 1000) -> pd.DataFrame:
    """Who looked at ``person``, one row a visit, newest first: ``at, until`` (UTC), ``name, role, did, purpose``.

    Entries of one reader with one purpose, each within half an hour of the one before, are one visit.
    """
    entries = consult(
        session,
        Permission.SEE_PERSON,
        lambda journal: log.entries(journal, person=person, limit=limit),
        people=[person],
        what="record of views",
    )
    names = reader_names(session.journal)
    visits: list[dict[str, Any]] = []
    for entry in reversed(entries):
        at, done = datetime.fromisoformat(entry["at"]), did(entry)
        same = next(
            (v for v in reversed(visits) if (v["reader"], v["purpose"]) == (entry["reader"], entry["purpose"])), None
        )
        if same is None or at - same["until"] > _VISIT:
            same = {"reader": entry["reader"], "purpose": entry["purpose"], "at": at, "did": []}
            visits.append(same)
        same |= {"until": at, "role": _role(entry["role"])}
        same["did"] = list(dict.fromkeys([*same["did"], done]))
    rows = [
        (v["at"], v["until"], names.get(v["reader"], v["reader"]), v["role"], "; ".join(v["did"]), v["purpose"])
        for v in reversed(visits)
    ]
    return pd.DataFrame(rows, columns=["at", "until", "name", "role", "did", "purpose"])


_SAID = {
    "page": "opened the page",
    "family": "family and friends",
    "record of views": "record of views",
    "similar cases": "similar cases",
    "indicators": "indicators",
    "score": "score",
    "score tab": "score tab",
}
_ACTED: dict[str, str] = {
    Permission.JUDGE: "judged",
    Permission.DECIDE: "decided",
    Permission.ALLOCATE: "allocated",
    Permission.FOLLOW_UP: "allocation followed up",
    Permission.SEE_ALLOCATIONS: "seen among the allocations",
    Permission.WATCH: "watched or stopped",
    Permission.SEE_WATCHED: "seen among the watched",
    Permission.SEARCH: "found by search",
    Permission.SEE_LIST: "seen on the ranked list",
    Permission.SEE_CASELOAD: "seen in the caseload",
    Permission.BREAK_GLASS: "emergency access",
}


def did(entry: Any) -> str:
    """What an entry of the log was, in words."""
    action, what = str(entry["action"]), str(detail_of(entry).get("what") or "")
    if action in (Permission.SEE_PERSON, Permission.SEE_SCORE):
        indicator = CATALOGUE.get(what.removeprefix("records behind "))
        return f"records behind: {indicator.label}" if indicator else _SAID.get(what, what or action)
    return _ACTED.get(action, f"{action}: {what}" if what else action)


def _role(role: str) -> str:
    return ROLES[role].label if role in ROLES else role

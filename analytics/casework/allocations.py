"""Who was given to whom, what came of it, and whom somebody has yet to follow up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import Any

from analytics.casework.followed import now_of
from analytics.casework.rows import each, who_is
from analytics.casework.services import OPEN_SERVICES, service_words
from data.access.gate import Session, act, checked_entry, serve
from data.access.reader import AccessRefused
from data.access.roles import Permission
from data.journal.accounts import accounts, reader_names
from data.journal.casework import BEGUN, GOES_ON, OUTCOMES, STATUSES, allocations, steps, team_places
from data.journal.casework import follow_up as write_step
from data.journal.tables import TEAM_CAPACITY

#: Days until somebody asks what came of an allocation, unless another day is set.
FIRST_FOLLOW_UP, SOON = 14, 7
LONGEST_TEXT, MOST_PLACES = 500, 10_000

_PEOPLE = f"""
WITH given AS (
    SELECT person FROM visible WHERE list_contains($given::BIGINT[], person)
), open_now AS ({OPEN_SERVICES.format(people="SELECT person FROM given")}
)
SELECT p.person, p.forename, p.surname, p.birth_date, p.sex, w.name AS ward_name, o.services
FROM given JOIN person p USING (person) LEFT JOIN ward w USING (ward) LEFT JOIN open_now o USING (person)
ORDER BY p.person
"""
_NAMES = """
SELECT p.person, p.forename, p.surname, p.birth_date, p.sex, NULL AS ward_name, NULL AS services
FROM visible JOIN person p USING (person) WHERE list_contains($given::BIGINT[], p.person) ORDER BY p.person
"""


@dataclass(frozen=True)
class Step:
    """One thing that came of an allocation, as somebody wrote it down."""

    step: str
    on: date
    followed: str | None
    by: str


@dataclass(frozen=True)
class Allocation:
    """One person with one key worker, as it stands. ``worker`` is the account, or the name of somebody without one.

    ``due``: follow up by then; None where it is over. ``person`` is the number that the person has now.
    """

    number: int
    person: int
    name: str
    birth_date: date | None
    sex: str | None
    ward: str | None
    services: tuple[str, ...]
    worker: str
    key_worker: str
    team: str | None
    from_date: date
    purpose: str
    outcome: str | None
    steps: tuple[Step, ...]
    due: date | None

    @property
    def open(self) -> bool:
        return self.due is not None

    @property
    def ended(self) -> date | None:
        """The day of its outcome."""
        return None if self.open or not self.steps else self.steps[-1].on

    def days_over(self, today: date) -> int:
        """For how many days a follow-up has been due; 0 where it is not."""
        return max((today - self.due).days, 0) if self.due else 0


@dataclass(frozen=True)
class Caseload:
    """One key worker's allocations in figures; ``ended`` counts them by outcome."""

    key_worker: str
    team: str | None
    open: int
    overdue: int
    soon: int
    ended: dict[str, int]


def today(session: Session) -> date:
    """The calendar's day, by which work is planned: the records may speak of an earlier one."""
    return session.journal.clock().astimezone(UTC).date()


def allocated(session: Session) -> tuple[Allocation, ...]:
    """Every allocation of somebody within the reader's scope, open or over, the longest due first."""
    return _told(session, allocations(session.journal), _steps(session), _PEOPLE)


def to_follow_up(session: Session, worker: str | None = None) -> tuple[Allocation, ...]:
    """Those due by today, of one key worker or of everybody, without what is open to them: in short, for Home."""
    written, day = _steps(session), today(session)
    rows = [
        row
        for row in allocations(session.journal)
        if row["status"] != STATUSES[-1]
        and (worker is None or row["key_worker"] == worker)
        and _due(row, written.get(row["allocation"], [])) <= day
    ]
    return _told(session, rows, written, _NAMES) if rows else ()


def _told(session: Session, rows: Sequence[Any], written: dict[int, list[Any]], query: str) -> tuple[Allocation, ...]:
    now = now_of(session, (row["person"] for row in rows))
    asked = {"given": sorted(set(now.values())), "today": session.snapshot.today}
    people = {int(one.person): one for one in each(serve(session, Permission.SEE_ALLOCATIONS, query, asked))}
    names, teams = reader_names(session.journal), {one.id: one.team for one in accounts(session.journal)}
    found = [
        _allocation(row, people[now[row["person"]]], written.get(row["allocation"], []), names, teams)
        for row in rows
        if now[row["person"]] in people
    ]
    return tuple(sorted(found, key=lambda one: (one.due or date.max, one.number)))


def _due(row: Any, written: Sequence[Any]) -> date:
    """The day that was set last, else a fortnight after it began."""
    due = next((one["due"] for one in reversed(written) if one["due"]), None)
    return date.fromisoformat(due) if due else date.fromisoformat(row["from_date"]) + timedelta(FIRST_FOLLOW_UP)


def _steps(session: Session) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in steps(session.journal):
        found.setdefault(row["allocation"], []).append(row)
    return found


def _allocation(
    row: Any, who: Any, written: list[Any], names: dict[str, str], teams: dict[str, str | None]
) -> Allocation:
    begun, worker = date.fromisoformat(row["from_date"]), str(row["key_worker"])
    done = [one for one in written if one["step"] != BEGUN]
    return Allocation(
        int(row["allocation"]), int(who.person), *who_is(who), service_words(who.services), worker,
        names.get(worker, worker), teams.get(worker), begun, str(row["purpose"]), row["outcome"],
        tuple(_step(one, names) for one in done),
        None if row["status"] == STATUSES[-1] else _due(row, written),
    )  # fmt: skip


def _step(row: Any, names: dict[str, str]) -> Step:
    return Step(row["step"], date.fromisoformat(row["on_date"]), row["followed"], names.get(row["by"], row["by"]))


def follow_up(session: Session, one: Allocation, step: str, on: date, followed: str, due: date | None) -> None:
    """Write what came of an allocation: it goes on, to be followed up by ``due``, or ends in one of `OUTCOMES`.

    Raises `AccessRefused` with what is missing.
    """
    if step not in (GOES_ON, *OUTCOMES):
        raise AccessRefused("Say how it stands.")
    if on > today(session) or on < one.from_date:
        raise AccessRefused("The day lies between the day of the allocation and today.")
    if step == GOES_ON and (due is None or due < today(session)):
        raise AccessRefused("Say by when it is to be followed up next: today or later.")
    if len(followed.strip()) > LONGEST_TEXT:
        raise AccessRefused(f"Say it in {LONGEST_TEXT} letters.")
    entry = checked_entry(session, Permission.FOLLOW_UP, [one.person])
    next_due = due.isoformat() if due and step == GOES_ON else None
    write_step(session.journal, one.number, step, on.isoformat(), followed.strip(), next_due, entry)


def by_worker(found: Iterable[Allocation], day: date) -> tuple[Caseload, ...]:
    """Each key worker's allocations, whoever has most overdue first."""
    groups: dict[str, list[Allocation]] = {}
    for one in found:
        groups.setdefault(one.worker, []).append(one)
    loads = (_caseload(mine, day) for mine in groups.values())
    return tuple(sorted(loads, key=lambda load: (-load.overdue, -load.open, load.key_worker)))


def _caseload(mine: list[Allocation], day: date) -> Caseload:
    still = [one for one in mine if one.due]
    ended = [one.outcome or "" for one in mine if not one.open]
    return Caseload(
        mine[0].key_worker,
        mine[0].team,
        len(still),
        sum(one.days_over(day) > 0 for one in still),
        sum(one.due is not None and day <= one.due <= day + timedelta(SOON) for one in still),
        {outcome: ended.count(outcome) for outcome in OUTCOMES if outcome in ended},
    )


def places(session: Session) -> dict[str, int]:
    """How many people each team can take on, where a manager has said so."""
    return team_places(session.journal)


def set_places(session: Session, team: str, count: int) -> None:
    """Say how many people ``team`` can take on at one time. Raises `AccessRefused`."""
    if not team.strip() or not 0 <= count <= MOST_PLACES:
        raise AccessRefused(f"A team has 0 to {MOST_PLACES:,} places.")
    act(session, Permission.SET_CAPACITY, TEAM_CAPACITY, {"team": team.strip(), "places": count})

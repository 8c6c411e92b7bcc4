"""Early help, and the service that supports children who were identified as exploited."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from data.city.clock import TODAY_DAY
from data.city.early_help import EARLY_REASONS
from data.city.identity import Habits
from data.city.members import Members
from data.city.noticing import REFERRERS
from data.city.writers.frame import Book, day_column, numbered, words
from data.sources.early_help import FIELDS as EARLY_FIELDS
from data.sources.exploitation_service import FIELDS as SERVICE_FIELDS

EARLY = Habits(forename=0.065, surname=0.055, birth=0.04, stale=0.25, prefix="E")
SERVICE = Habits(forename=0.07, surname=0.06, birth=0.045, stale=0.28, no_home=0.08, prefix="S")
GOALS = (
    "attendance improved",
    "parenting course",
    "debt plan agreed",
    "home is safe",
    "support for a parent's health",
    "child's behaviour calmer",
)


def write(book: Book) -> None:
    """Early help, the exploitation service."""
    _early_help(book)
    _service(book)


def _early_help(book: Book) -> None:
    rng, register = book.rng("early_help"), book.register("early_help", EARLY)
    episode = book.happened("early_help")
    row, person = Members(book.run).open(episode["family"], episode["day"])
    role = book.true.people.role[person]
    young = (episode["day"][row] - book.true.people.birth[person]) < 6574
    day = episode["day"][row]
    book.write(
        "early_help",
        "member",
        {
            "eh_id": register.locals(person),
            **register.fields(EARLY_FIELDS, person, day),
            "episode_ref": numbered("EH", row),
            "role": words(("child", "parent", "other"), np.where(role > 0, 1, np.where(young, 0, 2))),
            "reason": words(EARLY_REASONS, episode["reason"][row]),
            "worker": words(tuple(f"Early help worker {n}" for n in range(1, 41)), row % 40),
            "opened_on": day_column(day),
            "closed_on": day_column(episode["to"][row]),
        },
    )
    reached = np.flatnonzero((rng.random(len(row)) < 0.32) & (role[np.arange(len(row))] <= 1))
    on = day[reached] + ((episode["to"][row[reached]] - day[reached]) * rng.uniform(0.4, 1, len(reached))).astype(
        np.int32
    )
    past = on < TODAY_DAY - 7
    who = person[reached[past]]
    book.write(
        "early_help",
        "goal",
        {
            "eh_id": register.locals(who),
            "goal": words(GOALS, rng.choice(6, len(who), p=[0.2, 0.25, 0.15, 0.12, 0.14, 0.14])),
            "reached_on": day_column(on[past]),
        },
    )


def _service(book: Book) -> None:
    """Everybody identified, and nobody else: one row a child and form."""
    rng, register = book.rng("exploitation_service"), book.register("exploitation_service", SERVICE)
    table = book.happened("identified")
    child, day, size = table["child"], table["day"], len(table["child"])
    accepted = np.where(rng.random(size) < 0.82, day + rng.integers(3, 40, size), -1)
    closed = np.where(accepted > 0, accepted + rng.gamma(2.2, 120, size), -1).astype(np.int64)
    view = words(
        ("safer, needs met", "disengaged", "moved away", "still at risk, stepped up"),
        np.where((closed > 0) & (closed < TODAY_DAY), rng.choice(4, size, p=[0.5, 0.25, 0.08, 0.17]), -1),
    )
    book.write(
        "exploitation_service",
        "referral",
        {
            "service_id": register.locals(child),
            **register.fields(SERVICE_FIELDS, child, day),
            "form": words(("CSE", "CCE"), table["kind"]),
            "referred_by": words(REFERRERS, table["by"]),
            "identified_on": day_column(day),
            "accepted_on": day_column(accepted),
            "closed_on": day_column(closed),
            "closing_view": view if size else pa.nulls(0, pa.string()),
        },
    )

"""Groups among the known cases under the names that people gave them, and giving them one.

A build proposes a name from what sets a group apart. Somebody accepts it or words it anew; what they said of a proposal
stands for as long as builds propose the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from analytics.casework.space import Space, SubProfile
from analytics.features.catalogue import CATALOGUE
from data.access.gate import Session, act, consult
from data.access.reader import AccessRefused
from data.access.roles import Permission
from data.journal.accounts import reader_names
from data.journal.journal import Journal
from data.journal.tables import SUB_PROFILE_NAME

SHORTEST_NAME, LONGEST_NAME = 3, 80
MOST_TOLD = 5


@dataclass(frozen=True)
class Named:
    """A group with the name it goes by; ``by`` is whoever gave or accepted it, None for nobody yet."""

    group: SubProfile
    name: str
    by: str | None


def named(session: Session, held: Space) -> tuple[Named, ...]:
    """The groups of a space, the largest first."""
    if not held.groups:
        return ()
    given = consult(session, Permission.SEE_MODELS, lambda journal: _given(journal, held.model), what="sub-profiles")
    return tuple(Named(group, *given.get(group.proposed, (group.proposed, None))) for group in held.groups)


def _given(journal: Journal, model: str) -> dict[str, tuple[str, str | None]]:
    """Name and giver by proposed name; the last word stands."""
    table = SUB_PROFILE_NAME
    rows = journal.rows(sa.select(table).where(table.c.model == model).order_by(table.c.row))
    who = reader_names(journal)
    return {row["proposed"]: (row["name"], who.get(row["by"], row["by"])) for row in rows}


def give_name(session: Session, model: str, group: SubProfile, name: str) -> None:
    """Accept the proposed name, or word it anew. Raises `AccessRefused`, and for a name too short or too long."""
    words = " ".join(name.split())
    if not SHORTEST_NAME <= len(words) <= LONGEST_NAME:
        raise AccessRefused(f"A name has {SHORTEST_NAME} to {LONGEST_NAME} letters.")
    act(session, Permission.NAME_PROFILE, SUB_PROFILE_NAME, {"model": model, "proposed": group.proposed, "name": words})


def told(group: SubProfile) -> list[str]:
    """What sets a group apart, a line an indicator."""
    return [
        f"{CATALOGUE[name].label}: raised in {100 * own:.0f} % of them, in {100 * others:.0f} % of the other cases"
        for name, own, others in group.telling[:MOST_TOLD]
        if name in CATALOGUE
    ]

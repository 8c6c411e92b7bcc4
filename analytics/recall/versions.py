"""Every version of every model whose score was ever shown to anybody, and what has become of it."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.models.specs import SPECS
from data.access.gate import Session, consult
from data.access.question import SHOWINGS
from data.access.roles import Permission
from data.access.standing import Stage, standings
from data.journal.model_decisions import RETIRED, last_on, model_decisions
from data.journal.showings import shown_versions

#: What the log calls the ways in which a score is shown.
ACTIONS = frozenset(permission.value for permission in SHOWINGS)
IN_USE, WITHHELD, GONE, REPLACED = "in use", "withheld", "retired", "replaced by a newer version"


@dataclass(frozen=True)
class Version:
    """``first`` and ``last`` are ISO times, UTC, of its first and last showing; ``state`` in words, and why."""

    model: str
    version: str
    label: str
    first: str
    last: str
    entries: int
    state: str
    reason: str

    @property
    def to_recall(self) -> bool:
        """Whether those who saw it should be told: it is retired, or no longer good enough to be shown."""
        return self.state in (GONE, WITHHELD)


def versions(session: Session) -> tuple[Version, ...]:
    """The latest shown first. Raises `AccessRefused`."""
    shown = consult(
        session, Permission.RECALL, lambda journal: shown_versions(journal, ACTIONS), what="versions that were shown"
    )
    return tuple(
        Version(
            one.model, one.version, SPECS[one.model].label if one.model in SPECS else one.model, one.first, one.last,
            one.entries, *_state(session, one.model, one.version),
        )
        for one in shown
    )  # fmt: skip


def _state(session: Session, model: str, version: str) -> tuple[str, str]:
    decided = last_on(model_decisions(session.journal), model, version)
    if decided is not None and decided.state == RETIRED:
        return GONE, decided.reason
    now = standings(session.journal, session.snapshot).get(model)
    if now is None or now.version != version:
        return REPLACED, ""
    return (WITHHELD, now.reason) if now.stage is Stage.WITHHELD else (IN_USE, now.reason)

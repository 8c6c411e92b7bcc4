"""Guided cases that trainers wrote here: kept in the journal, each version with its author and time."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from analytics.training.case import Also, Case, Entry, Question, Relative
from analytics.training.cases import CASES
from analytics.training.checks import faults
from data.access.gate import Session, act, consult
from data.access.roles import Permission
from data.journal.accounts import reader_names
from data.journal.chain import canonical
from data.journal.log import training_cases
from data.journal.tables import TRAINING_CASE

_PARTS: Mapping[str, type[Any]] = {"entries": Entry, "relatives": Relative, "questions": Question, "also": Also}
_PREFIX = "written-"


@dataclass(frozen=True)
class Written:
    """A case as it stands, who wrote this version when (as the journal writes time), whether it is offered."""

    case: Case
    author: str
    at: str
    versions: int
    active: bool


def as_json(case: Case) -> str:
    """The case as text from which `of_json` makes the same one."""
    return canonical(asdict(case))


def of_json(told: str) -> Case:
    """The case that was written. Raises `ValueError` for anything that is no case."""
    try:
        found = json.loads(told)
        made: dict[str, Any] = {
            name: tuple(_part(of, one) for one in found.pop(name, ())) for name, of in _PARTS.items()
        }
        return Case(**{name: _tuple(value) for name, value in found.items()} | made)
    except (TypeError, AttributeError, KeyError) as wrong:
        raise ValueError("this is not a guided case") from wrong


def _part(made: type[Any], told: Mapping[str, Any]) -> Any:
    return made(**{name: _tuple(value) for name, value in told.items()})


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def new_name() -> str:
    """A name for a case that nobody has written yet."""
    return _PREFIX + secrets.token_hex(4)


def written(session: Session) -> dict[str, Written]:
    """Every case written here, as it stands, the one that was begun first in front."""
    rows = consult(session, Permission.TRAIN, training_cases)
    names, found = reader_names(session.journal), dict[str, Written]()
    for row in rows:
        versions = found[row["case"]].versions + 1 if row["case"] in found else 1
        author = names.get(row["by"], row["by"])
        found[row["case"]] = Written(of_json(row["told"]), author, row["at"], versions, bool(row["active"]))
    return found


def every_case(session: Session) -> dict[str, Case]:
    """All cases that are offered: those that come with Kinsight, then those written here."""
    return CASES | {name: one.case for name, one in written(session).items() if one.active}


def save(session: Session, case: Case, *, invented: bool) -> None:
    """Keep a version of a case. Raises `ValueError`, in words, for what is wrong or where somebody real is in it."""
    if not invented:
        raise ValueError("Say first that nobody real is in this case.")
    if wrong := faults(case):
        raise ValueError(wrong[0])
    _keep(session, case, active=True)


def withdraw(session: Session, name: str) -> None:
    """Offer a written case no longer; what was answered to it stays. Raises `KeyError` for one not written here."""
    _keep(session, written(session)[name].case, active=False)


def _keep(session: Session, case: Case, *, active: bool) -> None:
    if not case.name.startswith(_PREFIX):
        raise ValueError("Cases that come with Kinsight cannot be changed here: copy one.")
    values = {"case": case.name, "told": as_json(case), "invented": True, "active": active}
    act(session, Permission.WRITE_CASE, TRAINING_CASE, values)

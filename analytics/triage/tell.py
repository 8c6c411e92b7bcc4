"""Reasons of a suggestion as sentences, from the declarations of the indicators."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.triage.declared import HISTORIES, TOLD, History, Told
from data.codes import CONTACT_REASON
from data.contacts import AGENCIES

#: How many reasons are told at most, and what a part must weigh in log-odds to be one.
MOST, LEAST = 6, 0.08
_DECLARED: dict[str, History | Told] = {one.name: one for one in (*HISTORIES, *TOLD)}
_CHOICE = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")


@dataclass(frozen=True)
class Reason:
    """One thing that weighs: ``raises`` the suggestion or lowers it, by ``part`` in log-odds of harm."""

    indicator: str
    sentence: str
    raises: bool
    part: float


def reasons(
    names: Sequence[str], x: NDArray[np.float64], parts: NDArray[np.float64], values: Mapping[str, Any],
) -> tuple[Reason, ...]:  # fmt: skip
    """The largest of ``parts`` float64[m] of one contact ``x`` float64[m]; ``values`` are its indicators as counted.

    That something is absent is told only where it lowers: "no earlier contact" is no reason for worry, whatever a
    regression in which several counts stand for one another makes of it.
    """
    found = []
    for at in np.argsort(-np.abs(parts), kind="stable"):
        said = _said(names[at], x[at], values) if x[at] or parts[at] < 0 else None
        if said and abs(parts[at]) >= LEAST:
            found.append(Reason(names[at], said, bool(parts[at] > 0), float(parts[at])))
    return tuple(found[:MOST])


def _said(name: str, x: float, values: Mapping[str, Any]) -> str | None:
    """The sentence of one indicator; none for a reason or an agency that this contact's is not."""
    if name in _DECLARED:
        return sentence(_DECLARED[name], values[name])
    if not x:
        return None
    kind, _, which = name.partition("_")
    if kind == "reason":
        return f"The reason given is {CONTACT_REASON.labels[which]}"
    return f"It was told by {AGENCIES[int(which)]}"


def named(name: str) -> str:
    """What an indicator is called: ``Child protection enquiries, 24 months``; one no longer declared, by name."""
    kind, _, which = name.partition("_")
    if name in _DECLARED:
        return _DECLARED[name].label
    if kind == "reason":
        return f"Reason: {CONTACT_REASON.labels.get(which, which)}"
    return f"Told by: {AGENCIES[int(which)]}" if kind == "agency" else name.capitalize()


def sentence(one: History | Told, value: float) -> str:
    """``3 earlier contacts in a year``; what the declaration says where there is nothing."""
    if not value:
        return one.none
    whole = int(value)
    return _CHOICE.sub(lambda match: match[1] if whole == 1 else match[2], one.more).replace("{value}", str(whole))

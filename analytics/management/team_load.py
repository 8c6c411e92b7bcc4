"""Allocations beside capacity: how many each team has with it, how that changed, and what became of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from analytics.disclosure.control import free
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.journal.accounts import accounts
from data.journal.casework import OUTCOMES, STATUSES, allocations, steps, team_places
from data.snapshot.tables import RECORD_KEY

NO_TEAM, EVERY_TEAM = "no team recorded", "All teams"
_KEYED = f"""
SELECT cell, count(*)::INTEGER AS children, sum(key)::BIGINT AS keys
FROM (SELECT DISTINCT unnest($people::BIGINT[]) AS person, unnest($cells::INTEGER[]) AS cell)
JOIN {RECORD_KEY.name} USING (person) GROUP BY cell ORDER BY cell
"""


@dataclass(frozen=True)
class Capacity:
    """Safe counts of children. ``load``: by team, ``places`` (NaN where nobody said) and how many are ``open``;
    ``over_time``: open by team (columns) on each day; ``outcomes``: ended by team and outcome (columns)."""

    load: pd.DataFrame
    over_time: pd.DataFrame
    outcomes: pd.DataFrame


def capacity(session: Session, days: Sequence[date]) -> Capacity:
    """Count the allocations of the journal as they stood on each of ``days`` and stand now. Raises `AccessRefused`."""
    rows = _spans(session)
    places = team_places(session.journal)
    teams = [EVERY_TEAM, *sorted({*rows["team"], *places} - {NO_TEAM}), NO_TEAM]
    names = [*((day.isoformat()) for day in days), "now", *OUTCOMES]
    masks = [(rows["since"] <= day.isoformat()) & (rows["until"] > day.isoformat()) for day in days]
    masks += [rows["until"] == _NEVER, *((rows["outcome"] == outcome) for outcome in OUTCOMES)]
    safe = _counted(session, rows, masks, names, teams)
    told = pd.Series(places, dtype=float).reindex(teams)
    told[EVERY_TEAM] = told.sum(min_count=1)
    return Capacity(
        pd.DataFrame({"open": safe["now"], "places": told}),
        safe[names[: len(days)]].T.set_axis(list(days)),
        safe[list(OUTCOMES)],
    )


_NEVER = "9999-12-31"


def _spans(session: Session) -> pd.DataFrame:
    """A row an allocation: ``person``, ``team``, ``since``, ``until`` (ISO days), ``outcome``."""
    team = {one.id: one.team for one in accounts(session.journal)}
    ended: dict[int, str] = {row["allocation"]: row["on_date"] for row in steps(session.journal)}
    found = [_span(row, team, ended) for row in allocations(session.journal)]
    return pd.DataFrame(found, columns=["person", "team", "since", "until", "outcome"])


def _span(row: Any, team: dict[str, str | None], ended: dict[int, str]) -> tuple[int, str, str, str, str | None]:
    over = row["status"] == STATUSES[-1]
    until = ended.get(row["allocation"], row["from_date"]) if over else _NEVER
    where = team.get(row["key_worker"]) or NO_TEAM
    return int(row["person"]), where, str(row["from_date"]), str(until), row["outcome"] if over else None


def _counted(
    session: Session, rows: pd.DataFrame, masks: list[pd.Series], names: list[str], teams: list[str]
) -> pd.DataFrame:
    """Safe counts by team (rows) and ``names`` (columns); every allocation counts for all teams together as well."""
    own = rows["team"].map({team: at for at, team in enumerate(teams)}).to_numpy(np.int64)
    people, cells = [], []
    for at, mask in enumerate(masks):
        inside = mask.to_numpy(bool)
        for place in (own[inside], np.zeros(int(inside.sum()), np.int64)):
            people.append(rows["person"].to_numpy(np.int64)[inside])
            cells.append(place * len(masks) + at)
    asked = {"people": np.concatenate(people).tolist(), "cells": np.concatenate(cells).tolist()}
    found = serve(session, Permission.SEE_FIGURES, _KEYED, asked, what="allocations and capacity")
    told = np.zeros((2, len(teams) * len(masks)), np.int64)
    told[:, found["cell"].to_numpy(np.int64)] = found[["children", "keys"]].to_numpy(np.int64).T
    exact, keys = (pd.DataFrame(one.reshape(len(teams), -1), teams, names) for one in told)
    return free(exact, keys)

"""Contacts as a model reads them: one row each, what was known when they came, what was decided, what followed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.models.folds import fold_of
from analytics.triage import harm, history
from analytics.triage.declared import GRAVE_WORDS, MILD_WORDS, REASONS, occurring
from data.contacts import AGENCIES, GRADES

Floats = NDArray[np.float64]
_CONTACTS = f"""
SELECT contact, min(received_at) AS received_at, min(agency) AS agency, min(reason) AS reason,
       max({occurring(GRAVE_WORDS)}) AS grave, max({occurring(MILD_WORDS)}) AS mild,
       max(worker) AS worker, max(team) AS team, max(shared_with) AS shared_with,
       max(checks_found) AS checks_found, max(closed_at) AS closed_at, arg_min(outcome, person) AS outcome,
       coalesce(min(family), -min(person)) AS family
FROM {{schema}}.contact LEFT JOIN {{family}} USING (person)
WHERE received_at >= $since AND received_at < $until GROUP BY contact ORDER BY contact
"""
_FAMILY = "(SELECT person, min(family) AS family FROM {schema}.family_member GROUP BY person)"
_ASKED = """
SELECT contact, person, min(received_at) AS moment FROM {schema}.contact
WHERE received_at >= $since AND received_at < $until GROUP BY contact, person ORDER BY ALL
"""


@dataclass(frozen=True)
class Contacts:
    """n contacts: ``told`` a frame of what each says and what was decided; ``X`` float64[n, m] under ``names``;
    ``followed`` int64[n], a grade of ``analytics.triage.harm``."""

    told: pd.DataFrame
    names: tuple[str, ...]
    X: Floats
    followed: NDArray[np.int64]

    @property
    def fold(self) -> NDArray[np.int8]:
        return fold_of(self.told["family"].to_numpy(np.int64))

    @property
    def day(self) -> NDArray[np.datetime64]:
        return self.told["received_at"].to_numpy("datetime64[D]")

    @property
    def grade(self) -> NDArray[np.int64]:
        """What was decided, 0 to 4; -1 while it waits."""
        return np.asarray(self.told["outcome"].map(GRADES).fillna(-1), np.int64)

    def take(self, rows: NDArray[np.bool_]) -> Contacts:
        return Contacts(self.told[rows].reset_index(drop=True), self.names, self.X[rows], self.followed[rows])


def names() -> tuple[str, ...]:
    """The columns of ``X``: history, what the contact says of itself, who told and why.

    Not its words: neither a list of grave ones (`measure.WORDED`) nor words that were learned
    (``python -m tests.bench words``) found more harm of a later year, and a reason that weighs nothing would only
    persuade.
    """
    return (
        *history.names(),
        *(f"reason_{name}" for name in REASONS),
        *(f"agency_{n}" for n in range(len(AGENCIES))),
    )


def contacts(con: duckdb.DuckDBPyConnection, since: date, until: date, schema: str = "main") -> Contacts:
    """The contacts received in [since, until), in order of number."""
    bound = {"since": since, "until": until}
    family = _FAMILY.format(schema=schema)
    told = con.execute(_CONTACTS.format(schema=schema, family=family), bound).df()
    asked = con.execute(_ASKED.format(schema=schema), bound).df()
    known = history.known(con, asked, schema)
    after = harm.followed(con, schema).set_index("contact")["followed"]
    told = told[told["contact"].isin(known["contact"])].reset_index(drop=True)
    return Contacts(told, names(), matrix(told, known), after.reindex(told["contact"]).to_numpy(np.int64))


def matrix(told: pd.DataFrame, known: pd.DataFrame) -> Floats:
    """``X`` of contacts in one order: counts as log(1 + n), so that the tenth weighs less than the first."""
    held = known.set_index("contact").reindex(told["contact"])[history.names()].to_numpy(np.float64)
    reason = told["reason"].to_numpy()[:, None] == np.array(REASONS, object)
    agency = told["agency"].to_numpy()[:, None] == np.array(AGENCIES, object)
    return np.hstack([np.log1p(held), reason, agency]).astype(np.float64)


def row(reason: str, agency: str, known: Mapping[str, float]) -> Floats:
    """``X`` of one contact, float64[1, m]: as `matrix` has it."""
    held = np.log1p(np.array([known[name] for name in history.names()]))
    said = [float(reason == one) for one in REASONS] + [float(agency == one) for one in AGENCIES]
    return np.concatenate([held, said])[None]


def whole_until(today: date) -> date:
    """The first day on which what follows a contact is not wholly recorded."""
    return today - timedelta(days=harm.HORIZON_DAYS)

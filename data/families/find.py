"""Homes, relationships, families and the move from client to person, in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import duckdb
import pandas as pd

from data.families.family import write_families
from data.families.households import write_households
from data.families.relationships import write_relationships
from data.families.settle import Settled, settle


@dataclass(frozen=True)
class Found:
    """How many families, rows of ``relationship`` by kind, and what was settled."""

    families: int
    relationships: dict[str, int]
    settled: Settled


def find(
    con: duckdb.DuckDBPyConnection,
    progress: Callable[[str], None] | None = None,
    previous: pd.DataFrame | None = None,
) -> Found:
    """Write ``home_stay``, ``relationship``, ``family``, ``family_member`` and what ``settle`` writes, after ``link``.

    ``previous``: the last snapshot's (family, person); families keep their numbers.
    """
    tell = progress or (lambda _: None)
    tell("finding households and relationships")
    write_households(con)
    relationships = write_relationships(con)
    tell("grouping families")
    families = write_families(con, previous)
    tell("settling events on people")
    return Found(families, relationships, settle(con))

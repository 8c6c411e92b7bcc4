"""The grader of the hub's contacts and how evenly they are decided, into the draft of a snapshot; and what truth says
of the grader beside the truth."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from analytics.build import before, tables
from analytics.triage import even, lasting
from analytics.triage.publish import MODEL, RECORDED, TRUTH, grade, stored
from data.home import Home
from data.lanes import Turn
from data.snapshot.engine import ALIAS
from data.snapshot.tables import CHALLENGER, CONTACT_MODEL, CONTACT_SCORE, CONTACT_WEIGHT, EVALUATION


def publish(
    home: Home, city: Mapping[str, Any], today: date, kept: Path | None, con: duckdb.DuckDBPyConnection, turn: Turn
) -> dict[str, Any]:
    """Learn, measure, write down; what the manifest says of it, empty where there was too little to learn from.

    ``today`` is the first day not recorded; ``kept`` where the invented city's truth lies beside the snapshot. A grader
    that people approved goes on grading, and what was learned now waits beside it.
    """
    graded = grade(con, today, ALIAS, kept, lasting.approved(home, before.approved(home, city, MODEL)))
    compared = even.written(con, today, None if graded is None else graded.scores)
    with turn:
        for table, rows in compared:
            tables.append(con, table, rows)
        if graded is None:
            return {}
        lasting.keep(home, graded.newcomer)
        tables.append(con, CHALLENGER, graded.challenger)
        tables.append(con, CONTACT_MODEL, graded.model)
        tables.append(con, CONTACT_WEIGHT, graded.weights)
        tables.append(con, CONTACT_SCORE, graded.scores)
        tables.append(con, EVALUATION, stored(graded.rows, RECORDED))
    if kept is not None:
        stored(graded.rows, TRUTH).to_parquet(kept / f"evaluation-{MODEL}.parquet", index=False)
    return graded.told

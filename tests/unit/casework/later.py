"""Fernhill a quarter later: the same town, with the list of the build before and the day that build spoke of."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

from data.home import Home
from data.snapshot.engine import ALIAS, attach, connect
from data.snapshot.reading import served
from tests.unit.casework.conftest import Fernhill

BEFORE, THEN = 0, date(2026, 7, 1)
#: The snapshot that readers looked at then.
SNAPSHOT = f"fernhill-{BEFORE}"
_THEN = f"""
INSERT INTO {ALIAS}.list_before
SELECT person, model, 'fernhill0000', ?::DATE, band, rank, ?, ?::DATE FROM {ALIAS}.score
WHERE as_of = ? AND band <> 'lower'
"""


def later(town: Fernhill, folder: Path) -> Fernhill:
    """A copy of ``town`` in ``folder`` whose snapshot knows the list of an earlier build."""
    home = folder / "later"
    shutil.copytree(town.home, home, ignore=shutil.ignore_patterns("journal*"))
    con = connect()
    attach(con, served(Home(home)), ALIAS, read_only=False)
    con.execute(_THEN, [THEN, BEFORE, THEN, THEN])
    past = [{"build": BEFORE, "until": str(THEN)}, {"build": 1, "until": "2026-10-01"}]
    for key, value in (("linkage_history", past), ("recorded_until", "2026-10-01")):
        con.execute(f"INSERT INTO {ALIAS}.manifest VALUES (?, ?)", [key, json.dumps(value)])
    con.close()
    return Fernhill(home, town.people)

"""The invented city's truth: kept beside the snapshot, for measuring alone. Nothing that trains a model reads it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
import numpy as np

from analytics.evaluation.labels import Attribute, Exploitation
from data.home import Home

_NUMBERED = re.compile(r"truth-(\d+)$")

# A true person is the linked person that most of their clients went to. Every model asks: worked out once a connection,
# which sees one city.
BEST = """
CREATE TEMP TABLE IF NOT EXISTS best AS
WITH linked AS (
    SELECT t.true_person, l.person, count(DISTINCT r.client) AS clients
    FROM read_parquet($identity) t JOIN person_record r ON r.source = t.source AND r.local_id = t.local_id::VARCHAR
    JOIN person_link l ON l.client = r.client GROUP BY ALL
)
SELECT true_person, person FROM linked
QUALIFY row_number() OVER (PARTITION BY true_person ORDER BY clients DESC, person) = 1
"""
SPELLS = """
SELECT person, started_on, ended_on FROM read_parquet($exploitation) JOIN best USING (true_person)
WHERE kind = $kind AND started_on IS NOT NULL ORDER BY ALL
"""
WATCHED = """
SELECT best.person, max(f.watched) FROM best
JOIN read_parquet($people) p USING (true_person) JOIN read_parquet($family) f ON f.family = p.family
GROUP BY best.person ORDER BY best.person
"""
SPARED = """
SELECT person, arg_min(effect * worry * 12, drawn_on) FROM read_parquet($programme) JOIN best USING (true_person)
GROUP BY person ORDER BY person
"""


def keep(truth: Path, home: Home, number: int) -> Path:
    """Copy ``truth`` beside snapshot ``number``; truths whose snapshot is gone go too."""
    place = home.truth(number)
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(truth, place)
    _clear(home, number)
    return place


def _clear(home: Home, newest: int) -> None:
    there = {path.stem for path in home.snapshots.glob("snapshot-*.duckdb")}
    for folder in home.path.glob("truth-*"):
        found = _NUMBERED.match(folder.name)
        if found and int(found[1]) != newest and f"snapshot-{found[1]}" not in there:
            shutil.rmtree(folder, ignore_errors=True)


def _find_best(con: duckdb.DuckDBPyConnection, truth: Path) -> None:
    con.execute(BEST, {"identity": str(truth / "identity.parquet")})


def exploitation(con: duckdb.DuckDBPyConnection, truth: Path, kind: str) -> Exploitation:
    """Spells of exploitation of linked people. People whom no source knows are in no ranking, and are left out."""
    bound = {"exploitation": str(truth / "exploitation.parquet"), "kind": kind}
    _find_best(con, truth)
    rows = con.execute(SPELLS, bound).fetchall()
    started, ended = (np.array([row[i] for row in rows], "datetime64[D]") for i in (1, 2))
    return Exploitation(np.array([row[0] for row in rows], np.int64), started, ended)


def watched(con: duckdb.DuckDBPyConnection, truth: Path) -> Attribute:
    """How closely agencies look at the family of each linked person; no source has it."""
    bound = {"people": str(truth / "person.parquet"), "family": str(truth / "family.parquet")}
    _find_best(con, truth)
    rows = con.execute(WATCHED, bound).fetchall()
    return Attribute(np.array([row[0] for row in rows], np.int64), np.array([row[1] for row in rows], float))


def spared(con: duckdb.DuckDBPyConnection, truth: Path) -> Attribute | None:
    """Contacts of a year that attending the programme would truly spare each person's family."""
    file = truth / "programme.parquet"
    if not file.exists():
        return None
    _find_best(con, truth)
    rows = con.execute(SPARED, {"programme": str(file)}).fetchall()
    return Attribute(np.array([row[0] for row in rows], np.int64), np.array([row[1] for row in rows], float))

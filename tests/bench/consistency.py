"""Planted inconsistency, over twenty invented cities: is it found, and is anybody else pointed out?

``python -m tests.bench consistency`` simulates the cities (about a minute each; ``KINSIGHT_CITIES`` and
``KINSIGHT_CITY_FAMILIES`` set how many and how large) and hands the hub's contacts, as recorded, to the same queries as
the build. No source is written or linked and no truth is read; of the past, only earlier contacts are known. Each
city's outcome is kept in ``KINSIGHT_BENCH_KEEP`` (else ``store/bench``), so that a round which was broken off goes on;
what was found by other code is not taken for it.

A city of 8,000 families has as many contacts in the eight years recorded as one of 32,000 has in two.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.triage.consistency import AGENCY, TEAM, WORKER, Report, report
from analytics.triage.decided import decided
from data.city.clock import TODAY
from data.city.hub import A_TEAM, TEAMS, worker
from data.city.reasons import AGENCIES, OUTCOMES, REASONS
from data.city.simulation import simulate
from data.city.writers.frame import Book
from data.city.writers.hub import contacts
from data.city.writers.said import said

CITIES, FAMILIES, FIRST = 20, 8000, 41  # cities 1 to 40 were looked at while the comparison was made
FOUND, FALSE = 18, 0.05  # of twenty cities; share of those looked at who are pointed out wrongly
SINCE, UNTIL = date(2019, 10, 1), date.fromisoformat(str(TODAY))
PLANTED = {"strict workers": WORKER, "lax team": TEAM, "over-refers": AGENCY}
ROOT = Path(__file__).parents[2]
COMPARISON = (
    "data/contacts.py",
    *(f"analytics/triage/{name}.py" for name in "consistency decided declared expected funnel history".split()),
)
Ints = NDArray[np.integer]
_TABLES = """
CREATE TABLE relationship (
    person BIGINT, other BIGINT, kind VARCHAR, "from" DATE, "to" DATE, known_on DATE, end_known_on DATE
);
CREATE TABLE event (
    person BIGINT, kind VARCHAR, occurred_on DATE, ended_on DATE, known_on DATE, end_known_on DATE, corrected_on DATE
);
CREATE TABLE contact AS
    SELECT * REPLACE (TIMESTAMP '1970-01-01' + to_days(received_at) AS received_at) FROM recorded;
CREATE TABLE person AS SELECT person, DATE '1970-01-01' + birth AS birth_date FROM register;
CREATE TABLE family_member AS SELECT person, family FROM register;
"""


def bench() -> Iterator[tuple[str, bool]]:
    """A line a city, then the promises."""
    cities = int(os.environ.get("KINSIGHT_CITIES", CITIES))
    families = int(os.environ.get("KINSIGHT_CITY_FAMILIES", FAMILIES))
    every = []
    for seed in range(FIRST, FIRST + cities):
        every.append(kept(families, seed))
        yield f"city {seed}: {every[-1]}", True
    yield from promises(every)


def kept(families: int, seed: int) -> dict[str, Any]:
    """The outcome of one city: read where the same code found it before, else found and written down."""
    folder = Path(os.environ.get("KINSIGHT_BENCH_KEEP", ROOT / "store" / "bench"))
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"consistency-{families}-{seed}-{code()[:12]}.json"
    if file.is_file():
        return dict(json.loads(file.read_text(encoding="utf-8")))
    found, planted = city(families, seed)
    told = {"contacts": found.contacts} | outcome(found, planted)
    part = file.with_suffix(".part")
    part.write_text(json.dumps(told), encoding="utf-8")
    part.rename(file)
    return told


def code() -> str:
    """SHA-256 of what the outcome hangs on: the city's code, the comparison's and this file's."""
    digest = hashlib.sha256()
    for path in [*sorted(ROOT.glob("data/city/**/*.py")), *(ROOT / name for name in COMPARISON), Path(__file__)]:
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def city(families: int, seed: int) -> tuple[Report, dict[str, Any]]:
    """What the comparison says of one city, and what was planted there."""
    run = simulate(families, seed)
    # Identities are for the sources' registers, and no register is written here.
    book = Book(run, None, Path(), seed)  # type: ignore[arg-type]
    people = run.lives.people
    return judged(pd.DataFrame(contacts(book)), people.birth, people.family), run.hub.planted()


def judged(table: pd.DataFrame, birth: Ints, family: Ints) -> Report:
    """The report on contacts as the city's writer has them; ``birth`` (a day) and ``family`` of each person."""
    con = duckdb.connect()
    con.register("recorded", _recorded(table))
    con.register("register", pd.DataFrame({"person": np.arange(len(birth)), "birth": birth, "family": family}))
    con.execute(_TABLES)
    return report(decided(lambda query, bound: con.execute(query, bound).df(), SINCE, UNTIL), UNTIL, SINCE)


def _recorded(table: pd.DataFrame) -> pd.DataFrame:
    """The columns that the hub records, one row a contact and person."""
    first = table.groupby("contact")["incident"].transform("first").to_numpy()
    number = table["contact"].to_numpy()
    return pd.DataFrame(
        {
            "contact": [f"K{each:07d}" for each in number],
            "person": table["person"].to_numpy(np.int64),
            "received_at": table["day"].to_numpy(np.int32),
            "closed_at": (np.datetime64("1970-01-02") + table["day"].to_numpy(np.int64)).astype("datetime64[s]"),
            "agency": np.array(AGENCIES, object)[table["agency"]],
            "reason": np.array(REASONS, object)[table["reason"]],
            "narrative": said(table["reason"].to_numpy(), first, number).to_pandas(),
            "outcome": np.array(OUTCOMES, object)[table["outcome"]],
            "worker": [worker(int(each)) for each in table["worker"]],
            "team": np.array(TEAMS, object)[table["worker"] // A_TEAM],
        }
    )


def outcome(found: Report, planted: dict[str, Any]) -> dict[str, Any]:
    """By what was planted whether it was found; how many others were looked at, and who of them was pointed out."""
    units, told = found.units, {}
    for name, kind in PLANTED.items():
        named = [planted[name]] if isinstance(planted[name], str) else planted[name]
        theirs = (units["kind"] == kind) & units["name"].isin(named)
        right = (units["shift"] > 0) == (name != "lax team")
        told[name] = int((theirs & units["unusual"] & right).sum()) == len(named)
        units = units[~theirs]
    wrong = units[units["unusual"]]
    return told | {"others": len(units), "wrong": [f"{row.kind} {row.name}" for row in wrong.itertuples(index=False)]}


def promises(every: list[dict[str, Any]]) -> Iterator[tuple[str, bool]]:
    """Each kind found in 18 of 20 cities; false flags within 5 %: of those looked at, and of cities with any."""
    for name in PLANTED:
        found = sum(one[name] for one in every)
        yield f"{name}: found in {found} of {len(every)} cities", found >= FOUND * len(every) / CITIES
    wrong, others = sum(len(one["wrong"]) for one in every), sum(one["others"] for one in every)
    cities = sum(bool(one["wrong"]) for one in every)
    yield f"false flags: {wrong} of {others} looked at", wrong <= FALSE * others
    yield f"cities with any false flag: {cities} of {len(every)}", cities <= FALSE * len(every)

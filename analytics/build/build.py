"""The batch, in order: read files, link people, find families, compute indicators, run the models, publish.

Everything is made in working tables and a draft beside the snapshot that is being served. Only the last step changes
what readers see, in one atomic replacement; a build that is killed or fails leaves the old snapshot serving.
"""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
from threadpoolctl import threadpool_limits

from analytics.build import before, benefit, hub, indicators, lists, moves, risk, tables, truth
from analytics.build.facts import inputs
from analytics.build.watch import Watch, peak_memory_gb
from analytics.casework import search_index
from analytics.disclosure import cell_key
from analytics.families.assess import EARLIER_MONTHS, assess
from analytics.families.looking import months_before
from analytics.features.catalogue import CATALOGUE, catalogue_hash
from analytics.matrix import grid
from analytics.matrix.matrix import Matrix
from analytics.models.bundle import LIBRARIES, code_hash
from analytics.models.specs import SPECS, UPLIFTS
from data.families.find import Found, find
from data.families.quality import kinship
from data.home import Home
from data.ingest.ingest import Ingested, ingest
from data.lanes import Step, in_lanes
from data.linkage.link import Linkage, link
from data.linkage.quality import Quality, adopted_linked, quality_by_group
from data.places import read_places
from data.progress import Progress
from data.retention.leaving import erase, retire
from data.snapshot.engine import ALIAS, connect, current_database
from data.snapshot.manifest import city_of
from data.snapshot.publish import Draft
from data.snapshot.tables import (
    FAMILY_CRITERION,
    LIST_BEFORE,
    PERSON_MOVED,
)
from data.sources import SOURCES

log = logging.getLogger(__name__)

PLACES = "places"
#: The tie by which an agency says that two records, as of a child before and after adoption, are never to be linked.
DO_NOT_LINK = "do_not_link"
NEVER_LINKED = """
SELECT DISTINCT client AS client_l, other_client AS client_r FROM staged.relation WHERE kind = $kind ORDER BY ALL
"""
LINKED_ALL_THE_SAME = """
SELECT count(*) FROM never_pairs JOIN person_link l ON l.client = client_l JOIN person_link r ON r.client = client_r
WHERE l.person = r.person
"""
#: DuckDB's share of the 8 GB that a build may take; matrices and models have the rest.
MEMORY = "3GB"


@dataclass(frozen=True)
class Wish:
    """What to build. ``today`` is the first day not recorded; ``truth`` an invented city's, for measuring alone.

    ``models`` names those to train; ``None`` is every one declared.
    """

    sources: Path
    home: Home
    today: date
    truth: Path | None = None
    models: tuple[str, ...] | None = None


@dataclass
class Report:
    """What a build did."""

    rows: dict[str, int] = field(default_factory=dict)
    rejected: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, int] = field(default_factory=dict)
    linkage: dict[str, Any] = field(default_factory=dict)
    kinship: dict[str, dict[str, float]] = field(default_factory=dict)
    indicators: dict[str, Any] = field(default_factory=dict)
    models: dict[str, Any] = field(default_factory=dict)
    contacts: dict[str, Any] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    cpu_seconds: dict[str, float] = field(default_factory=dict)
    peak_memory_gb: float | None = None
    snapshot: int = 0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def first_day_not_recorded(sources: Path) -> date:
    """The day after the city's last, as ``city.json`` says; the calendar's today for real files."""
    file = sources / "city.json"
    told = json.loads(file.read_text(encoding="utf-8")).get("to") if file.is_file() else None
    return date.fromisoformat(told) if told else date.today()  # noqa: DTZ011


def build(wish: Wish, progress: Progress | None = None) -> Report:
    """Make and publish the next snapshot. Raises `StoreError`: files that can't be taken, another build at work."""
    watch = Watch(progress)
    place = Path(tempfile.mkdtemp(prefix="build-", dir=wish.home.made(wish.home.work)))
    try:
        con = connect(place / "build.duckdb", spill=place, memory=MEMORY)
        try:
            return _build(wish, con, watch)
        finally:
            con.close()
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _build(wish: Wish, con: duckdb.DuckDBPyConnection, watch: Watch) -> Report:
    report = Report()
    as_of = grid.today(wish.today - timedelta(days=1))
    with Draft(wish.home, con) as draft:
        taken = _read(wish, con, watch, report)
        linked = _link(wish, con, watch, report)
        # What linkage is measured by is asked for while families are found: the processors have time for both.
        with ThreadPoolExecutor(max_workers=1) as meanwhile:
            measured = meanwhile.submit(_measured, wish, con.cursor(), current_database(con))
            found = _families(wish, con, watch, report)
            report.linkage |= measured.result()
        _write(con, watch, report)
        con.execute(f"USE {ALIAS}")
        city = city_of(wish.sources)
        report.tables[PERSON_MOVED.name] = moves.keep(con, wish.home, city, draft.number)
        gone = before.erased_clients(wish.home, city)
        report.tables[LIST_BEFORE.name] = lists.keep(con, wish.home, city, draft.number, wish.today, gone)
        matrices = _indicators(con, as_of, watch, report)
        # Models keep one processor busy and the database idle: the rest is made meanwhile, on its own cursor.
        with ThreadPoolExecutor(max_workers=1) as meanwhile:
            beside = meanwhile.submit(_beside_models, con.cursor(), as_of, city["id"])
            report.snapshot = draft.number
            _models(wish, con, matrices, watch, report)
            report.tables |= beside.result()
        with watch.stage("publish"):
            report.seconds = watch.with_total()
            draft.manifest |= _manifest(wish, as_of, taken, linked, found, report)
    report.seconds, report.cpu_seconds, report.peak_memory_gb = watch.with_total(), watch.cpu, peak_memory_gb()
    return report


def _read(wish: Wish, con: duckdb.DuckDBPyConnection, watch: Watch, report: Report) -> Ingested:
    """Every row into ``staged``, or into quarantine."""
    with watch.stage("read") as tell:
        taken = ingest(con, wish.sources, wish.today, lambda _, share: tell(share))
        read_places(con, wish.sources / PLACES)
        gone = before.erased_clients(wish.home, city_of(wish.sources))
        report.left_out = {"erased": erase(con, gone), "past retention": retire(con, SOURCES, wish.today)}
    report.rows, report.rejected = taken.rows, taken.rejected
    return taken


def _link(wish: Wish, con: duckdb.DuckDBPyConnection, watch: Watch, report: Report) -> Linkage:
    """Clients become people, who keep the numbers that the last snapshot gave them; reviewers' verdicts are obeyed."""
    city = city_of(wish.sources)
    with watch.stage("link"):
        decided, never = before.decided_links(wish.home, city), _never_linked(con)
        linked = link(
            con,
            previous=before.previous_links(wish.home, city),
            do_not_link=never,
            reviews=decided.pairs,
            progress=log.debug,
        )
    report.linkage = {"counts": linked.counts, "how": linked.links, "never_linked": _linked_all_the_same(con, never)}
    report.linkage |= {"reviewed": decided.counted(), "reviews_read": decided.read}
    return linked


def _never_linked(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Pairs of clients (client_l, client_r) of whom an agency says that they must never be one person."""
    return con.execute(NEVER_LINKED, {"kind": DO_NOT_LINK}).df()


def _linked_all_the_same(con: duckdb.DuckDBPyConnection, never: pd.DataFrame) -> int:
    """How many of the pairs that must never be one person are one. It has to be none, and whoever looks can see it."""
    con.register("never_pairs", never)
    found = con.execute(LINKED_ALL_THE_SAME).fetchall()
    con.unregister("never_pairs")
    return int(found[0][0])


def _measured(wish: Wish, con: duckdb.DuckDBPyConnection, database: str) -> dict[str, Any]:
    """Against the truth: everybody's figures, those of each group, and how many adopted pairs are one person."""
    if wish.truth is None:
        return {}
    truth = wish.truth
    con.execute(f"USE {database}")
    groups = quality_by_group(con, truth / "identity.parquet", truth / "person.parquet", wish.today)
    everybody = groups.pop("all")["all"]
    by_group = {grouping: {name: one.f1 for name, one in values.items()} for grouping, values in groups.items()}
    return _figures(everybody) | {
        "f1_by_group": by_group, "adopted_linked": adopted_linked(con, truth / "adopted.parquet"),
    }  # fmt: skip


def _figures(measured: Quality) -> dict[str, float]:
    return {"precision": measured.precision, "recall": measured.recall, "f1": measured.f1}


def _families(wish: Wish, con: duckdb.DuckDBPyConnection, watch: Watch, report: Report) -> Found:
    """Who is what to whom, in families that keep their numbers; events move from clients to people."""
    with watch.stage("families"):
        found = find(con, progress=log.debug, previous=before.previous_families(wish.home, city_of(wish.sources)))
    if wish.truth:
        report.kinship = {kind: _figures(one) for kind, one in kinship(con, wish.truth).items()}
    return found


def _write(con: duckdb.DuckDBPyConnection, watch: Watch, report: Report) -> None:
    """What is settled goes into the draft."""
    with watch.stage("write"):
        report.tables = tables.write_tables(con)
        tables.drop_working_tables(con)


def _indicators(con: duckdb.DuckDBPyConnection, as_of: date, watch: Watch, report: Report) -> dict[date, Matrix]:
    with watch.stage("indicators") as tell:
        matrices = indicators.compute(con, as_of, tell)
    report.indicators = {
        "number": len(CATALOGUE),
        "dates": [str(day) for day in matrices],
        "cohort": len(matrices[as_of].people),
        "known": indicators.known_share(matrices),
    }
    return matrices


def _models(
    wish: Wish, con: duckdb.DuckDBPyConnection, matrices: dict[date, Matrix], watch: Watch, report: Report
) -> None:
    """Train, measure and explain each declared model: two at a time, each writing itself down when its turn comes."""
    kept = truth.keep(wish.truth, wish.home, report.snapshot) if wish.truth else None
    city = city_of(wish.sources)
    # One thread for each sum, in whichever lane: how many cores a machine has must not change a figure.
    with watch.stage("models") as tell, threadpool_limits(1):
        steps: dict[str, Step] = {
            spec.name: partial(
                risk.publish, wish.home, city, spec, inputs(con, spec, matrices, wish.truth), report.snapshot, kept
            )
            for spec in SPECS.values()
            if wish.models is None or spec.name in wish.models
        }
        for name, offer in UPLIFTS.items():
            if wish.models is None or name in wish.models:
                steps[name] = partial(benefit.publish, offer, matrices, wish.home, kept)
        steps[hub.MODEL] = partial(hub.publish, wish.home, city, wish.today, kept)
        for done, (name, told) in enumerate(in_lanes(steps.items(), lambda: _drafting(con)), 1):
            report.models[name] = told
            tell(done / len(steps))
        report.contacts = report.models.pop(hub.MODEL)


def _drafting(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A cursor of its own for whoever works beside others, on the draft's tables."""
    cursor = con.cursor()
    cursor.execute(f"USE {ALIAS}")
    return cursor


def _beside_models(con: duckdb.DuckDBPyConnection, as_of: date, city: str) -> dict[str, int]:
    """The search index, record keys, and which criteria families meet now and met a year ago; rows written by table."""
    search_index.build(con)
    con.execute(f"USE {ALIAS}")
    cell_key.publish(con, city)
    return {FAMILY_CRITERION.name: assess(con, (months_before(as_of, EARLIER_MONTHS), as_of))}


def _manifest(
    wish: Wish, as_of: date, taken: Ingested, linked: Linkage, found: Found, report: Report
) -> dict[str, Any]:
    """From what the snapshot was made, so that any score can be rebuilt."""
    from importlib.metadata import version

    city, until = city_of(wish.sources), wish.today.isoformat()
    past = [*before.history(wish.home, city), before.figures(report.snapshot, until, report.linkage)]
    return {
        "city": city,
        "today": as_of.isoformat(),
        "recorded_until": until,
        "files": {each.name: each.sha256 for each in taken.deliveries},
        "rows": report.rows,
        "rejected": report.rejected,
        "left_out": report.left_out,
        "tables": report.tables,
        "linkage": report.linkage | {"threshold": linked.threshold, "parameters": linked.parameters},
        "linkage_history": past[-before.REMEMBERED :],
        "families": found.families,
        "catalogue": catalogue_hash(CATALOGUE.values()),
        "code": code_hash(),
        "libraries": {name: version(name) for name in (*LIBRARIES, "duckdb", "splink")},
        "indicators": report.indicators,
        "models": report.models,
        "contacts": report.contacts,
        "seconds": report.seconds,
    }

"""The whole of linkage, in order."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import contextmanager
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from data.linkage import alike, apart, blocking, cleaning, exact, identity, nodes, persist, predict
from data.linkage.cluster import Ints, Links, cluster
from data.linkage.settings import Parameters
from data.snapshot.tables import LINK_PAIR, PERSON_LINK

log = logging.getLogger(__name__)

THRESHOLD = 0.8  # one threshold for everything: DESIGN.md, "Linkage"
REVIEW = (0.3, 0.95)  # pairs between are offered for clerical review
Progress = Callable[[str], None]


@dataclass
class Linkage:
    """What linkage did: sizes, links by how they were decided, and what it was run with."""

    threshold: float = THRESHOLD
    counts: dict[str, int] = field(default_factory=dict)
    links: dict[str, int] = field(default_factory=dict)
    parameters: Parameters = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


def link(
    con: duckdb.DuckDBPyConnection,
    previous: pd.DataFrame | None = None,
    do_not_link: pd.DataFrame | None = None,
    reviews: pd.DataFrame | None = None,
    progress: Progress | None = None,
    parameters: Parameters | None = None,
) -> Linkage:
    """Link the clients of ``staged.person_record``; write ``person``, ``person_link`` and ``link_pair``.

    ``previous`` (client, person) is the previous snapshot's linkage, ``do_not_link`` (client_l, client_r) are pairs that
    must never be one person, ``reviews`` (client_l, client_r, verdict: same, different or unsure) what people decided.
    """
    done = Linkage(parameters=parameters or predict.shipped_parameters())
    step = _Step(done, progress or log.info)
    with step("cleaning names, dates and numbers"):
        _take_in(con, previous, do_not_link, reviews)
        done.counts["clients"] = cleaning.clean(con)
    with step("linking by number and by identical record"):
        done.links = exact.link_exactly(con)
        _add_reviewed(con)
        _cluster_clients(con, done.counts["clients"])
    with step("choosing pairs to weigh"):
        done.counts["nodes"] = nodes.write_nodes(con)
        done.counts["pairs"] = blocking.block(con)
    with step("weighing pairs"):
        predict.predict(con, done.parameters, REVIEW[0])
    with step("joining clusters"):
        _cluster_entities(con, done.counts["clients"], done.threshold)
        done.counts["people"] = persist.number_people(con)
        _write_links(con)
    with step("choosing the identity shown"):
        identity.write_people(con)
        done.counts["uncertain"] = _write_pairs(con)
    done.links = dict(con.execute("SELECT how, count(*) FROM person_link GROUP BY how ORDER BY how").fetchall())
    return done


class _Step:
    """Times a step under its name and tells of it."""

    def __init__(self, done: Linkage, tell: Progress) -> None:
        self.done, self.tell = done, tell

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        self.tell(name)
        started = time.perf_counter()
        yield
        self.done.seconds[name] = round(time.perf_counter() - started, 2)


def _take_in(con: duckdb.DuckDBPyConnection, previous: Any, do_not_link: Any, reviews: Any) -> None:
    """Bring what earlier builds and people decided into ``linkage.previous``, ``decreed_apart`` and ``decreed_same``."""
    con.execute("CREATE SCHEMA IF NOT EXISTS linkage")
    alike.define(con)
    _table(con, "previous", previous, {"client": "BIGINT", "person": "BIGINT"})
    _table(con, "never", do_not_link, {"client_l": "BIGINT", "client_r": "BIGINT"})
    _table(con, "review", reviews, {"client_l": "BIGINT", "client_r": "BIGINT", "verdict": "VARCHAR"})
    con.execute(
        "CREATE OR REPLACE TABLE linkage.decreed_apart AS SELECT client_l, client_r FROM linkage.never"
        " UNION SELECT client_l, client_r FROM linkage.review WHERE verdict = 'different'"
    )


def _table(con: duckdb.DuckDBPyConnection, name: str, given: pd.DataFrame | None, columns: dict[str, str]) -> None:
    con.execute(f"CREATE OR REPLACE TABLE linkage.{name} ({', '.join(f'{c} {kind}' for c, kind in columns.items())})")
    if given is not None and len(given):
        con.register("linkage_given", given)
        con.execute(f"INSERT INTO linkage.{name} SELECT {', '.join(columns)} FROM linkage_given")
        con.unregister("linkage_given")


def _add_reviewed(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "INSERT INTO linkage.link SELECT l.i, r.i, 1.0, 'review' FROM linkage.review v JOIN linkage.client l ON l.client = client_l"
        " JOIN linkage.client r ON r.client = client_r WHERE verdict = 'same'"
    )


def _links(con: duckdb.DuckDBPyConnection, sql: str) -> Links:
    left, right, probability = con.execute(sql).fetchnumpy().values()
    return Links(left.astype(np.int64), right.astype(np.int64), probability.astype(np.float64))


def _cluster_clients(con: duckdb.DuckDBPyConnection, n: int) -> None:
    """Clients to entities: ``linkage.entity`` (i, entity)."""
    links = _links(con, "SELECT l, r, probability FROM linkage.link ORDER BY probability DESC, l, r")
    con.execute("CREATE OR REPLACE TABLE linkage.member AS SELECT i AS client_i, i FROM linkage.client")
    _save(con, "entity", "entity", _apart_clusters(con, n, links, profiles=False))


def _cluster_entities(con: duckdb.DuckDBPyConnection, n: int, threshold: float) -> None:
    """Entities to clusters: ``linkage.cluster`` (i, label) over clients, ``linkage.held`` (entity, probability)."""
    links = _links(con, f"SELECT entity_l, entity_r, probability FROM linkage.entity_pair WHERE probability >= {threshold} ORDER BY ALL")
    con.execute("CREATE OR REPLACE TABLE linkage.member AS SELECT i AS client_i, entity AS i FROM linkage.entity")
    label = _apart_clusters(con, n, links, profiles=True)
    _save(con, "joined", "label", label)
    con.execute("CREATE OR REPLACE TABLE linkage.cluster AS SELECT e.i, j.label FROM linkage.entity e JOIN linkage.joined j ON j.i = e.entity")


def _apart_clusters(con: duckdb.DuckDBPyConnection, n: int, links: Links, profiles: bool) -> Ints:
    none = np.empty(0, dtype=np.int64)
    _save(con, "unit", "label", cluster(n, links, none, none).label)
    return cluster(n, links, *apart.apart(con, profiles)).label


def _save(con: duckdb.DuckDBPyConnection, table: str, column: str, label: Ints) -> None:
    """Write ``linkage.<table>`` (i, <column>) from an array over positions."""
    con.register("linkage_label", pd.DataFrame({"i": np.arange(len(label)), column: label}))
    con.execute(f"CREATE OR REPLACE TABLE linkage.{table} AS SELECT i::INTEGER AS i, {column}::INTEGER AS {column} FROM linkage_label")
    con.unregister("linkage_label")


# A client is held in by its number or identical record, and its entity by its best link into the rest of the person.
WRITE_LINKS = """
INSERT INTO person_link
WITH decided AS (
    SELECT i, first(how ORDER BY probability DESC, how) AS how, max(probability) AS probability
    FROM (SELECT l AS i, how, probability FROM linkage.link UNION ALL SELECT r, how, probability FROM linkage.link) GROUP BY i
), shape AS (
    SELECT e.i, entity, label, count(*) OVER (PARTITION BY label) AS in_person, count(*) OVER (PARTITION BY entity) AS in_entity
    FROM linkage.entity e JOIN linkage.cluster USING (i)
), main AS (
    SELECT label, first(entity ORDER BY in_entity DESC, entity) AS main FROM shape GROUP BY label
), best AS (
    SELECT entity, max(probability) AS probability FROM (
        SELECT entity_l AS entity, entity_r AS other, probability FROM linkage.entity_pair
        UNION ALL SELECT entity_r, entity_l, probability FROM linkage.entity_pair) p
    JOIN linkage.joined a ON a.i = p.entity JOIN linkage.joined b ON b.i = p.other AND b.label = a.label
    GROUP BY entity
)
SELECT c.client, c.source, n.person,
       CASE WHEN in_person = 1 THEN 1.0
            WHEN in_entity = 1 OR entity <> main THEN least(coalesce(best.probability, 1.0), coalesce(d.probability, 1.0))
            ELSE coalesce(d.probability, 1.0) END,
       CASE WHEN in_person = 1 THEN 'alone' WHEN in_entity = 1 THEN 'name and details'
            ELSE coalesce(d.how, 'name and details') END
FROM shape s JOIN main USING (label) JOIN linkage.client c ON c.i = s.i JOIN linkage.numbered_cluster n ON n.label = s.label
LEFT JOIN decided d ON d.i = s.i LEFT JOIN best USING (entity)
ORDER BY c.client
"""

WRITE_PAIRS = f"""
INSERT INTO link_pair
SELECT least(client_l, client_r), greatest(client_l, client_r), max(match_probability), max(match_weight),
       first({{parts}} ORDER BY match_probability DESC, node_l, node_r)
FROM linkage.predicted p WHERE match_probability < {REVIEW[1]}
GROUP BY 1, 2
ORDER BY 1, 2
"""


def _write_links(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("DROP TABLE IF EXISTS person_link")
    con.execute(PERSON_LINK.ddl())
    con.execute(WRITE_LINKS)


def _write_pairs(con: duckdb.DuckDBPyConnection) -> int:
    con.execute("DROP TABLE IF EXISTS link_pair")
    con.execute(LINK_PAIR.ddl())
    con.execute(WRITE_PAIRS.format(parts=predict.parts_sql()))
    return con.execute("SELECT count(*) FROM link_pair").fetchall()[0][0]

"""From links to entities and from entities to people, each time keeping apart what must stay apart."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd

from data.linkage.apart import apart
from data.linkage.cluster import Ints, Links, cluster

ONE_TO_ONE = "CREATE OR REPLACE TABLE linkage.member AS SELECT i AS client_i, i FROM linkage.client"
IN_ENTITY = "CREATE OR REPLACE TABLE linkage.member AS SELECT i AS client_i, entity AS i FROM linkage.entity"
CLUSTER = """
CREATE OR REPLACE TABLE linkage.cluster AS
SELECT e.i, j.label FROM linkage.entity e JOIN linkage.joined j ON j.i = e.entity
"""


def join_clients(con: duckdb.DuckDBPyConnection, clients: int) -> None:
    """Clients into entities by ``linkage.link``: write ``linkage.entity`` (i, entity: its smallest client)."""
    con.execute(ONE_TO_ONE)
    links = _links(con, "SELECT l, r, probability FROM linkage.link ORDER BY ALL")
    _save(con, "entity", "entity", _joined(con, clients, links, profiles=False))


def join_entities(con: duckdb.DuckDBPyConnection, clients: int, threshold: float) -> None:
    """Entities into people by ``linkage.entity_pair``: write ``joined`` and ``cluster`` (position -> label)."""
    con.execute(IN_ENTITY)
    sql = "SELECT entity_l, entity_r, probability FROM linkage.entity_pair WHERE probability >= $threshold ORDER BY ALL"
    links = _links(con, sql, threshold=threshold)
    _save(con, "joined", "label", _joined(con, clients, links, profiles=True))
    con.execute(CLUSTER)


def _joined(con: duckdb.DuckDBPyConnection, n: int, links: Links, profiles: bool) -> Ints:
    nobody = np.empty(0, dtype=np.int64)
    _save(con, "unit", "label", cluster(n, links, nobody, nobody))
    return cluster(n, links, *apart(con, profiles))


def _links(con: duckdb.DuckDBPyConnection, sql: str, **values: float) -> Links:
    left, right, probability = con.execute(sql, values).fetchnumpy().values()
    return Links(
        np.asarray(left, dtype=np.int64), np.asarray(right, dtype=np.int64), np.asarray(probability, dtype=np.float64)
    )


def _save(con: duckdb.DuckDBPyConnection, table: str, column: str, label: Ints) -> None:
    """Write ``linkage.<table>`` (i, <column>) from an array over positions."""
    rows = pd.DataFrame({"i": np.arange(len(label), dtype=np.int32), column: label.astype(np.int32)})
    con.register("linkage_label", rows)
    con.execute(f"CREATE OR REPLACE TABLE linkage.{table} AS FROM linkage_label")
    con.unregister("linkage_label")

"""Who stood above the line in earlier lists, carried on from build to build: by it a list tells what changed in a week.

Snapshots are deleted after a few builds, and a model's own earlier dates say what it would have said then, not what
readers were shown. Every list of the last fortnight is kept, and before that the last of each week, for a year. Whoever
is no longer among the people, or was erased in part, is in none of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import duckdb
import pandas as pd

from analytics.build.before import previous_links
from data.home import Home
from data.snapshot.engine import ALIAS
from data.snapshot.reading import NoSnapshot, current
from data.snapshot.tables import LIST_BEFORE, PERSON_MOVED

#: Days for which every list is kept, and for which one a week is.
ALL, WEEKLY = 14, 400

_SERVED = """
SELECT person, model, version, as_of, band, rank, $build::INTEGER AS build, $until::DATE AS until FROM score
WHERE band <> 'lower' QUALIFY as_of = max(as_of) OVER (PARTITION BY model)
"""
_EARLIER = f"SELECT * FROM {LIST_BEFORE.name}"
_CARRY_ON = f"""
INSERT INTO {ALIAS}.{LIST_BEFORE.name}
WITH list AS (
    SELECT build, until, until > $today::DATE - $all OR build = max(build) OVER (PARTITION BY date_trunc('week', until))
        AS kept
    FROM (SELECT DISTINCT build, until FROM listed) WHERE until > $today::DATE - $weekly
), moved AS (
    SELECT person, max_by(became, (clients, became)) AS became FROM {ALIAS}.{PERSON_MOVED.name}
    WHERE build = $build GROUP BY person
), now AS (
    SELECT l.* REPLACE (coalesce(p.person, m.became) AS person)
    FROM listed l JOIN list USING (build, until)
    LEFT JOIN {ALIAS}.person p ON p.person = l.person LEFT JOIN moved m ON m.person = l.person
    WHERE list.kept AND NOT list_contains($gone::BIGINT[], l.person)
)
SELECT n.person, model, version, as_of, band, rank, build, until FROM now n JOIN {ALIAS}.person USING (person)
QUALIFY row_number() OVER (PARTITION BY n.person, model, build ORDER BY rank) = 1
ORDER BY build, model, rank, person
"""


def keep(
    con: duckdb.DuckDBPyConnection,
    home: Home,
    city: Mapping[str, Any],
    build: int,
    today: date,
    erased: Collection[int] = (),
) -> int:
    """Into the draft ``build``, whose people and moves are there: the lists of earlier builds; how many rows.

    ``today`` is the first day not recorded; ``erased`` are the clients of whoever was erased.
    """
    listed = _listed(home, city)
    if listed is None:
        return 0
    con.register("listed", listed)
    asked = {"today": today, "all": ALL, "weekly": WEEKLY, "build": build, "gone": _people_of(home, city, erased)}
    con.execute(_CARRY_ON, asked)
    con.unregister("listed")
    return int(con.execute(f"SELECT count(*) FROM {ALIAS}.{LIST_BEFORE.name}").fetchall()[0][0])


def _listed(home: Home, city: Mapping[str, Any]) -> pd.DataFrame | None:
    """The served snapshot's own lists and those that it carries; None where there is none, or it is another city's."""
    try:
        with current(home) as snapshot, snapshot.cursor() as cursor:
            if snapshot.city["id"] != city["id"]:
                return None
            asked = {"build": snapshot.manifest["snapshot"], "until": snapshot.recorded_until}
            own = cursor.execute(_SERVED, asked).df()
            earlier = cursor.execute(_EARLIER).df() if LIST_BEFORE.name in snapshot.tables else own[:0]
            return pd.concat([earlier, own], ignore_index=True)
    except NoSnapshot:
        return None


def _people_of(home: Home, city: Mapping[str, Any], clients: Collection[int]) -> list[int]:
    """Whose numbers the served snapshot gives these clients: of them the earlier lists say nothing any more."""
    links = previous_links(home, city) if clients else None
    return [] if links is None else sorted(set(links.loc[links["client"].isin(list(clients)), "person"].tolist()))

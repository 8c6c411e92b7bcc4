"""The learned space in which people are near: written by the build, read back once a snapshot, shared by all readers.

What is kept in memory has no identity in it: people are rows in the order of their numbers, known cases are numbers.
Who a row is, only an answer of the gate says.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import skops.io
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from analytics.evaluation.labels import KnownCases
from analytics.features.catalogue import CATALOGUE
from analytics.matrix.guard import KNOWN_TODAY
from analytics.matrix.matrix import Matrix
from analytics.matrix.store import long
from analytics.models.bundle import TRUSTED, ordered
from analytics.models.result import ModelResult
from analytics.models.specs import SPECS
from analytics.models.training import Families, training_set
from analytics.similarity.groups import groups_of
from analytics.similarity.known_cases import KnownCaseSimilarity, Place
from analytics.similarity.naming import propose, told_apart, traits
from analytics.similarity.profile import ProfileCard, narrowed, profile_card
from data.access.gate import Session, serve
from data.access.reader import AccessRefused
from data.access.roles import Permission
from data.access.scope import used
from data.home import Home
from data.snapshot.publish import KEPT
from data.snapshot.reading import Snapshot, current, derived

Values = NDArray[np.float32]
#: The rows of a query and its parameters: figures, and nobody's identity.
Figures = Callable[[str, dict[str, Any]], pd.DataFrame]
#: Below this many there is nothing to learn that would not be those few children themselves.
LEAST_CASES = 10

_LATEST_AGE = """
SELECT person, value AS age FROM indicator_value
WHERE indicator = 'age' AND as_of = (SELECT max(as_of) FROM indicator_value) ORDER BY person
"""
#: People of the latest date, of the ages that a model asks about, in the order of their numbers: each one's row.
COHORT = f"""
cohort AS (
    SELECT person, (row_number() OVER (ORDER BY person) - 1)::INTEGER AS row FROM {derived("latest_age", _LATEST_AGE)}
    WHERE age BETWEEN $youngest AND $oldest
)
"""
#: The indicators asked for, each with its place among them.
_NAME = """
name AS (
    SELECT unnest($names::VARCHAR[]) AS indicator, unnest(range(len($names::VARCHAR[])))::SMALLINT AS number
)
"""
_VALUES = f"""
WITH {COHORT}, {_NAME}
SELECT c.row, n.number, v.value
FROM indicator_value v JOIN cohort c USING (person) JOIN name n USING (indicator)
WHERE v.as_of = (SELECT max(as_of) FROM indicator_value)
"""
_FACTS = f"""
WITH {COHORT}, latest AS (
    SELECT person, similarity FROM score
    WHERE model = $model AND as_of = (SELECT max(as_of) FROM score WHERE model = $model)
)
SELECT c.row, date_sub('year', p.birth_date, $today) AS years, p.sex, w.area, s.similarity,
       EXISTS (
           SELECT 1 FROM known_case k
           WHERE k.person = c.person AND k.profile = $model AND k.{KNOWN_TODAY}
       ) AS known_case
FROM cohort c JOIN person p USING (person) LEFT JOIN ward w USING (ward) LEFT JOIN latest s USING (person)
ORDER BY c.row
"""
_CASES = f"""
WITH {_NAME}
SELECT v.number AS row, n.number, v.value FROM known_case_value v JOIN name n USING (indicator) WHERE v.model = $model
"""
_GROUPS = "SELECT number, name, cases, telling FROM sub_profile WHERE model = $model ORDER BY number"
_KNOWN = """
SELECT person, greatest(identified_on, known_on) AS identified_on FROM {store}.known_case
WHERE profile = ? ORDER BY person, identified_on
"""
_INSERT = """
INSERT INTO {store}.known_case_value
SELECT model, case_number, person, as_of, name, coalesce(value, 'nan'::FLOAT) FROM known_rows
ORDER BY model, case_number, name
"""


def ages_of(model: str) -> dict[str, int]:
    """What `COHORT` binds for ``model``."""
    youngest, oldest = SPECS[model].ages
    return {"youngest": youngest, "oldest": oldest}


@dataclass(frozen=True)
class SubProfile:
    """A group among the known cases: the name ``proposed`` for it, and its ``cases`` by number.

    ``telling``: indicator, share of the group and share of the other cases, the most telling first.
    """

    number: int
    proposed: str
    cases: tuple[int, ...]
    telling: tuple[tuple[str, float, float], ...]


class NoSpace(AccessRefused):
    """There is no learned space in this snapshot; the message is fit to show."""


@dataclass(frozen=True)
class Space:
    """``values`` float32[n, m] and ``facts`` of the cohort's rows, ``cases`` float32[k, m] of the known cases."""

    model: str
    names: tuple[str, ...]
    search: KnownCaseSimilarity
    values: Values
    cases: Values
    facts: pd.DataFrame
    pool: Place
    card: ProfileCard
    groups: tuple[SubProfile, ...] = ()
    ungrouped: str = ""

    def near_group(self, group: SubProfile) -> NDArray[np.float64]:
        """Nearness of everybody to the cases of a group as a whole, float64[n] from 0 to 1."""
        return self.near_groups[self.groups.index(group)]

    @cached_property
    def near_groups(self) -> NDArray[np.float64]:
        """The same of every group, float64[groups, n]."""
        of = [self.search.known_place_.rows(np.array(group.cases, np.int64)) for group in self.groups]
        return np.array([self.search.nearness_to_group(place, self.pool) for place in of])

    @cached_property
    def nearest_group(self) -> NDArray[np.int64]:
        """To which group's cases each row is nearest, by the group's number, int64[n]."""
        return np.array([group.number for group in self.groups])[self.near_groups.argmax(axis=0)]

    def card_of(self, group: SubProfile) -> ProfileCard:
        """What is common among the cases of a group, beside everybody."""
        return narrowed(self.card, self.cases[list(group.cases)], self.names)


def publish(
    connection: duckdb.DuckDBPyConnection,
    home: Home,
    number: int,
    result: ModelResult,
    matrices: Mapping[date, Matrix],
    store: str = "snapshot",
) -> None:
    """Keep what the pages of snapshot ``number`` need: the search in ``home.models``, its cases' rows in ``store``.

    ``matrices`` are those that the model was run on. People's rows belong where they are encrypted. A model that learns
    from an outcome has no cases to be like. One that is withheld for want of cases has no search of its own: one is
    learned here, from ten cases on, because it shows likeness and no number.
    """
    if not result.spec.profile:
        return
    rows = connection.execute(_KNOWN.format(store=store), [result.spec.profile]).fetchall()
    known = KnownCases.of([row[0] for row in rows], [row[1] for row in rows])
    learned = _learned(result, matrices, known)
    if learned is None:
        return
    search, people = learned
    entered = _entered(result, people[search.known_], matrices, known)
    connection.register("known_rows", entered)
    connection.execute(_INSERT.format(store=store))
    connection.unregister("known_rows")
    _group(connection, result, entered, matrices[max(matrices)].select(result.names).values, store)
    _place(connection, result, search, matrices[max(matrices)].select(result.names), store)
    content = ordered(skops.io.dumps({"names": list(result.names), "search": search}))
    _file(home, result.spec.name, number).write_bytes(content)
    _file(home, result.spec.name, number - KEPT).unlink(missing_ok=True)


def _group(
    connection: duckdb.DuckDBPyConnection,
    result: ModelResult,
    entered: pd.DataFrame,
    cohort: Values,
    store: str,
) -> None:
    """Groups among the known cases, and a name for each from what sets it apart from the others."""
    rows = entered.rename(columns={"case_number": "row"}).astype({"row": np.int64})[["row", "number", "value"]]
    cases = _dense(rows, int(rows["row"].max()) + 1, result.names)
    directions = {name: CATALOGUE[name].monotonic for name in result.names}
    themes = {name: CATALOGUE[name].theme for name in result.names}
    card = profile_card(cases, cohort, result.names, directions)
    found = groups_of(traits(card, cases, cohort, result.names, themes))
    insert = f"INSERT INTO {store}.sub_profile VALUES (?, ?, ?, ?, ?, ?)"
    if not found.count:
        connection.execute(insert, [result.spec.name, None, found.reason, "[]", "[]", None])
    groups = [found.group == number for number in range(found.count)]
    proposed = [propose(card, cases[mine], cases[~mine], result.names, themes) for mine in groups]
    for number, name in enumerate(told_apart([one.name for one in proposed])):
        telling = [[rate.indicator, round(rate.cases, 4), round(rate.cohort, 4)] for rate in proposed[number].telling]
        words = [json.dumps(np.flatnonzero(groups[number]).tolist()), json.dumps(telling)]
        connection.execute(insert, [result.spec.name, number, name, *words, found.stability[found.count]])


def _place(
    connection: duckdb.DuckDBPyConnection, result: ModelResult, search: KnownCaseSimilarity, today: Matrix, store: str
) -> None:
    """Placing forty thousand children takes seconds; the first reader of the day shall not wait for it."""
    place = search.place(today.values)
    packed = [zlib.compress(array.tobytes(), 1) for array in (place.leaf, place.known.astype(np.float16))]
    row = [result.spec.name, *place.leaf.shape, *packed]
    connection.execute(f"INSERT INTO {store}.similar_place VALUES (?, ?, ?, ?, ?)", row)


def _placed(figures: Figures, model: str) -> Place:
    row = figures("SELECT * FROM similar_place WHERE model = $model", {"model": model}).iloc[0]
    shape = int(row["people"]), int(row["trees"])
    leaf = np.frombuffer(zlib.decompress(row["leaf"]), np.int16).reshape(shape)
    return Place(leaf, np.frombuffer(zlib.decompress(row["known"]), np.float16).astype(np.float32).reshape(shape))


def _learned(
    result: ModelResult, matrices: Mapping[date, Matrix], known: KnownCases
) -> tuple[KnownCaseSimilarity, NDArray[np.int64]] | None:
    """The model's own search, else one learned from the same training set; and the person of each fitted row."""
    if result.similarity is not None:
        return result.similarity, result.similarity_people
    ours = {day: matrix.select(result.names) for day, matrix in matrices.items()}
    nobody = Families(np.zeros(0, np.int64), np.zeros(0, np.int64))
    if len(ours) < 2:
        return None
    training = training_set(ours, known, nobody, max(ours), result.spec.gap_days)
    if training.cases < LEAST_CASES:
        return None
    with threadpool_limits(1):
        return KnownCaseSimilarity().fit(training.values, training.positive), training.people


def _entered(
    result: ModelResult, people: NDArray[np.int64], matrices: Mapping[date, Matrix], known: KnownCases
) -> pd.DataFrame:
    """Each known case's indicators at the last date at least ``gap_days`` before identification, as in training."""
    features = [CATALOGUE[name] for name in result.names]
    latest = known.identified(people) - np.timedelta64(result.spec.gap_days, "D")
    days = sorted(matrices)
    entry = np.searchsorted(np.array(days, dtype="datetime64[D]"), latest, side="right") - 1
    frames = []
    for n, day in enumerate(days):
        mine = np.flatnonzero(entry == n)
        matrix = matrices[day].select(result.names)
        frame = long(matrix.rows(np.isin(matrix.people, people[mine])), features)
        number = pd.Series(mine, index=people[mine])
        frames.append(frame.assign(case_number=frame["person"].map(number), as_of=pd.Timestamp(day)))
    out = pd.concat(frames, ignore_index=True)
    return out.assign(model=result.spec.name, name=np.array(result.names, dtype=object)[out["number"]])


def _file(home: Home, model: str, number: int) -> Path:
    return home.made(home.models) / f"similar-{model}-{number}.skops"


def space(session: Session, model: str) -> Space:
    """The space of ``model`` in the session's snapshot; the first call takes a second or two. Raises `NoSpace`."""
    snapshot = session.snapshot
    return snapshot.once(("space", model), lambda: _load(snapshot, model, partial(_figures, session)))


def warm(home: Home) -> None:
    """Read the served snapshot's spaces before anybody asks: seconds each, and nobody's identity. Raises `StoreError`.

    Nobody is asking yet, so that there is no reader whom the gate could check.
    """
    with current(home) as snapshot, snapshot.cursor() as cursor:

        def figures(query: str, params: dict[str, Any]) -> pd.DataFrame:
            snapshot.derive(query)
            return cursor.execute(query, used(query, params)).df()

        for name in (name for name, spec in SPECS.items() if spec.profile):
            with suppress(NoSpace):
                held = snapshot.once(("space", name), partial(_load, snapshot, name, figures))
                held.search.counts(held.pool)
                _ = held.near_groups


@lru_cache(maxsize=4)
def _search(file: Path) -> tuple[tuple[str, ...], KnownCaseSimilarity]:
    """Indicators and search of a file; one that was written is never written again."""
    parts = skops.io.load(file, trusted=list(TRUSTED))
    return tuple(parts["names"]), parts["search"]


def _load(snapshot: Snapshot, model: str, figures: Figures) -> Space:
    file = _file(Home(snapshot.path.parents[1]), model, snapshot.manifest["snapshot"])
    if not file.is_file():
        raise NoSpace("There is no similar-case search in this snapshot: there were too few known cases to learn from.")
    names, search = _search(file)
    facts = figures(_FACTS, {"model": model, "today": snapshot.today} | ages_of(model))
    values = _dense(figures(_VALUES, {"names": list(names)} | ages_of(model)), len(facts), names)
    cases = _dense(figures(_CASES, {"names": list(names), "model": model}), len(search.known_), names)
    directions = {name: CATALOGUE[name].monotonic for name in names}
    if facts["similarity"].isna().all():
        facts["similarity"] = search.score_samples(values)
    return Space(
        model,
        names,
        search,
        values,
        cases,
        facts,
        _placed(figures, model),
        profile_card(cases, values, names, directions),
        *_groups(figures, model),
    )


def _groups(figures: Figures, model: str) -> tuple[tuple[SubProfile, ...], str]:
    """The groups among the known cases, or none and why."""
    rows = figures(_GROUPS, {"model": model})
    found = rows[rows["number"].notna()]
    groups = [
        SubProfile(int(number), name, tuple(json.loads(cases)), tuple(tuple(one) for one in json.loads(telling)))
        for number, name, cases, telling in found.itertuples(index=False)
    ]
    return tuple(groups), "" if groups or rows.empty else str(rows["name"].iloc[0])


def _figures(session: Session, query: str, params: dict[str, Any]) -> pd.DataFrame:
    return serve(session, Permission.SEE_MODELS, query, params, what="learned space")


def _dense(rows: pd.DataFrame, count: int, names: Sequence[str]) -> Values:
    """The long rows as a matrix; an absent row means what the indicator says, as in `analytics.matrix.store`."""
    absent = np.array([0.0 if CATALOGUE[name].absent_is_nil else np.nan for name in names], np.float32)
    values = np.tile(absent, (count, 1))
    values[rows["row"].to_numpy(), rows["number"].to_numpy()] = rows["value"].to_numpy(np.float32)
    return values

"""Any table of people: which of its rows are the same person."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.linkage.cluster import components
from data.linkage.file.block import block
from data.linkage.file.tidy import tidy
from data.linkage.file.weigh import weigh
from data.linkage.link import THRESHOLD


@dataclass(frozen=True)
class Counts:
    """What was found: ``pairs`` of rows are one person; ``weighed`` were compared."""

    rows: int
    people: int
    pairs: int
    weighed: int
    seconds: float
    threshold: float

    def as_json(self) -> dict[str, float]:
        return asdict(self)


@dataclass(frozen=True)
class Figures:
    """Pairwise: of the pairs linked, how many are right; of the right pairs, how many are linked."""

    precision: float
    recall: float
    f1: float

    def as_json(self) -> dict[str, float]:
        return asdict(self)


def link_table(
    con: duckdb.DuckDBPyConnection, frame: pd.DataFrame, columns: dict[str, str], threshold: float = THRESHOLD
) -> tuple[NDArray[np.int64], Counts]:
    """The person of each row, numbered from 1 in order of appearance, by ``columns`` (field -> column)."""
    started = time.perf_counter()
    rows = tidy(con, frame, columns)
    weighed = block(con)
    links = weigh(con)
    sure = links.probability >= threshold
    label = components(rows, links.left[sure], links.right[sure])
    person = np.unique(label, return_inverse=True)[1].astype(np.int64) + 1
    sizes = np.bincount(person)
    seconds = round(time.perf_counter() - started, 2)
    people, pairs = int((sizes > 0).sum()), int(_pairs(sizes))
    return person, Counts(rows, people, pairs, weighed, seconds, threshold)


def measure(person: NDArray[np.int64], truth: pd.Series) -> Figures:
    """Pairwise figures against a column that says who is who; rows where it is empty are left out."""
    known = (truth.notna() & (truth.astype("string").str.strip() != "")).to_numpy(dtype=bool)
    true = pd.factorize(truth[known])[0]
    found = pd.factorize(person[known])[0]
    both = pd.factorize(pd.Series(found.astype(np.int64) * (len(true) + 1) + true))[0]
    linked, right, correct = (_pairs(np.bincount(each)) for each in (found, true, both))
    return Figures(correct / linked if linked else 1.0, correct / right if right else 1.0,
                   2 * correct / (linked + right) if linked + right else 1.0)  # fmt: skip


def _pairs(sizes: NDArray[np.int64]) -> float:
    return float((sizes * (sizes - 1) // 2).sum())

"""The whole of linkage, in order."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import duckdb
import pandas as pd

from data.linkage import (
    alike,
    blocking,
    cleaning,
    decisions,
    exact,
    identity,
    join,
    nodes,
    persist,
    predict,
    tell,
    write,
)
from data.linkage.predict import Background
from data.linkage.settings import Parameters

log = logging.getLogger(__name__)

THRESHOLD = 0.8  # one threshold for everything: DESIGN.md, "Linkage"
REVIEW = (0.3, 0.95)  # pairs between are offered for clerical review
FLOOR = 0.001  # pairs below are nobody's; the histogram of weights begins here
Progress = Callable[[str], None]


@dataclass
class Linkage:
    """What linkage did: sizes, clients by how they were linked, seconds a step, and what it was run with."""

    threshold: float
    parameters: Parameters
    counts: dict[str, int] = field(default_factory=dict)
    links: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


def link(
    con: duckdb.DuckDBPyConnection,
    previous: pd.DataFrame | None = None,
    do_not_link: pd.DataFrame | None = None,
    reviews: pd.DataFrame | None = None,
    progress: Progress | None = None,
    parameters: Parameters | None = None,
    background: Background | None = None,
) -> Linkage:
    """Link the clients of ``staged.person_record``; write ``person``, ``person_link`` and ``link_pair``.

    ``previous`` (client, person) is the previous snapshot's linkage, ``do_not_link`` (client_l, client_r) are pairs
    that must never be one person, ``reviews`` (client_l, client_r, verdict: same, different or unsure) what people
    decided. ``parameters`` default to those shipped. With a ``background`` (``incremental``), the people of
    ``previous`` stay as they are and only clients that it lacks are linked.
    """
    done = Linkage(THRESHOLD, parameters or predict.shipped_parameters())
    step = _Steps(done, progress or log.info)
    con.execute("CREATE SCHEMA IF NOT EXISTS linkage")
    with step("cleaning names, dates and numbers"):
        alike.define(con)
        decisions.take_in(con, previous=previous, never=do_not_link, review=reviews)
        clients = done.counts["clients"] = cleaning.clean(con)
    with step("linking by number and by identical record"):
        exact.link_exactly(con)
        decisions.link_reviewed(con)
        if background:
            decisions.keep_people(con)
        join.join_clients(con, clients)
    with step("choosing pairs to weigh"):
        done.counts["nodes"] = nodes.write_nodes(con)
        done.counts["pairs"] = blocking.block(con, fresh_only=background is not None)
    with step("weighing pairs"):
        predict.predict(con, done.parameters, FLOOR, background)
    with step("joining people"):
        join.join_entities(con, clients, done.threshold)
        done.counts["people"] = persist.number_people(con)
        done.links = write.write_links(con)
        done.counts["uncertain"] = write.write_pairs(con, *REVIEW)
        tell.write_weights(con, done.parameters)
    with step("choosing the identity shown"):
        identity.write_people(con)
    return done


class _Steps:
    """Tells of each step as it starts and times it."""

    def __init__(self, done: Linkage, tell: Progress) -> None:
        self.done, self.tell = done, tell

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        self.tell(name)
        started = time.perf_counter()
        yield
        self.done.seconds[name] = round(time.perf_counter() - started, 2)

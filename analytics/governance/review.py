"""Clerical review: which uncertain pair to ask next, and writing down what the reviewer says.

A pair is a question for as long as nobody has decided it: pairs between two people who were kept apart (are they one?)
and pairs inside one person who is held together by nothing surer (are they two?). Nothing changes at once: the next
build obeys the last word on each pair.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analytics.casework.services import OPEN_SERVICES
from analytics.governance.waterfall import Waterfall, parameters, waterfall
from data.access.gate import Session, checked_entry, serve
from data.access.reader import AccessRefused
from data.access.roles import Permission
from data.journal.link_reviews import DECIDED, Pair, Review, Verdict, reviews, standing, write
from data.linkage.link import REVIEW, THRESHOLD

# ``between``: people between whom somebody has decided, or inside whom somebody has found two. Inside one person the
# question is about the client that is held in the least surely, and is asked with its strongest pair.
_OPEN = """
WITH decided AS (
    SELECT unnest($left::BIGINT[]) AS client_l, unnest($right::BIGINT[]) AS client_r, unnest($apart::BOOLEAN[]) AS apart
), known AS (
    SELECT least(l.person, r.person) AS one, greatest(l.person, r.person) AS two, d.*
    FROM decided d JOIN person_link l ON l.client = d.client_l JOIN person_link r ON r.client = d.client_r
), between AS (
    SELECT DISTINCT one, two FROM known WHERE one <> two OR apart
), within AS (
    SELECT client_l AS client FROM known WHERE one = two UNION SELECT client_r FROM known WHERE one = two
), pair AS (
    SELECT p.*, l.person AS person_l, r.person AS person_r,
           least(l.person, r.person) AS one, greatest(l.person, r.person) AS two,
           CASE WHEN l.person = r.person
                THEN CASE WHEN l.probability <= r.probability THEN p.client_l ELSE p.client_r END ELSE 0 END AS weak
    FROM link_pair p JOIN person_link l ON l.client = p.client_l JOIN person_link r ON r.client = p.client_r
    WHERE l.person <> r.person OR least(l.probability, r.probability) < $certain
), open AS (
    SELECT * FROM pair ANTI JOIN between USING (one, two)
    WHERE weak NOT IN (SELECT client FROM within)
    QUALIFY row_number() OVER (PARTITION BY one, two, weak ORDER BY weight DESC, client_l, client_r) = 1
)
"""

_COUNT = (
    _OPEN
    + """
SELECT count(*) AS waiting, count(*) FILTER (one = two) AS linked, count(*) FILTER (one <> two) AS apart FROM open
"""
)

# Most useful first: those about whom something is being decided now, then those on whom a model speaks; among equals
# what stands nearest the threshold, where the machine knows least.
_NEXT = (
    _OPEN.rstrip()
    + f""", about AS (
    SELECT one AS person FROM open UNION SELECT two FROM open
), busy AS (
    SELECT person FROM ({OPEN_SERVICES.format(people="SELECT person FROM about")})
    UNION SELECT person FROM known_case WHERE person IN (SELECT person FROM about)
), scored AS (
    SELECT DISTINCT person FROM score WHERE person IN (SELECT person FROM about)
), chosen AS (
    SELECT *, CASE WHEN one IN (FROM busy) OR two IN (FROM busy) THEN 2
                   WHEN one IN (FROM scored) OR two IN (FROM scored) THEN 1 ELSE 0 END AS use
    FROM open SEMI JOIN visible a ON a.person = one SEMI JOIN visible b ON b.person = two
    ORDER BY use DESC, abs(weight - $threshold), client_l, client_r LIMIT 1
)
SELECT unnest([person_l, person_r]) AS person, client_l, client_r, probability, weight, parts, use FROM chosen
"""
)


@dataclass(frozen=True)
class Waiting:
    """Questions that nobody has decided: ``linked`` are inside one person, ``apart`` between two."""

    total: int
    linked: int
    apart: int


@dataclass(frozen=True)
class Asked:
    """One question. ``use``: 2 where somebody works with one of them now, 1 where a model speaks of one, else 0.

    ``against``: whether something else keeps apart two whom their weight alone would link.
    """

    clients: Pair
    people: Pair
    probability: float
    waterfall: Waterfall
    use: int
    against: bool
    earlier: tuple[Review, ...]

    @property
    def linked(self) -> bool:
        """Whether the two are one person at present."""
        return self.people[0] == self.people[1]


def waiting(session: Session) -> Waiting:
    """How many questions nobody has decided yet. A figure: it names nobody."""
    row = serve(session, Permission.SEE_SOURCES, _COUNT, _bound(session, ()), what="pairs waiting for review").iloc[0]
    return Waiting(int(row["waiting"]), int(row["linked"]), int(row["apart"]))


def next_question(session: Session, later: Iterable[Pair] = ()) -> Asked | None:
    """The most useful question that is left to this reviewer, or None; ``later`` are pairs put off for now.

    Both people are written down as seen. What the reviewer could not say is not asked of them again. Raises
    `AccessRefused`.
    """
    acts = reviews(session.journal)
    unsure = [
        pair for act in acts if act.verdict is Verdict.UNSURE and act.by == session.reader_id for pair in act.pairs
    ]
    query = _bound(session, (*later, *unsure)) | {"today": session.snapshot.today}
    rows = serve(session, Permission.REVIEW_LINKS, _NEXT, query, what="an uncertain pair")
    return None if rows.empty else _asked(session, rows, acts)


def _asked(session: Session, rows: pd.DataFrame, acts: list[Review]) -> Asked:
    row, people = rows.iloc[0], rows["person"].tolist()
    pair = (int(row["client_l"]), int(row["client_r"]))
    return Asked(
        pair,
        (int(people[0]), int(people[1])),
        float(row["probability"]),
        waterfall(str(row["parts"]), float(row["weight"]), parameters(session)),
        int(row["use"]),
        people[0] != people[1] and float(row["weight"]) >= _line(session),
        tuple(act for act in acts if pair in act.pairs),
    )


def _bound(session: Session, put_off: Iterable[Pair]) -> dict[str, Any]:
    """What has been decided, and what this reviewer is not to be asked, as parameters of the queries."""
    last = standing(reviews(session.journal))
    decided = {pair: act.verdict is Verdict.DIFFERENT for pair, act in last.items() if act.verdict in DECIDED}
    pairs = dict.fromkeys(put_off, False) | decided
    return {
        "left": [one for one, _ in pairs],
        "right": [other for _, other in pairs],
        "apart": list(pairs.values()),
        "certain": REVIEW[1],
        "threshold": _line(session),
    }


def _line(session: Session) -> float:
    """The match weight from which on the snapshot's build linked."""
    threshold = float((session.snapshot.manifest.get("linkage") or {}).get("threshold", THRESHOLD))
    return math.log2(threshold / (1 - threshold))


def answer(session: Session, asked: Asked, verdict: Verdict, reason: str = "") -> None:
    """Write down what the reviewer says of a pair; the next build obeys it. Raises `AccessRefused`."""
    record(session, [asked.clients], verdict, reason, asked.waterfall.weight)


_OWNERS = """
SELECT l.person, l.client FROM person_link l JOIN visible USING (person)
WHERE l.client IN (SELECT unnest($clients::BIGINT[])) ORDER BY l.client
"""


def record(
    session: Session, pairs: Iterable[Pair], verdict: Verdict, reason: str = "", weight: float | None = None
) -> None:
    """Write one act on ``pairs`` of clients, about the people whose they are.

    Raises `AccessRefused` where a client is not of this snapshot, or of somebody whom the reader may not see.
    """
    named = list(pairs)
    clients = sorted({client for pair in named for client in pair})
    owners = serve(session, Permission.REVIEW_LINKS, _OWNERS, {"clients": clients}, what="records judged")
    if len(owners) < len(clients):
        raise AccessRefused("These records are not, or no longer, yours to judge: look at the pair again.")
    people = sorted({int(person) for person in owners["person"]})
    entry = checked_entry(session, Permission.REVIEW_LINKS, people)
    write(session.journal, named, verdict, reason, entry, weight)

"""What a model says of a child, and why: only after the reader has judged for themselves."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from analytics.casework.rows import each
from analytics.casework.tell import as_date
from analytics.explanation.points import points
from analytics.features.catalogue import CATALOGUE
from analytics.features.feature import Feature
from analytics.features.sources import TOLD_BY
from data.access.gate import Session, act, consult, serve
from data.access.policy import caveat, check_score_allowed, score_allowed, why_withheld
from data.access.roles import Permission
from data.journal import log
from data.journal.accounts import reader_names
from data.journal.casework import decisions, judgement
from data.journal.tables import DECISION, JUDGEMENT
from data.sources import SOURCES

WORRY = ("not worried", "a little worried", "worried", "very worried")
VIEWS = ("agree", "disagree", "unsure")
IN_PROBABILITY = "forest"
#: Nobody younger is on the books of those who follow young people into work.
SCHOOL_LEAVING = 16
#: Rows of ``contribution`` that belong to no indicator.
NO_INDICATOR = ("base", "rest")

_SCORED = """
SELECT person, max(as_of) AS latest, min(as_of) AS first, count(*) AS dates
FROM score WHERE person = $person AND model = $model GROUP BY person
"""
_HISTORY = """
SELECT person, as_of, raw, probability, band, rank, percentile, similarity FROM score
WHERE person = $person AND model = $model ORDER BY as_of
"""
_PARTS = """
SELECT person, indicator, value, contribution FROM contribution
WHERE person = $person AND model = $model AND as_of = (SELECT max(as_of) FROM contribution WHERE model = $model)
ORDER BY abs(contribution) DESC, indicator
"""
_VALUES = """
SELECT person, indicator, value FROM indicator_value
WHERE person = $person AND as_of = $as_of ORDER BY indicator
"""
_MODEL = "SELECT model, version, estimator, state, reason, trained, spec FROM model WHERE model = $model"
_BINS = """
SELECT e."group" AS bin, max(value) FILTER (metric = 'told') AS told, max(value) FILTER (metric = 'found') AS found,
       max(low) FILTER (metric = 'found') AS low, max(high) FILTER (metric = 'found') AS high, max(n) AS n
FROM evaluation e JOIN model m ON m.model = e.model AND m.estimator = e.estimator
WHERE e.model = $model AND label = 'identified' AND grouping = 'calibration' GROUP BY bin ORDER BY bin
"""
# Of the children of the same age whom the model speaks of, how many have as much of an indicator, or more.
_AS_MUCH = """
WITH peers AS (
    SELECT s.person FROM score s JOIN person p USING (person)
    WHERE s.model = $model AND s.as_of = $as_of AND date_sub('year', p.birth_date, $as_of) = $years
), asked AS (SELECT unnest($indicators::VARCHAR[]) AS indicator, unnest($values::DOUBLE[]) AS mine)
SELECT a.indicator, (SELECT count(*) FROM peers) AS peers,
       count(*) FILTER (v.value >= a.mine AND NOT isnan(v.value)) AS as_much,
       count(*) FILTER (isnan(v.value)) AS unknown
FROM asked a JOIN indicator_value v ON v.indicator = a.indicator AND v.as_of = $as_of
WHERE v.person IN (SELECT person FROM peers) GROUP BY a.indicator ORDER BY a.indicator
"""


@dataclass(frozen=True)
class ModelNote:
    """A model as a page needs it. ``withheld``: why no number is shown, in words; None where one may be.

    ``caveat``: what must stand beside a number that is shown although nobody could measure how good it is.
    """

    name: str
    label: str
    question: str
    estimator: str
    trained: date | None
    cannot_know: tuple[str, ...]
    ages: tuple[int, int]
    withheld: str | None
    caveat: str | None


@dataclass(frozen=True)
class Frequency:
    """Of ``n`` children whom the model told about as much, how many were identified: a share with its interval."""

    found: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Part:
    """One contribution: the indicator, its value, whole points, the sentence, and whether it can be looked behind."""

    indicator: str
    value: float
    points: int
    sentence: str
    theme: str


@dataclass(frozen=True)
class Score:
    """The latest score of a person and the ones before; ``percentile`` is among children of the same age."""

    as_of: date
    probability: float
    band: str
    percentile: float
    history: pd.DataFrame
    parts: tuple[Part, ...]
    rest: int
    frequency: Frequency | None
    lacked: tuple[str, ...]


def model_note(session: Session, model: str) -> ModelNote | None:
    """What ``model`` is and whether its number may be shown; None where the snapshot has no such model."""
    rows = serve(session, Permission.SEE_MODELS, _MODEL, {"model": model}, what="state of a model")
    if rows.empty:
        return None
    row = rows.iloc[0]
    spec = json.loads(row["spec"])
    return ModelNote(
        model,
        spec.get("label", model),
        spec.get("question", ""),
        str(row["estimator"]),
        as_date(row["trained"]),
        tuple(spec.get("cannot_know", ())),
        tuple(spec.get("ages", (10, 17))),
        why_withheld(session.journal, session.snapshot, model),
        caveat(row["state"], row["reason"]),
    )


def numbers_allowed(session: Session, model: str) -> bool:
    """Whether any number of ``model`` may be shown."""
    return score_allowed(session.journal, session.snapshot, model)


def is_scored(session: Session, person: int, model: str) -> bool:
    """Whether the model speaks of ``person`` at its latest date at all; says nothing of the score."""
    return not serve(session, Permission.SEE_PERSON, _SCORED, {"model": model}, people=[person], what="score tab").empty


def judged(session: Session, person: int, model: str) -> Any:
    """The reader's own judgement on this snapshot, or None."""
    return judgement(session.journal, session.reader_id, person, model, session.snapshot.id)


def seen_before(session: Session, person: int, model: str) -> bool:
    """Whether the reader met ``person`` on the ranked list of this snapshot before judging: such judgements don't count
    as independent."""
    mine = log.entries(
        session.journal, reader=session.reader_id, action=Permission.SEE_LIST.value, person=person, limit=50
    )
    own = judged(session, person, model)
    return any(
        e["snapshot"] == session.snapshot.id and e["model"] == model and (own is None or e["at"] < own["at"])
        for e in mine
    )


def judge(session: Session, person: int, model: str, worry: int | None, reason: str) -> None:
    """Record the reader's own view before the score is shown; ``worry`` None is a skip. Raises `AccessRefused`."""
    values = {
        "person": person,
        "model": model,
        "snapshot": session.snapshot.id,
        "worry": worry,
        "reason": reason.strip() or None,
    }
    act(session, Permission.JUDGE, JUDGEMENT, values, people=[person])


def decide(
    session: Session, person: int, model: str, view: str, reason: str, override: str | None, action: str | None
) -> None:
    """Record what the reader thinks of the score and what is to be done. Raises `AccessRefused`, `ValueError`."""
    if view not in VIEWS:
        raise ValueError("a view is agree, disagree or unsure")
    version = check_score_allowed(session.journal, session.snapshot, model)
    values = {
        "person": person,
        "model": model,
        "version": version,
        "snapshot": session.snapshot.id,
        "view": view,
        "reason": reason.strip() or None,
        "override": override,
        "action": action,
    }
    act(session, Permission.DECIDE, DECISION, values, people=[person])


def decided(session: Session, person: int) -> list[dict[str, Any]]:
    """What was decided about ``person`` so far, oldest first; ``name`` is who did."""
    rows = consult(
        session, Permission.SEE_PERSON, lambda journal: decisions(journal, person), people=[person], what="score tab"
    )
    names = reader_names(session.journal)
    return [dict(row) | {"name": names.get(row["by"], row["by"])} for row in rows]


def score(session: Session, person: int, model: str) -> Score:
    """The score and what makes it up. Raises `AccessRefused` until the reader has judged, or said that they skip."""
    history = serve(
        session, Permission.SEE_SCORE, _HISTORY, {"model": model}, people=[person], model=model, what="score"
    )
    parts = serve(session, Permission.SEE_SCORE, _PARTS, {"model": model}, people=[person], model=model, what="score")
    latest = history.iloc[-1]
    as_of = as_date(latest["as_of"])
    assert as_of is not None
    named, rest = _parts(parts, float(latest["raw"]), values(session, person, as_of), _estimator(session, model))
    return Score(
        as_of,
        float(latest["probability"]),
        str(latest["band"]),
        float(latest["percentile"]),
        history,
        named,
        rest,
        frequency(session, model, float(latest["probability"])),
        lacked(session, person, as_of),
    )


def values(session: Session, person: int, as_of: date) -> dict[str, float]:
    """The indicators of ``person`` that are not nil at ``as_of``; NaN says not known."""
    rows = serve(session, Permission.SEE_PERSON, _VALUES, {"as_of": as_of}, people=[person], what="indicators")
    return dict(zip(rows["indicator"], rows["value"].astype(float), strict=True))


def _estimator(session: Session, model: str) -> str:
    rows = serve(session, Permission.SEE_MODELS, _MODEL, {"model": model}, what="state of a model")
    return str(rows.iloc[0]["estimator"])


def _parts(rows: pd.DataFrame, raw: float, known: dict[str, float], estimator: str) -> tuple[tuple[Part, ...], int]:
    """Parts in whole points, greatest first, and the points of what is too small to be told one by one."""
    whole = points(rows["contribution"].to_numpy(float), estimator == IN_PROBABILITY, raw)
    rows = rows.assign(points=whole)
    rows = rows[~rows["indicator"].isin(NO_INDICATOR)]
    shown = rows[(rows["points"] != 0) & rows["indicator"].isin(CATALOGUE)]
    named = tuple(
        part(row["indicator"], float(row["value"]), int(row["points"]), known) for row in shown.to_dict("records")
    )
    return named, int(rows["points"].sum()) - int(shown["points"].sum())


def part(indicator: str, value: float, amount: int, known: dict[str, float]) -> Part:
    """A contribution in words. ``known``: the person's other indicators, by which *never* is told from *not known*."""
    feature = CATALOGUE[indicator]
    return Part(indicator, value, amount, feature.said(value, covered(feature, known)), feature.theme)


def covered(feature: Feature, known: dict[str, float]) -> bool:
    """Whether NaN means that it never happened: its flag is known, and nil."""
    told = known.get(feature.flag, 0.0) if feature.flag else float("nan")
    return told == told


def lacked(session: Session, person: int, as_of: date) -> tuple[str, ...]:
    """The sources that the model had seen nothing of for this person, by their names on screen."""
    known = values(session, person, as_of)
    own = [feature for feature in CATALOGUE.values() if feature.scope == "self" and feature.absent_is_nil]
    unseen = {source for f in own if _unknown(f, known) for kind in f.kinds for source in TOLD_BY.get(kind, ())}
    seen = {source for f in own if not _unknown(f, known) for kind in f.kinds for source in TOLD_BY.get(kind, ())}
    if known.get("age", 0) < SCHOOL_LEAVING:
        seen.add("neet")
    return tuple(SOURCES[source].label for source in sorted(unseen - seen))


def _unknown(feature: Feature, known: dict[str, float]) -> bool:
    value = known.get(feature.name, 0.0)
    return value != value


def frequency(session: Session, model: str, probability: float) -> Frequency | None:
    """How many of those told about as much were identified, measured on children whose outcome is known.

    None below the range that was measured (the top 5 %), where the figure itself has to do.
    """
    bins = serve(session, Permission.SEE_MODELS, _BINS, {"model": model}, what="how good a model is").dropna(
        subset=["told", "found"]
    )
    if bins.empty or probability < 0.8 * float(bins["told"].min()):
        return None
    row = bins.iloc[int((bins["told"] - probability).abs().argmin())]
    return Frequency(float(row["found"]), float(row["low"]), float(row["high"]), int(row["n"]))


def commonness(session: Session, model: str, as_of: date, years: int, parts: Sequence[Part]) -> dict[str, float]:
    """For each indicator that counts something: the share of children of the same age with as much, or more.

    A figure about the cohort, fit to be cached; left out where fewer than 50 such children are known.
    """
    asked = [
        one for one in parts if one.value == one.value and one.value > 0 and CATALOGUE[one.indicator].absent_is_nil
    ]
    query = {
        "model": model,
        "as_of": as_of,
        "years": years,
        "indicators": [one.indicator for one in asked],
        "values": [one.value - 1e-6 for one in asked],
    }
    rows = serve(session, Permission.SEE_MODELS, _AS_MUCH, query, what="how common an indicator is")
    return {r.indicator: r.as_much / (r.peers - r.unknown) for r in each(rows) if r.peers - r.unknown >= 50}


def moved(session: Session, person: int, earlier: date, later: date, parts: Sequence[Part]) -> list[str]:
    """What changed between two dates in the indicators that matter most now: ``Times reported missing: 1, then 4``."""
    before, after = values(session, person, earlier), values(session, person, later)
    said = []
    for one in parts[:12]:
        feature = CATALOGUE[one.indicator]
        absent = 0.0 if feature.absent_is_nil else float("nan")
        was, now = (known.get(one.indicator, absent) for known in (before, after))
        if was == was and now == now and round(was) != round(now) and feature.aggregate != "age":
            said.append(f"{feature.label}: {feature.figure(was)}, then {feature.figure(now)}")
    return said[:3]

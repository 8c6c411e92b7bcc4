"""What a model says of a child, and why: only after the reader has judged for themselves."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd

from analytics.casework.rows import each
from analytics.casework.tell import as_date
from analytics.explanation.points import points
from analytics.features.catalogue import CATALOGUE
from analytics.features.feature import Feature
from analytics.features.sources import TOLD_BY
from data.access.gate import Session, act, consult, serve
from data.access.policy import caveat, check_score_allowed, score_allowed, why_each_withheld
from data.access.roles import Permission
from data.home import home
from data.journal import log
from data.journal.accounts import reader_names
from data.journal.casework import decisions, judgement
from data.journal.tables import DECISION, JUDGEMENT
from data.rooms.attendance import owed
from data.rooms.store import rooms_of
from data.sources import SOURCES

_NOTES = ("model notes",)
WORRY = ("not worried", "a little worried", "worried", "very worried")
VIEWS = ("agree", "disagree", "unsure")
IN_PROBABILITY = "forest"
#: Pages on which a reader meets what a model says of a child before the child's own page asks what they think.
SHOWS_FIRST = (Permission.SEE_LIST.value, Permission.SEE_CASELOAD.value)
#: Nobody younger is on the books of those who follow young people into work.
SCHOOL_LEAVING = 16
#: Rows of ``contribution`` that belong to no indicator.
NO_INDICATOR = ("base", "rest")

_HISTORY = """
SELECT person, as_of, raw, probability, band, rank, percentile, similarity FROM score
WHERE person = $person AND model = $model ORDER BY as_of
"""
_PARTS = """
SELECT person, indicator, value, contribution FROM contribution
WHERE person = $person AND model = $model AND as_of = $as_of
ORDER BY abs(contribution) DESC, indicator
"""
_VALUES = """
SELECT person, as_of, indicator, value FROM indicator_value
WHERE person = $person AND as_of IN (SELECT unnest($dates::DATE[])) ORDER BY as_of, indicator
"""
_MODELS = "SELECT model, version, estimator, state, reason, trained, spec FROM model ORDER BY model"
_BINS = """
SELECT e."group" AS bin, max(value) FILTER (metric = 'told') AS told, max(value) FILTER (metric = 'found') AS found,
       max(low) FILTER (metric = 'found') AS low, max(high) FILTER (metric = 'found') AS high, max(n) AS n
FROM evaluation e JOIN model m ON m.model = e.model AND m.estimator = e.estimator
WHERE e.model = $model AND label = 'identified' AND grouping = 'calibration' GROUP BY bin ORDER BY bin
"""


@dataclass(frozen=True)
class ModelNote:
    """A model as a page needs it. ``withheld``: why no number is shown, in words; None where one may be.

    ``caveat``: what must stand beside a number that is shown although nobody could measure how good it is.
    ``profile`` and ``outcome`` say what it learned from, one of the two; ``happened`` completes *children who ...*;
    ``roles`` who may see it; ``gap_days`` how long after its day the year begins that it speaks of.
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
    profile: str = ""
    outcome: tuple[str, ...] = ()
    happened: str = "were identified"
    roles: tuple[str, ...] = ()
    gap_days: int = 90


@dataclass(frozen=True)
class Frequency:
    """Of ``n`` children whom the model told about as much, of how many it proved right: a share with its interval."""

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
    return model_notes(session).get(model)


def model_notes(session: Session) -> dict[str, ModelNote]:
    """Every model of the snapshot, by name; asked once a run."""
    if _NOTES not in session.kept:
        rows = serve(session, Permission.SEE_MODELS, _MODELS, what="state of a model")
        withheld = why_each_withheld(session.journal, session.snapshot)
        session.kept[_NOTES] = {str(row.model): _note(row, withheld[row.model]) for row in each(rows)}
    found: dict[str, ModelNote] = session.kept[_NOTES]
    return found


def _note(row: Any, withheld: str | None) -> ModelNote:
    spec, model = json.loads(row.spec), str(row.model)
    return ModelNote(
        model,
        spec.get("label", model),
        spec.get("question", ""),
        str(row.estimator),
        as_date(row.trained),
        tuple(spec.get("cannot_know", ())),
        tuple(spec.get("ages", (10, 17))),
        withheld,
        caveat(row.state, row.reason),
        spec.get("profile", ""),
        tuple(spec.get("outcome", ())),
        spec.get("happened", "were identified"),
        tuple(spec.get("roles", ())),
        int(spec.get("gap_days", 90)),
    )


def numbers_allowed(session: Session, model: str) -> bool:
    """Whether any number of ``model`` may be shown."""
    return score_allowed(session.journal, session.snapshot, model)


def untrained(session: Session) -> bool:
    """Whether the council has the reader take part in a training session before their first score."""
    return owed(rooms_of(home()), session.reader.id)


def judged(session: Session, person: int, model: str) -> Any:
    """The reader's own judgement on this snapshot, or None."""
    return judgement(session.journal, session.reader_id, person, model, session.snapshot.id)


def seen_before(session: Session, person: int, model: str) -> bool:
    """Whether the reader met ``person`` on a ranked list of this snapshot before judging: such judgements don't count
    as independent (see `analytics.casework.agreement`)."""
    own = judged(session, person, model)
    until = None if own is None else str(own["at"])
    return any(
        entry["snapshot"] == session.snapshot.id and entry["model"] == model
        for action in SHOWS_FIRST
        for entry in log.entries(
            session.journal, reader=session.reader_id, action=action, person=person, until=until, limit=1000
        )
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
    """What was decided about ``person`` so far, oldest first; ``name`` is who did, ``about`` what the model is of."""
    rows = consult(
        session, Permission.SEE_PERSON, lambda journal: decisions(journal, person), people=[person], what="score tab"
    )
    names = reader_names(session.journal)
    about = {name: note.label for name, note in model_notes(session).items()}
    return [
        dict(row) | {"name": names.get(row["by"], row["by"]), "about": about.get(row["model"], row["model"])}
        for row in rows
    ]


def score(session: Session, person: int, model: str) -> Score:
    """The score and what makes it up. Raises `AccessRefused` until the reader has judged, or said that they skip."""
    history = serve(
        session, Permission.SEE_SCORE, _HISTORY, {"model": model}, people=[person], model=model, what="score"
    )
    latest = history.iloc[-1]
    as_of = as_date(latest["as_of"])
    assert as_of is not None
    query = {"model": model, "as_of": as_of}
    parts = serve(session, Permission.SEE_SCORE, _PARTS, query, people=[person], model=model, what="score")
    known = values(session, person, as_of)
    named, rest = _parts(parts, float(latest["raw"]), known, model_notes(session)[model].estimator)
    return Score(
        as_of,
        float(latest["probability"]),
        str(latest["band"]),
        float(latest["percentile"]),
        history,
        named,
        rest,
        frequency(session, model, float(latest["probability"])),
        lacked(known),
    )


def values(session: Session, person: int, as_of: date) -> dict[str, float]:
    """The indicators of ``person`` that are not nil at ``as_of``; NaN says not known."""
    return values_at(session, person, [as_of])[as_of]


def values_at(session: Session, person: int, dates: Sequence[date]) -> dict[date, dict[str, float]]:
    """The same at each of ``dates``, asked in one go."""
    query = {"dates": list(dates)}
    rows = serve(session, Permission.SEE_PERSON, _VALUES, query, people=[person], what="indicators")
    found: dict[date, dict[str, float]] = {day: {} for day in dates}
    for row in each(rows):
        found[row.as_of.date()][row.indicator] = float(row.value)
    return found


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


def lacked(known: dict[str, float]) -> tuple[str, ...]:
    """The sources that the model had seen nothing of for somebody with these indicators, by their names on screen."""
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


def moves(session: Session, person: int, told: Score) -> dict[date, list[str]]:
    """Why the level changed on each date when it did: what moved in the indicators that matter most now."""
    rows = list(each(told.history))
    changed = [
        (before.as_of.date(), after.as_of.date()) for before, after in pairwise(rows) if before.band != after.band
    ]
    known = values_at(session, person, sorted({day for pair in changed for day in pair}))
    return {after: _moved(known[before], known[after], told.parts) for before, after in changed}


def _moved(before: dict[str, float], after: dict[str, float], parts: Sequence[Part]) -> list[str]:
    """``Times reported missing: 1, then 4``; three at most."""
    said = []
    for one in parts[:12]:
        feature = CATALOGUE[one.indicator]
        absent = 0.0 if feature.absent_is_nil else float("nan")
        was, now = (known.get(one.indicator, absent) for known in (before, after))
        if was == was and now == now and round(was) != round(now) and feature.aggregate != "age":
            said.append(f"{feature.label}: {feature.figure(was)}, then {feature.figure(now)}")
    return said[:3]

"""What if a source stopped: its indicators not known, as the matrix has them then, before and after retraining.

By each source that alone tells something, and by each owner with all that is theirs. Who is around a child (friends,
household) is left as it is known, and of an indicator that other sources tell too only the noughts become unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.evaluation.labels import not_yet_identified
from analytics.features.catalogue import CATALOGUE
from analytics.features.feature import Feature
from analytics.features.sources import TOLD_BY
from analytics.models.folds import fold_of
from analytics.models.measure import contest_at
from analytics.validation.side_by_side import side_by_side
from analytics.validation.stand import Stand, Tell, learned, training_before
from data.sources import SOURCES

Values = NDArray[np.float32]
Blank = Callable[[Values], Values]
METRIC = "average_precision"
EVERYTHING = "everything"


def without(given: Stand, tell: Tell) -> dict[str, Any]:
    """``stopped.OWNER or SOURCE.{as_it_is, retrained}`` -> figures at T and change; ``words``: what matters most."""
    job, day = given.job, given.day
    training = training_before(job, day)
    model = learned(job, given.estimator, training)
    contest = contest_at(job, day, {given.estimator: model}, {})
    matrix = job.matrices[day].rows(not_yet_identified(job.inputs.known, job.matrices[day].people, day))
    fold = fold_of(contest.family)
    scores = {EVERYTHING: contest.scores[given.estimator]}
    stops = stopping(job.names, given.delivered)
    for done, (name, blank) in enumerate(stops.items()):
        tell("a source less", done / len(stops))
        poorer = blank(matrix.values)
        scores[f"{name}/as_it_is"] = model.raw(poorer, fold)
        again = learned(job, given.estimator, replace(training, values=blank(training.values)))
        scores[f"{name}/retrained"] = again.raw(poorer, fold)
    told = side_by_side(scores, EVERYTHING, contest.labels, contest.family, contest.capacity)
    stopped = {name: _entry(name, job.names, given.delivered) | _both(told, name) for name in stops}
    return {EVERYTHING: told[EVERYTHING], "stopped": stopped, "words": words(stopped)}


def _both(told: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {way: told[f"{name}/{way}"] for way in ("as_it_is", "retrained")}


def _entry(name: str, names: tuple[str, ...], delivered: frozenset[str]) -> dict[str, Any]:
    """What stopped, in words, and how many of the model's indicators that blanks wholly or in part."""
    sources = candidates(delivered)[name]
    whole, part = touched(names, sources, delivered)
    label = SOURCES[name].label if name in SOURCES else name
    return {"label": label, "sources": sorted(sources), "indicators": len(whole), "indicators_in_part": len(part)}


def candidates(delivered: Iterable[str]) -> dict[str, frozenset[str]]:
    """Owner, then source -> the delivered sources that would stop."""
    listed = sorted(delivered)
    by_owner: dict[str, set[str]] = {}
    for source in listed:
        by_owner.setdefault(SOURCES[source].owner, set()).add(source)
    owners = {owner: frozenset(theirs) for owner, theirs in sorted(by_owner.items())}
    return owners | {source: frozenset({source}) for source in listed if len(by_owner[SOURCES[source].owner]) > 1}


def stopping(names: tuple[str, ...], delivered: frozenset[str]) -> dict[str, Blank]:
    """Owner or source -> what its stop does to a matrix; those whose stop does nothing are left out."""
    out: dict[str, Blank] = {}
    for name, sources in candidates(delivered).items():
        whole, part = touched(names, sources, delivered)
        if whole or part:
            out[name] = _blank(whole, part)
    return out


def touched(names: tuple[str, ...], lost: frozenset[str], delivered: frozenset[str]) -> tuple[list[int], list[int]]:
    """Columns that nobody tells any more, and those of which some kinds of event are told no more."""
    whole, part = [], []
    for column, name in enumerate(names):
        gone = _gone(CATALOGUE[name], lost, delivered) if name in CATALOGUE else []
        if gone and all(gone):
            whole.append(column)
        elif any(gone) and CATALOGUE[name].absent_is_nil:
            part.append(column)
    return whole, part


def _gone(feature: Feature, lost: frozenset[str], delivered: frozenset[str]) -> list[bool]:
    """Of each kind of event that somebody tells of: whether nobody would any more."""
    tellers = [set(TOLD_BY.get(kind, ())) & delivered for kind in feature.kinds]
    return [bool(told) and told <= lost for told in tellers]


def _blank(whole: list[int], part: list[int]) -> Blank:
    def blank(values: Values) -> Values:
        out = values.copy()
        out[:, whole] = np.nan
        out[:, part] = np.where(out[:, part] == 0, np.float32(np.nan), out[:, part])
        return out

    return blank


def words(stopped: Mapping[str, Any]) -> str:
    """The owner or source whose stop costs most once the model has been trained again."""
    costs = {name: one["retrained"]["identified"]["change"][METRIC] for name, one in stopped.items()}
    known = {name: change for name, change in costs.items() if change["value"] is not None}
    if not known:
        return "No source's stop could be measured."
    worst = min(known, key=lambda name: (known[name]["value"], name))
    change = known[worst]
    label = stopped[worst]["label"]
    if change["value"] >= 0 or change["high"] is None:
        return "No single source's stop lowers average precision, once the model has been trained again."
    lost = f"{-change['value']:.3f} (between {-change['high']:.3f} and {-change['low']:.3f})"
    certain = "" if change["high"] < 0 else ", which may be chance"
    return f"The most that one source matters: without {label}, average precision falls by {lost}{certain}."

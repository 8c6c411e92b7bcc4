"""How good the grading is: learned from earlier contacts, tried on a later year, at the workload that the hub chose.

The mark was set before any result was seen: at as many contacts as the workers themselves took up, the suggestion finds
more later harm than their own grading did and than counting earlier contacts does, both with an interval above zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from analytics.evaluation.baselines import scatter
from analytics.evaluation.bootstrap import family_weights, figure
from analytics.evaluation.metrics import Ranking, list_figures, ranking_figures
from analytics.evaluation.recalibration import slope_and_intercept
from analytics.evaluation.rows import Row
from analytics.triage import sharing
from analytics.triage.facts import Contacts, whole_until
from analytics.triage.grading import folded
from analytics.triage.harm import HARM, HORIZON_DAYS
from analytics.triage.sharing import Cut
from data.contacts import TAKEN

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
#: Contacts followed by harm: to learn from at all; and in the year tried, below which an interval is wider than a lead.
LEAST_LEARNED, LEAST_MEASURED = 40, 400
SUGGESTED, OFFICERS, PRIOR, RANDOM = "suggestion", "officers", "prior_contacts", "random"
#: The suggestion as it would be if it weighed words.
WORDED = "suggestion_with_words"


@dataclass(frozen=True)
class Tried:
    """The year tried: its contacts, chances float64[n, 3], chance that asking helps float64[n].

    ``worded``: the chances as they would be if words of the lists were weighed too.
    """

    contacts: Contacts
    chances: Floats
    worded: Floats
    needs: Floats
    cut: Cut


def split(today: date) -> tuple[date, date, date]:
    """(learn until, try from, try until): the year tried is the last whose outcome is whole; what is learned from was
    whole before it began."""
    until = whole_until(today)
    begin = until - timedelta(days=365)
    return begin - timedelta(days=HORIZON_DAYS), begin, until


def tried(contacts: Contacts, today: date) -> Tried | None:
    """The year tried; ``None`` where too little is recorded before it to learn from."""
    learn, begin, until = (np.datetime64(day) for day in split(today))
    decided = contacts.grade >= 0
    before, year = (
        contacts.take((contacts.day < learn) & decided),
        contacts.take((contacts.day >= begin) & (contacts.day < until) & decided),
    )
    if (before.followed == HARM).sum() < LEAST_LEARNED or not len(year.followed):
        return None
    chances, worded = (
        folded(one, before.followed, before.fold, other, year.fold)
        for one, other in ((before.X, year.X), (_worded(before), _worded(year)))
    )
    needs = sharing.learn(before)
    return Tried(year, chances, worded, needs.chance(year.X), Cut.cautious(needs.chance(before.X), before))


def _worded(contacts: Contacts) -> Floats:
    """What the grader reads, and how many grave and calming words a contact has, by their logarithm: float64[n, m]."""
    words = contacts.told[["grave", "mild"]].to_numpy(np.float64)
    return np.column_stack([contacts.X, np.log1p(words)])


def rows(one: Tried, positive: Mapping[str, Bools]) -> list[Row]:
    """Every figure, by what is held to be harm: ``recorded``, and ``truth`` where an invented city's is at hand."""
    contacts = one.contacts
    weights = family_weights(contacts.told["family"].to_numpy(np.int64))
    made = []
    for label, harm in positive.items():
        made += _ranked(one, label, harm, weights)
        made += _shared(one, label, harm, weights)
    return made


def ranks(one: Tried) -> dict[str, Ranking]:
    """Contacts as each way would put them, gravest first."""
    contacts = one.contacts
    prior = contacts.X[:, contacts.names.index("contacts")]
    number = np.arange(len(prior))
    return {
        SUGGESTED: Ranking.of(one.chances[:, -1]),
        OFFICERS: Ranking.of(contacts.grade.astype(float)),
        PRIOR: Ranking.of(prior),
        RANDOM: Ranking.of(scatter(number.astype(np.int64)).astype(float)),
        WORDED: Ranking.of(one.worded[:, -1]),
    }


def workload(one: Tried) -> int:
    """How many contacts of the year the hub itself took up."""
    return int((one.contacts.grade >= TAKEN).sum())


def _ranked(one: Tried, label: str, harm: Bools, weights: NDArray[np.int16]) -> list[Row]:
    size, n, positives = workload(one), len(harm), int(harm.sum())
    found, made = {}, []
    for name, ranking in ranks(one).items():
        figures = list_figures(ranking, harm, weights, size) | ranking_figures(ranking, harm, weights)
        found[name] = figures["recall_at_capacity"]
        wanted = (
            "recall_at_capacity",
            "precision_at_capacity",
            "false_per_true",
            "auc",
            "average_precision",
            "base_rate",
        )
        made += [Row(name, label, "all", "all", metric, figure(figures[metric]), n, positives) for metric in wanted]
    for other in (OFFICERS, PRIOR, RANDOM, WORDED):
        lead = figure(found[SUGGESTED] - found[other])
        made.append(Row(SUGGESTED, label, "all", "all", f"lead_over_{other}", lead, n, positives))
    slope, intercept = slope_and_intercept(one.chances[:, -1], harm, weights)
    made.append(Row(SUGGESTED, label, "all", "all", "calibration_slope", figure(slope), n, positives))
    made.append(Row(SUGGESTED, label, "all", "all", "calibration_intercept", figure(intercept), n, positives))
    return made


def _shared(one: Tried, label: str, harm: Bools, weights: NDArray[np.int16]) -> list[Row]:
    asked, told = sharing.asked(one.contacts), one.cut.suggests(one.needs)
    nowhere = sharing.nowhere(one.contacts) & ~harm
    missed, workers = _share(harm & ~told, harm, weights), _share(harm & ~asked, harm, weights)
    figures = {
        "checks_spared": _share(nowhere & ~told, nowhere, weights),
        "harm_missed": missed,
        "harm_missed_by_officers": workers,
        "missed_less_than_officers": workers - missed,
        "asked": _share(told, np.ones(len(told), bool), weights),
        "asked_by_officers": _share(asked, np.ones(len(told), bool), weights),
    }
    n, positives = len(harm), int(harm.sum())
    return [Row("sharing", label, "all", "all", name, figure(values), n, positives) for name, values in figures.items()]


def _share(part: Bools, whole: Bools, weights: NDArray[np.int16]) -> Floats:
    with np.errstate(invalid="ignore"):
        return weights[part].sum(axis=0) / weights[whole].sum(axis=0)


def verdict(found: list[Row]) -> tuple[str, str]:
    """(state, why): ``candidate``, ``withheld`` under the mark, ``unmeasured`` where too little harm was recorded."""
    told = {(row.estimator, row.metric): row for row in found if row.label == "recorded"}
    if not told or told[SUGGESTED, "recall_at_capacity"].positives < LEAST_MEASURED:
        return (
            "unmeasured",
            f"Fewer than {LEAST_MEASURED} contacts of the year tried were followed by harm.",
        )
    for other, words in ((OFFICERS, "the workers' own grading"), (PRIOR, "counting earlier contacts")):
        lead = told[SUGGESTED, f"lead_over_{other}"].figure
        if lead.low is None or lead.low <= 0:
            return "withheld", f"At the hub's own workload it does not surely find more later harm than {words}."
    return (
        "candidate",
        "At the hub's own workload it finds more later harm than the workers and than counting contacts.",
    )

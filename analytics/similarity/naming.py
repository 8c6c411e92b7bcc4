"""A name for a group of known cases, from what is commoner in it than among the other known cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analytics.similarity.profile import IndicatorRate, ProfileCard, narrowed

Values = NDArray[np.floating]
#: So much commoner an indicator must be than among the other cases for a name to speak of it.
LEAST_DIFFERENCE = 0.15
MOST_TOLD = 8
LITTLE = "little on record"

#: Plain words by the first letters of an indicator's name; the longest that fit count.
WORDS = {
    "missing": "often missing",
    "care_missing": "missing from placement",
    "found_harmed": "harmed while missing",
    "co_missing": "with friends who are missing too",
    "associates_missing": "with friends who are missing too",
    "co_offending": "suspected together with others",
    "associates_suspect": "with friends suspected of crimes",
    "co_missing_known": "with friends who are exploited",
    "co_offending_known": "with friends who are exploited",
    "associates_known": "with friends who are exploited",
    "suspect": "suspected of crimes",
    "antisocial": "reported for anti-social behaviour",
    "youth_justice": "with youth justice",
    "victim": "victim of crime",
    "sexual_victim": "victim of a sexual offence",
    "domestic": "domestic abuse at home",
    "noted_domestic": "domestic abuse at home",
    "parents_domestic": "domestic abuse at home",
    "risk_conferences": "domestic abuse at home",
    "attendance": "often absent from school",
    "unauthorised": "often absent from school",
    "missing_education": "out of school",
    "suspen": "suspended from school",
    "suspended": "suspended from school",
    "schools": "new to their school",
    "excluded": "excluded from school",
    "sen_support": "special educational needs",
    "ehc_": "special educational needs",
    "assessments": "known to social care",
    "in_need": "child in need",
    "contacts": "often brought to the safeguarding hub",
    "in_care": "in care",
    "placements": "in care",
    "residential": "in care",
    "siblings": "brothers and sisters in difficulty",
    "emergency": "often in the emergency department",
    "emergency_self_harm": "self-harm",
    "noted_self_harm": "self-harm",
    "sexual_health": "seen by sexual health",
    "mental_health": "in mental health care",
    "noted_own_mental_health": "poor mental health",
    "noted_own_substance": "alcohol or drugs",
    "emergency_intoxicated": "alcohol or drugs",
    "substance_treatment": "alcohol or drugs",
    "associates": "many associates",
    "homes": "often moved home",
    "household_arrears": "money trouble at home",
    "household_eviction": "money trouble at home",
}
#: Where no first letters fit: words by theme.
THEMES = {
    "Going missing": "often missing",
    "Friends and associates": "many associates known",
    "Crime and harm": "crime and harm",
    "School": "difficulty at school",
    "Social care": "known to social care",
    "Brothers and sisters": "brothers and sisters in difficulty",
    "Parents": "parents in difficulty",
    "Home and money": "money or housing trouble",
    "Health": "often seen by health services",
    "Support": "getting early help or support",
}


def traits(
    card: ProfileCard, cases: Values, cohort: Values, names: tuple[str, ...], themes: Mapping[str, str]
) -> NDArray[np.float64]:
    """What is on record of each known case, float64[k, p]: a column a plain word, in the words' alphabetical order.

    ``card`` holds ``cases`` float[k, m] against ``cohort`` float[n, m]; ``themes`` gives each indicator's theme. Nought
    where nothing of the kind is raised, else how much commoner that is among known cases than in the cohort.
    """
    column = {name: j for j, name in enumerate(names)}
    of_word: dict[str, list[IndicatorRate]] = {}
    for rate in card.rates:
        if _speaks(rate, themes):
            of_word.setdefault(said(rate.indicator, themes[rate.indicator]), []).append(rate)
    out = np.zeros((len(cases), len(of_word)))
    for place, word in enumerate(sorted(of_word)):
        has, had = (
            np.any([rate.raised(rows[:, column[rate.indicator]]) for rate in of_word[word]], axis=0)
            for rows in (cases, cohort)
        )
        lift = (has.mean() + 1e-3) / (had.mean() + 1e-3)
        out[:, place] = has * max(0.0, float(np.log(lift)))
    return out


def _speaks(rate: IndicatorRate, themes: Mapping[str, str]) -> bool:
    """Whether a name may speak of an indicator: not of age and neighbourhood, nor of what has merely changed."""
    told = not rate.indicator.endswith(("_since", "_trend", "_change"))
    return told and bool(np.isfinite(rate.cut)) and themes.get(rate.indicator) in THEMES


@dataclass(frozen=True)
class Proposal:
    """A name for a group, and the indicators that set it apart, the most telling first."""

    name: str
    telling: tuple[IndicatorRate, ...]


def propose(
    card: ProfileCard, group: Values, others: Values, names: tuple[str, ...], themes: Mapping[str, str]
) -> Proposal:
    """From the indicators of a group's cases float[a, m] and of all other known cases float[b, m].

    ``card`` says from where on an indicator counts as raised. What is of no theme in `THEMES` never names a group.
    """
    elsewhere = {rate.indicator: rate for rate in narrowed(card, others, names).rates}
    both = [rate for rate in narrowed(card, group, names).rates if rate.indicator in elsewhere]
    rates = [
        replace(one, cohort=elsewhere[one.indicator].cases, cohort_known=elsewhere[one.indicator].cases_known)
        for one in both
    ]
    rates.sort(key=lambda one: (one.cohort - one.cases, one.indicator))
    telling = [rate for rate in rates if rate.cases - rate.cohort >= LEAST_DIFFERENCE and _speaks(rate, themes)]
    words = list(dict.fromkeys(said(rate.indicator, themes[rate.indicator]) for rate in telling))
    rarer = sum(rate.cohort - rate.cases >= LEAST_DIFFERENCE for rate in rates if themes.get(rate.indicator) in THEMES)
    if not words or rarer > 2 * len(telling):
        words = [LITTLE, *words[:1]]
    return Proposal(_joined(words), tuple(telling[:MOST_TOLD]))


def said(indicator: str, theme: str) -> str:
    """Plain words for one indicator."""
    fits = [start for start in WORDS if indicator.startswith(start)]
    return WORDS[max(fits, key=len)] if fits else THEMES[theme]


def _joined(words: list[str]) -> str:
    """The two most telling, as a phrase: ``Often missing, with friends who are missing too``."""
    first, *rest = words[:2]
    return first[0].upper() + first[1:] + "".join(f", {word}" for word in rest)


def told_apart(names: list[str]) -> list[str]:
    """The same names; those that several groups would have carry a number."""
    return [
        f"{name} ({names[: at + 1].count(name)})" if names.count(name) > 1 else name for at, name in enumerate(names)
    ]

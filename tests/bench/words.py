"""What the words of a contact are worth to its grading: with the list made by hand, without, and with learned words.

``KINSIGHT_HOME``: a home of the full invented city. The later year is tried as the build tries it, twice. Learned
words: for each word, how much more often harm followed contacts that have it than others of the same reason (observed
against expected, both with a prior of 20 contacts, at most e-fold, from words that 50 contacts have); a contact's
figure is their sum. Nothing of the year tried teaches them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.triage import facts, measure
from analytics.triage.facts import Contacts
from analytics.triage.harm import HARM
from analytics.triage.publish import LEARNED_DAYS
from analytics.triage.truth import hurt
from data.home import home
from data.snapshot.reading import current

PRIOR, FEWEST, MOST = 20, 50, 1.0
_WORD = re.compile(r"[a-z][a-z'-]+")
_SAID = "SELECT contact, min(narrative) AS narrative FROM contact GROUP BY contact"
_LEADS = ("recall_at_capacity", "lead_over_officers", "lead_over_prior_contacts")
_TOLD = {measure.SUGGESTED: _LEADS, measure.WORDED: _LEADS[:1], "sharing": ("checks_spared",)}


def bench() -> Iterator[tuple[str, bool]]:
    """A line a way of reading and figure; nothing is promised."""
    with current(home()) as snapshot:
        today, truth = snapshot.today, home().truth(int(snapshot.manifest["snapshot"]))
        with snapshot.cursor() as cursor:
            every = facts.contacts(cursor, today - timedelta(days=LEARNED_DAYS), today)
            said = cursor.execute(_SAID).df().set_index("contact")["narrative"]
    words = said.reindex(every.told["contact"])
    ways = {"as it is": every, "learned words": _with(every, _learned(every, words, measure.split(today)[0]))}
    for way, contacts in ways.items():
        one = measure.tried(contacts, today)
        if one is None:
            yield "too little harm is recorded to learn from", False
            return
        positive = {"recorded": one.contacts.followed == HARM, "truth": hurt(truth, one.contacts)}
        for row in measure.rows(one, positive):
            if (row.estimator, way) != (measure.WORDED, "learned words") and row.metric in _TOLD.get(row.estimator, ()):
                told, said = row.figure, "list by hand" if row.estimator == measure.WORDED else way
                yield f"{said}: {row.label} {row.metric} {told.value:.3f} ({told.low:.3f} to {told.high:.3f})", True


def _with(every: Contacts, told: NDArray[np.float64]) -> Contacts:
    return replace(every, X=np.column_stack([every.X, told]))


def _learned(every: Contacts, words: pd.Series, until: object) -> NDArray[np.float64]:
    """The figure of each contact, float64[n], from contacts before ``until``; ``words``: what each says."""
    said = [set(_WORD.findall(text.lower())) for text in words.fillna("")]
    before = np.flatnonzero((every.day < np.datetime64(until)) & (every.grade >= 0))  # type: ignore[arg-type]
    harm = (every.followed[before] == HARM).astype(float)
    usual = pd.Series(harm).groupby(every.told["reason"].to_numpy()[before]).transform("mean").to_numpy()
    met, seen, expected = Counter[str](), Counter[str](), Counter[str]()
    for at, one, likely in zip(before, harm, usual, strict=True):
        for word in said[at]:
            met[word] += 1
            seen[word] += one
            expected[word] += likely
    weight = {
        word: float(np.clip(np.log((seen[word] + PRIOR) / (expected[word] + PRIOR)), -MOST, MOST))
        for word, times in met.items()
        if times >= FEWEST
    }
    return np.array([sum(weight.get(word, 0.0) for word in sorted(words)) for words in said])

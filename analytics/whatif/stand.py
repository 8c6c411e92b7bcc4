"""What the published model would say of a person if their life had been otherwise: the question behind *What if*."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from analytics.casework.tell import as_date
from analytics.features.catalogue import CATALOGUE
from analytics.features.feature import Feature
from analytics.models.folds import fold_of
from analytics.models.training import FAMILY_OF_EACH, Families
from analytics.whatif.altered import changed
from analytics.whatif.own import Own, changeable, own_events
from analytics.whatif.published import NO_AGE, Published, Told, published
from analytics.whatif.usual import HIGH, LOW, Usual, usual
from data.access.gate import Session, serve
from data.access.roles import Permission

#: Longest list of changes that the log keeps in words.
_LONGEST = 300
_SCORE = f"""
SELECT s.person, s.as_of, s.raw, s.probability, s.band, s.percentile,
       date_sub('year', p.birth_date, s.as_of) AS years,
       (SELECT {FAMILY_OF_EACH} FROM family_member m WHERE m.person = $person) AS family
FROM score s JOIN person p USING (person)
WHERE s.person = $person AND s.model = $model ORDER BY s.as_of DESC LIMIT 1
"""
_VALUES = "SELECT person, indicator, value FROM indicator_value WHERE person = $person AND as_of = $as_of"


class NoScore(LookupError):
    """The model says nothing of this person."""


@dataclass(frozen=True)
class Lever:
    """Something that could be otherwise: ``now``, and what is realistic at the person's age, ``levels`` in order.

    ``usual``: what children of the age have.
    """

    feature: Feature
    now: float
    levels: tuple[float, ...]
    usual: Usual

    @property
    def name(self) -> str:
        return self.feature.name

    def distance(self, level: float) -> float:
        """How far a level is from now, as a share of children of the age."""
        return self.usual.distance(round(self.now), level)


@dataclass(frozen=True)
class Stand:
    """One person before a published model at the date of the score that stands; ``values`` are those that it reads."""

    person: int
    as_of: date
    years: int
    fold: int
    stored: Told
    values: Mapping[str, float]
    levers: tuple[Lever, ...]
    own: Own
    model: Published

    def row(self, patch: Mapping[str, float]) -> NDArray[np.float32]:
        """The indicators in the model's order, those of ``patch`` instead of the person's own. float32[m]."""
        both = {**self.values, **patch}
        return np.array([both[name] for name in self.model.names], np.float32)

    def patch(self, changes: Mapping[str, float]) -> dict[str, float]:
        """Every indicator that the changes move, consistent with one another."""
        return changed(self.own, changes, self.values) if changes else {}

    def told(self, changes: Mapping[str, float]) -> Told:
        """What the model would say. With no change it is the stored score, to the last bit."""
        raw = float(self.model.raw(self.row(self.patch(changes))[None, :], self.fold)[0])
        return self.model.told(raw, self.stored.raw, self.years)

    def moved(self, changes: Mapping[str, float]) -> dict[str, tuple[float, float]]:
        """What goes with the changes: indicators before and after, those changed by the reader left out."""
        after = self.patch(changes)
        return {
            name: (self.values[name], value)
            for name, value in after.items()
            if name not in changes and not _same(self.values[name], value)
        }


def _same(one: float, other: float) -> bool:
    return np.float32(one) == np.float32(other) or (one != one and other != other)


def stand(session: Session, person: int, model: str, changes: Mapping[str, float] | None = None) -> Stand:
    """Open *What if* of ``person`` for a reader who has judged; ``changes`` are written into the log.

    Raises `AccessRefused` where the score may not be shown, `NoScore`, and `NoModel` where the model's file is gone.
    """
    rows = serve(
        session, Permission.SEE_SCORE, _SCORE, {"model": model}, people=[person], model=model, what=_asked(changes)
    )
    if rows.empty or rows["raw"].isna().any():
        raise NoScore("The model says nothing of this person.")
    row = rows.iloc[0]
    as_of, years = as_date(row["as_of"]), NO_AGE if row["years"] != row["years"] else int(row["years"])
    assert as_of is not None
    held = published(session, model)
    values = _values(session, person, as_of, held.names)
    stored = Told(float(row["raw"]), float(row["probability"]), str(row["band"]), float(row["percentile"]))
    return Stand(
        person,
        as_of,
        years,
        _fold(person, row["family"]),
        stored,
        values,
        levers(values, held.names, {name: one for (age, name), one in usual(session).items() if age == years}),
        own_events(session, person, as_of, held.names),
        held,
    )


def _asked(changes: Mapping[str, float] | None) -> str:
    """What stands in the log: which figures were tried."""
    tried = "; ".join(f"{CATALOGUE[name].label}: {value:g}" for name, value in (changes or {}).items())
    return f"what if: {tried}"[:_LONGEST] if tried else "what if"


def _values(session: Session, person: int, as_of: date, names: Iterable[str]) -> dict[str, float]:
    """Every indicator that the model reads: what is not stored is nil, or not known."""
    rows = serve(session, Permission.SEE_PERSON, _VALUES, {"as_of": as_of}, people=[person], what="what if")
    known = dict(zip(rows["indicator"], rows["value"].astype(float), strict=True))
    return {name: known.get(name, 0.0 if CATALOGUE[name].absent_is_nil else float("nan")) for name in names}


def _fold(person: int, family: float | None) -> int:
    """By the family, as when everybody was scored; whoever has none is a family of their own."""
    mine = [] if family is None or family != family else [family]
    families = Families(np.array([person] * len(mine), np.int64), np.array(mine, np.int64))
    return int(fold_of(families.of(np.array([person], np.int64)))[0])


def levers(values: Mapping[str, float], names: Iterable[str], peers: Mapping[str, Usual]) -> tuple[Lever, ...]:
    """What can be changed: known of the person, and realistic for somebody of the age. In the catalogue's order."""
    found = []
    for feature in changeable(names):
        now, mine = values[feature.name], peers.get(feature.name)
        if mine is not None and now == now:
            levels = _levels(feature, now, mine)
            if len(levels) > 1:
                found.append(Lever(feature, now, levels, mine))
    return tuple(found)


def _levels(feature: Feature, now: float, mine: Usual) -> tuple[float, ...]:
    """Whole steps between what one in a hundred has less, and more, than; what the person has is always realistic."""
    change = feature.change
    assert change is not None
    low = max(change.low, min(mine.at(LOW), now))
    high = min(change.high, max(mine.at(HIGH), now))
    first, last = int(np.floor(low / change.steps)), int(np.ceil(high / change.steps))
    return tuple(float(change.steps * n) for n in range(first, last + 1) if change.steps * n <= change.high)

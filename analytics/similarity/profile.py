"""The card of a known-case profile: how many, and how common each indicator is among them and in the cohort."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.floating]


@dataclass(frozen=True)
class IndicatorRate:
    """How often an indicator is raised among known cases and in the cohort, of those for whom it is known.

    Raised means at least ``cut`` (at most, where less is the risk). ``lift`` is ``None`` where the cohort has none.
    """

    indicator: str
    at_least: bool
    cut: float
    cases: float
    cases_known: int
    cohort: float
    cohort_known: int

    @property
    def lift(self) -> float | None:
        return self.cases / self.cohort if self.cohort > 0 else None

    def raised(self, values: Values) -> NDArray[np.bool_]:
        """Which of ``values`` are raised; not known is not."""
        return values >= self.cut if self.at_least else values <= self.cut


@dataclass(frozen=True)
class ProfileCard:
    """A profile of ``n`` known cases, indicators by falling distance between the two rates."""

    n: int
    rates: tuple[IndicatorRate, ...]

    def rate(self, indicator: str) -> IndicatorRate | None:
        return next((one for one in self.rates if one.indicator == indicator), None)


def profile_card(
    cases: Values, cohort: Values, names: tuple[str, ...], directions: dict[str, int] | None = None
) -> ProfileCard:
    """From the indicators of the known cases float[k, m] and of the cohort float[n, m]."""
    turned = directions or {}
    rates = [_rate(name, cases[:, j], cohort[:, j], turned.get(name, 1) >= 0) for j, name in enumerate(names)]
    told = [one for one in rates if one.cases_known and one.cohort_known]
    return ProfileCard(len(cases), tuple(sorted(told, key=lambda one: (-abs(one.cases - one.cohort), one.indicator))))


def narrowed(card: ProfileCard, cases: Values, names: tuple[str, ...]) -> ProfileCard:
    """The card of some of its known cases, float[a, m]: the same cuts, the same cohort."""
    column = {name: j for j, name in enumerate(names)}
    rates = []
    for one in card.rates:
        values = cases[:, column[one.indicator]]
        known = values[~np.isnan(values)]
        if len(known):
            rates.append(replace(one, cases=float(one.raised(known).mean()), cases_known=len(known)))
    return ProfileCard(len(cases), tuple(sorted(rates, key=lambda one: (-abs(one.cases - one.cohort), one.indicator))))


def _rate(name: str, cases: Values, cohort: Values, at_least: bool) -> IndicatorRate:
    cut = _usual_edge(np.concatenate([cohort, cases]), at_least)
    known, all_known = cases[~np.isnan(cases)], cohort[~np.isnan(cohort)]
    one = IndicatorRate(name, at_least, cut, 0.0, len(known), 0.0, len(all_known))
    share, base = (float(one.raised(v).mean()) if len(v) else 0.0 for v in (known, all_known))
    return IndicatorRate(name, at_least, cut, share, len(known), base, len(all_known))


def _usual_edge(cohort: Values, at_least: bool) -> float:
    """Where *raised* begins: the tenth of the cohort on the risky side, never the commonest value itself."""
    known = np.sort(cohort[~np.isnan(cohort)].astype(float))
    if len(known) == 0:
        return float("nan")
    middle = known[len(known) // 2]
    if at_least:
        above = known[known > middle]
        return float(max(np.quantile(known, 0.9, method="higher"), above[0])) if len(above) else np.inf
    below = known[known < middle]
    return float(min(np.quantile(known, 0.1, method="lower"), below[-1])) if len(below) else -np.inf

"""Demand: children who begin each kind of help, month by month, in the city and its areas, and what is to come.

Everything is made from protected counts: a forecast gives nothing away that its table doesn't.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics.disclosure.control import DEFAULT, Rule, nested
from analytics.management.forecast import LEAST, YEAR, Forecast, Tested, backtest, forecast
from analytics.matrix.guard import STANDS_TODAY
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.snapshot.reading import derived

#: Event kinds and what a month of each counts: a child once a month.
SERIES: Mapping[str, str] = {
    "contact": "Contacts with the hub",
    "referral": "Referrals to social care",
    "early_help": "Early help begun",
    "in_need": "Found to be in need",
    "protection_plan": "Protection plans begun",
    "looked_after": "Came into care",
}
CITY = "Whole city"
#: Further back than this, a city was another one.
YEARS = 8
#: A series is forecast where no more than this share of its months is withheld, and a month has so many on average.
MAY_BE_WITHHELD, FEWEST = 0.1, 5
#: A month is counted once so many of its records have arrived as usually do.
ARRIVED = 0.98

# Records come later than what they tell of: the last months are not all there yet.
_REACH = derived(
    "demand_reach",
    f"""
SELECT coalesce(max(late), 0) AS days, max(began) AS began FROM (
    SELECT min(occurred_on) AS began,
           quantile_disc(date_diff('day', occurred_on, known_on), {ARRIVED})
               FILTER (occurred_on >= $today - INTERVAL 2 YEAR) AS late
    FROM event WHERE kind IN {tuple(SERIES)} AND {STANDS_TODAY} GROUP BY kind
)
""",
    needs=("event",),
)
_MONTH = derived(
    "demand_month",
    f"""
SELECT e.kind, w.area, date_trunc('month', e.occurred_on)::DATE AS month, count(DISTINCT e.person) AS children
FROM event e JOIN person p USING (person) JOIN ward w ON w.ward = p.ward
WHERE e.kind IN {tuple(SERIES)} AND {STANDS_TODAY}
  AND p.birth_date > e.occurred_on - INTERVAL 18 YEAR AND p.birth_date <= e.occurred_on
GROUP BY ALL ORDER BY ALL
""",
    needs=("event", "person"),
)
_BEGAN = f"SELECT * FROM {_MONTH} WHERE month >= $since AND month < $until ORDER BY ALL"

Key = tuple[str, str]


@dataclass(frozen=True)
class Demand:
    """Protected counts by month (index) and series (columns: kind, area), NaN where one is withheld; what is to come.

    ``ahead`` and ``tested``: forecasts of the series that were made, ``of`` in their order; None where there is none.
    """

    counts: pd.DataFrame
    of: tuple[Key, ...]
    ahead: Forecast | None
    tested: Tested | None

    @property
    def months(self) -> list[date]:
        return [pd.Timestamp(one).date() for one in self.counts.index]

    @property
    def to_come(self) -> list[date]:
        """The months that the forecast is of."""
        last = pd.Timestamp(self.counts.index[-1])
        return [(last + pd.DateOffset(months=step + 1)).date() for step in range(YEAR)]

    def told(self, key: Key) -> pd.DataFrame | None:
        """``middle, low, high`` of the months to come; None for a series that can't be forecast."""
        if self.ahead is None or key not in self.of:
            return None
        at = self.of.index(key)
        ends = {name: getattr(self.ahead, name)[:, at] for name in ("middle", "low", "high")}
        return pd.DataFrame(ends, index=self.to_come)


def demand(session: Session, rule: Rule = DEFAULT) -> Demand:
    """Every series of the session's snapshot, with forecasts of those that can be forecast."""
    counts = protected(counted(session), rule)
    return ahead_of(counts)


def ahead_of(counts: pd.DataFrame) -> Demand:
    """Forecasts of protected counts, and how far such forecasts would have erred so far."""
    told = counts.loc[:, (counts.isna().mean() <= MAY_BE_WITHHELD) & (counts.mean() >= FEWEST)]
    of = tuple((str(one[0]), str(one[1])) for one in told.columns.tolist())
    if len(counts) < LEAST or not of:
        return Demand(counts, (), None, None)
    # In the place of the few months that are withheld stand those around them; they are never judged by.
    whole = told.interpolate(limit_direction="both").to_numpy(float)
    tried = len(counts) >= LEAST + YEAR
    return Demand(counts, of, forecast(whole), backtest(whole, told.to_numpy(float)) if tried else None)


def counted(session: Session) -> pd.DataFrame:
    """Exact counts, not for show: months by (kind, area), from when all kinds are told of until months are whole."""
    reach = serve(session, Permission.SEE_FIGURES, f"FROM {_REACH}", what="from when to when demand is told of").iloc[0]
    until = (session.snapshot.recorded_until - timedelta(int(reach["days"]))).replace(day=1)
    since = _whole_month(reach["began"], until)
    asked = {"since": since, "until": until}
    rows = serve(session, Permission.SEE_FIGURES, _BEGAN, asked, what="demand by month")
    months = pd.date_range(since, until, freq="MS", inclusive="left")
    areas = sorted(rows["area"].unique())
    every = pd.MultiIndex.from_product([list(SERIES), areas], names=["kind", "area"])
    rows["month"] = pd.to_datetime(rows["month"])
    wide = rows.pivot_table(index="month", columns=["kind", "area"], values="children", fill_value=0)
    return wide.reindex(index=months, columns=every, fill_value=0)


def _whole_month(began: object, until: date) -> date:
    """The first day of the first whole month, no longer ago than ``YEARS``."""
    earliest = until.replace(year=until.year - YEARS)
    if began is None or pd.isna(pd.Timestamp(str(began))):
        return earliest
    day = pd.Timestamp(str(began)).normalize()
    first = day if day.day == 1 else day + pd.offsets.MonthBegin()
    return max(earliest, first.date())


def protected(counts: pd.DataFrame, rule: Rule = DEFAULT) -> pd.DataFrame:
    """The same with the city beside its areas, so protected that none is worked out from the others."""
    kinds = [kind for kind in SERIES if kind in counts.columns.get_level_values(0)]
    found: dict[Key, pd.Series] = {}
    for kind in kinds:
        by_area = pd.DataFrame(counts[kind]).T
        safe = nested(by_area, pd.Series(CITY, index=by_area.index), rule)
        found |= {(kind, CITY): safe.whole} | {(kind, str(area)): safe.parts.loc[area] for area in by_area.index}
    return pd.DataFrame(found, index=counts.index)


def year_of(told: pd.DataFrame) -> tuple[float, float, float]:
    """The year to come in one figure with its ends: months err partly together, so the ends lie between extremes.

    Were months' errors one, their distances would add up; were they apart, their squares would. Half of each is taken.
    """
    middle = float(told["middle"].sum())
    ends = []
    for name, sign in (("low", -1), ("high", 1)):
        apart = np.abs(told[name].to_numpy(float) - told["middle"].to_numpy(float))
        ends.append(middle + sign * (apart.sum() + np.sqrt((apart**2).sum())) / 2)
    return middle, max(ends[0], 0.0), ends[1]

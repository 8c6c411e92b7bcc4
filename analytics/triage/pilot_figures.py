"""What a pilot came to: each measure by arm and the arms apart, with intervals; whether lots fell as lots fall.

Contacts of one family stand or fall together, and so do those of one week where weeks were drawn: whole families, or
weeks, are resampled (200 times, `analytics.evaluation.bootstrap`). Every contact counts in the arm that it fell into,
whatever was done with it (intention to treat).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import binomtest

from analytics.disclosure.control import protect
from analytics.evaluation.bootstrap import Figure, family_weights, figure
from analytics.triage.consistency import Agreement, agreement
from analytics.triage.desk import BY_PLATFORM, NOT_SEEN
from analytics.triage.pilot_arms import CONTROL, SUGGESTION
from analytics.triage.pilot_facts import Followed
from analytics.triage.pilot_measures import MEASURES, Measure
from data.codes import CONTACT_REASON
from data.contacts import LOW, TAKEN
from data.journal.pilot import BY_CONTACT, BY_WEEK, SHADOW

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Weights = NDArray[np.int16]
APART = "apart"
#: Arms further apart than a tenth of a standard deviation (Austin, 2009) and than three standard errors are not alike.
ALIKE, FAR = 0.1, 3.0
#: A split of the contacts that comes by chance once in a thousand pilots is taken for a fault.
SPLIT = 0.001
FEWEST = 20


@dataclass(frozen=True)
class Evaluation:
    """Everything that is told of a pilot, or of a year past.

    ``measures``: a row a measure and arm, and `APART`, suggestion less control: (measure, arm, count, of, value, low,
    high), shares as part of 1, NaN where too few contacts are behind one to show it. ``hours``: (arm, value, low,
    high), the median. ``agreement`` by arm. ``cross``: officers' grades by suggested ones, counts. ``first``: the rows
    of ``measures`` by each family's first contact alone. ``open``: of how many contacts it is too soon to tell what.
    ``kept_back``: contacts that were to come back and did not, those that harm followed. ``draw``: None without lots.
    """

    found: Followed
    arms: dict[str, int]
    weeks: float
    measures: pd.DataFrame
    hours: pd.DataFrame
    agreement: dict[str, Agreement]
    cross: pd.DataFrame
    first: pd.DataFrame
    open: dict[str, int]
    kept_back: tuple[int, int]
    draw: Draw | None

    def row(self, measure: str, arm: str) -> pd.Series:
        at = self.measures[(self.measures["measure"] == measure) & (self.measures["arm"] == arm)]
        return at.iloc[0]


@dataclass(frozen=True)
class Draw:
    """Whether lots fell as lots fall. ``balance``: (what, suggestion, control, apart in standard deviations, error,
    alike). ``p``: how often chance splits contacts so unevenly, NaN of weeks. ``families`` with contacts in both arms,
    and ``contacts`` of theirs; ``told``: officers who had seen something of a suggestion where none was to be seen;
    ``few``: contacts in an arm, too few to tell anything of the draw."""

    balance: pd.DataFrame
    p: float
    weeks: dict[str, int]
    families: int
    contacts: int
    told: int
    few: bool

    @property
    def held(self) -> bool:
        even = bool(np.isnan(self.p) or self.p >= SPLIT)
        return even and bool(self.balance["alike"].all())


def evaluation(found: Followed) -> Evaluation:
    """Every figure of ``found``."""
    rows, kind = found.rows, found.pilot.kind if found.pilot else SHADOW
    cluster = rows["week" if kind == BY_WEEK else "kin"].to_numpy(np.int64)
    weights = family_weights(cluster)
    arms = (SHADOW,) if kind == SHADOW else (SUGGESTION, CONTROL)
    counts = {arm: int((rows["arm"] == arm).sum()) for arm in arms}
    once = ~rows.sort_values(["received_at", "contact"])["kin"].duplicated().sort_index().to_numpy(bool)
    measured = _measures(rows, arms, weights)
    return Evaluation(
        found, counts, max(((min(found.until, found.today) - found.since).days) / 7, 0.0), measured,
        _hours(rows, arms, weights), _agreements(rows, arms, cluster), _cross(rows),
        _measures(rows[once], arms, weights[once]) if kind == BY_CONTACT else measured.iloc[:0],
        _open(rows), _kept_back(rows), None if kind == SHADOW else _draw(rows, kind, weights),
    )  # fmt: skip


def _measures(rows: pd.DataFrame, arms: tuple[str, ...], weights: Weights) -> pd.DataFrame:
    made: list[tuple[str, str, float, float, float, float, float]] = []
    for one in MEASURES.values():
        drawn = {}
        for arm in arms:
            count, of, values = shares(rows, one, (rows["arm"] == arm).to_numpy(bool), weights)
            drawn[arm] = values
            made.append((one.name, arm, count, of, *_ends(figure(values))))
        if len(arms) == 2:
            made.append((one.name, APART, np.nan, np.nan, *_ends(figure(drawn[SUGGESTION] - drawn[CONTROL]))))
    out = pd.DataFrame(made, columns=["measure", "arm", "count", "of", "value", "low", "high"])
    return out.groupby("measure", sort=False, group_keys=False)[list(out)].apply(_guarded)


def shares(rows: pd.DataFrame, one: Measure, mine: NDArray[np.bool_], weights: Weights) -> tuple[int, int, Floats]:
    """How many of ``mine`` count, of how many, and their share under each column of ``weights``, float64[r]."""
    of = one.of(rows) & mine
    hit = one.hit(rows) & of
    with np.errstate(invalid="ignore", divide="ignore"):
        return int(hit.sum()), int(of.sum()), weights[hit].sum(axis=0) / weights[of].sum(axis=0)


def _guarded(rows: pd.DataFrame) -> pd.DataFrame:
    """Too few behind one arm's share: neither it nor how far the arms are apart is told."""
    arms = rows["arm"] != APART
    shown = protect(rows.loc[arms, ["count"]].astype(int), row_totals=False, column_totals=False)["count"]
    few = pd.Series(False, index=rows.index)
    few[arms] = shown.isna()
    few[~arms] = bool(shown.isna().any())
    return rows.assign(**{name: rows[name].mask(few) for name in ("count", "value", "low", "high")})


def _ends(one: Figure) -> tuple[float, float, float]:
    return tuple(np.nan if end is None else end for end in (one.value, one.low, one.high))  # type: ignore[return-value]


def _hours(rows: pd.DataFrame, arms: tuple[str, ...], weights: Weights) -> pd.DataFrame:
    """Median hours to the decision, of those decided."""
    made, drawn = [], {}
    for arm in arms:
        mine = ((rows["arm"] == arm) & rows["hours"].notna()).to_numpy(bool)
        drawn[arm] = medians(rows.loc[mine, "hours"].to_numpy(np.float64), weights[mine])
        made.append((arm, *_ends(figure(drawn[arm]))))
    if len(arms) == 2:
        made.append((APART, *_ends(figure(drawn[SUGGESTION] - drawn[CONTROL]))))
    return pd.DataFrame(made, columns=["arm", "value", "low", "high"])


def medians(values: Floats, weights: Weights) -> Floats:
    """The lower median of values float[n] under each column of weights int[n, r], float64[r]."""
    if not len(values):
        return np.full(weights.shape[1], np.nan)
    order = np.argsort(values, kind="stable")
    running = np.cumsum(weights[order], axis=0, dtype=np.int64)
    return np.where(running[-1] > 0, values[order][(2 * running >= running[-1]).argmax(axis=0)], np.nan)


def _agreements(rows: pd.DataFrame, arms: tuple[str, ...], cluster: Ints) -> dict[str, Agreement]:
    out = {}
    for arm in arms:
        own = (rows["arm"] == arm) & (rows["seen"] != BY_PLATFORM)
        mine = (own & rows["level"].notna() & rows["suggested"].notna()).to_numpy(bool)
        if mine.sum() >= FEWEST:
            graded, suggested = (rows.loc[mine, name].to_numpy(np.int64) for name in ("level", "suggested"))
            out[arm] = agreement(graded, suggested, cluster[mine])
    return out


def _cross(rows: pd.DataFrame) -> pd.DataFrame:
    counts = pd.crosstab(rows["level"], rows["suggested"])
    return counts.reindex(index=range(5), columns=range(5), fill_value=0).fillna(0).astype(int)


def _open(rows: pd.DataFrame) -> dict[str, int]:
    """Of how many contacts it is too soon to tell: by what."""
    told = {"decision": rows["outcome"], "again": rows["again"], "harm": rows["harm"]}
    return {name: int(column.isna().sum()) for name, column in told.items()}


def _kept_back(rows: pd.DataFrame) -> tuple[int, int]:
    """Contacts decided low though more was suggested that nobody looked at again; those harm followed so far."""
    held = (rows["outcome"] <= LOW) & (rows["suggested"] >= TAKEN) & ~rows["looked"] & (rows["arm"] != SUGGESTION)
    return int(held.sum()), int((held & rows["harm_so_far"]).sum())


def _draw(rows: pd.DataFrame, kind: str, weights: Weights) -> Draw:
    mine = (rows["arm"] == SUGGESTION).to_numpy(bool)
    p = binomtest(int(mine.sum()), len(mine)).pvalue if kind == BY_CONTACT and len(mine) else float("nan")
    arms = rows.groupby("kin")["arm"].transform("nunique")
    weeks = rows.groupby("arm")["week"].nunique()
    seen = (rows["arm"] == CONTROL) & rows["seen"].notna() & (rows["seen"] != NOT_SEEN)
    return Draw(
        balance(rows, mine, weights), float(p), {str(arm): int(n) for arm, n in weeks.items()},
        int(rows.loc[arms > 1, "kin"].nunique()), int((arms > 1).sum()), int(seen.sum()),
        bool(min(mine.sum(), (~mine).sum()) < FEWEST),
    )  # fmt: skip


def balance(rows: pd.DataFrame, mine: NDArray[np.bool_], weights: Weights) -> pd.DataFrame:
    """How alike the arms are in what was known before the draw, a row each."""
    made = []
    for what, values in _before(rows).items():
        one, other = (values[arm].mean() if arm.any() else np.nan for arm in (mine, ~mine))
        spread = np.sqrt((values[mine].var() + values[~mine].var()) / 2) if mine.any() and not mine.all() else np.nan
        drawn = _means(values, mine, weights) - _means(values, ~mine, weights)
        with np.errstate(invalid="ignore", divide="ignore"):
            resampled = drawn[1:][np.isfinite(drawn[1:])]
            apart, error = drawn[0] / spread, (resampled.std() if len(resampled) else np.nan) / spread
        alike = not abs(apart) > max(ALIKE, FAR * error)
        made.append((what, one, other, apart, error, alike))
    return pd.DataFrame(made, columns=["what", SUGGESTION, CONTROL, "apart", "error", "alike"])


def _means(values: Floats, mine: NDArray[np.bool_], weights: Weights) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        return (values[mine] @ weights[mine].astype(np.float64)) / weights[mine].sum(axis=0)


def _before(rows: pd.DataFrame) -> dict[str, Floats]:
    """What was known of a contact before it fell into an arm."""
    hour = rows["received_at"].dt.hour
    out = {
        "About an adult": rows["youngest"] >= 18,
        "Youngest under five": rows["youngest"] < 5,
        "People named": rows["people"],
        "Contacts in the year before": rows["prior"],
        "Suggested level": rows["suggested"].fillna(0),
        "Suggested assessment or more": rows["suggested"] >= TAKEN,
        "Came at the weekend": rows["received_at"].dt.day_of_week >= 5,
        "Came before 9 or after 17": (hour < 9) | (hour >= 17),
    }
    for name, label, words in (("agency", "From", {}), ("reason", "For", CONTACT_REASON.labels)):
        often = rows[name].value_counts()
        usual = sorted(often[often >= FEWEST].index)
        out |= {f"{label}: {words.get(value, value)}": rows[name] == value for value in usual}
    return {what: values.to_numpy(np.float64) for what, values in out.items()}

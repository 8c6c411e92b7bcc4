"""How well agencies' clients were linked into people: over builds, by weight, by source, for whom, and as reviewed.

Where the truth is known, as of an invented city, precision and recall are measured against it. With real files only
reviewers can say: the share of the pairs they judged that are one person, by match weight.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import binomtest

from analytics.disclosure.control import protect
from data.access.gate import Session, consult, serve
from data.access.roles import Permission
from data.codes import ETHNIC_GROUPS, ETHNICITY
from data.journal.link_reviews import DECIDED, Verdict, reviews, standing
from data.linkage.link import REVIEW, THRESHOLD
from data.sources import SOURCES

#: How a client was linked, surest first: on screen, and in ``person_link``.
WAYS: dict[str, tuple[str, ...]] = {
    "Official number": ("NHS number", "UPN", "NI number"),
    "Same name, birth and home": ("same record",),
    "Name and details": ("name and details",),
    "Reviewer": ("review",),
    "With nobody": ("alone",),
}
ALONE = "With nobody"
_WAY = {how: way for way, hows in WAYS.items() for how in hows}
SEXES = {"F": "Female", "M": "Male"}
FIGURES: tuple[str, ...] = ("precision", "recall", "f1")
#: A group is pointed out whose F1 is this much below that of all.
GAP = 0.03
#: Figures of groups with fewer pairs are withheld.
LEAST_PAIRS = 10

_HISTOGRAM = "SELECT weight, pairs, joined FROM link_histogram ORDER BY weight"
_BY_SOURCE = "SELECT source, how, count(*) AS clients FROM person_link GROUP BY ALL ORDER BY ALL"
_QUALITY = """
SELECT grouping, "group" AS value, precision, recall, f1, linked, actual, correct FROM link_quality ORDER BY ALL
"""
_FIVE_YEARS = "date_sub('year', p.birth_date, $today) // 5 * 5"
# An agency's client is of the group that their person is of.
_GROUPED = """
SELECT coalesce({value}, '') AS value, l.how, count(*) AS clients
FROM person_link l JOIN person p USING (person) GROUP BY ALL ORDER BY ALL
"""
_VALUES = {
    "sex": "p.sex",
    "ethnicity": "left(p.ethnicity, 1)",
    "age": f"({_FIVE_YEARS})::VARCHAR",
}


@dataclass(frozen=True)
class Overview:
    """The snapshot's linkage in a few figures. ``quality`` (precision, recall, f1) is empty where truth is not known.

    ``never_linked``: pairs that must never be one person and are; None where the build did not say.
    """

    clients: int
    people: int
    threshold: float
    quality: dict[str, float]
    never_linked: int | None

    @property
    def line(self) -> float:
        """The match weight from which on two are linked."""
        return math.log2(self.threshold / (1 - self.threshold))


def band() -> tuple[float, float]:
    """The match weights between which a pair is offered for review."""
    low, high = (math.log2(chance / (1 - chance)) for chance in REVIEW)
    return low, high


def overview(session: Session) -> Overview:
    """The figures of the snapshot being served."""
    query = "SELECT count(*) AS clients, count(DISTINCT person) AS people FROM person_link"
    row = serve(session, Permission.SEE_SOURCES, query, what="linkage").iloc[0]
    told = dict(session.snapshot.manifest.get("linkage") or {})
    quality: dict[str, float] = {name: float(told[name]) for name in FIGURES if name in told}
    threshold = float(told.get("threshold", THRESHOLD))
    return Overview(int(row["clients"]), int(row["people"]), threshold, quality, told.get("never_linked"))


def history(session: Session) -> pd.DataFrame:
    """One row a build: ``build, until, clients, people, uncertain``, quality, and the share of clients by `WAYS`.

    Quality is NaN where it was not measured. Each snapshot carries the figures of those before it.
    """
    rows = [_flat(build) for build in session.snapshot.manifest.get("linkage_history") or []]
    columns = ["build", "until", "clients", "people", "uncertain", *FIGURES, *WAYS]
    return pd.DataFrame(rows, columns=columns)


def _flat(build: dict[str, Any]) -> dict[str, Any]:
    """A remembered build as one row, with the share of its clients linked in each of the `WAYS`."""
    how, clients = build.get("how", {}), build.get("clients") or 1
    return build | {way: sum(how.get(name, 0) for name in hows) / clients for way, hows in WAYS.items()}


def histogram(session: Session) -> pd.DataFrame:
    """Pairs that were weighed, by match weight rounded down: ``weight, pairs, joined`` (of them now one person)."""
    return serve(session, Permission.SEE_SOURCES, _HISTOGRAM, what="match weights")


def by_source(session: Session) -> pd.DataFrame:
    """One row a numbering: ``label``, ``clients``, and the share linked in each of the `WAYS`; NaN where small."""
    rows = serve(session, Permission.SEE_SOURCES, _BY_SOURCE, what="links by source")
    counts = _by_way(rows, "source")
    labels = [SOURCES[name].label if name in SOURCES else name.replace("_", " ").capitalize() for name in counts.index]
    clients = counts.sum(axis=1)
    shares = protect(counts).div(clients, axis=0)
    return shares.assign(label=labels, clients=clients).sort_values("label").reset_index(drop=True)


def _by_way(rows: pd.DataFrame, group: str) -> pd.DataFrame:
    """``clients`` of ``rows`` by group (rows) and by those of the `WAYS` that occur, and `ALONE` (columns)."""
    rows = rows.assign(way=rows["how"].map(_WAY))
    wide = rows.pivot_table(index=group, columns="way", values="clients", aggfunc="sum", fill_value=0)
    return wide.reindex(columns=[way for way in WAYS if way in wide or way == ALONE], fill_value=0)


def seen(session: Session, grouping: str) -> pd.DataFrame:
    """What can be seen without the truth: clients by group (rows, in words) and by the `WAYS` used; small counts NaN.

    ``grouping``: sex, ethnicity or age.
    """
    query = _GROUPED.format(value=_VALUES[grouping])
    rows = serve(session, Permission.SEE_SOURCES, query, {"today": session.snapshot.today}, what=f"links by {grouping}")
    rows["value"] = [_group(grouping, value) for value in rows["value"]]
    counts = _by_way(rows, "value")
    return protect(counts.loc[_in_order(counts.index)])


def measured(session: Session, grouping: str) -> pd.DataFrame:
    """What an invented city's truth says of each group; empty where nobody knows it.

    ``label, precision, recall, f1``, 95 % intervals (``precision_low`` ...), ``pairs`` and ``behind``: whether F1 is
    more than `GAP` below that of all. Figures on fewer than `LEAST_PAIRS` pairs are NaN. The intervals are Wilson's and
    take pairs for independent, which pairs of one person are not: they are rather too narrow.
    """
    rows = serve(session, Permission.SEE_SOURCES, _QUALITY, what="quality of linkage")
    everybody = rows.loc[rows["grouping"] == "all", "f1"]
    rows = rows[rows["grouping"] == grouping].reset_index(drop=True)
    if rows.empty:
        return pd.DataFrame()
    few = (rows["linked"] < LEAST_PAIRS) | (rows["actual"] < LEAST_PAIRS)
    for figure, whole in (("precision", "linked"), ("recall", "actual")):
        ends = [interval(part, of) for part, of in zip(rows["correct"], rows[whole], strict=True)]
        rows[f"{figure}_low"], rows[f"{figure}_high"] = zip(*ends, strict=True)
    rows.loc[few, [name for name in rows.columns if str(name).startswith(FIGURES)]] = np.nan
    behind = rows["f1"] < (float(everybody.iloc[0]) if len(everybody) else 1.0) - GAP
    rows = rows.assign(label=[_group(grouping, value) for value in rows["value"]], behind=behind)
    rows["pairs"] = rows["actual"].where(~few)
    return rows.set_index("label").loc[lambda frame: _in_order(frame.index)].reset_index()


def reviewed(session: Session) -> pd.DataFrame:
    """What reviewers' last words say, by match weight: ``weight`` (rounded down), ``pairs, same, share, low, high``.

    ``told``: the share that the model expects at the middle of the bin. Pairs split off by hand have no weight and are
    not among them.
    """
    last = standing(consult(session, Permission.SEE_SOURCES, reviews, what="what reviews say of linkage")).values()
    judged = {act.number: act for act in last if act.weight is not None and act.verdict in DECIDED}
    rows = pd.DataFrame(
        [(math.floor(act.weight or 0.0), act.verdict is Verdict.SAME) for act in judged.values()],
        columns=["weight", "same"],
    )
    bins = rows.groupby("weight", as_index=False).agg(pairs=("same", "size"), same=("same", "sum"))
    ends = [interval(int(same), int(pairs)) for same, pairs in zip(bins["same"], bins["pairs"], strict=True)]
    middle = bins["weight"].astype(float) + 0.5
    return bins.assign(
        share=bins["same"] / bins["pairs"], low=[low for low, _ in ends], high=[high for _, high in ends],
        told=1 / (1 + 2.0**-middle),
    )  # fmt: skip


def interval(part: int, whole: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share; NaN of nothing."""
    if whole == 0:
        return math.nan, math.nan
    ends = binomtest(int(part), int(whole)).proportion_ci(method="wilson")
    return float(ends.low), float(ends.high)


def _group(grouping: str, value: str) -> str:
    """A group in words. Ethnicity comes as a code or as the letter of its group, age as a band or its first year."""
    if not value:
        return "Not known"
    if grouping == "sex":
        return SEXES.get(value, "Not known")
    if grouping == "ethnicity":
        label = ETHNIC_GROUPS.get(value) or ETHNICITY.labels.get(value, "Not known")
        return label[:1].upper() + label[1:]
    if grouping == "age":
        first = int(value.split("-")[0].rstrip("+"))
        return f"{first} to {first + 4}"
    return value


def _in_order(labels: pd.Index) -> list[str]:
    """By name, ages by number, *not known* last."""

    def place(label: str) -> tuple[bool, int, str]:
        first = label.split(" ")[0]
        return label == "Not known", int(first) if first.isdigit() else 0, label

    return sorted(dict.fromkeys(labels), key=place)

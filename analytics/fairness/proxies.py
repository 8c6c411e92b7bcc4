"""Which indicators give away what a model is not told: sex, ethnicity, and how poor the area is.

A model that never sees ethnicity can still act on it through indicators that go with it. So each indicator alone, and
all of a model's indicators together, are asked how well they tell the members of a group from the rest. Not known is
taken for the least value: that something is not known can give a group away as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import norm, rankdata

from analytics.evaluation.baselines import scatter
from analytics.models.folds import FOLDS, fold_of
from analytics.models.inputs import Inputs
from analytics.models.result import ModelResult
from data.snapshot.tables import PROXY

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
GROUPINGS = ("sex", "ethnicity", "deprivation")
#: As many indicators a group as the page can name; the rest tell less.
KEPT = 10
#: Fewer members tell nothing that would hold.
FEWEST = 20
#: A sample as large as this tells as much as a whole city would; families stay whole in it as far as chance has it.
MOST = 10_000
ALL_TOGETHER = ""
_Z = float(norm.ppf(0.975))
_RIDGE = 1e-3


@dataclass(frozen=True)
class _Target:
    """One group against the rest of its grouping, along the children looked at: bool[n] each.

    ``told``: those whose group is recorded; ``families``: how many, of the group and of the rest.
    """

    grouping: str
    group: str
    member: Bools
    told: Bools
    families: tuple[int, int]


def proxies(result: ModelResult, given: Inputs) -> pd.DataFrame:
    """Rows of ``proxy`` for the children of the latest date; none for a model that nothing was trained for."""
    if result.model is None:
        return pd.DataFrame(columns=list(PROXY.names()))
    matrix = given.matrices[max(given.matrices)].select(result.names)
    matrix = matrix.rows(_sampled(matrix.people))
    family = given.families.of(matrix.people)
    groups = {name: given.groups[name].get(matrix.people) for name in GROUPINGS if name in given.groups}
    return tell(result.spec.name, matrix.values, result.names, groups, family)


def _sampled(people: NDArray[np.int64]) -> Bools:
    """`MOST` of the people, the same every time, bool[n]."""
    lot = scatter(people)
    return lot <= np.sort(lot)[min(MOST, len(lot)) - 1] if len(lot) else np.zeros(0, bool)


def tell(
    model: str,
    values: NDArray[np.float32],
    names: tuple[str, ...],
    groups: dict[str, NDArray[np.object_]],
    family: NDArray[np.int64],
) -> pd.DataFrame:
    """How well indicators float32[n, m] tell each group, object[n] a grouping; families int64[n] are kept together."""
    place = _places(values)
    together = _design(place, values)
    rows: list[tuple[object, ...]] = []
    for grouping, member in groups.items():
        targets = list(_targets(grouping, member, family))
        if targets:
            told = targets[0].told
            members = np.column_stack([target.member for target in targets])
            guessed = _guessed(together, members, told, fold_of(family))
            alone, whole = aucs(place[told], members[told]), np.diag(aucs(guessed[told], members[told]))
            for number, target in enumerate(targets):
                rows += _rows(model, target, names, alone[:, number], float(whole[number]))
    return pd.DataFrame(rows, columns=list(PROXY.names()))


def _places(values: NDArray[np.float32]) -> Floats:
    """Each column as places from 0 to 1, equal values sharing one and not known the least. float64[n, m]."""
    filled = np.where(np.isnan(values), -np.inf, values)
    return np.ascontiguousarray(rankdata(np.ascontiguousarray(filled.T), axis=1).T) / max(len(values), 1)


def _design(place: Floats, values: NDArray[np.float32]) -> Floats:
    """What the rule of all indicators together reads: places, what is not known, and 1; constant columns left out."""
    both = np.hstack([place - place.mean(axis=0), np.isnan(values).astype(float)])
    return np.hstack([both[:, both.std(axis=0) > 0], np.ones((len(values), 1))])


def _targets(grouping: str, member: NDArray[np.object_], family: NDArray[np.int64]) -> Iterator[_Target]:
    told = np.array([name is not None for name in member])
    for name in sorted({str(one) for one in member[told]}):
        inside = told & (member == name)
        if inside.sum() < FEWEST or (told & ~inside).sum() < FEWEST:
            continue
        sizes = (len(np.unique(family[inside])), len(np.unique(family[told & ~inside])))
        yield _Target(grouping, name, inside, told, sizes)


def _guessed(design: Floats, members: Bools, told: Bools, fold: NDArray[np.int8]) -> Floats:
    """A score of every child for each group, float64[n, g], by a rule that never saw their family.

    Least squares with a small ridge: it orders people as Fisher's linear discriminant does, close to a logistic
    regression, and one factorisation a fold serves every group, so that it costs a second rather than a minute.
    """
    aims, out = members.astype(float), np.zeros(members.shape)
    parts = [design[told & (fold == number)] for number in range(FOLDS)]
    squares = [part.T @ part for part in parts]
    moments = [part.T @ aims[told & (fold == number)] for number, part in enumerate(parts)]
    ridge = _RIDGE * max(int(told.sum()), 1) * np.eye(design.shape[1])
    for number in range(FOLDS):
        test = fold == number
        rule = np.linalg.solve(sum(squares) - squares[number] + ridge, sum(moments) - moments[number])
        out[test] = design[test] @ rule
    return out


def _rows(
    model: str, target: _Target, names: tuple[str, ...], alone: Floats, whole: float
) -> Iterator[tuple[object, ...]]:
    """All together first, then the indicators that tell most."""
    head = (model, target.grouping, target.group)
    tail = (int(target.told.sum()), int(target.member.sum()))
    yield (*head, ALL_TOGETHER, whole, *interval(whole, target.families), None, *tail)
    strength = np.abs(alone - 0.5)
    for column in np.lexsort((np.arange(len(names)), -strength))[:KEPT].tolist():
        auc = 0.5 + strength[column]
        yield (*head, names[column], auc, *interval(auc, target.families), bool(alone[column] > 0.5), *tail)


def aucs(scores: Floats, members: Bools) -> Floats:
    """AUC of each column of scores float64[n, m] for telling each group bool[n, g], ties as half; float64[m, g]."""
    inside = members.sum(axis=0)
    ranks = rankdata(np.ascontiguousarray(scores.T), axis=1)
    return np.asarray(
        (ranks @ members.astype(float) - inside * (inside + 1) / 2) / (inside * (len(members) - inside)), float
    )


def interval(auc: float, families: tuple[int, int]) -> tuple[float, float]:
    """95 % interval of an AUC of at least a half.

    Hanley and McNeil, 1982; they count people, we count families, whose children share ethnicity and address.
    """
    inside, outside = families
    one, two = auc / (2 - auc), 2 * auc**2 / (1 + auc)
    spread = auc * (1 - auc) + (inside - 1) * (one - auc**2) + (outside - 1) * (two - auc**2)
    error = _Z * np.sqrt(max(spread, 0.0) / (inside * outside))
    return max(0.0, auc - error), min(1.0, auc + error)

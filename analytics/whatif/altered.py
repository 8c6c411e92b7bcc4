"""Events as they could have been: fewer or more of them, at another rate, standing or not.

Fewer: the latest did not happen, and with each goes what followed from it. More: one a week, back from the as-of date.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from analytics.features.catalogue import CATALOGUE
from analytics.features.change import Change
from analytics.features.feature import Feature
from analytics.matrix.guard import OPEN
from analytics.matrix.log import NONE, Block
from analytics.whatif.own import Own, moved_by, moved_by_ties

# Harm is told of, and a placement reports, within days; a month takes in the late ones.
FOLLOWS_WITHIN = 31
APART, BEGUN = 7, 30
FULL = 100.0


def altered(own: Own, feature: Feature, target: float) -> Own:
    """``own`` with as many events, or such a rate, that ``feature`` comes to ``target``."""
    assert feature.change is not None
    return _ALTERED[feature.aggregate](own, feature, feature.change, target)


def _inside(own: Own, feature: Feature, kind: str) -> tuple[Block, NDArray[np.bool_]]:
    """The block of ``kind``, and which of its events the window of ``feature`` holds."""
    block = own.blocks.get(kind, NONE)
    start = own.guard.day - (feature.window_days or 0)
    return block, (block.occurred >= start) & (block.occurred < own.guard.day)


def _counted(own: Own, feature: Feature, change: Change, target: float) -> Own:
    (kind,) = feature.kinds
    block, inside = _inside(own, feature, kind)
    places = np.flatnonzero(inside)
    more = round(target) - len(places)
    if more >= 0:
        days = own.guard.day - APART * np.arange(more, 0, -1)
        value = float(np.nanmedian(block.value[places])) if np.isfinite(block.value[places]).any() else np.nan
        return replace(own, blocks={**own.blocks, kind: _with(block, days, value)})
    gone = np.zeros(len(block), bool)
    gone[places[more:]] = True
    return _without(own, kind, block, gone, change)


def _without(own: Own, kind: str, block: Block, gone: NDArray[np.bool_], change: Change) -> Own:
    """The events marked are gone, and so is what followed from them: later events, and people met by them."""
    blocks = {**own.blocks, kind: block.part(~gone)}
    for other in change.with_it:
        if other in blocks:
            blocks[other] = blocks[other].part(~_followed(blocks[other], block, gone))
    kept, lost = block.occurred[~gone], block.occurred[gone]
    met = own.ties["kind"].isin(change.ties) & own.ties["since"].isin(lost) & ~own.ties["since"].isin(kept)
    return replace(own, blocks=blocks, ties=own.ties[~met])


def _followed(after: Block, block: Block, gone: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which events of ``after`` belong to an event that is gone: the latest one before them, within a month."""
    latest = np.searchsorted(block.occurred, after.occurred, side="right") - 1
    of = np.maximum(latest, 0)
    near = (latest >= 0) & (after.occurred - block.occurred[of] <= FOLLOWS_WITHIN)
    return near & gone[of]


def _summed(own: Own, feature: Feature, change: Change, target: float) -> Own:
    (kind,) = feature.kinds
    block, inside = _inside(own, feature, kind)
    total = float(np.nansum(block.value[inside]))
    if total > 0:
        value = np.where(inside, block.value * (target / total), block.value)
        # Nothing came of it, so it is not on record.
        scaled = replace(block, value=value).part(~(inside & (value == 0)))
        return replace(own, blocks={**own.blocks, kind: scaled})
    days = np.array([own.guard.day - BEGUN] if target > 0 else [], np.int64)
    return replace(own, blocks={**own.blocks, kind: _with(block, days, target)})


def _rated(own: Own, feature: Feature, change: Change, target: float) -> Own:
    """Every record of the window moves towards the full rate, or towards none, in the same proportion."""
    rate = own.figure(feature)
    blocks = dict(own.blocks)
    for kind in (*feature.kinds, *change.alike):
        block, inside = _inside(own, feature, kind)
        moved = FULL - (FULL - block.value) * _part(FULL - target, FULL - rate) if target >= rate else (
            block.value * _part(target, rate)
        )  # fmt: skip
        blocks[kind] = replace(block, value=np.where(inside, moved, block.value))
    for kind in change.instead:
        block, inside = _inside(own, feature, kind)
        value = np.where(inside, block.value * _part(FULL - target, FULL - rate), block.value)
        blocks[kind] = replace(block, value=value).part(~(inside & (value == 0)))
    return replace(own, blocks=blocks)


def _part(now: float, before: float) -> float:
    return now / before if before > 0 else 1.0


def _standing(own: Own, feature: Feature, change: Change, target: float) -> Own:
    (kind,) = feature.kinds
    block = own.blocks.get(kind, NONE)
    if target > 0:
        return replace(own, blocks={**own.blocks, kind: _with(block, np.array([own.guard.day - BEGUN]), np.nan)})
    over = np.where(own.guard.ended(block.ended) == OPEN, own.guard.day - 1, block.ended).astype(np.int32)
    return replace(own, blocks={**own.blocks, kind: replace(block, ended=over)})


def _with(block: Block, days: NDArray[np.int64], value: float) -> Block:
    """``block`` with events on ``days``, known at once and open, in order of day."""
    new = np.asarray(days, np.int32)
    n = len(new)
    more = Block(
        np.zeros(n, np.int32), new, np.full(n, OPEN, np.int32), new, np.full(n, OPEN, np.int32), np.full(n, value),
        np.full(n, -1, np.int32),
    )  # fmt: skip
    both = Block(*(np.concatenate(columns) for columns in zip(block.columns(), more.columns(), strict=True)))
    return both.part(np.argsort(both.occurred, kind="stable"))


_ALTERED = {"count": _counted, "sum": _summed, "mean": _rated, "open": _standing}


def changed(own: Own, changes: Mapping[str, float], values: Mapping[str, float]) -> dict[str, float]:
    """What indicators come to if those in ``changes`` were so, these and all that move along.

    ``values`` are those that a model reads, as they are, by name; nothing else is worked out.
    """
    then, asked = own, [CATALOGUE[name] for name in changes]
    for feature in asked:
        if feature.scope == "self":
            then = altered(then, feature, changes[feature.name])
    moved, tied = moved_along(tuple(changes), tuple(values))
    told = {one.name: _figure(one, then.figure(one), values[one.name]) for one in moved}
    told |= {one.name: values[one.name] - (own.tied(one) - then.tied(one)) for one in tied}
    # The figure asked for is the figure told, whatever the records round to.
    return told | dict(changes)


@cache
def moved_along(changes: tuple[str, ...], names: tuple[str, ...]) -> tuple[tuple[Feature, ...], tuple[Feature, ...]]:
    """Indicators among ``names`` that move with ``changes``: by the person's events, and by whom these tie them to."""
    own = [f for f in map(CATALOGUE.__getitem__, changes) if f.scope == "self"]
    kinds = {kind for f in own if f.change for kind in (*f.kinds, *f.change.kinds)}
    ties = {tie for f in own if f.change for tie in f.change.ties}
    return moved_by(kinds, names), moved_by_ties(ties, names)


def _figure(feature: Feature, figure: float, now: float) -> float:
    """Nothing to speak of is nil where the indicator was known, and not known where it was not."""
    if figure == figure or not feature.absent_is_nil:
        return figure
    return 0.0 if now == now else figure

"""The smallest change: found exactly where one or two things do, and never beyond what is realistic."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest

from analytics.whatif.smallest import ORDER, REALISTIC, smallest
from analytics.whatif.words import otherwise
from tests.unit.whatif.made import block, own, stand, usual

NAMES = ("missing_12m", "suspensions_12m", "victim_12m", "antisocial_12m", "age")
MANY = {0.0: 0.8, 1.0: 0.9, 2.0: 0.95, 3.0: 0.98, 4.0: 1.0}
PEERS = usual(missing_12m=MANY, suspensions_12m=MANY, victim_12m=MANY, antisocial_12m=MANY)
KINDS = {
    "missing_12m": "missing",
    "suspensions_12m": "suspension",
    "victim_12m": "crime_victim",
    "antisocial_12m": "antisocial",
}


def _child(counts: dict[str, int], formula, others, capacity: int = 5):
    blocks = {
        KINDS[name]: block(*((10 * n + 10, 4.0) for n in range(count))) for name, count in counts.items() if count
    }
    return stand(own(blocks), NAMES, formula, others, capacity, PEERS, age=14.0)


def test_if_she_had_not_been_reported_missing() -> None:
    held = _child({"missing_12m": 2}, lambda X: X[:, 0], [*np.linspace(0, 1.9, 30)], capacity=1)
    assert held.stored.band == "heightened"
    found = smallest(held, -1)
    assert found is not None
    assert found.changes == {"missing_12m": 1.0}
    assert otherwise({"missing_12m": 0.0}, "F") == "If she had not been reported missing in the last 12 months"
    assert otherwise(found.changes | {"suspensions_12m": 2.0}, None) == (
        "If they had been reported missing once in the last 12 months "
        "and had been suspended twice in the last 12 months"
    )


def test_at_the_end_of_the_scale_there_is_no_way_on() -> None:
    held = _child({}, lambda X: X[:, 0], np.linspace(1, 9, 30))
    assert held.stored.band == "lower"
    assert smallest(held, -1) is None


def test_a_model_that_looks_at_age_alone_can_not_be_moved() -> None:
    held = _child({"missing_12m": 3}, lambda X: X[:, 4], np.linspace(1, 9, 30))
    assert held.stored.band == "heightened"
    assert smallest(held, -1) is None


def test_half_of_all_children_are_not_leapt_over() -> None:
    held = stand(
        own({"attendance": block((30, 20.0))}), ("attendance_12m",), lambda X: -X[:, 0], np.linspace(-100, -97, 30), 5,
        usual(attendance_12m={20.0: 0.01, 50.0: 0.1, 90.0: 0.45, 95.0: 0.9, 100.0: 1.0}),
    )  # fmt: skip
    assert held.stored.band == "heightened"
    assert smallest(held, -1) is None
    assert max(lever.distance(90.0) for lever in held.levers) < REALISTIC


def _brute(held, way: int, things: int) -> float | None:
    """The least distance of any set of levels of so many things that moves the band, by trying them all."""
    best = None
    for chosen in combinations(held.levers, things):
        for levels in product(*([(lever, level) for level in lever.levels if level != lever.now] for lever in chosen)):
            alone = [held.told({lever.name: level}).raw - held.stored.raw for lever, level in levels]
            far = [lever.distance(level) for lever, level in levels]
            if min(move * way for move in alone) < 0 or max(far) > REALISTIC:
                continue
            band = held.told({lever.name: level for lever, level in levels}).band
            if (ORDER.index(band) - ORDER.index(held.stored.band)) * way > 0:
                best = min(sum(far), best) if best is not None else sum(far)
    return best


FORMULAS = {
    "a sum": lambda X: X[:, :4] @ np.array([1.0, 0.7, 0.4, 0.3]),
    "steps": lambda X: (X[:, 0] >= 2) * 2.0 + (X[:, 1] >= 1) * 1.0 + (X[:, 2] >= 1) * 0.9,
    "two together": lambda X: np.minimum(X[:, 0], X[:, 1]) + 0.3 * X[:, 3],
    "the greater": lambda X: np.maximum(X[:, 0], X[:, 1]) + 0.2 * X[:, 2],
}


@pytest.mark.parametrize("name", FORMULAS)
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("way", [-1, 1])
def test_one_and_two_things_are_as_small_as_trying_everything_finds(name: str, seed: int, way: int) -> None:
    draw = np.random.default_rng(seed)
    counts = {one: int(draw.integers(0, 5)) for one in KINDS}
    held = _child(counts, FORMULAS[name], np.sort(draw.uniform(0, 6, 40)), capacity=6)
    found = smallest(held, way)
    for things in (1, 2):
        best = _brute(held, way, things)
        if best is not None:
            assert found is not None
            assert len(found.changes) == things
            assert found.distance == pytest.approx(best)
            return
    assert found is None or len(found.changes) == 3


def test_where_two_do_not_do_three_are_tried() -> None:
    held = _child(
        {"missing_12m": 1, "suspensions_12m": 1, "victim_12m": 1}, lambda X: X[:, :3].sum(axis=1), [0.5] * 40, 1
    )
    found = smallest(held, -1)
    assert found is not None
    assert found.changes == {"missing_12m": 0.0, "suspensions_12m": 0.0, "victim_12m": 0.0}
    assert held.told(found.changes).band == found.band != held.stored.band


def test_nothing_changed_is_what_is_stored() -> None:
    held = _child({"missing_12m": 3, "victim_12m": 1}, FORMULAS["a sum"], np.linspace(0, 3, 17))
    assert held.told({}) == held.stored

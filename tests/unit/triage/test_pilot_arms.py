"""Which arm a contact falls into: even but for chance, the same for whoever has the seed, told to nobody without."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from datetime import date, timedelta

import numpy as np
from scipy.stats import binomtest

from analytics.triage.pilot_arms import CONTROL, SUGGESTION, arm, new_seed
from data.journal.pilot import BY_CONTACT, BY_WEEK, SHADOW, Pilot

MONDAY = date(2026, 1, 5)
NUMBERS = [f"K{n:07d}" for n in range(4000)]


def pilot(kind: str, seed: str = "5e" * 32) -> Pilot:
    last = MONDAY + timedelta(weeks=51)
    return Pilot("P1", "", "", "", kind, seed, MONDAY, last, "again", None, None)


def fell(one: Pilot) -> np.ndarray:
    """Whether each contact gets a suggestion."""
    return np.array([arm(one, number, MONDAY) == SUGGESTION for number in NUMBERS])


def test_contacts_fall_evenly_and_one_after_the_other_tells_nothing() -> None:
    mine = fell(pilot(BY_CONTACT))
    assert binomtest(int(mine.sum()), len(mine)).pvalue > 0.001
    same_as_next = int((mine[1:] == mine[:-1]).sum())
    assert binomtest(same_as_next, len(mine) - 1).pvalue > 0.001


def test_the_seed_gives_the_same_arms_again_by_the_rule_that_the_report_prints() -> None:
    one = pilot(BY_CONTACT, new_seed())
    assert (fell(one) == fell(pilot(BY_CONTACT, one.seed))).all()
    for number in NUMBERS[:50]:
        told = hmac.new(bytes.fromhex(one.seed), f"contact {number}".encode(), hashlib.sha256).hexdigest()
        assert (arm(one, number, MONDAY) == SUGGESTION) == (told[0] in "01234567")


def test_without_the_seed_an_arm_cannot_be_foreseen() -> None:
    seeds = {new_seed() for _ in range(20)}
    assert len(seeds) == 20
    assert {len(bytes.fromhex(seed)) for seed in seeds} == {32}
    mine, other = fell(pilot(BY_CONTACT)), fell(pilot(BY_CONTACT, "5f" + "5e" * 31))
    assert binomtest(int((mine == other).sum()), len(mine)).pvalue > 0.001


def test_of_every_four_weeks_two_fall_to_each_arm_and_not_always_the_same_two() -> None:
    one = pilot(BY_WEEK)
    weeks = [arm(one, "any", MONDAY + timedelta(weeks=week)) for week in range(52)]
    blocks = [tuple(weeks[at : at + 4]) for at in range(0, 52, 4)]
    assert all(Counter(block) == {SUGGESTION: 2, CONTROL: 2} for block in blocks)
    assert len(set(blocks)) > 3


def test_a_week_has_one_arm_from_monday_to_sunday_whenever_the_pilot_began_in_it() -> None:
    one = pilot(BY_WEEK)
    for week in range(8):
        days = [MONDAY + timedelta(weeks=week, days=day) for day in range(7)]
        assert len({arm(one, number, day) for day in days for number in ("a", "b")}) == 1


def test_in_shadow_there_is_one_arm() -> None:
    assert {arm(pilot(SHADOW), number, MONDAY) for number in NUMBERS[:20]} == {SHADOW}

"""A grader that people approved goes on grading contacts after the next night, and what was learned since waits."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from analytics.triage import facts
from analytics.triage.grading import Grader, Levels
from analytics.triage.lasting import Lasting, approved, keep
from analytics.triage.logistic import Logistic
from analytics.triage.sharing import Cut
from analytics.triage.stored import Stored
from data.home import Home


def learned(seed: int) -> Lasting:
    draw = np.random.default_rng(seed)
    m = len(facts.names())

    def one() -> Logistic:
        return Logistic(draw.normal(size=m), draw.gamma(1, 1, m) + 0.1, draw.normal(size=m), float(draw.normal()))

    grader, needs = Grader((one(), one(), one())), one()
    held = Stored(f"v{seed}", grader, Levels((0.01, 0.1, 1 / 3, 0.7)), needs, Cut(0.2 / 3))
    return Lasting(held, date(2026, 4, 1), 40_000)


def test_what_was_kept_says_the_same_of_any_contact_to_the_last_bit(tmp_path: Path) -> None:
    home, one = Home(tmp_path), learned(1)
    keep(home, one)
    back = approved(home, "v1")
    assert back is not None
    X = np.random.default_rng(0).normal(size=(200, len(facts.names())))
    for ours, theirs in ((one.stored.grader, back.stored.grader), (one.stored.needs, back.stored.needs)):
        assert ours.raw(X).tobytes() == theirs.raw(X).tobytes()
    assert (back.stored.levels, back.stored.cut) == (one.stored.levels, one.stored.cut)
    assert (back.learned_until, back.contacts) == (one.learned_until, one.contacts)
    pd.testing.assert_frame_equal(back.weights, one.weights, check_exact=True, check_dtype=False)


def test_nothing_goes_on_that_nobody_approved_or_whose_file_is_gone(tmp_path: Path) -> None:
    home = Home(tmp_path)
    keep(home, learned(1))
    assert approved(home, None) is None
    assert approved(home, "v2") is None


def test_one_that_reads_what_is_no_indicator_any_more_does_not_go_on(tmp_path: Path) -> None:
    file = keep(Home(tmp_path), learned(1))
    kept = file.read_text(encoding="utf-8")
    file.write_text(kept.replace(f'"{facts.names()[0]}"', '"gone"'), encoding="utf-8")
    assert approved(Home(tmp_path), "v1") is None
    told = json.loads(kept)
    told["weights"] += [[step, "gone", 0.0, 1.0, 0.5] for step in ("again", "taken_up", "harm", "needs")]
    file.write_text(json.dumps(told), encoding="utf-8")
    assert approved(Home(tmp_path), "v1") is None

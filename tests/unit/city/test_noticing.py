"""Noticing follows what is really going on and who is looking: nothing in it reads records."""

import ast
from pathlib import Path

import numpy as np
import pytest

from data.city import noticing
from data.city.clock import TODAY_DAY
from data.city.exploitation import CSE
from data.city.history import spells
from data.city.noticing import Known, Noticing
from data.city.population import NEVER
from data.city.simulation import Run, simulate


@pytest.fixture
def child(run: Run) -> np.ndarray:
    """One girl of fourteen, exploited for two years and showing it; the run is left as it was."""
    lives = run.lives
    who = np.flatnonzero(lives.female & (run.exploitation.current[CSE] < 0) & lives.present())[:1]
    kept = {name: lives.level[name][who].copy() for name in ("cse", "cse_shows")}
    watched = lives.families.watched[lives.family[who]].copy()
    since, grip = run.exploitation.since[CSE, who].copy(), run.exploitation.grip[CSE, who].copy()
    lives.level["cse"][who], lives.level["cse_shows"][who] = 1.0, 1.0
    run.exploitation.since[CSE, who], run.exploitation.grip[CSE, who] = lives.month - 24, 1.0
    yield who
    for name, value in kept.items():
        lives.level[name][who] = value
    run.exploitation.since[CSE, who], run.exploitation.grip[CSE, who] = since, grip
    lives.families.watched[lives.family[who]] = watched


def _rate(run: Run, child: np.ndarray) -> float:
    return float(noticing.rate(run.lives, run.exploitation, Known(run.lives.children, 100), CSE, child)[0])


def test_the_more_it_shows_the_likelier_it_is_noticed(run: Run, child: np.ndarray) -> None:
    rates = []
    for shows in (0.06, 0.5, 1.0, 2.0):
        run.lives.level["cse_shows"][child] = shows
        rates.append(_rate(run, child))
    assert rates == sorted(rates)
    assert rates[0] < 0.003, "a child whose life shows nothing is hardly ever identified"


def test_a_watched_family_is_seen_into_more(run: Run, child: np.ndarray) -> None:
    family = run.lives.family[child]
    rates = []
    for watched in (-1.3, 1.3):
        run.lives.families.watched[family] = watched
        rates.append(_rate(run, child))
    assert rates[1] > 3 * rates[0]


def test_it_takes_time(run: Run, child: np.ndarray) -> None:
    late = _rate(run, child)
    run.exploitation.since[CSE, child] = run.lives.month - 3
    assert _rate(run, child) < 0.2 * late


@pytest.mark.parametrize("what", ["shows", "grip", "watched", "since"])
def test_by_chance_it_hangs_on_nothing(run: Run, child: np.ndarray, what: str) -> None:
    def by_chance() -> float:
        known = Known(run.lives.children, 100, Noticing.RANDOM)
        return float(noticing.rate(run.lives, run.exploitation, known, CSE, child)[0])

    before, usual = by_chance(), _rate(run, child)
    if what == "shows":
        run.lives.level["cse_shows"][child] = 3.0
    elif what == "grip":
        run.exploitation.grip[CSE, child] = 2.5
    elif what == "watched":
        run.lives.families.watched[run.lives.family[child]] = 3.0
    else:
        run.exploitation.since[CSE, child] = run.lives.month - 1
    assert by_chance() == before
    assert _rate(run, child) != usual


def test_both_ways_of_noticing_find_about_as_many() -> None:
    """The same share within two years, 30 to 40 %; counted over both kinds, for a small city has few of each."""
    shares, errors = [], []
    for way in Noticing:
        table = spells(simulate(2500, 4, None, way))
        old = table["start"] < TODAY_DAY - 730
        within = table["identified"][old] - table["start"][old] <= 730
        shares.append(float(within.mean()))
        errors.append(float(within.var() / len(within)))
    assert abs(shares[0] - shares[1]) < 2.5 * sum(errors) ** 0.5, "further apart than chance moves so few"
    assert all(0.22 < share < 0.45 for share in shares)


def test_noticing_and_exploitation_read_no_records() -> None:
    """Neither module asks the log what happened, nor imports a module that writes records down."""
    folder = Path(noticing.__file__).parent
    for name in ("noticing", "exploitation", "vulnerability"):
        tree = ast.parse((folder / f"{name}.py").read_text(encoding="utf-8"))
        asked = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert not asked & {"table", "this_month"}, name
        assert not any(part in module for module in imported for part in ("behaviour", "services", "writers")), name


def test_nobody_is_identified_before_it_starts(run: Run) -> None:
    table = spells(run)
    seen = table["identified"] < NEVER
    assert seen.any()
    assert (table["identified"][seen] >= table["start"][seen] - 31).all()

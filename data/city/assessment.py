"""What an assessment finds and how a case ends: about half of what is true, and some of what is not."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data.city.lives import Bools, Lives
from data.city.reasons import EMOTIONAL, EXPLOITATION, MISSING, NEGLECT, PHYSICAL, SEXUAL

FACTORS = (
    "1A",
    "1B",
    "2A",
    "2B",
    "3A",
    "3B",
    "4A",
    "4B",
    "5A",
    "6A",
    "7A",
    "10A",
    "11A",
    "13A",
    "14A",
    "15A",
    "16A",
    "17A",
    "18B",
    "18C",
    "19B",
    "19C",
    "24A",
    "12A",
    "20",
    "21",
)
CLOSED = ("RC7", "RC8", "RC9", "RC5", "RC3", "RC4", "RC1")
ABUSES = ("NEG", "PHY", "SAB", "EMO", "MUL")


def closing(rng: np.random.Generator, in_need: Bools) -> NDArray[np.int8]:
    """Why a case closes, as a position in CLOSED."""
    return np.where(
        in_need, rng.choice([0, 0, 0, 0, 0, 0, 3, 4], len(in_need)), rng.choice([1, 1, 2], len(in_need))
    ).astype(np.int8)


def abuse(lives: Lives, child: NDArray[np.int64], reason: NDArray[np.int8]) -> NDArray[np.int8]:
    """The category of a protection plan, as a position in ABUSES."""
    draw = lives.rng.choice(5, len(child), p=[0.3, 0.07, 0.03, 0.55, 0.05])
    given = np.select([reason == NEGLECT, reason == PHYSICAL, reason == SEXUAL], [0, 1, 2], 3)
    return np.where(lives.rng.random(len(child)) < 0.55, given, draw).astype(np.int8)


def factors(lives: Lives, child: NDArray[np.int64], reason: NDArray[np.int8]) -> NDArray[np.int64]:
    """Factors that the assessment finds, one bit each in FACTORS' order: half of what is true, some of what is not."""
    rng, level, flags, traits = lives.rng, lives.level, lives.flags, lives.traits
    age = lives.age()[child]
    teen = age >= 10
    home = {
        name: lives.trouble[name][lives.family[child]].astype(float)
        for name in ("domestic", "parent_mental", "parent_substance", "neglect", "money")
    }
    runs = (
        flags["conflict"][child] * 0.12
        + 0.25 * (reason == MISSING)
        + 0.2 * np.minimum(level["cse"] + level["cce"], 1)[child]
    )
    acts = (traits["acts_out"][child] > 0.8) * 0.18
    real = {kind: np.minimum(level[kind] * (0.3 + level[f"{kind}_shows"]), 1.5)[child] for kind in ("cse", "cce")}
    suspect = 0.5 * (reason == EXPLOITATION)
    chances = {
        "1A": teen * (0.03 + 0.3 * flags["substance"][child]),
        "1B": 0.07 + 0.48 * home["parent_substance"],
        "2A": teen * (0.03 + 0.4 * flags["substance"][child]),
        "2B": 0.1 + 0.52 * home["parent_substance"],
        "3A": 0.06 + 0.15 * home["domestic"],
        "3B": 0.15 + 0.42 * home["domestic"],
        "4A": (age > 4) * 0.155 + 0.09 * teen + 0.55 * flags["low"][child],
        "4B": 0.245 + 0.5 * home["parent_mental"],
        "5A": (age > 1) * 0.15 + 0.45 * ((traits["learning"] + traits["autism"] + traits["adhd"])[child] > 0),
        "6A": np.full(len(child), 0.05),
        "7A": (age > 5) * (0.068 + 0.12 * home["parent_mental"]),
        "10A": teen * (0.02 + 0.8 * runs),
        "11A": teen * (0.011 + 0.26 * real["cse"] + suspect * 0.26),
        "13A": teen * (0.033 + 0.2 * real["cce"]),
        "14A": teen * (0.114 + acts),
        "15A": teen * (0.064 + 0.36 * flags["low"][child]),
        "16A": 0.06 + 0.3 * home["neglect"] + 0.08 * (reason == NEGLECT),
        "17A": 0.18 + 0.25 * home["domestic"] + 0.15 * (reason == EMOTIONAL),
        "18B": np.full(len(child), 0.03),
        "18C": 0.1 + 0.3 * (reason == PHYSICAL),
        "19B": np.full(len(child), 0.012),
        "19C": 0.02 + 0.35 * (reason == SEXUAL),
        "24A": teen * (0.047 + 0.36 * real["cce"] + suspect * 0.26),
        "12A": teen * (0.015 + 0.05 * (real["cse"] + real["cce"])),
        "20": np.full(len(child), 0.1),
    }
    bits = np.zeros(len(child), np.int64)
    for place, code in enumerate(FACTORS[:-1]):
        bits |= (rng.random(len(child)) < chances[code]).astype(np.int64) << place
    return np.where(bits == 0, np.int64(1) << (len(FACTORS) - 1), bits)

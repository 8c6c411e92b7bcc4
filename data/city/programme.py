"""A parenting programme with fewer places than families who want one: each month's places are drawn by lot.

Families with a child of 3 to 10 who get early help, or who ask by themselves, may apply. Half of those who apply in a
month are drawn; the others wait, and may apply again after some 15 months. Whom the course helps, and how much, follows
from the child and the parents: more where a child acts out and the parents are willing, hardly where there is domestic
abuse or a parent drinks, slightly the wrong way where it was not made for the child. Nobody records any of that.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data.city.books import Books
from data.city.clock import STARTS, day, stream
from data.city.lives import HOME, Floats, Lives
from data.city.services import eased

OPENED = day("2021-01-01")
YOUNGEST, OLDEST = 3, 10
AGAIN = 460  # days after which those who were not drawn may apply again
WEEKS = 12
# The share of its effect that the course has, by months since the draw: it builds up, holds and fades.
COURSE = np.array([0.0, 0.3, 0.6, *[1.0] * 15, 0.7, 0.5, 0.3, 0.15, 0.0])


class Programme:
    """Who was drawn when, and what the course does for each family; ``effect`` is a share of worry."""

    def __init__(self, lives: Lives, seed: int) -> None:
        self.rng = stream(seed, "programme")
        size = len(lives.families)
        self.willing = self.rng.normal(0, 1, size)
        self.drawn = np.full(size, -1, np.int64)
        self.effect = np.zeros(size)
        self.may = np.full(size, OPENED, np.int32)


def step(lives: Lives, programme: Programme, books: Books) -> None:
    """The month's applications and the draw on its last day; then how each course works in the month to come."""
    worry = eased(lives, books)
    _draw(lives, programme, _apply(lives, programme, worry), worry)
    months = np.where(programme.drawn >= 0, lives.month + 1 - programme.drawn, 0)
    lives.ease = 1 - programme.effect * COURSE[np.minimum(months, len(COURSE) - 1)]


def _apply(lives: Lives, programme: Programme, worry: Floats) -> NDArray[np.int64]:
    """One child of each family who applies, the one who is hardest to live with: the more others worry, the sooner."""
    age, traits, rng = lives.age(), lives.traits, programme.rng
    can = lives.present() & (lives.placement == HOME) & (age >= YOUNGEST) & (age < OLDEST + 1)
    child = np.flatnonzero(can & (lives.today >= programme.may[lives.family]))
    hard = traits["acts_out"][child] + 0.8 * traits["adhd"][child] + rng.normal(0, 0.5, len(child))
    child = child[np.lexsort((-hard, lives.family[child]))]
    child = child[np.unique(lives.family[child], return_index=True)[1]]
    helped = np.isin(lives.family[child], lives.log.this_month("early_help")["family"])
    hard = 0.5 * traits["acts_out"][child] + 0.5 * traits["adhd"][child] + 0.2 * programme.willing[lives.family[child]]
    asks = (0.0003 + 0.4 * np.minimum(worry[lives.family[child]], 0.3)) * np.exp(hard)
    return child[rng.random(len(child)) < -np.expm1(-(asks + 0.8 * helped))]


def _draw(lives: Lives, programme: Programme, child: NDArray[np.int64], worry: Floats) -> None:
    """Half get a place, whoever they are; an odd one out has an even chance."""
    rng, size, family = programme.rng, len(child), lives.family[child]
    offered = np.zeros(size, bool)
    offered[rng.permutation(size)[: (size + int(rng.integers(2))) // 2]] = True
    attended = offered & (rng.random(size) < 0.84 + 0.08 * programme.willing[family])
    effect = benefit(lives, child, programme.willing[family])
    drawn = int(STARTS[lives.month + 1]) - 1
    begins = drawn + rng.integers(10, 31, size)
    done = attended & (rng.random(size) < 0.85)
    lives.log.add(
        "programme",
        child=child,
        day=(drawn - rng.integers(3, 28, size)).astype(np.int32),
        drawn=np.full(size, drawn, np.int32),
        offered=offered,
        begins=np.where(attended, begins, -1).astype(np.int32),
        done=np.where(done, begins + 7 * WEEKS, -1).astype(np.int32),
        effect=effect,
        worry=worry[family],
    )
    programme.may[family] = np.where(offered, np.iinfo(np.int32).max, drawn + AGAIN)
    programme.drawn[family[attended]] = lives.month
    programme.effect[family[attended]] = effect[attended]


def benefit(lives: Lives, child: NDArray[np.int64], willing: Floats) -> Floats:
    """The share by which worry about the family's children falls at the course's height, if they attend."""
    traits, family = lives.traits, lives.family[child]
    keen = 1 / (1 + np.exp(-1.2 * (willing + 0.4)))
    good = 0.35 + 0.4 * np.clip(traits["acts_out"][child], 0, 1.5) / 1.5 + 0.25 * traits["adhd"][child]
    # Advice on a child's behaviour is no answer to violence, and adds to the blame; nor is it one to drinking.
    domestic, substance = lives.trouble["domestic"][family], lives.trouble["parent_substance"][family]
    share = np.select([domestic, substance], [-0.1, 0.03], good * (0.55 + 0.65 * keen))
    # It was made for a child who defies, not for one who is overwhelmed.
    return np.clip(share - 0.3 * traits["autism"][child], -0.3, 0.85)

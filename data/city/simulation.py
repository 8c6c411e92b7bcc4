"""Lives run forward, month by month, everybody at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from data.city import behaviour, care, exploitation, hub, hurt, noticing, programme, schools, services, vulnerability
from data.city.books import Books
from data.city.chronicle import Chronicle
from data.city.clock import MONTHS, stream
from data.city.households import settle
from data.city.lives import Lives
from data.city.population import found

Progress = Callable[[str, float], None]


@dataclass
class Run:
    """A finished simulation: lives with their log, the exploitation there was, who was looked after at the end, and
    how things stood quarter by quarter."""

    lives: Lives
    exploitation: exploitation.Exploitation
    care: care.Care
    books: Books
    chronicle: Chronicle
    programme: programme.Programme
    hub: hub.Hub
    hurt: hurt.Hurt


def simulate(
    families: int, seed: int, progress: Progress | None = None, way: noticing.Noticing = noticing.Noticing.WATCHED
) -> Run:
    """Found the city, then live through every month from START to TODAY."""
    households, people = found(families, seed)
    homes = settle(households, people, seed)
    rng = stream(seed, "lives")
    lives = Lives(households, people, homes, schools.build(families, homes.places, rng), rng)
    vulnerability.begin(lives)
    exploiting = exploitation.begin(lives, families, seed)
    giving = programme.Programme(lives, seed)
    looked_after, books, told = care.Care(lives.children), Books(lives), Chronicle(lives)
    run = Run(lives, exploiting, looked_after, books, told, giving, hub.Hub(seed), hurt.Hurt(seed))
    known = noticing.Known(lives.children, len(exploiting.networks.first), way)
    for month in range(MONTHS):
        lives.month = month
        lives.log.turn()
        _month(run, known)
        run.chronicle.note(lives)
        if progress:
            progress("lives", (month + 1) / MONTHS)
    return run


def _month(run: Run, known: noticing.Known) -> None:
    """Troubles first, then exploitation, then what people do, then what professionals see and do about it."""
    lives = run.lives
    vulnerability.step(lives)
    exploitation.step(lives, run.exploitation)
    behaviour.step(lives)
    noticing.step(lives, run.exploitation, known)
    hurt.step(lives, run.hurt)
    services.step(lives, run.books, run.hub, run.hurt)
    care.step(lives, run.care, run.books)
    programme.step(lives, run.programme, run.books)

"""The invented city of Avonbridge: lives are simulated, agencies write down part of them, truth is kept apart."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from data.city import maps, truth
from data.city.clock import RECORDS_FROM, TODAY
from data.city.identity import true_identities
from data.city.noise import quality
from data.city.noticing import Noticing
from data.city.places import NAME
from data.city.rates import compare, noticed
from data.city.simulation import Progress, simulate
from data.city.writers import (
    adults,
    annex_a,
    cin_census,
    early_years,
    education,
    health,
    hub,
    money,
    police,
    programme,
    safety,
    social_care,
    ssda903,
    support,
    welfare,
    youth,
)
from data.city.writers.frame import Book

WRITERS = (
    police, education, money, health, hub, support, programme, youth, social_care, cin_census, ssda903, annex_a,
    adults, safety, welfare, early_years,
)  # fmt: skip


def generate(
    families: int, seed: int, out: str | Path, progress: Progress | None = None, noticing: Noticing = Noticing.WATCHED
) -> dict[str, Any]:
    """Simulate the city and write ``out/sources`` and ``out/truth``.

    ``progress(stage, share)`` is called as it goes. Returns rows by source, identity noise, rates beside the published
    ones, counts and seconds; the same seed gives the same bytes. Raises ``ValueError`` for fewer than 50 families.
    """
    if families < 50:
        raise ValueError("a city needs at least 50 families")
    began, out = time.perf_counter(), Path(out)
    run = simulate(families, seed, progress, noticing)
    book = Book(run, true_identities(run.lives.people, run.lives.homes, seed), out, seed)
    for number, writer in enumerate(WRITERS):
        writer.write(book)
        if progress:
            progress("sources", (number + 1) / len(WRITERS))
    truth.write(book, out / "truth")
    maps.write(run.lives.homes.places, out / "sources" / "places")
    made = _summary(book, families, seed, noticing)
    (out / "sources" / "city.json").write_text(json.dumps(made["city"], sort_keys=True) + "\n", encoding="utf-8")
    truth.write_meta(out / "truth" / "meta.json", made)
    return made | {"seconds": round(time.perf_counter() - began, 1)}


def _summary(book: Book, families: int, seed: int, noticing: Noticing) -> dict[str, Any]:
    city = {
        "invented": True,
        "name": NAME,
        "seed": seed,
        "families": families,
        "from": str(RECORDS_FROM),
        "to": str(TODAY),
    }
    if noticing is not Noticing.WATCHED:
        # Other children are identified: it is another city, and no judgement made in one may land on the other.
        city["noticing"] = noticing.value
    noise = {name: round(share, 4) for name, share in quality(book.registers).items()}
    return {
        "city": city,
        "people": len(book.true.people),
        "children": book.run.lives.children,
        "rows": dict(sorted(book.rows.items())),
        "noise": noise,
        "rates": compare(book),
        "exploitation": noticed(book),
        "planted": book.run.hub.planted(),
    }

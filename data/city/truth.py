"""What really happened, kept apart from every source: people, their numbers, exploitation, relationships, families."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from data.city.clock import TODAY_DAY
from data.city.exploitation import NAMES
from data.city.history import spells
from data.city.identity import True_
from data.city.population import CHILD, ETHNICITIES, FATHER, MOTHER, NEVER
from data.city.writers.frame import Book, day_column, numbered
from data.city.writers.hub import contacts
from data.sources import SOURCES

ROLES = ("child", "mother", "father", "partner")


def write(book: Book, out: Path) -> None:
    """Write every truth file."""
    out.mkdir(parents=True, exist_ok=True)
    for name, table in {
        "person": _person(book),
        "identity": _identity(book),
        "exploitation": _exploitation(book),
        "relationship": _relationship(book),
        "family": _family(book),
        "adopted": _adopted(book),
        "programme": _programme(book),
        "contact": _contact(book),
        "hurt": _hurt(book),
    }.items():
        pq.write_table(table, out / f"{name}.parquet", compression="zstd")


def write_meta(path: Path, meta: dict[str, Any]) -> None:
    """What the city is: seed, size, dates, noise, rates."""
    path.write_text(json.dumps(meta, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _person(book: Book) -> pa.Table:
    true: True_ = book.true
    people, homes = true.people, true.homes
    number = np.flatnonzero(people.birth < NEVER)
    came, left = people.arrived[number], people.left[number]
    here = homes.at(number, np.clip(TODAY_DAY - 1, came, np.maximum(left - 1, came)))
    return pa.table(
        {
            "true_person": pa.array(number, pa.int64()),
            "family": pa.array(people.family[number], pa.int64()),
            "role": pa.array([*ROLES]).take(pa.array(people.role[number])),
            "forename": pa.array(true.forename[number], pa.string()),
            "surname": pa.array(true.surname[number], pa.string()),
            "birth_date": pa.array(people.birth[number], pa.int32()).cast(pa.date32()),
            "sex": pa.array(np.where(people.female[number], "F", "M")),
            "ethnicity": pa.array([*ETHNICITIES]).take(pa.array(people.ethnicity[number])),
            "nhs_number": pa.array(true.nhs[number], pa.string()),
            "upn": pa.array(true.upn[number], pa.string(), mask=people.role[number] != CHILD),
            "ward": pa.array([ward_code(int(w)) for w in homes.places.ward(here)]),
            "imd_decile": pa.array(homes.places.decile(here)),
            "in_city_from": pa.array(came, pa.int32()).cast(pa.date32()),
            "in_city_to": day_column(left),
        }
    )


def ward_code(ward: int) -> str:
    """The code of a ward, such as ``W07``."""
    return f"W{ward + 1:02d}"


def _identity(book: Book) -> pa.Table:
    """Under which number each source knows whom; sources that share a numbering share the numbers."""
    source: list[str] = []
    local, person = [], []
    names = {
        numbering: sorted({numbering} | {s.name for s in SOURCES.values() if s.numbering == numbering})
        for numbering in book.registers
    }
    for numbering, register in sorted(book.registers.items()):
        used = np.flatnonzero(register.used)
        for name in names[numbering]:
            source += [name] * len(used)
            local.append(register.local[used])
            person.append(used)
    return pa.table(
        {
            "source": pa.array(source, pa.string()),
            "local_id": pa.array(np.concatenate(local), pa.string()),
            "true_person": pa.array(np.concatenate(person), pa.int64()),
        }
    )


def _exploitation(book: Book) -> pa.Table:
    table = spells(book.run)
    order = np.lexsort([table["kind"], table["start"], table["child"]])
    return pa.table(
        {
            "true_person": pa.array(table["child"][order], pa.int64()),
            "kind": pa.array([*NAMES]).take(pa.array(table["kind"][order])),
            "started_on": day_column(table["start"][order]),
            "ended_on": day_column(table["end"][order]),
            "identified_on": day_column(table["identified"][order]),
            "network": pa.array(table["network"][order], pa.int16(), mask=table["network"][order] < 0),
            "intensity": pa.array(np.round(table["grip"][order], 3)),
            "shows": pa.array(np.round(table["shows"][order], 3)),
        }
    )


def _relationship(book: Book) -> pa.Table:
    """Parents of children, both ways round: other is this to person."""
    people = book.true.people
    kids = np.flatnonzero((people.role == CHILD) & (people.birth < NEVER))
    rows = []
    for role in (MOTHER, FATHER):
        of = np.full(len(book.run.lives.families), -1, np.int64)
        mine = np.flatnonzero(people.role == role)
        of[people.family[mine]] = mine
        parent = of[people.family[kids]]
        rows += [(kids[parent >= 0], parent[parent >= 0], "parent"), (parent[parent >= 0], kids[parent >= 0], "child")]
    order = kids[np.lexsort([people.birth[kids], people.family[kids]])]
    for step in range(1, 6):
        one, other = order[:-step], order[step:]
        same = people.family[one] == people.family[other]
        rows += [(one[same], other[same], "sibling"), (other[same], one[same], "sibling")]
    return pa.table(
        {
            "true_person": pa.array(np.concatenate([r[0] for r in rows]), pa.int64()),
            "other": pa.array(np.concatenate([r[1] for r in rows]), pa.int64()),
            "kind": pa.array([kind for one, _, kind in rows for _ in range(len(one))], pa.string()),
        }
    )


def _family(book: Book) -> pa.Table:
    """Latent things about families: how watched each is, and how hard its life."""
    families = book.run.lives.families
    return pa.table(
        {
            "family": pa.array(np.arange(len(families)), pa.int64()),
            "watched": pa.array(np.round(families.watched, 4)),
            "adversity": pa.array(np.round(families.adversity, 4)),
            "imd_decile": pa.array(families.decile),
        }
    )


def _adopted(book: Book) -> pa.Table:
    """The two people on paper that each adopted child is: linkage must never make them one."""
    table = book.run.lives.log.table("adopted")
    return pa.table(
        {
            "before": pa.array(table["child"], pa.int64()),
            "after": pa.array(table["second"], pa.int64()),
            "adopted_on": day_column(table["day"]),
        }
    )


def _programme(book: Book) -> pa.Table:
    """Every draw for the parenting programme: what it would do for the family, which nobody can see in one family.

    ``effect`` is the share by which worry falls at the course's height if they attend, ``worry`` the monthly rate of
    worries about the family's children that a course can ease, as it was at the draw.
    """
    table = book.happened("programme", "drawn")
    return pa.table(
        {
            "true_person": pa.array(table["child"], pa.int64()),
            "family": pa.array(book.run.lives.family[table["child"]], pa.int64()),
            "drawn_on": day_column(table["drawn"]),
            "offered": pa.array(table["offered"]),
            "attended": pa.array(table["begins"] > 0),
            "effect": pa.array(np.round(table["effect"], 4)),
            "worry": pa.array(np.round(table["worry"], 6)),
        }
    )


def _contact(book: Book) -> pa.Table:
    """How each contact really was: how bad things stood and how bad the day's event was, which no record says."""
    table = contacts(book)
    return pa.table(
        {
            "contact": numbered("K", table["contact"]),
            "true_person": pa.array(table["person"], pa.int64()),
            "stand": pa.array(np.round(table["stand"], 4)),
            "incident": pa.array(np.round(table["incident"], 4)),
            "again_of": numbered("K", table["again_of"]),
        }
    )


def _hurt(book: Book) -> pa.Table:
    """Serious harm that really happened to children, seen or not."""
    table = book.happened("hurt")
    order = np.lexsort([table["child"], table["day"]])
    return pa.table(
        {
            "true_person": pa.array(table["child"][order], pa.int64()),
            "happened_on": day_column(table["day"][order]),
            "seen": pa.array(table["seen"][order]),
        }
    )

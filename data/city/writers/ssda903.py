"""Looked-after children return: header, episodes, reviews, health, missing and the rest, as CSV lists."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from data.city.care import LEAVES
from data.city.clock import RECORDS_DAY, TODAY_DAY, day
from data.city.log import Table, take
from data.city.writers.cases import care_spells, placements, register_of
from data.city.writers.frame import SLASHED, Book, Columns, day_words, words

PLACES = (("K3", "H5", "Z1"), ("K2", "K2", "S1"), ("U3", "U1", "P1"), ("U6", "U4", "U6"))
REASONS = ("CARPL", "CREQB", "CREQO", "CHILD", "LAREQ", "PLACE", "OTHER", "CLOSE", "ALLEG", "STAND")


def write(book: Book) -> None:
    """Every list of the return, over all spells that touch the years of records."""
    spells = care_spells(book)
    seen = take(spells, (spells["to"] > RECORDS_DAY) & (spells["day"] < TODAY_DAY))
    _header(book, np.unique(seen["child"]))
    _episodes(book, seen)
    _reviews(book, seen)
    _health(book, seen)
    _missing(book, seen)
    _adoption(book, seen)
    _workers(book, seen)
    _empty_lists(book)


def _child(book: Book, child: np.ndarray) -> Columns:
    """The two columns that every list begins with."""
    register = register_of(book)
    birth = register.birth.take(pa.array(child)).cast(pa.int32()).to_numpy(zero_copy_only=False)
    return {"CHILD": register.locals(child), "DOB": day_words(np.nan_to_num(birth, nan=-30_000), SLASHED)}


def _header(book: Book, child: np.ndarray) -> None:
    made = register_of(book).fields(("sex", "ethnicity", "upn"), child, np.full(len(child), TODAY_DAY - 1))
    book.write(
        "ssda903",
        "header",
        {
            **_child(book, child),
            "SEX": made["sex"],
            "ETHNIC": made["ethnicity"],
            "UPN": made["upn"],
            "MOTHER": pa.nulls(len(child), pa.string()),
            "MC_DOB": pa.nulls(len(child), pa.string()),
        },
    )


def _episodes(book: Book, spells: Table) -> None:
    table = placements(book)
    table = take(table, np.isin(table["spell"], spells["spell"]) & (table["day"] < TODAY_DAY))
    child = table["child"]
    place = np.array([PLACES[p][d % 3] for p, d in zip(table["place"], table["draw"], strict=True)], object)
    own = np.where(np.isin(place, ["U3", "U1", "P1"]), "PR0", np.where(table["draw"] % 5 < 3, "PR1", "PR4")).astype(
        object
    )
    legal = np.where(
        table["order"], np.where(table["day"] - book.run.lives.people.birth[child] < 2200, "E1", "C2"), "V2"
    ).astype(object)
    legal = np.where(table["order"] & (table["number"] == 0), "C1", legal)
    legal = np.where((legal == "E1") & (table["reason"] != 4), "C2", legal)
    ended = table["to"] < TODAY_DAY
    out = np.array([*LEAVES, "X1"], object)[np.where(table["last"], table["reason"], len(LEAVES))]
    homes = book.true.homes
    home = homes.places.postcode(register_of(book).home(child, table["day"]))
    away = homes.places.postcode(table["draw"] % homes.places.homes)
    made = _child(book, child)
    book.write(
        "ssda903",
        "episodes",
        {
            "CHILD": made["CHILD"],
            "DECOM": day_words(table["day"], SLASHED),
            "RNE": pa.array(
                np.where(table["number"] == 0, "S", np.where(table["number"] == 1, "T", "P")).astype(object)
            ),
            "LS": pa.array(legal),
            "CIN": words(("N1", "N5", "N4", "N6", "N3", "N8"), table["draw"] % 13 // 3 * (table["draw"] % 2)),
            "PLACE": pa.array(place),
            "PLACE_PROVIDER": pa.array(own),
            "DEC": day_words(table["to"], SLASHED),
            "REC": pa.array(out, pa.string(), mask=~ended),
            "REASON_PLACE_CHANGE": pa.array(
                [REASONS[d % len(REASONS)] for d in table["draw"]], pa.string(), mask=~ended | table["last"]
            ),
            "HOME_POST": pa.array(home, pa.string()),
            "PL_POST": pa.array(away, pa.string()),
            "URN": pa.array(
                ("SC" + (1_000_000 + table["draw"] % 4000).astype(str).astype(object)),
                pa.string(),
                mask=np.isin(own, ["PR0"]),
            ),
        },
    )


def _reviews(book: Book, spells: Table) -> None:
    """A review after a month, after three more, then every six."""
    parts = [(spells["child"], spells["day"] + after) for after in (25, 112, *range(290, 4200, 178))]
    keep = [(day < np.minimum(spells["to"], TODAY_DAY)) & (day >= RECORDS_DAY) for _, day in parts]
    child = np.concatenate([child[k] for (child, _), k in zip(parts, keep, strict=True)])
    held = np.concatenate([day[k] for (_, day), k in zip(parts, keep, strict=True)])
    order = np.lexsort([held, child])
    child, held = child[order], held[order]
    age = (held - book.run.lives.people.birth[child]) / 365.25
    codes = np.where(
        age < 4, 0, 1 + book.rng("903 reviews").choice(7, len(child), p=[0.62, 0.06, 0.03, 0.04, 0.08, 0.12, 0.05])
    )
    book.write(
        "ssda903",
        "reviews",
        {
            **_child(book, child),
            "REVIEW": day_words(held, SLASHED),
            "REVIEW_CODE": pa.array(np.char.add("PN", codes.astype(str))),
        },
    )


def health(book: Book, spells: Table, year: int) -> Table:
    """Those looked after for a year in a March; how they fare follows from how they live.

    Columns child, age, score and asked (strengths and difficulties), convicted, misuses.
    """
    lives, rng, at = book.run.lives, book.rng(f"903 health {year}"), day(f"{year}-03-31")
    child = np.sort(spells["child"][(spells["day"] < at - 365) & (spells["to"] > at)])
    age = (at - lives.people.birth[child]) / 365.25
    trouble = (
        0.5 * np.minimum(lives.level["trauma"][child], 2.5)
        + 0.6 * lives.traits["adhd"][child]
        + 0.3 * lives.traits["acts_out"][child]
    )
    return {
        "child": child,
        "age": age,
        "score": np.clip(np.round(14.7 + 3.2 * trouble + rng.normal(0, 5.5, len(child))), 0, 40),
        "asked": (age >= 4) & (age < 17) & (rng.random(len(child)) < 0.84),
        "convicted": (age > 10) & (rng.random(len(child)) < 0.02),
        "misuses": (age > 11) & (rng.random(len(child)) < 0.037 + 0.06 * (lives.traits["acts_out"][child] > 0.8)),
    }


def _health(book: Book, spells: Table) -> None:
    """The March return of those looked after for a year."""
    rng = book.rng("903 health checks")
    for year in range(2019, 2027):
        table = health(book, spells, year)
        child, age, asked, uses = (table[name] for name in ("child", "age", "asked", "misuses"))
        flags = {
            name: pa.array((rng.random(len(child)) < share).astype(np.int8))
            for name, share in (
                ("HEALTH_CHECK", 0.93),
                ("IMMUNISATIONS", 0.84),
                ("TEETH_CHECK", 0.79),
                ("HEALTH_ASSESSMENT", 0.9),
            )
        }
        book.write(
            "ssda903",
            "oc2",
            {
                **_child(book, child),
                "SDQ_SCORE": pa.array(table["score"], pa.float64(), mask=~asked).cast(pa.int32()),
                "SDQ_REASON": pa.array(["SDQ2"] * len(child), pa.string(), mask=asked | (age < 4) | (age >= 17)),
                "CONVICTED": pa.array(table["convicted"].astype(np.int8)),
                **flags,
                "SUBSTANCE_MISUSE": pa.array(uses.astype(np.int8)),
                "INTERVENTION_RECEIVED": pa.array((uses & (rng.random(len(child)) < 0.5)).astype(np.int8)),
                "INTERVENTION_OFFERED": pa.array(uses.astype(np.int8)),
            },
            year=str(year),
        )
        _leavers(book, spells, year, day(f"{year}-03-31"))


def _leavers(book: Book, spells: Table, year: int, at: int) -> None:
    """Those who left care when grown and turned 19 in the year."""
    rng = book.rng(f"903 leavers {year}")
    birth = book.run.lives.people.birth[spells["child"]]
    turned = (at - birth > 19 * 365.25) & (at - birth < 20 * 365.25) & (spells["to"] < at)
    child = np.unique(spells["child"][turned & np.isin(spells["reason"], (5, 6))])
    size = len(child)
    book.write(
        "ssda903",
        "oc3",
        {
            **_child(book, child),
            "IN_TOUCH": words(("YES", "NO", "REFU", "RHOM"), rng.choice(4, size, p=[0.88, 0.07, 0.03, 0.02])),
            "ACTIV": words(("F2", "F4", "F5", "P4", "G4", "G5"), rng.integers(0, 6, size)),
            "ACCOM": words(("U1", "V1", "K1", "Z1", "B1"), rng.integers(0, 5, size)),
        },
        year=str(year),
    )


def _missing(book: Book, spells: Table) -> None:
    """Times missing from a placement, as its carers wrote them down: nearly all of them, some as hours away."""
    table, rng = _by_child(book.happened("missing")), book.rng("903 missing")
    inside = np.zeros(len(table["child"]), bool)
    for child, begin, end in zip(spells["child"], spells["day"], spells["to"], strict=True):
        low, high = _positions(table, int(child))
        inside[low:high] |= (table["day"][low:high] >= begin) & (table["day"][low:high] < end)
    table = take(table, inside & (rng.random(len(inside)) < 0.9))
    back = table["day"] + np.ceil(table["hours"] / 24).astype(np.int64)
    book.write(
        "ssda903",
        "missing",
        {
            **_child(book, table["child"]),
            "MISSING": words(("M", "A"), (rng.random(len(back)) < 0.15).astype(int)),
            "MIS_START": day_words(table["day"], SLASHED),
            "MIS_END": day_words(back, SLASHED),
        },
    )


def _by_child(table: Table) -> Table:
    return take(table, np.lexsort([table["day"], table["child"]]))


def _positions(table: Table, child: int) -> tuple[int, int]:
    """Where a child's rows lie in a table sorted by child."""
    return int(np.searchsorted(table["child"], child)), int(np.searchsorted(table["child"], child, side="right"))


def _adoption(book: Book, spells: Table) -> None:
    table = take(spells, (spells["reason"] == 4) & (spells["to"] < TODAY_DAY))
    size, rng = len(table["child"]), book.rng("903 adoption")
    placed = np.maximum(table["to"] - 200, table["day"] + 30)
    one, sexes = (
        pa.array(rng.integers(1, 3, size)),
        words(("MF", "F1", "FF", "MM"), rng.choice(4, size, p=[0.75, 0.12, 0.07, 0.06])),
    )
    book.write(
        "ssda903",
        "ad1",
        {
            **_child(book, table["child"]),
            "DATE_INT": day_words(placed - 90, SLASHED),
            "DATE_MATCH": day_words(placed - 20, SLASHED),
            "FOSTER_CARE": pa.array(["0"] * size, pa.string()),
            "NB_ADOPTR": one,
            "SEX_ADOPTR": sexes,
            "LS_ADOPTR": pa.array(["L11"] * size, pa.string()),
        },
    )
    blank = pa.nulls(size, pa.string())
    book.write(
        "ssda903",
        "placed_for_adoption",
        {
            **_child(book, table["child"]),
            "DATE_PLACED": day_words(placed, SLASHED),
            "DATE_PLACED_CEASED": blank,
            "REASON_PLACED_CEASED": blank,
        },
    )


def _workers(book: Book, spells: Table) -> None:
    table, rng = spells, book.rng("903 workers")
    size = len(table["child"])
    book.write(
        "ssda903",
        "sw_episodes",
        {
            **_child(book, table["child"]),
            "SW_ID": pa.array(np.char.add("SW", rng.integers(100, 400, size).astype(str))),
            "SW_DECOM": day_words(table["day"], SLASHED),
            "SW_DEC": day_words(table["to"], SLASHED),
            "SW_REASON": words(("FCONTA", "MANAGE", "LEFTRL", "CHCHAN"), rng.choice(4, size, p=[0.6, 0.1, 0.2, 0.1])),
        },
    )


def _empty_lists(book: Book) -> None:
    """Lists that the city has nobody for are returned with their headings alone."""
    none = np.empty(0, np.int64)
    blank = pa.nulls(0, pa.string())
    sex = register_of(book).fields(("sex",), none, none)["sex"]
    book.write("ssda903", "uasc", {**_child(book, none), "SEX": sex, "DUC": blank})
    book.write(
        "ssda903",
        "previous_permanence",
        {**_child(book, none), "PREV_PERM": blank, "LA_PERM": blank, "DATE_PERM": blank},
    )
    book.write("ssda903", "dolo", {**_child(book, none), "DOLO_START": blank, "DOLO_END": blank})

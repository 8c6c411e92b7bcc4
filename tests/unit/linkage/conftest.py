"""A noisy sample of families as several agencies write them down, and a DuckDB connection that holds it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import duckdb
import numpy as np
import pandas as pd
import pytest

from data.snapshot.tables import PERSON_RECORD

FORENAMES = (
    "Oliver Jack Harry George Noah Charlie Jacob Alfie Freddie Oscar Leo Logan Archie Theo Thomas James Joshua Henry William Max "
    "Olivia Amelia Isla Ava Emily Sophia Grace Mia Poppy Ella Lily Evie Isabella Sophie Ivy Freya Harper Willow Charlotte Jessica "
    "Mohammed Ahmed Yusuf Ibrahim Ali Omar Hassan Bilal Fatima Aisha Maryam Zainab Khadija Amina Hawa Sumaya Jakub Filip Kacper "
    "Zuzanna Maja Alicja Oskar Nikodem Kwame Kofi Ama Efua David Sarah Daniel Rebecca Michael Laura Stephen Karen Paul Susan"
).split()
SURNAMES = (
    "Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson Evans Walker White Roberts Green Hall "
    "Wood Jackson Clarke Khan Hussain Ali Begum Ahmed Mohamed Hassan Kowalski Nowak Mensah Owusu Cooper Ward Turner Hill Moore "
    "Morris Baker Harris Cook Bell Kelly Bailey Parker Bennett Cox Marshall Collins Murphy Adams Mills Palmer Knight Stevens"
).split()
SOURCES = ("gp", "school", "police", "housing", "care")


class Sample:
    """``records`` are rows of ``staged.person_record``; ``truth`` tells the true person of each (source, local_id)."""

    def __init__(self, families: int, seed: int, numbers: float = 0.7) -> None:
        self.rng = np.random.default_rng(seed)
        self.rows: list[dict[str, object]] = []
        self.true: list[tuple[str, str, int]] = []
        self.people = 0
        for family in range(families):
            self._family(family, numbers)
        self.records = pd.DataFrame(self.rows)
        self.truth = pd.DataFrame(self.true, columns=["source", "local_id", "true_person"])

    def _family(self, family: int, numbers: float) -> None:
        rng = self.rng
        surname, home = _steep(rng, SURNAMES), family
        births = [date(1970, 1, 1) + timedelta(days=int(rng.integers(0, 8000))) for _ in range(2)]
        children = [date(2003, 1, 1) + timedelta(days=int(rng.integers(0, 6500))) for _ in range(int(rng.integers(1, 4)))]
        if rng.random() < 0.03:
            children.append(children[0])
        for birth in births + children:
            self._person(surname, home, birth, rng.random() < numbers)

    def _person(self, surname: str, home: int, birth: date, numbered: bool) -> None:
        rng, person = self.rng, self.people
        self.people += 1
        forename, sex = _steep(rng, FORENAMES), "MF"[int(rng.integers(0, 2))]
        for source in SOURCES:
            if rng.random() < 0.7:
                moved = home + 10_000 if rng.random() < 0.15 else home
                record = {
                    "source": source, "local_id": f"{person * 7 + 11}", "forename": _slip(rng, forename, 0.05), "surname": _slip(rng, surname, 0.04),
                    "birth_date": _wrong(rng, birth, 0.03), "sex": sex, "postcode": f"AV{moved % 90 + 1} {moved // 90 % 10}{'ABDEFGH'[moved % 7]}{'JLNPQRS'[moved // 7 % 7]}",
                    "uprn": 100_000 + moved, "nhs_number": nhs_number(person) if numbered and rng.random() < 0.9 else None,
                }  # fmt: skip
                self.rows.append(record)
                self.true.append((source, str(record["local_id"]), person))


def _steep(rng: np.random.Generator, names: list[str]) -> str:
    return names[min(int(rng.exponential(len(names) / 3)), len(names) - 1)]


def _slip(rng: np.random.Generator, name: str, rate: float) -> str:
    at = int(rng.integers(1, len(name)))
    return name[:at] + name[at + 1 :] if rng.random() < rate else name


def _wrong(rng: np.random.Generator, birth: date, rate: float) -> date | None:
    kind = rng.random() / rate
    if kind < 0.4 and birth.day <= 12:
        return date(birth.year, birth.day, birth.month)
    if kind < 0.7:
        return birth + timedelta(days=1)
    return None if kind < 1 else birth


def nhs_number(n: int) -> str:
    """The n-th valid NHS number: nine digits and their check digit (numbers whose check would be 10 are skipped)."""
    digits = f"{400000000 + n * 11:09d}"
    check = (11 - sum(int(d) * w for d, w in zip(digits, range(10, 1, -1), strict=True)) % 11) % 11
    return nhs_number(n + 5_000_000) if check == 10 else digits + str(check)


def stage(records: pd.DataFrame) -> duckdb.DuckDBPyConnection:
    """A connection whose ``staged.person_record`` holds ``records``; columns that are missing are null."""
    con = duckdb.connect(config={"threads": 2})
    con.execute("CREATE SCHEMA staged")
    con.execute(PERSON_RECORD.ddl("staged"))
    con.register("given", records.reindex(columns=[c for c in PERSON_RECORD.names() if c not in ("record", "client")]))
    names = ", ".join(f'"{c}"' for c in PERSON_RECORD.names() if c not in ("record", "client"))
    con.execute(
        f"INSERT INTO staged.person_record (record, client, {names}) SELECT row_number() OVER () - 1,"
        f" (md5_number_lower(source || '|' || local_id) >> 1)::BIGINT, {names} FROM given"
    )
    con.unregister("given")
    return con


@pytest.fixture(scope="session")
def staged() -> Callable[[pd.DataFrame], duckdb.DuckDBPyConnection]:
    return stage


@pytest.fixture(scope="session")
def sample() -> Callable[..., Sample]:
    return Sample

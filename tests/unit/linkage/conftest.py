"""A noisy sample of families as several agencies write them down, and a DuckDB connection that holds it."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from types import ModuleType

import duckdb
import numpy as np
import pandas as pd
import pytest

from data.snapshot.tables import PERSON_RECORD

FORENAMES = """
    Oliver Jack Harry George Noah Charlie Jacob Alfie Freddie Oscar Leo Logan Archie Theo Thomas James Joshua Henry Max
    Olivia Amelia Isla Ava Emily Sophia Grace Mia Poppy Ella Lily Evie Isabella Sophie Ivy Freya Harper Willow Charlotte
    Mohammed Ahmed Yusuf Ibrahim Ali Omar Hassan Bilal Fatima Aisha Maryam Zainab Khadija Amina Hawa Sumaya Jakub Filip
    Zuzanna Maja Alicja Oskar Nikodem Kwame Kofi Ama Efua David Sarah Daniel Rebecca Michael Laura Stephen Karen Paul
    William Jessica Kacper Susan
""".split()
SURNAMES = """
    Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson Evans Walker White Roberts
    Green Hall Wood Jackson Clarke Khan Hussain Ali Begum Ahmed Mohamed Hassan Kowalski Nowak Mensah Owusu Cooper Ward
    Turner Hill Moore Morris Baker Harris Cook Bell Kelly Bailey Parker Bennett Cox Marshall Collins Murphy Adams Mills
    Palmer Knight Stevens
""".split()
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
        births = [date(1970, 1, 2) + timedelta(days=int(day)) for day in rng.integers(0, 8000, 2)]
        children = [date(2003, 1, 1) + timedelta(days=int(day)) for day in rng.integers(0, 6500, rng.integers(1, 4))]
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
                lives = home + 10_000 if rng.random() < 0.15 else home
                number = nhs_number(person) if numbered and rng.random() < 0.9 else None
                written = {"forename": _slip(rng, forename, 0.05), "surname": _slip(rng, surname, 0.04)}
                where = {"postcode": postcode(lives), "uprn": 100_000 + lives}
                who = {"source": source, "local_id": str(person * 7 + 11), "sex": sex, "nhs_number": number}
                self.rows.append(who | written | where | {"birth_date": _wrong(rng, birth, 0.03)})
                self.true.append((source, who["local_id"], person))


def postcode(home: int) -> str:
    """A valid postcode, the same for every home of the same number."""
    return f"AV{home % 90 + 1} {home // 90 % 10}{'ABDEFGH'[home % 7]}{'JLNPQRS'[home // 7 % 7]}"


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
    con = duckdb.connect(config={"threads": 1})
    con.execute("CREATE SCHEMA staged")
    con.execute(PERSON_RECORD.ddl("staged"))
    columns = [name for name in PERSON_RECORD.names() if name not in ("record", "client")]
    con.register("given", records.reindex(columns=columns).astype(object).where(lambda d: d.notna(), None))
    names = ", ".join(columns)
    con.execute(
        f"INSERT INTO staged.person_record (record, client, {names}) SELECT row_number() OVER () - 1,"
        f" (md5_number_lower(source || '|' || local_id) >> 1)::BIGINT, {names} FROM given"
    )
    con.unregister("given")
    return con


def table(text: str) -> pd.DataFrame:
    """Read a table drawn with bars; ``-`` is an empty field. Every row is of the source named in its first column."""
    lines = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in text.strip().splitlines()]
    rows = [[None if cell == "-" else cell for cell in line] for line in lines[1:]]
    return pd.DataFrame(rows, columns=lines[0])


def client(source: str, local_id: str) -> int:
    """The client number that ingest gives an agency's own number."""
    sql = "SELECT (md5_number_lower($source || '|' || $local_id) >> 1)::BIGINT"
    with duckdb.connect() as con:
        return con.execute(sql, {"source": source, "local_id": local_id}).fetchall()[0][0]


@pytest.fixture(scope="session")
def helper() -> ModuleType:
    """This module, for tests: pytest imports it by path, so that they can't."""
    return sys.modules[__name__]

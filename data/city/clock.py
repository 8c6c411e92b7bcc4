"""The city's calendar: simulated months, and days as whole numbers since 1970-01-01."""

from __future__ import annotations

import zlib

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]

START = np.datetime64("2015-10-01", "D")  # lives run from here, so that histories exist when records begin
RECORDS_FROM = np.datetime64("2018-10-01", "D")
TODAY = np.datetime64("2026-10-01", "D")
MONTHS = 132
YEAR = 365.25


def day(date: str) -> int:
    """The day number of a date."""
    return int(np.datetime64(date, "D").astype("int64"))


START_DAY, RECORDS_DAY, TODAY_DAY = day(str(START)), day(str(RECORDS_FROM)), day(str(TODAY))
STARTS: Ints = np.arange("2015-10", "2026-11", dtype="datetime64[M]").astype("datetime64[D]").astype("int32")


def calendar_month(month: int) -> int:
    """1 for January ... 12 for December."""
    return (month + 9) % 12 + 1


def days_in(rng: np.random.Generator, month: int, size: int) -> Ints:
    """Random days of a month."""
    return rng.integers(STARTS[month], STARTS[month + 1], size, dtype=np.int32)


def stream(seed: int, name: str) -> np.random.Generator:
    """A random stream of its own for each part of the city, so that one part's draws never move another's."""
    return np.random.default_rng([seed, zlib.crc32(name.encode())])


def dates(days: NDArray[np.integer]) -> NDArray[np.datetime64]:
    """Day numbers as dates."""
    return days.astype("int64").astype("datetime64[D]")

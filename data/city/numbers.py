"""Numbers that people bear: valid by their check digits, and by their ranges nobody's."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

UPN_LETTERS = np.array(list("ABCDEFGHJKLMNPQRTUVWXYZ"))
UPN_COUNCIL = 899  # no council has this number
DISTINCT = 909_090  # how many numbers 999 xxx xxx leave a valid check digit


def shuffled(count: int, of: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """``count`` different whole numbers below ``of``, in no order."""
    return rng.permutation(of)[:count].astype(np.int64)


def nhs_numbers(count: int, rng: np.random.Generator) -> NDArray[np.str_]:
    """NHS numbers of the 999 range kept for tests, with the modulus-11 check digit of the NHS data dictionary."""
    body = 999_000_000 + np.arange(1_000_000, dtype=np.int64)
    total = sum(((body // 10 ** (8 - i)) % 10) * (10 - i) for i in range(9))
    check = (11 - total % 11) % 11
    valid = np.flatnonzero(check < 10)
    pick = valid[shuffled(count, len(valid), rng)]
    return (body[pick] * 10 + check[pick]).astype(str)


def upns(school: NDArray[np.integer], entry_year: NDArray[np.integer], serial: NDArray[np.integer]) -> NDArray[np.str_]:
    """Unique pupil numbers: check letter, council, school, year of entry, serial (DfE's UPN guide).

    A serial above 999 goes on into the next school number, so that all differ.
    """
    number = (
        UPN_COUNCIL * 10**9
        + ((4000 + school + 40 * (serial // 1000)) % 10_000) * 10**5
        + (entry_year % 100) * 1000
        + serial % 1000
    )
    digits = number.astype(str)
    weighed = sum(((number // 10 ** (11 - i)) % 10) * (i + 2) for i in range(12))
    return np.char.add(UPN_LETTERS[weighed % 23], digits)


def ni_numbers(count: int, rng: np.random.Generator) -> NDArray[np.str_]:
    """National insurance numbers with the prefix QQ, which is never issued."""
    digits = np.char.zfill(shuffled(count, 1_000_000, rng).astype(str), 6)
    return np.char.add(np.char.add("QQ", digits), rng.choice(list("ABCD"), count))

"""The code of a room, and how often anybody may try one."""

from __future__ import annotations

import secrets
import threading
import time
from collections import deque
from collections.abc import Callable

#: No letter that is taken for another on a wall: no I, L, O, U, 0, 1.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
#: Wrong codes within so many seconds: from one address, and from all together. Of 656 thousand million codes.
WINDOW, FROM_ONE, FROM_ALL = 600.0, 40, 400


class TooManyTries(Exception):
    """Somebody tries codes."""


def new_code() -> str:
    """A code that nobody guesses."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def shown(code: str) -> str:
    """The code in two halves, as it is read out: ``K7QM-3XRT``."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def typed(given: str) -> str | None:
    """The code that was meant, whatever the case, spaces and hyphens; None for what can't be one."""
    code = "".join(each for each in given[:40].upper() if each.isascii() and each.isalnum())
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else None


class Tries:
    """Wrong tries of late, by address: in memory, since an address is nobody's business for longer."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._wrong: deque[tuple[float, str]] = deque()

    def check(self, address: str) -> None:
        """Raises `TooManyTries`: then a right code is not told from a wrong one either."""
        with self._lock:
            while self._wrong and self._wrong[0][0] < self._clock() - WINDOW:
                self._wrong.popleft()
            mine = sum(one == address for _, one in self._wrong)
            if mine >= FROM_ONE or len(self._wrong) >= FROM_ALL:
                raise TooManyTries("Too many wrong codes were tried. Wait ten minutes, or ask your trainer.")

    def wrong(self, address: str) -> None:
        """Count a wrong code."""
        with self._lock:
            self._wrong.append((self._clock(), address))

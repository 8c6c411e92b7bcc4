"""How many requests one token may make: so many a second on the average, twice as many at once."""

from __future__ import annotations

import os
import threading
import time

RATE = "KINSIGHT_API_RATE"
USUAL = 50.0


class Rate:
    """A bucket a token, filled at ``per_second``."""

    def __init__(self, per_second: float | None = None) -> None:
        self.per_second = per_second or float(os.environ.get(RATE) or USUAL)
        self._most = 2 * self.per_second
        self._left: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def wait(self, token: str, now: float | None = None) -> float:
        """Seconds until ``token`` may ask again; nil where it may now, and then it has asked."""
        now = time.monotonic() if now is None else now
        with self._lock:
            left, since = self._left.get(token, (self._most, now))
            left = min(self._most, left + (now - since) * self.per_second)
            allowed = left >= 1
            self._left[token] = (left - 1 if allowed else left, now)
        return 0.0 if allowed else (1 - left) / self.per_second

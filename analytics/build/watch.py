"""How long each stage took, how much memory the process came to hold, and whoever wants to be told on the way."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from data.progress import Progress

#: A build's stages in order, with their usual share of the time.
STAGES = {"read": 35, "link": 25, "families": 10, "write": 5, "indicators": 10, "models": 45, "publish": 5}


class Watch:
    """Times the stages of a build; ``seconds`` and the processors' share of them, ``cpu``, grow as they end."""

    def __init__(self, progress: Progress | None = None) -> None:
        self.seconds: dict[str, float] = {}
        self.cpu: dict[str, float] = {}
        self._tell = progress
        self._began = time.perf_counter()

    @contextmanager
    def stage(self, name: str) -> Iterator[Callable[[float], None]]:
        """Time a block as ``name``. Gives a function to be told how much of it is done, 0 to 1."""
        started, worked = time.perf_counter(), time.process_time()
        self._done(name, 0.0)
        yield lambda share: self._done(name, share)
        self.seconds[name] = round(time.perf_counter() - started, 2)
        self.cpu[name] = round(time.process_time() - worked, 2)
        self._done(name, 1.0)

    def _done(self, name: str, share: float) -> None:
        if self._tell:
            self._tell(name, share)

    def with_total(self) -> dict[str, float]:
        """The seconds of each stage, and of the whole build so far."""
        return self.seconds | {"total": round(time.perf_counter() - self._began, 2)}


def peak_memory_gb() -> float | None:
    """The most memory this process has held, in 10^9 bytes; None where the system does not say (Windows)."""
    if sys.platform == "win32":
        return None
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e9, 2)

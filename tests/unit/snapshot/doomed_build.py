"""Run by test_publish.py in a process of its own: for each number that it reads, fork a build and say how it ended.

A build given n > 0 dies by SIGKILL in place of its nth disk step; given n < 0, after -n milliseconds of publishing over
and over. The process that forks has opened no DuckDB, so that a fork starts clean, and in a millisecond.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from data.home import Home, home
from tests.unit.snapshot.small import publish


def dying(step: Callable[..., Any], left: list[int]) -> Callable[..., Any]:
    """``step``, which counts down and kills this process in place of the last one."""

    def counted(*args: Any, **more: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return step(*args, **more)

    return counted


def die_at_step(place: Home, steps: int) -> None:
    left = [steps]
    os.fsync = dying(os.fsync, left)
    for name in ("rename", "replace"):
        setattr(Path, name, dying(getattr(Path, name), left))
    publish(place, "Later")


def publish_for_ever(place: Home) -> None:
    while True:
        publish(place, "Later")


def main(folder: str) -> None:
    for line in sys.stdin:
        number = int(line)
        child = os.fork()
        if child == 0:
            die_at_step(home(folder), number) if number > 0 else publish_for_ever(home(folder))
            os._exit(0)
        if number < 0:
            time.sleep(-number / 1000)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        print("killed" if os.WIFSIGNALED(status) else "finished", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])

"""One build at a time in a home: a lock that the system lifts when its holder dies."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from data.snapshot.engine import StoreError


class Busy(StoreError):
    """Another build holds the home."""


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold ``file`` locked for the block. Raises `Busy` at once if another process has it."""
    with file.open("ab") as handle:
        try:
            _take(handle)
        except OSError:
            raise Busy("another build is running in this home") from None
        yield


if sys.platform == "win32":
    import msvcrt

    def _take(handle: BinaryIO) -> None:
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: BinaryIO) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

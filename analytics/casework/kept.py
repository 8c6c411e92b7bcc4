"""What is read of a snapshot once a process and shared by all readers; that of an older snapshot is let go."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

Read = TypeVar("Read")


class Kept(Generic[Read]):
    """By snapshot and name. Whoever asks while another reads waits, and is given the same."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._read: dict[tuple[Path, str], Read] = {}

    def of(self, snapshot: Path, name: str, read: Callable[[], Read]) -> Read:
        """What was read before, or is read now; an error of ``read`` is raised on, and nothing kept."""
        with self._lock:
            if (snapshot, name) not in self._read:
                found = read()
                for old in [key for key in self._read if key[0].parent == snapshot.parent and key[1] == name]:
                    del self._read[old]
                self._read[snapshot, name] = found
            return self._read[snapshot, name]

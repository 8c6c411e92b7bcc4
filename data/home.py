"""Where things live: the store's home and the paths below it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Home:
    """One store: snapshots, journal, models and working files of one city."""

    path: Path

    @property
    def snapshots(self) -> Path:
        return self.path / "snapshots"

    @property
    def pointer(self) -> Path:
        """The small file that names the snapshot being served."""
        return self.snapshots / "current"

    @property
    def journal(self) -> Path:
        return self.path / "journal.sqlite"

    @property
    def models(self) -> Path:
        return self.path / "models"

    def truth(self, number: int) -> Path:
        """An invented city's truth, kept beside snapshot ``number`` for evaluation alone."""
        return self.path / f"truth-{number}"

    @property
    def work(self) -> Path:
        """Files of a build in progress and what DuckDB spills; all of it may be deleted between builds."""
        return self.path / "work"

    def made(self, folder: Path) -> Path:
        """``folder``, created for the owner alone if it is not there."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder


def home(path: str | os.PathLike[str] | None = None) -> Home:
    """The store at ``path``, else where ``KINSIGHT_HOME`` says, else ``store/``."""
    return Home(Path(path or os.environ.get("KINSIGHT_HOME") or "store").absolute())

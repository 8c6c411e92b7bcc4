"""How far a long piece of work has come: a bar on a terminal, one line a stage anywhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from typing import TextIO

#: Told of a stage by name and how much of it is done, 0 to 1.
Progress = Callable[[str, float], None]
WIDTH = 30


class Bar:
    """A `Progress` that draws. ``stages`` gives each stage its usual share of the time, in any unit, in order.

    >>> bar = Bar({"lives": 4, "files": 6})
    >>> bar("lives", 0.5)  # draws 20 %
    """

    def __init__(self, stages: Mapping[str, float], stream: TextIO | None = None) -> None:
        self.stages = stages
        self.stream = stream or sys.stderr
        self._began = time.monotonic()
        self._last = ""

    def __call__(self, stage: str, share: float) -> None:
        """Draw ``stage`` at ``share``. A stage that was not announced takes no room, but is named."""
        if self.stream.isatty():
            self.stream.write(f"\r{self.line(stage, share)}\x1b[K")
        elif stage != self._last:
            self.stream.write(f"{stage}\n")
        self._last = stage
        self.stream.flush()

    def line(self, stage: str, share: float) -> str:
        """``[#####.....]  17 %  0:12  linking people``."""
        done = self.done(stage, share)
        filled = round(WIDTH * done)
        minutes, seconds = divmod(int(time.monotonic() - self._began), 60)
        return f"[{'#' * filled}{'.' * (WIDTH - filled)}] {100 * done:3.0f} %  {minutes}:{seconds:02}  {stage}"

    def done(self, stage: str, share: float) -> float:
        """The share of all the work that is done when ``share`` of ``stage`` is."""
        names = list(self.stages)
        if stage not in names:
            return 0.0
        before = sum(self.stages[name] for name in names[: names.index(stage)])
        return (before + min(max(share, 0.0), 1.0) * self.stages[stage]) / sum(self.stages.values())

    def close(self) -> None:
        """End the line."""
        if self.stream.isatty() and self._last:
            self.stream.write("\n")

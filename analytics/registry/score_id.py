"""The name of one stored score: ``MODEL:PERSON:AS_OF``, such as ``cse:48211:2026-07-01``.

Without the day it is the latest. Whoever has it in hand can ask for the same score again and again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.snapshot.engine import StoreError


@dataclass(frozen=True)
class ScoreId:
    """One score: of ``person`` by ``model`` at ``as_of``, None for the latest."""

    model: str
    person: int
    as_of: date | None = None

    @classmethod
    def read(cls, text: str) -> ScoreId:
        """Raises `StoreError` for anything else than ``MODEL:PERSON`` or ``MODEL:PERSON:AS_OF``."""
        model, _, rest = text.strip().partition(":")
        person, _, day = rest.partition(":")
        try:
            return cls(model, int(person), date.fromisoformat(day) if day else None)
        except ValueError:
            raise StoreError("a score is named MODEL:PERSON:AS_OF, such as cse:48211:2026-07-01") from None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.model, self.person, self.as_of) if part is not None)

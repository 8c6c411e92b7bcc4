"""The grader that people approved, kept in a file beside the models: it goes on grading until they approve another."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from analytics.triage import facts
from analytics.triage.stored import BASE, COLUMNS, Stored, restored, weights
from data.home import Home

FILE = "grader.json"


@dataclass(frozen=True)
class Lasting:
    """``stored``, from how many contacts it learned, and till when."""

    stored: Stored
    learned_until: date
    contacts: int

    @property
    def weights(self) -> pd.DataFrame:
        """The rows of ``contact_weight``."""
        return weights(self.stored.grader, self.stored.needs)


def keep(home: Home, one: Lasting) -> Path:
    """Write it down, to the last bit, and return where. Nothing in it is about anybody."""
    held = one.stored
    told = {
        "version": held.version,
        "learned_until": one.learned_until.isoformat(),
        "contacts": one.contacts,
        "levels": list(held.levels.at),
        "ask_from": held.cut.at,
        "weights": one.weights.to_numpy(object).tolist(),
    }
    place = home.made(_place(home, held.version)) / FILE
    place.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return place


def approved(home: Home, version: str | None) -> Lasting | None:
    """The grader ``version`` as it was kept; None without one, or where it reads other indicators than now."""
    file = _place(home, version or "none") / FILE
    if version is None or not file.is_file():
        return None
    told = json.loads(file.read_text(encoding="utf-8"))
    lines = pd.DataFrame(told["weights"], columns=list(COLUMNS))
    if set(lines["indicator"]) != {*facts.names(), BASE}:
        return None
    held = restored(told["version"], tuple(told["levels"]), told["ask_from"], lines)
    return Lasting(held, date.fromisoformat(told["learned_until"]), told["contacts"])


def _place(home: Home, version: str) -> Path:
    return home.models / f"contact-{version}"

"""The states in which a build leaves a model. What a named person decides afterwards stands in the journal."""

from __future__ import annotations

from enum import StrEnum


class ModelState(StrEnum):
    """``CANDIDATE`` reached its pass mark; ``UNMEASURED``: too few outcomes to tell; ``WITHHELD``: failed, or none."""

    CANDIDATE = "candidate"
    UNMEASURED = "unmeasured"
    WITHHELD = "withheld"

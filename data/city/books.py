"""What social care and early help have on their books."""

from __future__ import annotations

import numpy as np

from data.city.lives import Lives


class Books:
    """What social care and early help hold open: days until which a case, a plan or early help is open."""

    def __init__(self, lives: Lives) -> None:
        self.case_until = np.zeros(lives.children, np.int32)
        self.case = np.full(lives.children, -1, np.int64)
        self.plans = np.zeros(lives.children, np.int16)
        self.early_until = np.zeros(len(lives.families), np.int32)
        self.cases = 0
        self.contacts = 0

"""Who truly came to harm after a contact, in an invented city: for measuring alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.triage.facts import Contacts
from analytics.triage.harm import HORIZON_DAYS


def hurt(truth: Path, contacts: Contacts) -> NDArray[np.bool_]:
    """Whether one of those a contact was about really came to serious harm within the horizon after it, bool[n]."""
    people = pd.read_parquet(truth / "contact.parquet", columns=["contact", "true_person"])
    happened = pd.read_parquet(truth / "hurt.parquet", columns=["true_person", "happened_on"])
    received = contacts.told[["contact", "received_at"]]
    both = people.merge(received, on="contact").merge(happened, on="true_person")
    after = (pd.to_datetime(both["happened_on"]) - both["received_at"]).dt.days
    found = both.loc[(after > 0) & (after <= HORIZON_DAYS), "contact"]
    return received["contact"].isin(set(found)).to_numpy(bool)

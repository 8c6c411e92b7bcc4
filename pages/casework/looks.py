"""Record of views: who looked at this person, when and why. Everybody who looks can see that they were seen."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import streamlit as st

from analytics.casework import person as people
from pages.components.tables import table
from pages.components.words import moment
from pages.entry.here import here


def show(person: int) -> None:
    """The access log of one person, newest first."""
    rows = people.looks(here().session, person)
    st.markdown("Every look at this person is written down before anything is shown. Nobody can change or delete it.")
    rows["when"] = [moment(datetime.fromisoformat(at)) for at in rows["at"]]
    shown = rows[["when", "name", "role", "did", "purpose"]].fillna("")
    table(pd.DataFrame(shown), "person_looks", {"when": "When", "name": "Who", "role": "Role", "did": "What", "purpose": "Reason for access"})

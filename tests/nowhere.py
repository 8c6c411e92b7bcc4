"""Nowhere: a published snapshot with nobody in it, enough for the frame, which shows no person."""

from __future__ import annotations

from pathlib import Path

from data.home import home
from data.snapshot.publish import Draft
from data.snapshot.tables import TABLES


def publish(folder: Path, *, invented: bool = True) -> Path:
    """Publish empty tables with two wards, as the snapshot of an invented or a real city."""
    with Draft(home(folder)) as draft:
        for table in TABLES:
            draft.connection.execute(table.ddl())
        draft.connection.execute("INSERT INTO ward (ward, area) VALUES ('N1', 'North'), ('C1', 'Central')")
        city = {"id": "nobody" if invented else "real", "name": "Nowhere", "invented": invented}
        draft.manifest |= {"city": city, "today": "2026-10-01"}
    return folder

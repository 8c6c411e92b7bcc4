"""Who works with a family, and what changed in a year."""

from __future__ import annotations

import streamlit as st

from analytics.casework.person import reader_name
from analytics.casework.rows import each
from analytics.families import reading, telling
from analytics.families.evidence import standings
from data.journal.casework import allocations
from pages.casework.family_opened import Opened
from pages.components.escape import text
from pages.components.words import listed
from pages.entry.here import here


def show(opened: Opened) -> None:
    """Open services and workers by member, then changes."""
    left, right = st.columns([6, 5], gap="large")
    with left:
        st.subheader("Services at work with the family")
        _services(opened)
    with right:
        st.subheader("What changed in a year")
        _changes(opened)


def _services(opened: Opened) -> None:
    st.markdown(_lead(opened))
    silent = []
    for row in each(opened.members[opened.members["identified"]]):
        worker = row.worker if isinstance(row.worker, str) else ""
        if not row.services and not worker:
            silent.append(str(row.name))
            continue
        held = f"  \n:small[Worker: {text(worker)}]" if worker else ""
        st.markdown(f"**{text(row.name)}**: {text(row.services or 'no service that lasts is open')}{held}")
    if silent:
        st.markdown(f":gray[Nothing that lasts is open for {text(listed(silent))}.]")


def _lead(opened: Opened) -> str:
    """The key workers whom this system allocated, else the workers whom social care names."""
    known = {int(row.person): str(row.name) for row in each(opened.members[opened.members["identified"]])}
    mine = [one for one in allocations(here().session.journal) if one["person"] in known and one["status"] != "closed"]
    if mine:
        held = {one["person"]: one["key_worker"] for one in mine}
        said = [f"{known[who]}: {reader_name(here().session, worker)}" for who, worker in sorted(held.items())]
        return f"**Key worker**: {text(listed(said))}."
    workers = opened.members["worker"].dropna().astype(str)
    if len(workers):
        return f"**Lead professional**: {text(listed(list(dict.fromkeys(workers))))}, named by social care."
    return "**Lead professional**: nobody is named for any member."


def _changes(opened: Opened) -> None:
    session = here().session
    homes = reading.homes(session, opened.person, opened.family)
    found = standings(session, opened.person, opened.family)
    said = telling.changes(opened.members, homes, found, here().today)
    st.markdown("\n".join(f"- {text(one)}." for one in said) or ":gray[Nothing that is on record changed in a year.]")

"""Recall: everybody of whom a version's score was shown, to whom, what followed, and who has been told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import streamlit as st

from analytics.recall.export import export
from analytics.recall.recall import Recall, recall, table
from analytics.recall.versions import Version, versions
from data.access.roles import Permission
from pages.components import look, tables
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import day, plural
from pages.entry.here import here
from pages.entry.spec import PageSpec
from pages.governance.recall_next import show_next
from pages.governance.recall_one import show_one

PAGE = PageSpec(
    path="recall",
    title="Recall",
    icon=":material/undo:",
    group="Governance",
    needs=Permission.RECALL,
    whom="information governance",
    about="Everybody whose score a model ever showed, to whom, what was decided then, and who has been told.",
    place=36,
)
_COLUMNS = {
    "name": st.column_config.TextColumn("Who", width=140),
    "birth_date": tables.day_column("Born", width=95),
    "first": st.column_config.DatetimeColumn("First shown", format=tables.DAY, width=95),
    "last": st.column_config.DatetimeColumn("Last shown", format=tables.DAY, width=95),
    "times": st.column_config.NumberColumn("Times", width=60),
    "readers": st.column_config.TextColumn("Shown to", width=160),
    "band": st.column_config.TextColumn("Level shown", width=110),
    "views": st.column_config.TextColumn("What they said", width=120),
    "allocated": st.column_config.TextColumn("Allocated since", width=160),
    "told": st.column_config.TextColumn("Told", width=120),
    "note": st.column_config.TextColumn("Note", width=200),
}


def page() -> None:
    """Which version and when; whom it showed; one of them; what to do next."""
    st.title(PAGE.title)
    st.markdown(
        "Every score that anybody was shown stands in the access log with its version, whatever became of the model "
        "since. Here is whom it was about, who saw it, and what they did then. Looking is an entry too."
    )
    known = versions(here().session)
    if not known:
        empty("Versions whose scores were shown would be listed here.", "No score has been shown to anybody yet.")
        return
    chosen, since, until = _asked(known)
    found = recall(
        here().session, chosen.model, chosen.version, since.isoformat(), (until + timedelta(days=1)).isoformat()
    )
    if not found.people:
        empty("Whom it showed would be listed here.", "It showed nobody's score in these days.", "Choose more days.")
        return
    _people(chosen, found)
    _take(chosen, since, until)
    show_next(chosen, found)


def _asked(known: tuple[Version, ...]) -> tuple[Version, date, date]:
    which, first, last = st.columns([3, 1, 1])
    labels = [_name(one) for one in known]
    chosen = known[labels.index(which.selectbox("Version", labels, key="recall_version"))]
    begin, end = _on(chosen.first), _on(chosen.last)
    key = f"{chosen.model}_{chosen.version}"
    since = first.date_input("Shown from", begin, format="DD/MM/YYYY", key=f"recall_since_{key}")
    until = last.date_input("until", end, format="DD/MM/YYYY", key=f"recall_until_{key}")
    # A field that was emptied means: however early, however late.
    return chosen, since or begin, until or end


def _name(one: Version) -> str:
    return f"{text(one.label)} · {one.version} · {one.state} · shown {day(_on(one.first))} to {day(_on(one.last))}"


def _on(at: str) -> date:
    return datetime.fromisoformat(at).date()


def _people(chosen: Version, found: Recall) -> None:
    st.markdown(_summary(found))
    rows = table(found)
    rows["band"] = [look.band_words(band) if band else "no score" for band in rows["band"]]
    at = tables.choose(rows, key="recall_people", rows=9, columns=_COLUMNS)
    if at is None:
        st.caption("Choose a row to see each time that this person's score was shown, and what was said then.")
    else:
        show_one(found.people[at])


def _summary(found: Recall) -> str:
    """How many people, readers, showings and decisions; and, of those who are someone else now, how many."""
    views = [view for one in found.people for view in one.views]
    said = (
        f"This version's score was shown of **{plural(len(found.people), 'person')}** to "
        f"{plural(len(found.readers), 'reader')}, {plural(found.times, 'time')} in all. "
    )
    agreed, against = views.count("agree"), views.count("disagree")
    said += (
        f"Readers recorded {plural(len(views), 'decision')}: {agreed} agreed, {against} disagreed, "
        f"{len(views) - agreed - against} unsure. "
        if views
        else "Nobody recorded a decision on it. "
    )
    given = sum(bool(one.allocations) for one in found.people)
    said += f"{plural(given, 'person')} {'was' if given == 1 else 'were'} given to a key worker afterwards."
    moved = sum(bool(one.note) for one in found.people)
    return said + (
        f" **{plural(moved, 'person')}** can't simply be found under the old number: see the note." if moved else ""
    )


def _take(chosen: Version, since: date, until: date) -> None:
    """In two steps: the export is checked and in the log before there is anything to take away."""
    key = f"{chosen.model}_{chosen.version}"
    if st.button("Prepare the download", key=f"recall_export_{key}", icon=":material/table:"):
        end = (until + timedelta(days=1)).isoformat()
        made = export(here().session, chosen.model, chosen.version, since.isoformat(), end)
        st.download_button(
            "Download as CSV", made, f"recall-{chosen.model}-{chosen.version}.csv", "text/csv",
            key=f"recall_download_{key}", icon=":material/download:", type="primary", on_click="ignore",
        )  # fmt: skip
    st.caption("One row a showing, with what followed. It names people, so the log says who took it.")

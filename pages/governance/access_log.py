"""Access log: who looked at what, when and why; and proof that nobody has changed it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import streamlit as st

from analytics.governance.access_log import Asked, actions, checked, log, readers
from data.access.roles import Permission
from pages.components import tables
from pages.components.empty import empty
from pages.components.words import number, plural
from pages.entry.here import here
from pages.entry.spec import PageSpec

PAGE = PageSpec(
    path="access-log",
    title="Access log",
    icon=":material/policy:",
    group="Governance",
    needs=Permission.SEE_ACCESS_LOG,
    whom="information governance",
    about="Who looked at what, when and why, and proof that the log is whole.",
    place=40,
)
# Numbers of people have 53 bits.
_LONGEST_NUMBER = 16
ANYBODY, ANYTHING = "Anybody", "Anything"
_COLUMNS = {
    "number": "No.",
    "at": st.column_config.DatetimeColumn("When (UTC)", format="D MMM YYYY, HH:mm:ss"),
    "who": "Who",
    "role": "Role",
    "action": "Did",
    "about": "What",
    "person": st.column_config.TextColumn("Person's number"),
    "purpose": "Reason given",
    "model": "Model",
}


def page() -> None:
    """Filters, the entries, and the check."""
    st.title(PAGE.title)
    st.markdown(
        "Every look, refusal and decision is written here *before* the page shows anything. "
        "Reading this page is an entry too."
    )
    rows = log(here().session, _asked())
    if rows.empty:
        empty("Entries would be listed here.", "None fits these filters.", "Choose a longer time or another reader.")
    else:
        st.caption(
            f"{plural(len(rows), 'entry', 'entries')}, newest first"
            + (", the latest 500 only." if len(rows) == 500 else ".")
        )
        tables.table(rows, key="log", rows=12, columns=_COLUMNS)
    _check()


def _asked() -> Asked:
    who, what, about, words, when = st.columns(5)
    names = readers(here().session)
    reader = who.selectbox("Who", [ANYBODY, *names], format_func=lambda key: names.get(key, key), key="log_reader")
    action = what.selectbox("Did", [ANYTHING, *actions()], key="log_action")
    told = "As the column of that name shows it, where an entry is about one person."
    person = about.text_input("Person's number", key="log_person", help=told)
    kept = "A name or number that was typed into Search. The log holds no such words, only marks that tell if they fit."
    typed = words.text_input("Searched for", key="log_words", help=kept, max_chars=200)
    days = when.selectbox("When", [1, 7, 31, 366], format_func=_last, index=1, key="log_days")
    return Asked(
        reader=None if reader == ANYBODY else reader,
        action=None if action == ANYTHING else action,
        person=int(person) if person.strip().isdecimal() and len(person.strip()) <= _LONGEST_NUMBER else None,
        since=(datetime.now(UTC).date() - timedelta(days=days - 1)).isoformat(),
        words=typed,
    )


def _last(days: int) -> str:
    return f"Last {plural(days, 'day')}"


def _check() -> None:
    st.subheader("Is the log whole?")
    st.markdown("Each entry carries a fingerprint of the one before, so a changed, added or missing entry shows.")
    if not st.button("Check every entry", icon=":material/verified:"):
        return
    with st.spinner("Checking every entry …"):
        result = checked(here().session)
    if result.ok:
        st.success(f"All {number(result.entries)} entries are as they were written.", icon=":material/verified:")
        st.caption(f"Fingerprint of the last one, to be noted elsewhere: `{result.head}`")
    else:
        st.error(f"The log was changed: {result.problem}", icon=":material/gpp_bad:")

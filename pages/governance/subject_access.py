"""Subject access: what is held of one person, to hand over; what they contest; and whether it may be used meanwhile."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.subject_access.held import Pack, pack
from analytics.subject_access.take import printed, zipped
from data.access.roles import Permission
from pages.components import look, tables
from pages.components.escape import text
from pages.components.words import plural
from pages.entry.here import here
from pages.entry.spec import PageSpec
from pages.governance.subject import choose_subject
from pages.governance.subject_contest import show_contests, show_restriction

PAGE = PageSpec(
    path="subject-access",
    title="Subject access",
    icon=":material/contact_page:",
    group="Governance",
    needs=Permission.SUBJECT_ACCESS,
    whom="information governance",
    about="Everything held of one person, to hand over; what they contest, and whether it may be used meanwhile.",
    place=44,
)

_CONTENTS = {
    "title": st.column_config.TextColumn("Table", width=220),
    "rows": st.column_config.NumberColumn("Rows", width=60),
    "about": st.column_config.TextColumn("What it is", width=700),
}


def page() -> None:
    """Whom it is about; the pack; contests; restriction."""
    st.title(PAGE.title)
    st.markdown(
        "A person may see what is held of them, where it came from, who was shown what, and say what is wrong "
        "(UK GDPR, articles 15 to 18). Making the pack is an entry in the log, which names you."
    )
    if said := st.session_state.pop("subject_said", None):
        st.success(said, icon=":material/check_circle:")
    chosen = choose_subject("subject", "There is nothing to hand over.")
    if chosen is None:
        return
    person, _ = chosen
    _pack(person)
    show_contests(person)
    show_restriction(person)


def _pack(person: int) -> None:
    """In two steps: the log has it before there is anything to take away."""
    st.subheader("The pack")
    made: Pack | None = None
    if st.button("Prepare the pack", key=f"subject_make_{person}", icon=":material/folder_zip:"):
        with st.spinner("Gathering what every agency sent, and who saw what."):
            made = pack(here().session, person)
    if made is None:
        st.caption("A PDF to read and a zip of tables. Nothing is gathered until you ask for it.")
        return
    mark = look.INVENTED if made.invented else look.SENSITIVE
    left, right, _ = st.columns([2, 2, 3])
    left.download_button(
        "Download as PDF", printed(made, mark), "subject-access.pdf", "application/pdf", width="stretch",
        key=f"subject_pdf_{person}", icon=":material/download:", type="primary", on_click="ignore",
    )  # fmt: skip
    right.download_button(
        "Download the tables", zipped(made, mark), "subject-access.zip", "application/zip", width="stretch",
        key=f"subject_zip_{person}", icon=":material/download:", on_click="ignore",
    )  # fmt: skip
    _contents(made)


def _contents(made: Pack) -> None:
    """What is in it, so that whoever signs it off knows where to look."""
    if made.sensitive:
        st.warning(
            f"**{plural(made.sensitive, 'row')} to read before it leaves the house:** marked *to be checked before "
            "release* under What happened. The law withholds what would do serious harm, hinder the prevention of "
            "crime, or tell of others.",
            icon=":material/rule:",
        )
    st.markdown(f"**What is in it**, of {text(made.name)}. Other people are left out of every table by rule.")
    listed = pd.DataFrame([(each.title, len(each.rows), each.about.replace("*", "")) for each in made.tables])
    listed.columns = pd.Index(_CONTENTS)
    tables.table(listed, key=f"subject_tables_{made.person}", rows=6, columns=_CONTENTS, lines=2)

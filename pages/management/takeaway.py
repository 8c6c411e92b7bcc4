"""What leaves a management page: a chart as a picture that says what it is of, and the figures behind it as a table.

The picture is made by the reader's own browser, from what it shows already. The table is made when it is asked for, and
the log has it first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analytics.management.export import Head, exported
from data.access.gate import session
from data.access.roles import Permission, may
from data.home import home
from pages.components import charts, tables
from pages.components.look import INVENTED, SENSITIVE
from pages.components.words import day
from pages.entry.here import here

_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")


def chart(
    fig: go.Figure, key: str, says: str, head: Head, frame: pd.DataFrame, columns: Mapping[str, str], **more: Any
) -> None:
    """A chart below its sentence, with a camera, and beneath it the safe figures that it is drawn from to take away.

    ``columns``: heading by column of ``frame``; ``more`` goes to `pages.components.charts.show`.
    """
    charts.show(fig, key=key, says=says, foot=f"{head.foot()} {_mark()}.", name=file_name(head), **more)
    take(frame, key, head, columns, "The figures (CSV)")


def table(
    frame: pd.DataFrame, key: str, head: Head, columns: Mapping[str, Any], labels: Mapping[str, str] | None = None,
    rows: int = 12, out: pd.DataFrame | None = None,
) -> None:  # fmt: skip
    """A table with a button beneath that hands it out; ``columns`` as in `pages.components.tables.table`.

    ``labels``: the headings of the file where ``columns`` says more than headings; ``out``: what goes into the file
    where it is other than what is on screen, such as figures instead of words.
    """
    tables.table(frame, key=key, columns=columns, rows=rows)
    take(frame if out is None else out, key, head, labels or {name: str(each) for name, each in columns.items()})


def take(frame: pd.DataFrame, key: str, head: Head, columns: Mapping[str, str], label: str = "Take it (CSV)") -> None:
    """The button alone; nothing where the reader may take nothing away."""
    if frame.empty or not may(here().reader.role, Permission.EXPORT_FIGURES):
        return
    reader, records_to, mark = here().session.reader_id, day(here().today), _mark()

    def made() -> bytes:
        # Asked for after the page was drawn, in another thread: so with a session of its own, checked anew.
        with session(home(), reader) as opened:
            return exported(opened, head, frame, columns, mark, records_to)

    st.download_button(
        label, made, f"{file_name(head)}.csv", "text/csv", key=f"{key}_take", icon=":material/download:",
        type="tertiary", on_click="ignore", help="With a head that says what, when, which filters and which rule.",
    )  # fmt: skip


def file_name(head: Head) -> str:
    """``caseload-over-time``."""
    return _NOT_A_LETTER.sub("-", head.what.lower()).strip("-")[:60]


def _mark() -> str:
    return INVENTED if here().snapshot.invented else SENSITIVE

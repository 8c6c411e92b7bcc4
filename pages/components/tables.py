"""Tables: Streamlit's own, without its index and without a silent export."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

# Dates as 3 Mar 2026, in the browser's table as everywhere.
DAY = "D MMM YYYY"
#: Height of a row in pixels: the browser's own follows the size of letters, and would leave half a row blank below.
ROW = 35
LINE = 20


def day_column(label: str, **more: Any) -> Any:
    """A column of days."""
    return st.column_config.DateColumn(label, format=DAY, **more)


def table(
    frame: pd.DataFrame, key: str, columns: Mapping[str, Any] | None = None, rows: int = 12, lines: int = 1
) -> None:
    """Show a frame; ``columns`` maps a name to its label or column config, and fixes which show, in which order.

    ``lines``: how many each row has room for; where there is more than one, long text goes on below.
    Cells are drawn on a canvas as plain text, so values from data need no escaping here.
    """
    _dataframe(frame, key, columns, rows, ROW + LINE * (lines - 1))


def choose(frame: pd.DataFrame, key: str, columns: Mapping[str, Any] | None = None, rows: int = 12) -> int | None:
    """The same, but a row can be chosen: its position in the frame, or None."""
    state = _dataframe(frame, key, columns, rows, on_select="rerun", selection_mode="single-row")
    chosen = state["selection"]["rows"]
    return int(chosen[0]) if chosen else None


def _dataframe(
    frame: pd.DataFrame, key: str, columns: Mapping[str, Any] | None, rows: int, tall: int = ROW, **select: Any
) -> Any:
    height = 38 + tall * min(max(len(frame), 1), rows)
    order = list(columns) if columns else None
    return st.dataframe(
        frame, key=key, hide_index=True, height=height, row_height=tall, column_config=columns, column_order=order,
        placeholder="–", **select,
    )  # fmt: skip

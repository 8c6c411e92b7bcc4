"""The register of sources: what has arrived of each, how fresh it is, its rows, files and fields month by month."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from data.access.gate import Session, serve
from data.access.roles import Permission
from data.sources import SOURCES

FRESH, LATE, STOPPED, NOTHING = "fresh", "late", "stopped", "nothing yet"
#: How many months the overview's bars and the heat maps go back.
MONTHS = 24

_SOURCES = """
SELECT s.source, s.period_from, s.period_to, s.rows, s.accepted, s.rejected, h.heard_on, h.silence
FROM source s LEFT JOIN source_heard h USING (source) ORDER BY s.source
"""
_MONTHS = """
SELECT source, month, sum(rows)::BIGINT AS rows FROM source_month
WHERE month >= $since AND month < $until GROUP BY source, month ORDER BY source, month
"""
_PARTS = """
SELECT part, month, rows, rejected FROM source_month
WHERE source = $source AND month >= $since AND month < $until ORDER BY part, month
"""
_FILES = """
SELECT name, part, rows, accepted, rejected, warnings, delivered FROM source_file
WHERE source = $source ORDER BY delivered DESC, name
"""
_FIELDS = """
SELECT field, month, rows, filled, broken FROM field_month
WHERE source = $source AND part = $part AND month >= $since AND month < $until ORDER BY field, month
"""


def recorded_until(session: Session) -> date:
    """The first day that the files can't speak of: what *late* is measured from."""
    told = session.snapshot.manifest.get("recorded_until")
    return date.fromisoformat(told) if told else session.snapshot.today


def register(session: Session) -> pd.DataFrame:
    """One row a declared source, in order of label: what arrived, and whether it still does.

    ``heard_on`` is a day, ``behind`` and ``due`` are in days, ``state`` is a word; ``months`` lists the rows
    of each of the last `MONTHS` months, oldest first.
    """
    arrived = serve(session, Permission.SEE_SOURCES, _SOURCES, what="sources")
    told = [(each.name, each.label, each.owner, each.refresh_days) for each in SOURCES.values()]
    declared = pd.DataFrame(told, columns=["source", "label", "owner", "refresh_days"])
    rows = declared.merge(arrived, on="source", how="left").sort_values("label", ignore_index=True)
    last = pd.Timestamp(last_day(session))
    heard = pd.to_datetime(rows["heard_on"])
    rows["heard_on"] = heard.mask(heard > last, last)
    rows["behind"] = (last - rows["heard_on"]).dt.days
    # Few things happen in a small service: silence that is usual there is no sign that the feed stopped.
    rows["due"] = np.fmax(rows["refresh_days"], rows["silence"].astype(float))
    rows["state"] = [_state(*each) for each in zip(rows["rows"], rows["behind"], rows["due"], strict=True)]
    rows["share_rejected"] = rows["rejected"] / rows["rows"]
    return rows.assign(months=rows["source"].map(_by_month(session)))


def _state(rows: float, behind: float, due: float) -> str:
    """Fresh: within its rhythm and a quarter more, a week at least; stopped: silent for twice that time and a month."""
    if not rows > 0:
        return NOTHING
    # A source whose rows carry no day at all can't be seen to be late.
    if behind != behind or behind <= due + max(7, due / 4):
        return FRESH
    return LATE if behind <= 2 * due + 31 else STOPPED


def _by_month(session: Session) -> dict[str, list[int]]:
    since, until = window(session)
    rows = serve(session, Permission.SEE_SOURCES, _MONTHS, {"since": since, "until": until}, what="rows by month")
    return {str(source): filled(mine, since)["rows"].tolist() for source, mine in rows.groupby("source")}


def window(session: Session, months: int = MONTHS) -> tuple[date, date]:
    """The first of the months shown, and the first of the month after the last whole one."""
    until = recorded_until(session).replace(day=1)
    return back(until, months), until


def back(day: date, months: int) -> date:
    """The first of a month so many months earlier."""
    whole = day.year * 12 + day.month - 1 - months
    return date(whole // 12, whole % 12 + 1, 1)


def filled(rows: pd.DataFrame, since: date, months: int = MONTHS) -> pd.DataFrame:
    """``rows`` of one thing, a row a month from ``since``; figures are 0 where nothing was told."""
    index = pd.date_range(since, periods=months, freq="MS", name="month")
    figures = rows.assign(month=pd.to_datetime(rows["month"])).set_index("month").select_dtypes("number")
    return figures.reindex(index, fill_value=0).reset_index()


def months(session: Session, source: str) -> pd.DataFrame:
    """Rows of each part of a source in each of the last months: ``part, month, rows, rejected``."""
    since, until = window(session)
    query = {"source": source, "since": since, "until": until}
    rows = serve(session, Permission.SEE_SOURCES, _PARTS, query, what=f"rows of {source}")
    parts = [filled(mine, since).assign(part=part) for part, mine in rows.groupby("part")]
    return pd.concat(parts, ignore_index=True) if parts else rows


def files(session: Session, source: str) -> pd.DataFrame:
    """The files of one source, newest first."""
    return serve(session, Permission.SEE_SOURCES, _FILES, {"source": source}, what=f"files of {source}")


def fields(session: Session, source: str, part: str) -> pd.DataFrame:
    """How full each field of a part is by month: ``field`` (its label), ``month``, ``rows, filled, broken``."""
    since, until = window(session)
    query: dict[str, Any] = {"source": source, "part": part, "since": since, "until": until}
    rows = serve(session, Permission.SEE_SOURCES, _FIELDS, query, what=f"completeness of {source}")
    labels = {column.name: column.label for column in SOURCES[source].part(part).columns}
    return rows.assign(field=rows["field"].map(labels), month=pd.to_datetime(rows["month"]))


def last_day(session: Session) -> date:
    """The last day that the files can speak of."""
    return recorded_until(session) - timedelta(days=1)


def part_label(source: str, part: str) -> str:
    """A part's name on screen; two that are described alike are told apart by the names of their tables."""
    about = SOURCES[source].part(part).about
    alike = sum(each.about == about for each in SOURCES[source].parts)
    return about.rstrip(".") + (f" ({part})" if alike > 1 else "")

"""As-of dates: the first of January, April, July and October."""

from __future__ import annotations

from datetime import date, timedelta

from analytics.features.windows import LONGEST


def quarter(day: date) -> date:
    """The last as-of date on or before ``day``."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def following(as_of: date) -> date:
    """The next as-of date after one on the grid."""
    return quarter(as_of + timedelta(days=100))


def today(data_to: date) -> date:
    """The latest as-of date when ``data_to`` is the last day the data speak of."""
    return quarter(data_to + timedelta(days=1))


def dates(data_from: date, data_to: date) -> tuple[date, ...]:
    """Every as-of date whose look-back windows fit inside recorded history, the latest last."""
    first = data_from + timedelta(days=LONGEST)
    at, last, found = quarter(first), today(data_to), []
    while at <= last:
        if at >= first:
            found.append(at)
        at = following(at)
    return tuple(found)

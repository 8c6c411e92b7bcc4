"""Words and numbers as people read them: dates, ages, plurals, "about 4 of 10"."""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import TypeGuard, TypeVar

T = TypeVar("T")
NOT_KNOWN = "not known"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_IRREGULAR = {"child": "children", "person": "people", "family": "families", "query": "queries", "is": "are"}


def day(value: date | None) -> str:
    """``3 Mar 2026``; months are spelled the same in every locale."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}" if known(value) else NOT_KNOWN


def part_of_day(year: int | None, month: int | None, on: int | None) -> str:
    """What is given of a date: ``3 Mar 2026``, ``Mar 2026``, ``3 Mar``, ``2026``."""
    parts = (on, None if month is None else _MONTHS[month - 1], year)
    return " ".join(str(part) for part in parts if part is not None)


def day_of(at: str) -> str:
    """The day of a time as the journal writes it: ``3 Mar 2026``."""
    return day(datetime.fromisoformat(at).date())


def month(value: date | None) -> str:
    """``Mar 2026``."""
    return f"{_MONTHS[value.month - 1]} {value.year}" if known(value) else NOT_KNOWN


def moment(value: datetime | None) -> str:
    """``3 Mar 2026, 09:12``."""
    return f"{day(value)}, {value:%H:%M}" if known(value) else NOT_KNOWN


def span(start: date | None, end: date | None) -> str:
    """``3 Mar 2026 to 9 Apr 2026``, ``since 3 Mar 2026`` or ``until 9 Apr 2026``."""
    if known(start) and known(end):
        return f"{day(start)} to {day(end)}"
    if known(start):
        return f"since {day(start)}"
    return f"until {day(end)}" if known(end) else NOT_KNOWN


def number(value: float | None, decimals: int = 0) -> str:
    """``12,345``; a missing number is *not known*, never 0 and never ``nan``."""
    return f"{value:,.{decimals}f}" if known(value) else NOT_KNOWN


def minus(value: float, decimals: int = 0) -> str:
    """``3``, ``−3`` with a true minus sign where it is below nought."""
    said = f"{value:,.{decimals}f}"
    return said.replace("-", "−") if float(said.replace(",", "")) else said.lstrip("-")


def plural(count: int, noun: str, many: str | None = None) -> str:
    """``1 report``, ``3 reports``, ``2 children``."""
    return f"{number(count)} {noun if count == 1 else many or _IRREGULAR.get(noun, noun + 's')}"


def listed(items: list[str], joined: str = "and") -> str:
    """``school, police and care``."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {joined} {items[-1]}" if items else ""


def share(part: int, whole: int) -> str:
    """``19 of 24 (79 %)``: no share without its denominator."""
    return f"{number(part)} of {number(whole)}" + (f" ({100 * part / whole:.0f} %)" if whole else "")


def odds(probability: float | None) -> str:
    """A probability as people grasp it: ``about 4 of 10``, ``about 3 of 100``, ``fewer than 1 of 1,000``."""
    if not known(probability):
        return NOT_KNOWN
    if probability < 0.001:
        return "fewer than 1 of 1,000"
    base = next(base for base in (10, 100, 1000) if probability * base >= 0.95 or base == 1000)
    return f"about {round(probability * base)} of {number(base)}"


def age_on(born: date | None, on: date) -> int | None:
    """Whole years of age on a day, or None where the date of birth isn't known. 29 February counts from 1 March."""
    if not known(born):
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def age(born: date | None, on: date) -> str:
    """``14 years``, ``7 months`` for babies, *age not known*."""
    years = age_on(born, on)
    if years is None or born is None:
        return "age not known"
    if years >= 1:
        return plural(years, "year")
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    return plural(max(months, 0), "month")


def who(born: date | None, sex: str | None, on: date) -> str:
    """``14 years, girl``; ``41 years, man``; what isn't known is left out or said."""
    years = age_on(born, on)
    child, adult, any_age = {"F": ("girl", "woman", "female"), "M": ("boy", "man", "male")}.get(sex or "", ("", "", ""))
    noun = any_age if years is None else child if years < 18 else adult
    return f"{age(born, on)}, {noun}" if noun else age(born, on)


def signed(points: float) -> str:
    """``+12``, ``−3``, ``0``: with a true minus sign."""
    whole = round(points)
    return f"+{whole}" if whole > 0 else f"−{-whole}" if whole < 0 else "0"


def known(value: T | None) -> TypeGuard[T]:
    """Whether there is a value: None, NaN and pandas' NaT say *not known* (the last two differ from themselves)."""
    return value is not None and value == value and not (isinstance(value, float) and math.isinf(value))

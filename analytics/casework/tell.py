"""Events in sentences: what happened, in the words of the event's declaration and its source's code sets."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

import pandas as pd

from data.events import KINDS
from data.schema import Codes, Source
from data.sources import SOURCES

#: ``{session|sessions}``: the first where the value is shown as 1.
_CHOICE = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")


def sentence(kind: str, value: float | None, detail: str | None, source: str) -> str:
    """One event told: ``Reported missing, away for 9 hours``. What isn't known is left out, never shown as a code."""
    said = KINDS[kind].said
    words = detail_words(kind, detail, source)
    if "{detail}" in said and not words:
        said = said.split(":")[0] if ":" in said else KINDS[kind].label
    if "{value}" in said and (value is None or value != value):
        said = KINDS[kind].label
    said = _CHOICE.sub(lambda found: found[1] if amount(value) == "1" else found[2], said)
    return said.format(value=amount(value), detail=words or "")


def amount(value: float | None) -> str:
    """A number as people write it: ``9``, ``5.5``, ``1,240``."""
    if value is None or value != value:
        return "not known"
    return f"{value:,.0f}" if abs(value) >= 10 or float(value).is_integer() else f"{value:.1f}"


def detail_words(kind: str, detail: str | None, source: str) -> str | None:
    """The label of a detail: through its code set where the source declares one, else as it was written."""
    if detail is None or detail != detail or not str(detail).strip():
        return None
    codes = _details().get((source, kind))
    if codes is None:
        return _school(str(detail)) if kind == "enrolment" else str(detail).replace("_", " ")
    parts = [codes.labels.get(part, codes.labels.get(codes.also.get(part, ""), "")) for part in str(detail).split()]
    return ", ".join(dict.fromkeys(part for part in parts if part)) or None


def detail_choices(kind: str, source: str) -> dict[str, str]:
    """Code and label of every detail that ``source`` may give of a kind; empty where it is told in free words."""
    codes = _details().get((source, kind))
    return {} if codes is None else dict(codes.labels)


def _school(named: str) -> str:
    """A school by its name; of one that the census only numbers, that the number is one."""
    return f"a school (number {named} in the census)" if named[-1:].isdigit() else named


@cache
def _details() -> dict[tuple[str, str], Codes]:
    """The code set of each kind's detail, by source and kind, from the declarations."""
    return {
        (source.name, rule.kind): codes
        for source in SOURCES.values()
        for part in source.parts
        for rule in part.events
        if rule.detail and (codes := _codes(source, part.name, rule.detail.strip('"'))) is not None
    }


def _codes(source: Source, part: str, column: str) -> Codes | None:
    found = [c for c in source.part(part).columns if c.name == column]
    return found[0].codes if found else None


def source_label(source: str) -> str:
    """A source's name on screen; ours where we put something together from several."""
    return SOURCES[source].label if source in SOURCES else "Put together from several sources"


def told(events: pd.DataFrame) -> pd.DataFrame:
    """Events with ``lane, said, label, lasts, protective, sensitive`` and ``from_source`` beside them."""
    of, sources = [KINDS[kind] for kind in events["kind"]], events["source"].tolist()
    columns = zip(events["kind"].tolist(), events["value"].tolist(), events["detail"].tolist(), sources, strict=True)
    beside: dict[str, Any] = {
        "said": [sentence(kind, _none(value), _none(detail), source) for kind, value, detail, source in columns],
        "lane": [kind.lane for kind in of],
        "label": [kind.label for kind in of],
        # What the inspection lists say of workers holds for the day they were drawn up.
        "lasts": [
            kind.lasts and not (kind.name == "worker" and source == "annex_a")
            for kind, source in zip(of, sources, strict=True)
        ],
        "protective": [kind.protective for kind in of],
        "sensitive": [kind.sensitive for kind in of],
        "from_source": [source_label(source) for source in sources],
    }
    return events.assign(**beside)


def changes(events: pd.DataFrame, earlier: pd.DataFrame) -> list[str]:
    """What is new, a phrase a kind: ``reported missing twice``, ``school attendance 71 %, before that 82 %``.

    ``events`` are the new ones, ``earlier`` those known before; both as `told` gives them.
    """
    phrases = []
    for kind, rows in sorted(
        events.groupby("kind", sort=False), key=lambda item: item[1]["occurred_on"].max(), reverse=True
    ):
        latest = rows.sort_values("occurred_on").iloc[-1]
        if KINDS[str(kind)].unit == "%":
            phrases.append(_moved(latest, earlier[earlier["kind"] == kind]))
        elif len(rows) == 1:
            before = latest.get("was")
            phrases.append(lower(latest["said"]) + (f" (corrected, before: {lower(before)})" if before else ""))
        else:
            phrases.append(f"{lower(KINDS[str(kind)].label)} {times(len(rows))}")
    return phrases


def times(count: int) -> str:
    """``once``, ``twice``, ``7 times``."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _moved(latest: pd.Series, earlier: pd.DataFrame) -> str:
    now = f"{lower(latest['label'])} {amount(latest['value'])} %"
    if earlier.empty:
        return now
    return f"{now}, before that {amount(earlier.sort_values('occurred_on').iloc[-1]['value'])} %"


def lower(words: str) -> str:
    """The first letter small, unless the word is an abbreviation."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def _none(value: Any) -> Any:
    return None if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)) else value


def as_date(value: Any) -> date | None:
    """A day from a frame's cell, or None."""
    return None if _none(value) is None else pd.Timestamp(value).date()
